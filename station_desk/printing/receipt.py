"""受理回执: what a resident takes home when a case is accepted: what was handed in, until when, how to ask.

The caller has decided and worded all that belongs to the case (names masked, dates counted, fee in words);
this module only knows where things stand on an A5 sheet, and the labels of `resources/i18n/*/paper.toml`.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from station_desk.core.texts import Say
from station_desk.printing import codes
from station_desk.printing.letterhead import (
    BODY,
    CODE_COLUMN,
    LABEL,
    LEADING,
    NOTE,
    SIGNATURE,
    SMALL,
    STRONG,
    TITLE_HEIGHT,
    Edition,
    Fact,
    Matter,
    Station,
    begin,
    finish,
    foot_notes,
    matter_facts,
    set_facts,
    set_signatures,
)
from station_desk.printing.page import A5_LANDSCAPE, MM, Pages, plain, width_of
from station_desk.printing.table import Look, set_table, share_out
from station_desk.printing.wrapping import Lettering, Line, Run, Unit, units, whole, wrap_evenly

QR_TOP, QR_ROOM, TRACKING = 19.5, 42.0, 61.0
"""Where the quiet zone of the QR begins, the square it may fill, what it needs with its words (mm)."""

HOST_SIZES = (12.0, 11.0, 10.0, 9.0, 8.0)
"""The host is the one thing a resident can check against a false sticker: as large as the column allows."""

SIGNATURES, SMALL_LEADING = 9.0, 4.0
PROOF_ROOM, BESIDE_PROOF = 24.0, 24.0
"""The height of the block at the foot with the signed code, and where the words beside it begin (mm)."""

NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Spacing:
    """How much white there is: the height of a line of the facts in millimetres, the look of the table."""

    facts: float
    materials: Look


EASY = Spacing(LEADING, Look(body=BODY, leading=4.6, padding=0.5, boxed=True))
TIGHT = Spacing(4.8, Look(body=BODY, leading=4.3, padding=0.3, boxed=True))
"""For a receipt that would otherwise need a second sheet for its last lines."""


@dataclass(frozen=True, slots=True)
class ReceivedMaterial:
    """One paper handed in; `form` in words; `copies` kept by the station, 0 when it was only looked at."""

    name: str
    form: str
    copies: int


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the published workflow as the resident sees it."""

    name: str
    done: bool


@dataclass(frozen=True, slots=True)
class Receipt:
    """All that the receipt says. Empty texts are left out.

    `tracking_url` is None for restricted items (S3) and where there is no district: no QR then, but a
    sentence that sends to the counter, and does not say why (the paper may be seen by others).
    `copies` is how many originals are made; `copy_no` counts prints of this receipt: above 1, a reprint.
    `proof` is the signed code by which any counter proves the paper genuine; it tells nothing of the item.
    """

    station: Station
    matter: Matter
    collect: str
    fee: str
    materials: tuple[ReceivedMaterial, ...]
    stages: tuple[Stage, ...]
    tracking_url: str | None
    complaint_phone: str
    copies: int
    edition: Edition
    copy_no: int
    proof: str = ""


def receipt_pdf(receipt: Receipt, say: Say) -> bytes:
    """The receipt as PDF, A5 landscape; the same receipt gives the same bytes."""
    pages = _set(receipt, say, EASY)
    if len(pages.marks) > 1 and len((tight := _set(receipt, say, TIGHT)).marks) < len(pages.marks):
        pages = tight
    title = f"{say('paper.receipt.title')} {receipt.matter.number}"
    notes = foot_notes(receipt.complaint_phone, receipt.copies, receipt.edition, receipt.copy_no, say)
    return finish(pages, receipt.station.name, title, notes, say, receipt.edition)


def _set(receipt: Receipt, say: Say, spacing: Spacing) -> Pages:
    pages = begin(A5_LANDSCAPE, receipt.station, receipt.matter.number, say("paper.receipt.title"), say)
    if receipt.tracking_url is not None:
        _set_tracking(pages, receipt.tracking_url, say)
    pages.y += 1.5
    set_facts(pages, _facts(receipt, say), spacing.facts)
    pages.go_below()
    pages.y += 2
    if receipt.materials:
        _set_materials(pages, receipt.materials, spacing.materials, say)
        pages.y += 2
    indent = _set_proof(pages, receipt.proof) if receipt.proof else 0
    _set_stages(pages, receipt.stages, indent, say)
    if receipt.proof:
        note = plain(say("proof.paper"), SMALL)
        pages.flow(pages.left + indent, units(note), SMALL_LEADING)
    _set_signatures(pages, indent, say)
    return pages


def _facts(receipt: Receipt, say: Say) -> list[Fact]:
    facts = [
        *matter_facts(receipt.matter, say),
        (say("paper.label.collect"), plain(receipt.collect, BODY)),
        (say("paper.label.fee"), plain(receipt.fee, BODY)),
    ]
    if receipt.tracking_url is None:
        facts.append((say("paper.label.progress"), plain(say("paper.receipt.ask_at_counter"), BODY)))
    return facts


def _set_tracking(pages: Pages, url: str, say: Say) -> None:
    """The QR at the right, below it the host in large type and what the page behind it will never ask."""
    symbol = codes.qr(url)
    module = codes.qr_module(symbol, QR_ROOM)
    pages.need(TRACKING)
    top = max(QR_TOP, pages.y - TITLE_HEIGHT - 1.5)
    middle = pages.right - CODE_COLUMN / 2
    size, quiet = symbol.columns * module, symbol.quiet * module
    pages.code(symbol, middle - size / 2, top + quiet, module, size)
    y = top + quiet + size + quiet - 0.5
    for line, leading in _below_qr(url, say):
        pages.put_centred(middle, y, line, leading)
        y += leading
    pages.keep_free(pages.right - CODE_COLUMN - 2, top, y)


def _below_qr(url: str, say: Say) -> list[tuple[Line, float]]:
    room = CODE_COLUMN * MM
    host = urlsplit(url).netloc
    large = [Lettering(size, "bold") for size in HOST_SIZES]
    lettering = next((fitting for fitting in large if fitting.width(host) <= room), large[-1])
    return [
        *((line, 4.0) for line in wrap_evenly(plain(say("paper.receipt.scan"), SMALL), room)),
        *((line, lettering.size * 0.45 + 0.4) for line in wrap_evenly(plain(host, lettering), room)),
        *((line, 3.6) for line in wrap_evenly(plain(say("paper.receipt.never_asks"), NOTE), room)),
    ]


def _set_materials(pages: Pages, materials: Sequence[ReceivedMaterial], look: Look, say: Say) -> None:
    titles = [say(f"paper.material.{key}") for key in ("name", "form", "copies")]
    columns = share_out(pages.right - pages.left, titles, (52, 36, 12))
    rows = ((material.name, material.form, str(material.copies or NOTHING)) for material in materials)
    set_table(pages, columns, rows, look)


def _set_proof(pages: Pages, proof: str) -> float:
    """The signed code at the left, far from the QR that a phone opens; gives where words beside it begin."""
    pages.need(PROOF_ROOM)
    symbol = codes.qr(proof)
    size = symbol.columns * codes.PROOF_MODULE
    pages.code(symbol, pages.left, pages.y + 0.5, codes.PROOF_MODULE, size)
    return BESIDE_PROOF


def _set_stages(pages: Pages, stages: Sequence[Stage], indent: float, say: Say) -> None:
    """The workflow on as few lines as it needs; a step is never parted from its number."""
    if not stages:
        return
    waiting: deque[Unit] = deque()
    for number, stage in enumerate(stages, 1):
        name = Run(
            f"{circled(number)} {stage.name}" + (" ✓" if stage.done else ""), STRONG if stage.done else BODY
        )
        waiting.append(whole((name, Run("  →  ", LABEL) if number < len(stages) else Run("", LABEL))))
    label = plain(say("paper.label.stages"), STRONG)
    pages.need(LEADING)
    pages.put(pages.left + indent, pages.y, label, LEADING)
    pages.flow(pages.left + indent + width_of(label) + 5, waiting, LEADING)


def circled(number: int) -> str:
    """A number in a circle, as Unicode has them up to 50; larger ones in brackets."""
    match number:
        case _ if 1 <= number <= 20:
            return chr(0x2460 + number - 1)
        case _ if 21 <= number <= 35:
            return chr(0x3251 + number - 21)
        case _ if 36 <= number <= 50:
            return chr(0x32B1 + number - 36)
        case _:
            return f"({number})"


def _set_signatures(pages: Pages, indent: float, say: Say) -> None:
    """Who handed in and who took, at the foot of the last page, with room for the seal above."""
    pages.need(SIGNATURES)
    left, right = say("paper.sign.applicant"), say("paper.sign.clerk")
    set_signatures(pages, pages.bottom - SIGNATURE - 2, left, right, say("paper.sign.seal"), indent)
