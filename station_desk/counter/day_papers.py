"""The closing sheet and the daily report on paper: what `day_close` and `daily_report` found, in words."""

from station_desk.cases.day_close import DayClose
from station_desk.counter.daily_report import DailyReport, Figures, minutes
from station_desk.counter.desk import Desk
from station_desk.counter.report_words import COLUMNS, acknowledged_words, gap_words, note_words
from station_desk.counter.wording import worded
from station_desk.printing.day_sheet import DaySheet, Table, day_sheet_pdf
from station_desk.printing.letterhead import Edition


def closing_pdf(desk: Desk, close: DayClose) -> bytes:
    """日结单: printed = stored = acknowledged, every gap by its number, two lines to sign on."""
    say = desk.texts
    facts = [
        (say("report.fact.day"), close.day),
        (say("report.fact.counter"), desk.station.counter_name),
        (say("report.fact.numbers"), say("report.two", one=close.issued, other=close.stored)),
        (say("report.fact.receipts"), say("report.two", one=close.accepted, other=close.printed)),
        (say("report.fact.district"), acknowledged_words(close, say)),
    ]
    verdict = (
        say("report.sheet.agrees") if close.agrees else say("report.sheet.differs", count=len(close.gaps))
    )
    number = (say("report.title.no"), say("report.title.what"))
    gaps = [(str(n), gap_words(gap, say)) for n, gap in enumerate(close.gaps, 1)]
    notes = [(str(n), note_words(note, say)) for n, note in enumerate(close.notes, 1)]
    tables = (
        Table(say("report.sheet.gaps"), number, (1, 12), gaps, say("report.sheet.none")),
        Table(say("report.sheet.notes"), number, (1, 12), notes, say("report.sheet.none")),
    )
    return _pdf(desk, say("report.sheet.closing"), facts, verdict, tables, signed=True)


def daily_pdf(desk: Desk, report: DailyReport) -> bytes:
    """每日办件: the caseload of a day by item type."""
    say = desk.texts
    names = {code: worded(category.name, say) for code, category in desk.catalogue.categories.items()}
    rows = [_row(row, names.get(row.category, row.category)) for row in report.rows]
    rows.append(_row(report.total, say("report.total")))
    titles = [say("report.title.type"), *(say(f"report.column.{key}") for key in (*COLUMNS, "wait"))]
    table = Table(say("report.sheet.by_type"), titles, (5, *(2,) * (len(COLUMNS) + 1)), rows, "")
    facts = [(say("report.fact.day"), report.day), (say("report.fact.counter"), desk.station.counter_name)]
    asked = report.asked_at[:16].replace("T", " ")
    return _pdf(
        desk, say("report.sheet.daily"), facts, say("report.daily", day=report.day, asked=asked), (table,),
        signed=False,
    )  # fmt: skip


def _row(figures: Figures, name: str) -> tuple[str, ...]:
    return (name, *(str(getattr(figures, key)) for key in COLUMNS), minutes(figures.wait))


def _pdf(
    desk: Desk,
    title: str,
    facts: list[tuple[str, str]],
    sentence: str,
    tables: tuple[Table, ...],
    *,
    signed: bool,
) -> bytes:
    say = desk.texts
    left, right = (say("report.sheet.clerk"), say("report.sheet.head")) if signed else ("", "")
    edition = Edition(desk.catalogue.edition, desk.catalogue.digest)
    return day_sheet_pdf(
        DaySheet(desk.station.name, title, facts, sentence, tables, left, right, edition), say
    )
