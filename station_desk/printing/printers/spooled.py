"""Printers behind a queue: of CUPS on this machine, of a print server, and printers that take PDF themselves.

The very file that was made is handed over. A queue takes a paper at once and prints it later or never, so the
job is watched until it is done; what does not come out is taken back, so that it cannot come out unseen.
"""

import getpass
import time
from collections.abc import Sequence
from dataclasses import dataclass

from station_desk.core.errors import Term
from station_desk.printing.printers import ipp
from station_desk.printing.printers.ipp import Attribute, Operation
from station_desk.printing.printers.printer import Waiting, nobody_waits
from station_desk.printing.printers.setting import Sides, Size
from station_desk.printing.printers.spooler import Spooler, SpoolerSilent
from station_desk.printing.printers.trouble import (
    JobEnded,
    MayStillCome,
    PrinterRefuses,
    PrinterStuck,
    PrinterUnknown,
    PrinterUnreachable,
    reason_of,
)

SIDES: dict[Sides, str] = {"one": "one-sided", "long": "two-sided-long-edge", "short": "two-sided-short-edge"}
MEDIA: dict[Size, tuple[str, int, int]] = {
    "A3": ("iso_a3_297x420mm", 297, 420),
    "A4": ("iso_a4_210x297mm", 210, 297),
    "A5": ("iso_a5_148x210mm", 148, 210),
}
PROGRESS = ("job-impressions-completed", "job-media-sheets-completed", "job-k-octets-processed")
MM_A_POINT = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a queue is waited for, in seconds: for an answer, for a document to be taken, for somebody to
    help a printer that asks for it, for anything to move, and for the whole print.
    """

    answer: float = 5.0
    document: float = 60.0
    trouble: float = 45.0
    quiet: float = 120.0
    whole: float = 1800.0
    look: float = 0.25


@dataclass(frozen=True, slots=True)
class Look:
    """What the queue says of a job: its state, words for people, and what has been counted of it."""

    state: int
    said: str
    counted: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SpooledPrinter:
    """A printer behind a queue; `name` is what people call it. An empty size is that of the paper itself."""

    spooler: Spooler
    path: str
    name: str
    copies: int = 1
    sides: Sides = "one"
    size: Size = ""
    waiting: Waiting = nobody_waits
    patience: Patience = Patience()

    def send(self, paper: bytes, name: str, /) -> None:
        """Hand the paper to the queue and wait until it is printed; what fails is taken back.

        Raises PrinterUnreachable, PrinterUnknown, PrinterRefuses, PrinterStuck, JobEnded, MayStillCome.
        """
        job = self._begin(paper, name)
        try:
            self._give(job, paper)
            self._watch(job)
        except JobEnded:
            raise
        except BaseException:
            if self._is_done_after_all(job):
                return
            raise

    def _begin(self, paper: bytes, name: str) -> Attribute:
        wishes = [
            Attribute(ipp.KEYWORD, "sides", (SIDES[self.sides],)),
            Attribute(ipp.INTEGER, "copies", (self.copies,)),
            # The codes stand on the dots of the printer; nothing may be made smaller or larger.
            Attribute(ipp.KEYWORD, "print-scaling", ("none",)),
            *(Attribute(ipp.KEYWORD, "media", (media,)) for media in media_of(paper, self.size)),
        ]
        answer = self._ask(Operation.CREATE_JOB, [Attribute(ipp.NAME, "job-name", (name,))], wishes)
        number = answer.number("job-id")
        if number <= 0:
            raise PrinterRefuses(printer=self.name, why=f"job-id {number}")
        return Attribute(ipp.INTEGER, "job-id", (number,))

    def _give(self, job: Attribute, paper: bytes) -> None:
        kind = Attribute(ipp.MIME, "document-format", ("application/pdf",))
        last = Attribute(ipp.BOOLEAN, "last-document", (True,))
        self._ask(Operation.SEND_DOCUMENT, [job, kind, last], document=paper)

    def _watch(self, job: Attribute) -> None:
        began = well = moved = time.monotonic()
        seen = Look(ipp.JobState.PENDING, "", ())
        while True:
            self.waiting()
            now = time.monotonic()
            try:
                look = self._look(job)
                trouble = self._trouble(look)
            except PrinterUnreachable:
                look, trouble = seen, Term("printer.reason.offline")
            if look.state == ipp.JobState.COMPLETED:
                return
            well = well if trouble else now
            moved, seen = (moved, seen) if look == seen else (now, look)
            if trouble and now - well > self.patience.trouble:
                raise PrinterStuck(printer=self.name, reason=trouble)
            if now - moved > self.patience.quiet or now - began > self.patience.whole:
                raise PrinterStuck(printer=self.name, reason=look.said or Term("printer.reason.busy"))
            time.sleep(self.patience.look)

    def _trouble(self, look: Look) -> Term | None:
        """What the printer waits for somebody to do. Raises where it will not go on by itself."""
        if look.state in (ipp.JobState.CANCELED, ipp.JobState.ABORTED):
            raise JobEnded(printer=self.name, reason=look.said or Term("printer.reason.ended"))
        if look.state == ipp.JobState.COMPLETED:
            return None
        wanted = Attribute(ipp.KEYWORD, "requested-attributes", ("printer-state", "printer-state-reasons"))
        printer = self._ask(Operation.GET_PRINTER, [wanted])
        reason = reason_of(printer.texts("printer-state-reasons"))
        stopped = printer.number("printer-state") == ipp.PRINTER_STOPPED
        if stopped and look.state != ipp.JobState.PROCESSING:
            said = reason or look.said or Term("printer.reason.paused")
            raise PrinterStuck(printer=self.name, reason=said)
        return reason

    def _look(self, job: Attribute) -> Look:
        names = ("job-state", "job-printer-state-message", *PROGRESS)
        answer = self._ask(Operation.GET_JOB, [job, Attribute(ipp.KEYWORD, "requested-attributes", names)])
        said = " ".join(answer.texts("job-printer-state-message"))
        return Look(answer.number("job-state"), said, tuple(map(answer.number, PROGRESS)))

    def _is_done_after_all(self, job: Attribute) -> bool:
        """Take the job out of the queue; True when it came out while we turned away.

        Raises MayStillCome when neither is certain.
        """
        try:
            answer = self._answer(Operation.CANCEL_JOB, [job])
            if not answer.failed:
                return False
            if answer.status == ipp.Status.NOT_POSSIBLE:
                return self._look(job).state == ipp.JobState.COMPLETED
        except (PrinterUnreachable, PrinterRefuses, PrinterUnknown) as error:
            raise MayStillCome(printer=self.name) from error
        raise MayStillCome(printer=self.name)

    def _ask(
        self,
        operation: Operation,
        asked: Sequence[Attribute],
        wishes: Sequence[Attribute] = (),
        document: bytes = b"",
    ) -> ipp.Answer:
        answer = self._answer(operation, asked, wishes, document)
        if answer.status == ipp.Status.NOT_FOUND:
            raise PrinterUnknown(printer=self.name)
        if answer.failed:
            why = " ".join(answer.texts("status-message")) or f"{answer.status:#06x}"
            raise PrinterRefuses(printer=self.name, why=why)
        return answer

    def _answer(
        self,
        operation: Operation,
        asked: Sequence[Attribute],
        wishes: Sequence[Attribute] = (),
        document: bytes = b"",
    ) -> ipp.Answer:
        # The number of a job comes before the name of who asks (RFC 8011, 4.3).
        asked = (*asked[:1], Attribute(ipp.NAME, "requesting-user-name", (user(),)), *asked[1:])
        message = ipp.question(operation, self.spooler.uri(self.path), asked, wishes) + document
        seconds = self.patience.document if document else self.patience.answer
        try:
            return self.spooler.ask(self.path, message, seconds)
        except SpoolerSilent as silent:
            raise PrinterUnreachable(printer=self.name, why=str(silent)) from silent


def media_of(paper: bytes, size: Size) -> list[str]:
    """The sheet by its name in the protocol; none for sizes that have no name there."""
    if size in MEDIA:
        return [MEDIA[size][0]]
    # The reader of PDF is loaded for this question only.
    from station_desk.printing.pictures import page_sizes

    short, long = sorted(round(points * MM_A_POINT) for points in page_sizes(paper)[0])
    return [name for name, *sides in MEDIA.values() if sides == [short, long]]


def user() -> str:
    """Who prints, as the system knows the person."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "station-desk"
