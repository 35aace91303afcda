"""叫号票: the queue ticket that a resident takes at the door, on 80 mm or 58 mm paper. It never says a name.

The same ticket as bytes for a thermal printer and as PDF. What it says comes worded from the caller; the
labels are those of `resources/i18n/*/ticket.toml`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from station_desk.core.texts import Say
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
    counters: str
    before: int
    minutes: int | None
    printed_at: datetime
    priority: str
    guide_url: str | None


def ticket_bytes(ticket: QueueTicket, roll: Roll, letters: Letters, say: Say) -> bytes:
    """The ticket for a thermal printer; the same ticket gives the same bytes."""
    return slip_bytes(list(_parts(ticket, say)), roll, letters)


def ticket_pdf(ticket: QueueTicket, roll: Roll, say: Say) -> bytes:
    """The ticket as PDF, as wide as the roll; the same ticket gives the same bytes."""
    # The type of the papers is loaded for a PDF only: a thermal printer has letters of its own.
    from station_desk.printing.pdf import About
    from station_desk.printing.slip_pdf import slip_pdf

    title = say("ticket.title", number=ticket.number)
    return slip_pdf(list(_parts(ticket, say)), roll, About(title, ticket.station, say("ticket.language")))


def _parts(ticket: QueueTicket, say: Say) -> Iterator[Part]:
    yield Words(ticket.station, bold=True)
    yield Line()
    yield Words(ticket.number, size=NUMBER_SIZE, bold=True, fit=True)
    yield Words(ticket.item_class or say("ticket.restricted"), size=2, fit=True)
    if ticket.priority:
        yield Words(say("ticket.priority", priority=ticket.priority), size=2, bold=True, fit=True)
    yield Line()
    yield Fact(say("ticket.before"), say("ticket.people", count=ticket.before))
    yield Fact(say("ticket.wait"), _wait(ticket.minutes, say))
    yield Fact(say("ticket.counters"), ticket.counters)
    yield Fact(say("ticket.printed_at"), ticket.printed_at.strftime("%Y-%m-%d %H:%M"))
    yield Space(2)
    if ticket.guide_url:
        yield Qr(ticket.guide_url)
        yield Words(say("ticket.scan"))
        yield Words(urlsplit(ticket.guide_url).netloc, bold=True)
    yield Words(say("ticket.called"))


def _wait(minutes: int | None, say: Say) -> str:
    match minutes:
        case None:
            return say("ticket.wait_unknown")
        case 0:
            return say("ticket.wait_next")
        case _:
            return say("ticket.minutes", count=minutes)
