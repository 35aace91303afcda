"""The closing sheet and the daily report looked at before they are printed."""

from dataclasses import dataclass
from typing import Literal

from station_desk.core.texts import Say
from station_desk.counter.answers import Printed
from station_desk.counter.closing_day import read_day
from station_desk.counter.daily_report import daily_report
from station_desk.counter.day_close import close_of
from station_desk.counter.day_papers import closing_pdf, daily_pdf
from station_desk.counter.desk import Desk
from station_desk.counter.printers import PAPERS, setting_of
from station_desk.printing.pictures import page_sizes
from station_desk.printing.printers.setting import PrinterSetting
from station_desk.printing.undrawn import undrawn_on
from station_desk.store.desk_store import Done
from station_desk.store.unit import Changes

DaySheetKind = Literal["closing", "daily"]


@dataclass(frozen=True, slots=True)
class ShownDay:
    """A paper of a day as it is printed. It is no paper of a case, so nothing is recorded."""

    kind: DaySheetKind
    day: str
    pdf: bytes
    sizes: tuple[tuple[float, float], ...]
    setting: PrinterSetting
    undrawn: tuple[str, ...] = ()

    def title(self, say: Say, /) -> str:
        """What it is, and of which day."""
        return say(f"backup.day.title_of_{self.kind}", day=self.day)

    def told(self, _say: Say, /) -> str:
        """The sheet it takes."""
        return "A4"

    def print(self, desk: Desk, _command: str, /) -> Done[Printed]:
        """Sends what was shown to the printer of all papers. Raises printer trouble."""
        desk.printer_for(PAPERS).send(self.pdf, f"{self.kind}-{self.day}")
        return Done(Printed("", self.kind, 1), Changes(papers=True))


def show_day(desk: Desk, kind: DaySheetKind, typed: str) -> ShownDay:
    """The paper of a day as it would be printed now. Raises DayUnknown."""
    day = read_day(typed)
    if kind == "closing":
        pdf = closing_pdf(desk, close_of(desk, day))
    else:
        pdf = daily_pdf(desk, daily_report(desk, day))
    setting = setting_of(desk.store.about(), PAPERS) or PrinterSetting()
    return ShownDay(kind, day.isoformat(), pdf, tuple(page_sizes(pdf)), setting, undrawn_on(pdf))
