"""The slip that a resident takes: made from the stored ticket, printed where there is a printer for it.

A slip is no paper of a case and no row of the print journal: it may be printed again as often as it is lost.
"""

from station_desk.cases.ticket import Ticket
from station_desk.counter.day_published import day_paper
from station_desk.counter.desk import Desk
from station_desk.counter.printers import TICKET, NoTicketPrinter, setting_of
from station_desk.counter.queue_wait import wait_of_ticket
from station_desk.counter.wording import language_of, worded
from station_desk.printing.printers.address import Speech, read_address
from station_desk.printing.printers.setting import Letters, PrinterSetting, Size
from station_desk.printing.slip import ROLLS
from station_desk.printing.ticket import QueueTicket, TicketWords, ticket_bytes, ticket_pdf

USUAL_ROLL: Size = "80mm"


def ticket_printer(desk: Desk) -> PrinterSetting | None:
    """The printer of the tickets, if somebody chose one."""
    return setting_of(desk.store.about(), TICKET)


def print_ticket(desk: Desk, ticket: str) -> None:
    """Prints the slip of a stored ticket. Raises NoTicketPrinter, TicketUnknown, printer trouble."""
    setting = ticket_printer(desk)
    if setting is None:
        raise NoTicketPrinter
    speech = read_address(setting.address).speech
    slip = ticket_slip(desk, ticket, speech, setting.size, setting.letters)
    desk.printer_for(TICKET).send(slip, ticket)


def ticket_slip(
    desk: Desk, ticket: str, speech: Speech, size: Size = "", letters: Letters = "gb18030"
) -> bytes:
    """The slip for a thermal printer, or as PDF. Raises TicketUnknown."""
    paper, roll = _paper(desk, desk.store.ticket(ticket)), ROLLS[size or USUAL_ROLL]
    words = TicketWords(day_paper(desk, TICKET), language_of(desk.texts))
    match speech:
        case "escpos":
            return ticket_bytes(paper, roll, letters, words)
        case "pdf":
            return ticket_pdf(paper, roll, words)


def _paper(desk: Desk, ticket: Ticket) -> QueueTicket:
    say = desk.texts
    wait = wait_of_ticket(desk, ticket.id)
    category = desk.catalogue.categories.get(ticket.category)
    return QueueTicket(
        station=desk.station.name,
        number=ticket.number,
        # The paper is seen by others: of a restricted item it says no more than the screen of the hall.
        item_class=worded(category.name, say) if category and ticket.title else "",
        counter=desk.station.counter_name,
        before=wait.before,
        minutes=wait.minutes,
        printed_at=desk.clock(),
        priority="" if ticket.priority == "normal" else say(f"term.priority.{ticket.priority}"),
        guide_url=_guide_url(desk, ticket),
    )


def _guide_url(desk: Desk, ticket: Ticket) -> str | None:
    if not desk.station.public_url:
        return None
    # Of a restricted item the slip leads to the guide as a whole.
    item = f"/{ticket.item}" if ticket.title else ""
    return f"{desk.station.public_url}/guide{item}"
