"""`print`: a paper of a case, to the printer or into a file; either way it is recorded and numbered."""

from dataclasses import dataclass, replace
from pathlib import Path

from station_desk.core.errors import TroubleError
from station_desk.core.whole_file import write_whole
from station_desk.counter.papers.journal import PrintPaper
from station_desk.counter.papers.print_paper import print_paper
from station_desk.main.open_desk import Options, command_id, desk_of
from station_desk.main.said import Said


class FileNotWritable(TroubleError):
    code = "file.not_writable"


@dataclass(frozen=True, slots=True)
class OneFile:
    """A printer that writes the paper where the person asked for it."""

    file: Path

    def send(self, pdf: bytes, name: str) -> None:
        """Writes the paper. Raises FileNotWritable."""
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(pdf, self.file)
        except OSError as error:
            raise FileNotWritable(path=self.file, name=name, why=error.strerror or str(error)) from error


def print_verb(options: Options, said: Said) -> int:
    """Prints a paper: the first copy, or a numbered reprint that says so."""
    wish = PrintPaper(options.case, options.paper, options.large, options.turn)
    with desk_of(options) as desk:
        at = replace(desk, printer=OneFile(options.out)) if options.out else desk
        answer = print_paper(at, wish, command_id(options)).answer
        if options.out:
            said.tell(answer, "cli.paper_written", file=options.out)
        else:
            said.tell(answer, "cli.paper_printed", number=answer.number, copy=answer.copy)
    return 0
