"""What the papers of a case have in common: the station and the barcode at the head, the facts, the foot."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from station_desk.core.texts import Say
from station_desk.printing import codes
from station_desk.printing.page import FIRM, MM, MUTED, Format, Mark, Pages, plain
from station_desk.printing.pdf import About, pdf_of
from station_desk.printing.wrapping import Lettering, Run, shortened, units

CODE_COLUMN = 48.0
"""The column at the right edge in which the codes stand, in millimetres."""

BAR_HEIGHT, BAR_GAP = 9.5, 0.9
HEAD_ON_NEXT_PAGES, FOOT = 8.0, 5.0

STATION = Lettering(12.5, "bold")
TITLE = Lettering(17, "bold", spacing=2.6)
LABEL = Lettering(9, grey=MUTED)
BODY = Lettering(9.5)
STRONG = Lettering(9.5, "bold")
NUMBER = Lettering(13, "bold")
SMALL = Lettering(8, grey=MUTED)
NOTE = Lettering(8)
NOTE_STRONG = Lettering(8, "bold")

LEADING, TITLE_HEIGHT, SIGNATURE = 5.7, 9.0, 5.0

GAP, BETWEEN = "\u3000", "\u3000·\u3000"
"""White between facts of one line, and the mark between the notes at the foot."""


@dataclass(frozen=True, slots=True)
class Station:
    """Who prints: name, address and phone as the resident knows them."""

    name: str
    address: str
    phone: str


@dataclass(frozen=True, slots=True)
class Promise:
    """Until when the case is to be finished; `provisional`: the calendar of that year is not official yet.

    `limit` counts working days (wd), calendar days (cd) or hours (h); 0 means done while the resident waits.
    `due` is a datetime where the limit is in hours, else a date. `uncounted` names the published steps whose
    time does not count, so that the paper does not promise a day that they will move.
    """

    due: date
    limit: int
    unit: Literal["wd", "cd", "h"]
    provisional: bool
    uncounted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matter:
    """The case a paper is about, with the applicant masked; what is empty is left out of the paper."""

    number: str
    item: str
    kind: str
    applicant: str
    identity: str
    accepted_at: datetime
    counter: str
    clerk: str
    promise: Promise | None


@dataclass(frozen=True, slots=True)
class Edition:
    """The catalogue edition under which the case was accepted, and its digest (hex)."""

    name: str
    digest: str

    @property
    def full(self) -> str:
        """Name and digest, as an archive looks for them."""
        return f"{self.name} {self.digest}".strip()


Fact = tuple[str, Sequence[Run]]
"""A label and what is said under it."""


def title_lettering(title: str) -> Lettering:
    """Chinese titles are set wide, as on the papers of a case; Latin letters are not."""
    return replace(TITLE, spacing=0) if title.isascii() else TITLE


def begin(sheet: Format, station: Station, number: str, title: str, say: Say) -> Pages:
    """The first page down to its title, with the case number as Code128 at the right."""
    pages = Pages(sheet, HEAD_ON_NEXT_PAGES, FOOT)
    pages.case = number
    _barcode(pages, number)
    pages.flow(pages.left, units(plain(station.name, STATION)), 6.2)
    where = [
        say(f"paper.head.{key}", value=value)
        for key, value in (("address", station.address), ("phone", station.phone))
        if value
    ]
    pages.flow(pages.left, units(plain(GAP.join(where), SMALL)), 4.2)
    pages.go_below()
    pages.y += 1.5
    pages.need(TITLE_HEIGHT)
    lettering = title_lettering(title)
    pages.put_centred(sheet.width / 2, pages.y, plain(title, lettering), TITLE_HEIGHT)
    pages.y += TITLE_HEIGHT
    return pages


def matter_facts(matter: Matter, say: Say) -> list[Fact]:
    """What every paper says of its case: number, item, applicant, when and where accepted, until when."""
    identity = say("paper.identity", value=matter.identity) if matter.identity else ""
    counter = say("paper.counter", value=matter.counter) if matter.counter else ""
    clerk = say("paper.clerk", value=matter.clerk) if matter.clerk else ""
    accepted = (moment(matter.accepted_at), counter, clerk)
    facts: list[Fact] = [
        (say("paper.label.number"), plain(matter.number, NUMBER)),
        (say("paper.label.item"), _item(matter, say)),
        (say("paper.label.applicant"), plain(GAP.join(filter(None, (matter.applicant, identity))), BODY)),
        (say("paper.label.accepted"), plain(GAP.join(filter(None, accepted)), BODY)),
    ]
    if matter.promise:
        facts.append((say("paper.label.promise"), _promise(matter.promise, say)))
    return facts


def set_facts(pages: Pages, facts: Sequence[Fact], least: float = LEADING) -> None:
    """The facts one below the other, labels in a column of their own; a fact without words is left out."""
    x = pages.left + label_column(facts)
    for label, words in facts:
        if not any(run.text for run in words):
            continue
        leading = max(least, max(run.lettering.size for run in words) * 1.45 / MM)
        pages.need(leading)
        pages.put(pages.left, pages.y, plain(label, LABEL), leading)
        pages.flow(x, units(words), leading)


def label_column(facts: Sequence[Fact]) -> float:
    """The width in millimetres that the longest label needs, with the white behind it."""
    return max(LABEL.width(label) for label, _ in facts) / MM + 5


def set_signatures(pages: Pages, y: float, left: str, right: str, behind: str, indent: float = 0.0) -> None:
    """Two lines to sign on, side by side, with some words behind the second one, from `indent` on."""
    start = pages.left + indent
    middle = (start + pages.right) / 2
    pages.put_right(pages.right, y, plain(behind, BODY), SIGNATURE)
    end = pages.right - (BODY.width(behind) / MM + 3 if behind else 0)
    for words, begins, ends in ((left, start, middle - 20), (right, middle + 10, end)):
        pages.put(begins, y, plain(words, BODY), SIGNATURE)
        line = begins + BODY.width(words) / MM + 2
        pages.across(line, y + SIGNATURE, ends - line, FIRM / 2, 0)


def finish(
    pages: Pages, author: str, title: str, notes: Sequence[Run], say: Say, edition: Edition | None = None
) -> bytes:
    """The PDF: notes and page number at the foot of every page, the title at the head of the later ones.

    The case and the edition also stand in what the file says about itself.
    """
    count = len(pages.marks)
    marks: list[list[Mark]] = []
    for number, body in enumerate(pages.marks, 1):
        where = say("paper.foot.page", number=number, count=count) if count > 1 else ""
        head = _next_head(pages.sheet, author, title) if number > 1 else []
        marks.append([*head, *body, *_foot(pages.sheet, notes, where)])
    about = About(title, author, say("paper.language"), pages.case, edition.full if edition else "")
    return pdf_of(marks, pages.sheet, about)


def foot_notes(complaint_phone: str, copies: int, edition: Edition, copy_no: int, say: Say) -> list[Run]:
    """Where to complain, how many copies there are, which catalogue applied, whether this is a reprint."""
    notes = [say("paper.foot.complaint", value=complaint_phone)] if complaint_phone else []
    if copies:
        notes.append(say("paper.foot.copies", count=copies))
    if edition.name:
        notes.append(say("paper.foot.edition", name=edition.name, digest=edition.digest[:7]))
    if copy_no <= 1:
        return [Run(BETWEEN.join(notes), SMALL)]
    return [
        Run("".join(note + BETWEEN for note in notes), SMALL),
        Run(say("paper.foot.reprint", number=copy_no), NOTE_STRONG),
    ]


def moment(when: date) -> str:
    """A date, or a time to the minute, as ISO 8601 writes it but with a space between the two."""
    return when.strftime("%Y-%m-%d %H:%M" if isinstance(when, datetime) else "%Y-%m-%d")


def _barcode(pages: Pages, number: str) -> None:
    """The number as Code128 at the right edge. The number itself stands large among the facts."""
    symbol = codes.code128(number.replace("-", ""))
    left = pages.right - symbol.columns * codes.BAR_MODULE
    pages.code(symbol, left, pages.y, codes.BAR_MODULE, BAR_HEIGHT)
    pages.keep_free(left - symbol.quiet * codes.BAR_MODULE, pages.y, pages.y + BAR_HEIGHT + BAR_GAP)


def _item(matter: Matter, say: Say) -> list[Run]:
    kind = say("paper.kind", kind=matter.kind) if matter.kind else ""
    return [Run(matter.item, STRONG), Run(kind, BODY)]


def _promise(promise: Promise, say: Say) -> list[Run]:
    how = promise.unit if promise.limit else "now"
    words = [
        Run(moment(promise.due), STRONG),
        Run(say(f"paper.promise.{how}", count=promise.limit), BODY),
    ]
    if promise.uncounted:
        steps = say("paper.promise.and").join(promise.uncounted)
        words.append(Run("\n" + say("paper.promise.uncounted", steps=steps), BODY))
    if promise.provisional:
        words.append(Run("\n" + say("paper.promise.provisional"), STRONG))
    return words


def _next_head(sheet: Format, author: str, title: str) -> list[Mark]:
    """The head of the second page and all later ones, so that a loose sheet is known by itself."""
    strip = Pages(sheet, 0, 0)
    named = plain(title, NOTE_STRONG)
    strip.put_right(strip.right, strip.y, named, 5)
    room = (strip.right - strip.left) * MM - NOTE_STRONG.width(title) - 12
    strip.put(strip.left, strip.y, plain(shortened(author, SMALL, room), SMALL), 5)
    strip.across(strip.left, strip.y + 5.5, strip.right - strip.left)
    return strip.marks[0]


def _foot(sheet: Format, notes: Sequence[Run], where: str) -> list[Mark]:
    """The notes at the left, the page number at the right, on one line: the first gives way if it must."""
    strip = Pages(sheet, 0, 0)
    y = strip.bottom - FOOT + 1
    strip.across(strip.left, y, strip.right - strip.left)
    strip.put_right(strip.right, y + 0.5, plain(where, SMALL), FOOT - 1.5)
    room = (strip.right - strip.left) * MM - SMALL.width(where) - 12 - sum(run.width for run in notes[1:])
    fitting = [replace(run, text=shortened(run.text, run.lettering, room)) for run in notes[:1]]
    strip.put(strip.left, y + 0.5, [*fitting, *notes[1:]], FOOT - 1.5)
    return strip.marks[0]
