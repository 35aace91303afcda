"""A trial print on the printer of a kind of paper: nothing is recorded, nothing counts."""

from station_desk.counter.desk import Desk
from station_desk.counter.printers import (
    TICKET,
    NoTicketPrinter,
    place_words,
    require_kind,
    setting_of,
)
from station_desk.counter.ticket_slip import USUAL_ROLL
from station_desk.printing.printers.address import read_address
from station_desk.printing.printers.setting import PrinterSetting
from station_desk.printing.slip import ROLLS
from station_desk.printing.trial import Trial, trial_bytes, trial_pdf, trial_slip_pdf


def print_trial(desk: Desk, kind: str) -> PrinterSetting:
    """Prints a trial and says with which setting. Raises KindUnknown, NoTicketPrinter, printer trouble."""
    require_kind(kind)
    setting = setting_of(desk.store.about(), kind)
    if setting is None:
        raise NoTicketPrinter
    desk.printer_for(kind).send(_trial(desk, kind, setting), f"trial-{kind}")
    return setting


def _trial(desk: Desk, kind: str, setting: PrinterSetting) -> bytes:
    trial = Trial(desk.station.name, place_words(setting, desk.texts), desk.clock())
    roll = ROLLS[setting.size if kind == TICKET and setting.size else USUAL_ROLL]
    if read_address(setting.address).speech == "escpos":
        return trial_bytes(trial, roll, setting.letters, desk.texts)
    return trial_slip_pdf(trial, roll, desk.texts) if kind == TICKET else trial_pdf(trial, desk.texts)
