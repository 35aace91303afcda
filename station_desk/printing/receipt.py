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
    label_column,
    matter_facts,
    set_facts,
    set_signatures,
)
from station_desk.printing.page import A5_LANDSCAPE, MM, Pages, plain
from station_desk.printing.table import Look, set_table, share_out
from station_desk.printing.wrapping import Lettering, Line, Run, Unit, whole, wrap_evenly

QR_TOP, QR_ROOM, TRACKING = 24.5, 42.0, 65.0
"""Where the quiet zone of the QR begins, the square it may fill, what it needs with its words (mm)."""

HOST_SIZES = (12.0, 11.0, 10.0, 9.0, 8.0)
"""The host is the one thing a resident can check against a false sticker: as large as the column allows."""

SIGNATURES = 10.0
NOTHING = "—"
MATERIALS = Look(body=BODY, leading=4.6, padding=0.5)


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


def receipt_pdf(receipt: Receipt, say: Say) -> bytes:
    """The receipt as PDF, A5 landscape; the same receipt gives the same bytes."""
    title = say("paper.receipt.title")
    pages = begin(A5_LANDSCAPE, receipt.station, receipt.matter.number, title, say)
    if receipt.tracking_url is not None:
        _set_tracking(pages, receipt.tracking_url, say)
    pages.y += 1.5
    facts = _facts(receipt, say)
    set_facts(pages, facts)
    pages.go_below()
    pages.y += 2
    if receipt.materials:
        _set_materials(pages, receipt.materials, say)
        pages.y += 2
    _set_stages(pages, receipt.stages, label_column(facts), say)
    _set_signatures(pages, say)
    notes = foot_notes(receipt.complaint_phone, receipt.copies, receipt.edition, receipt.copy_no, say)
    return finish(
        pages, receipt.station.name, f"{title} {receipt.matter.number}", notes, say, receipt.edition
    )


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
    top = max(QR_TOP, pages.y - TITLE_HEIGHT)
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


def _set_materials(pages: Pages, materials: Sequence[ReceivedMaterial], say: Say) -> None:
    titles = [say(f"paper.material.{key}") for key in ("number", "name", "form", "copies")]
    columns = share_out(pages.right - pages.left, titles, (6, 50, 33, 11))
    rows = (
        (str(number), material.name, material.form, str(material.copies or NOTHING))
        for number, material in enumerate(materials, 1)
    )
    set_table(pages, columns, rows, MATERIALS)


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
    pages.need(LEADING)
    pages.put(pages.left, pages.y, plain(say("paper.label.stages"), LABEL), LEADING)
    pages.flow(pages.left + indent, waiting, LEADING)


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


def _set_signatures(pages: Pages, say: Say) -> None:
    """Who handed in and who took, at the foot of the last page, with room for the seal above."""
    pages.need(SIGNATURES)
    left, right = say("paper.sign.applicant"), say("paper.sign.clerk")
    set_signatures(pages, pages.bottom - SIGNATURE - 2, left, right, say("paper.sign.seal"))
