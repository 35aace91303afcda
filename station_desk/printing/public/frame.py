"""Head and foot of the papers of the catalogue, and the making of their PDF."""

from collections.abc import Sequence

from station_desk.catalogue.guide_page import GuidePage
from station_desk.core.texts import Say
from station_desk.printing.page import MM, Format, Mark, Pages, plain
from station_desk.printing.pdf import About, pdf_of
from station_desk.printing.public.sizes import SheetSizes
from station_desk.printing.wrapping import shortened

HEAD, FOOT_LINES = 8.0, 1


def foot_height(sizes: SheetSizes) -> float:
    """The height kept free for the foot."""
    return sizes.small_leading + 2.0


def framed(
    pages: Pages, sizes: SheetSizes, heads: Sequence[str], foot: str, say: Say, first: int = 1
) -> list[list[Mark]]:
    """The pages with a running head (empty: none) and a foot; the first page has the number `first`."""
    marks: list[list[Mark]] = []
    last = first + len(pages.marks) - 1
    for place, body in enumerate(pages.marks):
        head = running_head(pages.sheet, sizes, heads[place]) if heads[place] else []
        where = say("paper.foot.page", number=first + place, count=last) if last > 1 else ""
        marks.append([*head, *body, *_foot(pages.sheet, sizes, foot, where)])
    return marks


def running_head(sheet: Format, sizes: SheetSizes, text: str) -> Sequence[Mark]:
    """What stands above a page, so that an opened booklet says where it is."""
    strip = Pages(sheet, 0, 0)
    room = (strip.right - strip.left) * MM
    strip.put(
        strip.left, strip.y, plain(shortened(text, sizes.small, room), sizes.small), sizes.small_leading
    )
    strip.across(strip.left, strip.y + sizes.small_leading + 0.5, strip.right - strip.left)
    return strip.marks[0]


def made(
    marks: Sequence[Sequence[Mark]], sheet: Format, title: str, author: str, say: Say, edition: str = ""
) -> bytes:
    """The PDF of the pages; the edition they come from also stands in what the file says about itself."""
    called = title.strip()
    return pdf_of(
        marks, sheet, About(called, author.strip() or called, say("paper.language"), edition=edition)
    )


def edition_words(page: GuidePage, say: Say) -> str:
    """The edition that a guide comes from: number and effective date."""
    lines = {line.key: line.texts for group in page.groups for line in group.lines}
    number, effective = "".join(lines.get("version", ())), "".join(lines.get("effective", ()))
    key = "public.edition" if effective else "public.edition_bare"
    return say(key, number=number, effective=effective)


def _foot(sheet: Format, sizes: SheetSizes, text: str, where: str) -> Sequence[Mark]:
    strip = Pages(sheet, 0, 0)
    y = strip.bottom - foot_height(sizes) + 1
    strip.across(strip.left, y, strip.right - strip.left)
    strip.put_right(strip.right, y + 0.5, plain(where, sizes.small), sizes.small_leading)
    room = (strip.right - strip.left) * MM - sizes.small.width(where) - 12
    strip.put(
        strip.left, y + 0.5, plain(shortened(text, sizes.small, room), sizes.small), sizes.small_leading
    )
    return strip.marks[0]
