"""The head's envelope: the recovery key on paper, printed once, or written where somebody asked for it."""

from collections.abc import Callable
from pathlib import Path

from station_desk.core.errors import RuleError, TroubleError
from station_desk.core.whole_file import write_whole
from station_desk.counter.day_published import day_paper
from station_desk.counter.desk import Desk
from station_desk.counter.printers import PAPERS, setting_of
from station_desk.counter.wording import worded
from station_desk.printing.day_sheet import DaySheet
from station_desk.printing.envelope import Envelope, envelope_sheet
from station_desk.printing.letterhead import Edition
from station_desk.printing.printers.address import read_address
from station_desk.store.vault.recovery_key import groups_of, written

BEFORE, AFTER = ("use",), ("typing", "keep", "once")
NAME = "recovery-key"
Send = Callable[[bytes], None]


class EnvelopeNeedsPlace(RuleError):
    """There is no printer, and no file was named."""

    code = "key.envelope_needs_place"


class EnvelopeInProfile(RuleError):
    """The file lies in the profile that it opens. Values: file."""

    code = "key.envelope_in_profile"


class EnvelopeNotWritten(TroubleError):
    """The file cannot be written, or is there already. Values: file, why."""

    code = "key.envelope_not_written"


def envelope_pdf(desk: Desk, secret: bytes) -> bytes:
    """The sheet of a recovery key, in the published words."""
    paper = day_paper(desk, "envelope")
    say, forms = desk.texts, desk.edition.forms
    gaps = {
        "station": desk.station.code, "counter": desk.station.counter_name,
        "day": desk.clock().date().isoformat(),
    }  # fmt: skip
    facts = [(worded(fact.label, say), worded(fact.text, say).format_map(gaps)) for fact in paper.fact]
    left, right = (worded(line, say) if line else "" for line in (paper.left, paper.right))
    edition = Edition(forms.edition.number, desk.catalogue.digest)
    sheet = DaySheet(desk.station.name, worded(paper.title, say), facts, "", (), left, right, edition)
    before, after = ([worded(paper.sentence[name], say) for name in names] for names in (BEFORE, AFTER))
    return envelope_sheet(Envelope(sheet, before, after, groups_of(secret), written(secret)), say)


def deliver_envelope(desk: Desk, file: Path | None) -> Send:
    """Where the sheet goes: to the printer of papers, or into a file; never into the profile.

    Raises EnvelopeNeedsPlace, EnvelopeInProfile; what it returns raises EnvelopeNotWritten, printer trouble.
    """
    folder = desk.store.profile.folder.resolve()
    if file is not None:
        place = file.resolve()
        if place.is_relative_to(folder):
            raise EnvelopeInProfile(file=file)
        return lambda pdf: _write(pdf, place)
    if not can_print_envelope(desk):
        raise EnvelopeNeedsPlace
    printer = desk.printer_for(PAPERS)
    return lambda pdf: printer.send(pdf, NAME)


def can_print_envelope(desk: Desk) -> bool:
    """Whether papers of this counter go to a printer, not into a folder."""
    setting = setting_of(desk.store.about(), PAPERS)
    return bool(setting and read_address(setting.address).kind != "folder")


def _write(pdf: bytes, file: Path) -> None:
    try:
        if file.exists():
            raise EnvelopeNotWritten(file=file, why="EEXIST")
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(pdf, file)
    except OSError as error:
        raise EnvelopeNotWritten(file=file, why=error.strerror or str(error)) from error
