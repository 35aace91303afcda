"""`print`: a paper of a case, to the printer or into a file; either way it is recorded and numbered."""

from dataclasses import dataclass, replace
from pathlib import Path

from station_desk.core.errors import TroubleError
from station_desk.core.whole_file import write_whole
from station_desk.counter.papers.journal import PrintPaper
from station_desk.counter.papers.print_paper import print_paper
from station_desk.counter.ticket_slip import print_ticket, ticket_printer, ticket_slip
from station_desk.main.open_desk import Options, command_id, desk_of
from station_desk.main.said import Said
from station_desk.main.ticket_verbs import ticket_named
from station_desk.printing.printers.address import Speech
from station_desk.printing.printers.printer import always
from station_desk.printing.printers.setting import PrinterSetting

THERMAL = ".bin"
"""The end of a file name that asks for the bytes of a thermal printer."""


class FileNotWritable(TroubleError):
    code = "file.not_writable"


@dataclass(frozen=True, slots=True)
class OneFile:
    """A printer that writes the paper where the person asked for it."""

    file: Path

    def send(self, paper: bytes, name: str, /) -> None:
        """Writes the paper. Raises FileNotWritable."""
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(paper, self.file)
        except OSError as error:
            raise FileNotWritable(path=self.file, name=name, why=error.strerror or str(error)) from error


def print_verb(options: Options, said: Said) -> int:
    """Prints a paper: the first copy, or a numbered reprint that says so; or the slip of a ticket."""
    if options.paper == "ticket":
        return _print_slip(options, said)
    first, *others = options.case
    wish = PrintPaper(first, options.paper, options.large, options.turn, tuple(others))
    with desk_of(options) as desk:
        at = replace(desk, printer_for=always(OneFile(options.out))) if options.out else desk
        answer = print_paper(at, wish, command_id(options)).answer
        if options.out:
            said.tell(answer, "cli.paper_written", file=options.out)
        else:
            said.tell(answer, "cli.paper_printed", number=answer.number, copy=answer.copy)
    return 0


def _print_slip(options: Options, said: Said) -> int:
    with desk_of(options) as desk:
        ticket = ticket_named(options.case[0], desk)
        if options.out is None:
            print_ticket(desk, ticket)
            said.tell({"ticket": ticket, "printed": True}, "ticket.printed", ticket=ticket)
            return 0
        setting = ticket_printer(desk) or PrinterSetting()
        speech: Speech = "escpos" if options.out.suffix == THERMAL else "pdf"
        slip = ticket_slip(desk, ticket, speech, options.roll or setting.size, setting.letters)
        OneFile(options.out).send(slip, ticket)
        said.tell({"ticket": ticket, "file": str(options.out)}, "cli.paper_written", file=options.out)
    return 0
