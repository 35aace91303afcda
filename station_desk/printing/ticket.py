"""叫号票: the queue ticket that a resident takes at the door, on 80 mm or 58 mm paper. It never says a name.

The same ticket as bytes for a thermal printer and as PDF. Its words, and which facts it tells in which order,
are those of `forms/papers/day/ticket.toml`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from station_desk.catalogue.day_paper import DayPaper
from station_desk.catalogue.item import Language
from station_desk.printing.escpos.encode import slip_bytes
from station_desk.printing.printers.setting import Letters
from station_desk.printing.slip import Fact, Line, Part, Qr, Roll, Space, Words

NUMBER_SIZE = 8
"""The number is read from an arm's length, and compared with the one on the screen of the hall."""


@dataclass(frozen=True, slots=True)
class QueueTicket:
    """All that the ticket says. `item_class` is empty for restricted items, `priority` for people in line.

    `minutes` is None as long as nobody can say how long it takes; `guide_url` where there is no district.
    """

    station: str
    number: str
    item_class: str
    counter: str
    before: int
    minutes: int | None
    printed_at: datetime
    priority: str
    guide_url: str | None


class TicketWords(NamedTuple):
    """The published words in the language of the slip."""

    paper: DayPaper
    language: Language

    def sentence(self, name: str, **gaps: object) -> str:
        """One of its sentences."""
        return self.paper.sentence[name].in_language(self.language).format_map(gaps)


def ticket_bytes(ticket: QueueTicket, roll: Roll, letters: Letters, words: TicketWords) -> bytes:
    """The ticket for a thermal printer; the same ticket gives the same bytes."""
    return slip_bytes(list(_parts(ticket, words)), roll, letters)


def ticket_pdf(ticket: QueueTicket, roll: Roll, words: TicketWords) -> bytes:
    """The ticket as PDF, as wide as the roll; the same ticket gives the same bytes."""
    # The type of the papers is loaded for a PDF only: a thermal printer has letters of its own.
    from station_desk.printing.pdf import About
    from station_desk.printing.slip_pdf import slip_pdf

    title = f"{words.paper.title.in_language(words.language)} {ticket.number}"
    author = ticket.station.strip() or title
    return slip_pdf(list(_parts(ticket, words)), roll, About(title, author, words.language))


def _parts(ticket: QueueTicket, words: TicketWords) -> Iterator[Part]:
    yield Words(ticket.station, bold=True)
    yield Line()
    yield Words(ticket.number, size=NUMBER_SIZE, bold=True, fit=True)
    yield Words(ticket.item_class or words.sentence("restricted"), size=2, fit=True)
    if ticket.priority:
        yield Words(words.sentence("priority", priority=ticket.priority), size=2, bold=True, fit=True)
    yield Line()
    told = {
        "before": ticket.before, "wait": _wait(ticket.minutes, words), "counter": ticket.counter,
        "printed_at": ticket.printed_at.strftime("%Y-%m-%d %H:%M"),
    }  # fmt: skip
    for fact in words.paper.fact:
        text = fact.text.in_language(words.language).format_map(told)
        yield Fact(fact.label.in_language(words.language), text)
    yield Space(2)
    if ticket.guide_url:
        yield Qr(ticket.guide_url)
        yield Words(words.sentence("scan"))
        yield Words(urlsplit(ticket.guide_url).netloc, bold=True)
    yield Words(words.sentence("called"))


def _wait(minutes: int | None, words: TicketWords) -> str:
    match minutes:
        case None:
            return words.sentence("wait_unknown")
        case 0:
            return words.sentence("wait_next")
        case _:
            return words.sentence("minutes", count=minutes)
