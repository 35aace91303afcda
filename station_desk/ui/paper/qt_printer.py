"""The printers of Windows, through Qt: each page drawn as a picture, for Windows takes no PDF from a program.

May be used from any lane: Qt draws onto pictures and printers in every thread.
"""

from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from station_desk.printing.pictures import POINTS_AN_INCH, page_in_colour, page_sizes
from station_desk.printing.printers.printer import Printer, Waiting
from station_desk.printing.printers.setting import PrinterSetting, Sides, Size
from station_desk.printing.printers.trouble import BrokenOff, PrinterRefuses, PrinterUnknown
from station_desk.ui.paper.images import image_of

FINEST_DPI = 600
"""Finer than any laser printer's type needs."""

MOST_DOTS = 40_000_000
"""An A4 page at 600 dpi. A wall poster is printed coarser: it is read from farther away."""

DUPLEX: dict[Sides, QPrinter.DuplexMode] = {
    "one": QPrinter.DuplexMode.DuplexNone,
    "long": QPrinter.DuplexMode.DuplexLongSide,
    "short": QPrinter.DuplexMode.DuplexShortSide,
}
SHEETS: dict[Size, QPageSize.PageSizeId] = {
    "A3": QPageSize.PageSizeId.A3, "A4": QPageSize.PageSizeId.A4, "A5": QPageSize.PageSizeId.A5,
}  # fmt: skip


class QtPrinters:
    """The printers that Windows knows by name."""

    def names(self) -> list[str]:
        """Their names."""
        return list(QPrinterInfo.availablePrinterNames())

    def printer(self, name: str, setting: PrinterSetting, _waiting: Waiting) -> Printer:
        """The printer of that name, whether it is there or not."""
        return QtPrinter(name, setting)


@dataclass(frozen=True, slots=True)
class QtPrinter:
    """A printer of the system; when `send` returns its queue has the whole paper."""

    name: str
    setting: PrinterSetting

    def send(self, paper: bytes, name: str, /) -> None:
        """Print. Raises PrinterUnknown, PrinterRefuses, BrokenOff."""
        if self.name not in QPrinterInfo.availablePrinterNames():
            raise PrinterUnknown(printer=self.name)
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPrinterName(self.name)
        self.draw(paper, name, printer)

    def draw(self, paper: bytes, name: str, printer: QPrinter) -> None:
        """Draw every page onto a printer of Qt's. Raises PrinterRefuses, BrokenOff."""
        printer.setDocName(name)
        printer.setCopyCount(self.setting.copies)
        printer.setDuplex(DUPLEX[self.setting.sides])
        printer.setFullPage(True)
        sizes = page_sizes(paper)
        self._choose_sheet(printer, sizes[0])
        painter = QPainter()
        if not painter.begin(printer):
            raise PrinterRefuses(printer=self.name, why="QPrinter")
        drawn = False
        try:
            for page, size in enumerate(sizes):
                if page:
                    self._choose_sheet(printer, size)
                    if not printer.newPage():
                        break
                _draw_page(painter, printer, paper, page, size)
            else:
                drawn = True
        finally:
            ended = painter.end()
            if not drawn:
                printer.abort()
        if not drawn or not ended or printer.printerState() == QPrinter.PrinterState.Error:
            raise BrokenOff(printer=self.name, sent=0, size=len(paper))

    def _choose_sheet(self, printer: QPrinter, size: tuple[float, float]) -> None:
        width, height = size
        turned = width > height
        way = QPageLayout.Orientation.Landscape if turned else QPageLayout.Orientation.Portrait
        known = SHEETS.get(self.setting.size)
        upright = QSizeF(min(size), max(size))
        sheet = QPageSize(known) if known is not None else QPageSize(upright, QPageSize.Unit.Point)
        printer.setPageLayout(QPageLayout(sheet, way, QMarginsF()))


def _draw_page(
    painter: QPainter, printer: QPrinter, paper: bytes, page: int, size: tuple[float, float]
) -> None:
    square_inches = size[0] * size[1] / POINTS_AN_INCH**2
    dpi = min(printer.resolution(), FINEST_DPI, (MOST_DOTS / square_inches) ** 0.5)
    image = image_of(page_in_colour(paper, page, dpi))
    scale = printer.resolution() / POINTS_AN_INCH
    painter.drawImage(QRectF(0, 0, size[0] * scale, size[1] * scale), image)
