"""`report closing|daily`: the evening's reckoning, and the caseload of a day."""

from datetime import date

from station_desk.cases.day_close import DayClose
from station_desk.cases.papers import read_name
from station_desk.cases.permits import NoSuchDay
from station_desk.core.errors import IntegrityError
from station_desk.core.texts import Texts
from station_desk.counter.daily_report import DailyReport, Figures, daily_report, minutes
from station_desk.counter.day_close import close_of
from station_desk.counter.desk import Desk
from station_desk.counter.wording import worded
from station_desk.main.open_desk import Options, desk_of
from station_desk.main.said import Said

COLUMNS = (
    "tickets", "served", "missed", "received", "accepted", "finished", "turned_away", "open", "overdue",
)  # fmt: skip


def report_verb(options: Options, said: Said) -> int:
    """Tells the report of a day; of a reckoning that does not agree the exit code is that of integrity."""
    with desk_of(options) as desk:
        day = _day(options.day, desk)
        if options.what == "daily":
            return _daily(daily_report(desk, day), desk, said)
        return _closing(close_of(desk, day), said)


def _day(text: str, desk: Desk) -> date:
    if not text:
        return desk.clock().date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NoSuchDay(day=text) from None


def _closing(close: DayClose, said: Said) -> int:
    say = said.texts
    rows: list[tuple[object, str]] = [
        (gap, say(f"report.gap.{gap.kind}", number=gap.number, paper=_paper(gap.paper, say), copy=gap.copy))
        for gap in close.gaps
    ]
    rows += [
        (
            note,
            say(
                f"report.note.{note.kind}",
                number=note.number,
                paper=_paper(note.paper, say),
                copies=note.copies,
            ),
        )
        for note in close.notes
    ]
    if not close.alone:
        rows.append(
            (
                close,
                say("report.acknowledged", known=close.acknowledged, whole=close.whole, ended=close.ended),
            )
        )
    else:
        rows.append((close, say("report.alone")))
    said.rows(
        rows, "report.agrees" if close.agrees else "report.differs", day=close.day, issued=close.issued,
        stored=close.stored, accepted=close.accepted, printed=close.printed, count=len(close.gaps),
    )  # fmt: skip
    return 0 if close.agrees else IntegrityError.exit_code


def _paper(kind: str, say: Texts) -> str:
    return say(f"papers.kind.{read_name(kind)[0]}") if kind else ""


def _daily(report: DailyReport, desk: Desk, said: Said) -> int:
    rows: list[tuple[object, str]] = [
        (row, _line(row, worded(desk.catalogue.categories[row.category].name, said.texts), said.texts))
        for row in report.rows
        if row.category in desk.catalogue.categories
    ]
    rows.append((report.total, _line(report.total, said.texts("report.total"), said.texts)))
    said.rows(rows, "report.daily", day=report.day, asked=report.asked_at[:16].replace("T", " "))
    return 0


def _line(figures: Figures, name: str, say: Texts) -> str:
    told = " · ".join(f"{say(f'report.column.{key}')} {getattr(figures, key)}" for key in COLUMNS)
    return f"{name}: {told} · {say('report.column.wait')} {minutes(figures.wait)}"
