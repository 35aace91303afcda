"""The printers of Windows, reached through Qt, which is loaded when the first of them is asked for."""

from typing import TYPE_CHECKING

from station_desk.printing.printers.printer import Printer, Waiting
from station_desk.printing.printers.setting import PrinterSetting

if TYPE_CHECKING:
    from station_desk.ui.paper.qt_printer import QtPrinters


class WindowsPrinters:
    """Those that Windows knows by name."""

    def names(self) -> list[str]:
        """Their names."""
        return _qt_printers().names()

    def printer(self, name: str, setting: PrinterSetting, waiting: Waiting) -> Printer:
        """The printer of that name, whether it is there or not."""
        return _qt_printers().printer(name, setting, waiting)


def _qt_printers() -> "QtPrinters":
    # A command has no window, but Qt prints for a program only that is one of its own.
    from station_desk.main.start import application
    from station_desk.ui.paper.qt_printer import QtPrinters

    application()
    return QtPrinters()
