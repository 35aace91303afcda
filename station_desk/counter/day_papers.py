"""The closing sheet and the daily report on paper: what `day_close` and `daily_report` found, as published.

Which facts and tables stand there, in which order and words, says the edition in use (`papers/day/`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date

from station_desk.cases.day_close import DayClose
from station_desk.catalogue.day_paper import DayPaper
from station_desk.catalogue.item import Words
from station_desk.counter.closing_day import closing_of, code_now
from station_desk.counter.daily_report import DailyReport, Figures, minutes
from station_desk.counter.day_published import day_paper
from station_desk.counter.desk import Desk
from station_desk.counter.report_words import COLUMNS, paper_words, with_clerk
from station_desk.counter.wording import worded
from station_desk.printing.day_sheet import DaySheet, Proof, Table, day_sheet_pdf
from station_desk.printing.letterhead import Edition

Row = Mapping[str, str]
Sentence = Callable[[str, Mapping[str, object]], str]


def closing_pdf(desk: Desk, close: DayClose) -> bytes:
    """日结单: printed = stored = acknowledged, every gap by its number, two lines to sign on."""
    paper, say = day_paper(desk, "closing"), desk.texts

    def sentence(name: str, figures: Mapping[str, object]) -> str:
        return worded(paper.sentence[name], say).format_map(figures)

    figures: dict[str, object] = {
        "day": close.day, "counter": desk.station.counter_name, "issued": close.issued,
        "stored": close.stored,
        "accepted": close.accepted, "printed": close.printed, "known": close.acknowledged,
        "ended": close.ended, "whole": close.whole, "count": len(close.gaps),
    }  # fmt: skip
    figures["district"] = sentence("alone" if close.alone else "acknowledged", figures)
    rows = {
        name: _numbered(
            with_clerk(
                sentence(one.kind, {**asdict(one), "paper": paper_words(one.paper, say)}),
                getattr(one, "clerk", ""),
                say,
            )
            for one in found
        )
        for name, found in (("gaps", close.gaps), ("notes", close.notes))
    }
    proof = Proof(code_now(desk, close), _proof_words(desk, close, sentence))
    agrees = sentence("agrees" if close.agrees else "differs", figures)
    return _pdf(desk, paper, figures, agrees, rows, proof)


def _proof_words(desk: Desk, close: DayClose, sentence: Sentence) -> tuple[str, ...]:
    """Who closed and who confirmed, and what the code beside it is for."""
    closed = closing_of(desk, date.fromisoformat(close.day))
    names = {"name": closed.closed_by, "confirmed": closed.confirmed_by} if closed else {}
    who = sentence("closed_by" if closed else "not_closed", names)
    return who, sentence("code", {}), code_now(desk, close)


def daily_pdf(desk: Desk, report: DailyReport) -> bytes:
    """每日办件: the caseload of a day by item type."""
    paper, say = day_paper(desk, "daily"), desk.texts
    names = {code: worded(category.name, say) for code, category in desk.catalogue.categories.items()}
    rows = [_figures(row, names.get(row.category, row.category)) for row in report.rows]
    rows.append(_figures(report.total, worded(paper.sentence["total"], say)))
    figures = {
        "day": report.day, "counter": desk.station.counter_name,
        "asked": report.asked_at[:16].replace("T", " "),
    }  # fmt: skip
    asked = worded(paper.sentence["asked"], say).format_map(figures)
    return _pdf(desk, paper, figures, asked, {"types": rows})


def _numbered(said: Iterable[str]) -> list[Row]:
    return [{"no": str(number), "what": what} for number, what in enumerate(said, 1)]


def _figures(figures: Figures, name: str) -> Row:
    counted = {key: str(getattr(figures, key)) for key in COLUMNS}
    return {"type": name, **counted, "wait": minutes(figures.wait)}


def _pdf(
    desk: Desk,
    paper: DayPaper,
    figures: Mapping[str, object],
    sentence: str,
    rows: Mapping[str, Sequence[Row]],
    proof: Proof | None = None,
) -> bytes:
    def said(words: Words | None) -> str:
        return worded(words, desk.texts) if words else ""

    tables = [
        Table(
            said(table.heading),
            [said(column.title) for column in table.column],
            [column.share for column in table.column],
            [[row[column.key] for column in table.column] for row in rows[table.rows]],
            said(table.empty),
        )
        for table in paper.table
    ]
    facts = [(said(fact.label), said(fact.text).format_map(figures)) for fact in paper.fact]
    edition = Edition(desk.catalogue.edition, desk.catalogue.digest)
    sheet = DaySheet(
        desk.station.name, said(paper.title), facts, sentence, tables, said(paper.left), said(paper.right),
        edition, proof,
    )  # fmt: skip
    return day_sheet_pdf(sheet, desk.texts)
