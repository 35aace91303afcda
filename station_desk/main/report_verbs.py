"""`report closing|close|daily`: the evening's reckoning, and the caseload of a day, told or on paper."""

from datetime import date

from station_desk.cases.day_close import DayClose
from station_desk.core.errors import IntegrityError
from station_desk.core.texts import Texts
from station_desk.counter.closing_day import CloseDay, DayClosed, close_day_now, read_day
from station_desk.counter.daily_report import DailyReport, Figures, daily_report, minutes
from station_desk.counter.day_close import close_of
from station_desk.counter.desk import Desk
from station_desk.counter.report_words import COLUMNS, acknowledged_words, gap_words, note_words
from station_desk.counter.wording import worded
from station_desk.main.open_desk import Options, command_id, desk_of
from station_desk.main.said import Said


def report_verb(options: Options, said: Said) -> int:
    """Tells the report of a day; of a reckoning that does not agree the exit code is that of integrity."""
    with desk_of(options) as desk:
        day = _day(options.day, desk)
        if options.what == "daily":
            return _daily(daily_report(desk, day), desk, options, said)
        if options.what == "close":
            wish = CloseDay(day.isoformat(), options.by, options.closed_by)
            return _close(close_day_now(desk, wish, command_id(options)).answer, desk, options, said)
        return _closing(close_of(desk, day), desk, options, said)


def _day(text: str, desk: Desk) -> date:
    return read_day(text) if text else desk.clock().date()


def _closing(close: DayClose, desk: Desk, options: Options, said: Said) -> int:
    if options.pdf:
        # What makes paper is slow to load, and only wanted here.
        from station_desk.counter.day_papers import closing_pdf

        _write(closing_pdf(desk, close), options, said)
    say = said.texts
    rows: list[tuple[object, str]] = [
        *((gap, gap_words(gap, say)) for gap in close.gaps),
        *((note, note_words(note, say)) for note in close.notes),
        (close, acknowledged_words(close, say)),
    ]
    said.rows(
        rows, "report.agrees" if close.agrees else "report.differs", day=close.day, issued=close.issued,
        stored=close.stored, accepted=close.accepted, printed=close.printed, count=len(close.gaps),
    )  # fmt: skip
    return 0 if close.agrees else IntegrityError.exit_code


def _close(closed: DayClosed, desk: Desk, options: Options, said: Said) -> int:
    """Tells the closing that is in the log now, with its sheet if wanted; open questions are no failure."""
    close = close_of(desk, date.fromisoformat(closed.day))
    if options.pdf:
        from station_desk.counter.day_papers import closing_pdf

        _write(closing_pdf(desk, close), options, said)
    for gap in close.gaps:
        said.progress(gap_words(gap, said.texts))
    said.tell(
        closed, "backup.day.closed", day=closed.day, closed_by=closed.closed_by,
        confirmed_by=closed.confirmed_by, count=len(close.gaps), head=closed.code,
    )  # fmt: skip
    return 0


def _daily(report: DailyReport, desk: Desk, options: Options, said: Said) -> int:
    if options.pdf:
        from station_desk.counter.day_papers import daily_pdf

        _write(daily_pdf(desk, report), options, said)
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


def _write(pdf: bytes, options: Options, said: Said) -> None:
    from station_desk.main.paper_verbs import OneFile

    OneFile(options.pdf).send(pdf, options.pdf.name)
    said.progress(said.texts("cli.paper_written", file=options.pdf))
