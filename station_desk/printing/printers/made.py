"""From what is remembered of a printer to the printer itself; what is behind it is loaded when asked for."""

from pathlib import Path
from typing import Protocol

from station_desk.printing.printers.address import Address, read_address
from station_desk.printing.printers.printer import Printer, Waiting
from station_desk.printing.printers.setting import PrinterSetting


class SystemPrinters(Protocol):
    """The printers that the operating system knows by name."""

    def names(self) -> list[str]: ...

    def printer(self, name: str, setting: PrinterSetting, waiting: Waiting) -> Printer: ...


class CupsPrinters:
    """Those of CUPS, on this machine or where `CUPS_SERVER` says."""

    LOOK_SECONDS = 2.0

    def names(self) -> list[str]:
        """The queues that there are; none where CUPS does not answer."""
        from station_desk.printing.printers.spooler import local_spooler

        return local_spooler().queue_names(self.LOOK_SECONDS)

    def printer(self, name: str, setting: PrinterSetting, waiting: Waiting) -> Printer:
        """The queue of that name, whether it is there or not."""
        from station_desk.printing.printers.spooled import SpooledPrinter
        from station_desk.printing.printers.spooler import local_spooler, queue_path

        return SpooledPrinter(
            local_spooler(), queue_path(name), name, setting.copies, setting.sides, setting.size, waiting
        )


def printer_at(setting: PrinterSetting, papers: Path, system: SystemPrinters, waiting: Waiting) -> Printer:
    """The printer of a setting; `papers` is the folder that serves when no other is named.

    Raises AddressNotUnderstood.
    """
    address = read_address(setting.address)
    match address.kind:
        case "folder":
            from station_desk.printing.printers.folder import FolderPrinter

            return FolderPrinter(Path(address.name) if address.name else papers)
        case "system":
            return system.printer(address.name, setting, waiting)
        case "ipp":
            return _in_network(address, setting, waiting)
        case "tcp":
            from station_desk.printing.printers.network import NetworkPrinter

            return NetworkPrinter(address.name, address.port, setting.copies, setting.answers)
        case "device":
            from station_desk.printing.printers.device import DevicePrinter

            return DevicePrinter(Path(address.name), setting.copies)


def _in_network(address: Address, setting: PrinterSetting, waiting: Waiting) -> Printer:
    from station_desk.printing.printers.spooled import SpooledPrinter
    from station_desk.printing.printers.spooler import Spooler

    spooler, name = Spooler(address.name, address.port), f"{address.name}{address.path}"
    return SpooledPrinter(spooler, address.path, name, setting.copies, setting.sides, setting.size, waiting)
