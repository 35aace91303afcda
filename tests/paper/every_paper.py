"""One of every kind of paper that the program prints, with usual contents: to ask what holds of all."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import cache, partial

from station_desk.catalogue.day_paper import DayPaper
from station_desk.catalogue.edition.published import PublishedForms, read_published
from station_desk.catalogue.item import Language, Words
from station_desk.core import paths
from station_desk.counter.public_papers import (
    Basics,
    Rules,
    basics_of,
    booklet_of,
    hall_set,
    poster_of,
    rules_of,
    sheet_of,
)
from station_desk.printing.day_sheet import DaySheet, Table, day_sheet_pdf
from station_desk.printing.envelope import Envelope, envelope_sheet
from station_desk.printing.letterhead import Edition
from station_desk.printing.seal_register import RegisterSheet, register_sheet_pdf
from station_desk.printing.slip import ROLLS
from station_desk.printing.ticket import QueueTicket, TicketWords, ticket_pdf
from station_desk.printing.trial import Trial, trial_pdf, trial_slip_pdf
from station_desk.printing.workflow_page import workflow_pdf
from station_desk.store.vault.recovery_key import groups_of, written
from tests.paper.filled import texts
from tests.paper.test_papers import SIZES, usual
from tests.paper.test_public_papers import BASICS, press
from tests.paper.test_workflow_page import PUBLISHER, workflow

WHEN = datetime.fromisoformat("2026-11-20T09:41")
RULES = Rules(
    "村民代表会议制度", "2026-1", ("会议由村民委员会召集。",) * 3, "村民代表会议", "2026-03-01", "2026-04-01"
)
TICKET = QueueTicket("青石桥", "A012", "社会救助", "2", 3, 25, WHEN, "高龄优先", "https://a.gov.cn/")
Make = Callable[[], bytes]


@cache
def forms() -> PublishedForms:
    """The forms that come with the program."""
    return read_published(paths.FORMS)


def every_paper() -> Iterator[tuple[str, Make]]:
    """The name of each kind and how one is made, anew each time."""
    for kind, large in SIZES:
        yield f"{kind}{'-large' if large else ''}", partial(usual.__wrapped__, kind, "zh-Hans", large=large)
    for kind in ("closing", "daily"):
        yield f"day-{kind}", partial(day_sheet, kind)
    yield from catalogue_papers().items()
    chinese = texts("zh-Hans")
    yield "ticket-80mm", lambda: ticket_pdf(TICKET, ROLLS["80mm"], ticket_words("zh-Hans"))
    yield "ticket-58mm", lambda: ticket_pdf(TICKET, ROLLS["58mm"], ticket_words("zh-Hans"))
    yield "register", lambda: register([[f"2026-02-{row:04}-K", *["居住情况"] * 8] for row in range(1, 60)])
    yield "diagram", lambda: workflow_pdf(workflow("LS-001"), PUBLISHER, "2026.11", chinese)
    yield "envelope", partial(envelope, bytes(range(20)))
    trial = Trial("青石桥社区公共服务站", "PDF", WHEN)
    yield "trial", lambda: trial_pdf(trial, chinese)
    yield "trial-slip", lambda: trial_slip_pdf(trial, ROLLS["80mm"], chinese)


def catalogue_papers(
    language: str = "zh-Hans", basics: Basics = BASICS, rules: Rules = RULES
) -> dict[str, Make]:
    """The papers of the catalogue by name."""
    made = press(forms(), language)
    return {
        "guide": lambda: sheet_of(made, "SA-003"),
        "guide-large": lambda: sheet_of(made, "SA-003", large=True),
        "poster-a3": lambda: poster_of(made, "SA-003", "a3"),
        "poster-a2": lambda: poster_of(made, "LS-001", "a2"),
        "basics": lambda: basics_of(made, basics, "a3"),
        "rules": lambda: rules_of(made, rules, "a3"),
        "booklet": lambda: booklet_of(made, _nobody_listens),
        "hall": lambda: hall_set(made, "a3", basics, _nobody_listens),
    }


def day_sheet(
    kind: str, text: str = "", long: str = "", rows: int = 12, language: Language = "zh-Hans"
) -> bytes:
    """A paper of a day whose every figure is a number, or the text; `long` is its sentence and one cell."""
    paper: DayPaper = forms().day_papers[kind]

    def said(words: Words | None) -> str:
        return words.in_language(language) if words else ""

    tables = [
        Table(
            said(table.heading),
            [said(column.title) for column in table.column],
            [column.share for column in table.column],
            [
                [*[text or f"{row}"] * (len(table.column) - 1), text or f"{row}" if row else long or text]
                for row in range(rows)
            ],
            said(table.empty),
        )
        for table in paper.table
    ]
    sheet = DaySheet(
        text or "青石桥社区公共服务站", said(paper.title),
        [(said(fact.label), text or "12") for fact in paper.fact],
        long or said(next(iter(paper.sentence.values()))), tables, said(paper.left), said(paper.right),
        Edition("2026.11", "3f9a1c0d77aa51e2"),
    )  # fmt: skip
    return day_sheet_pdf(sheet, texts(language))


def envelope(secret: bytes, language: Language = "zh-Hans") -> bytes:
    """The sheet of the head's envelope."""
    paper = forms().day_papers["envelope"]
    facts = [(fact.label.in_language(language), "QSQ001 · 2") for fact in paper.fact]
    said = [words.in_language(language) for words in paper.sentence.values()]
    ends = (paper.title, paper.left, paper.right)
    title, left, right = (words.in_language(language) if words else "" for words in ends)
    edition = Edition("2026.11", "3f9a1c0d77aa51e2")
    sheet = DaySheet("青石桥社区公共服务站", title, facts, "", (), left, right, edition)
    made = Envelope(sheet, said[:1], said[1:], groups_of(secret), written(secret))
    return envelope_sheet(made, texts(language))


def ticket_words(language: Language) -> TicketWords:
    """The words of the queue ticket."""
    return TicketWords(forms().day_papers["ticket"], language)


def register(rows: Sequence[Sequence[str]], language: Language = "zh-Hans") -> bytes:
    """The seal register with these lines."""
    paper = forms().day_papers["register"]
    (table,), say = paper.table, texts(language)
    ends = (paper.title, table.empty, paper.left, paper.right)
    title, empty, left, right = (words.in_language(language) if words else "" for words in ends)
    told = paper.sentence["count"].in_language(language)
    counted = told.format_map({"year": 2026, "counter": 2, "count": len(rows), "voided": 0})
    titles = [column.title.in_language(language) for column in table.column]
    shares = [column.share for column in table.column]
    sheet = RegisterSheet(
        "青石桥社区公共服务站", title, counted, titles, rows, empty, left, right,
        Edition("2026.11", "3f9a1c0d77aa51e2"), shares,
    )  # fmt: skip
    return register_sheet_pdf(sheet, say)


def _nobody_listens(_done: int, _count: int) -> None:
    """Nobody waits for it here."""
