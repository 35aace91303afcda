"""The guide sheet of an item: what a resident takes home to get everything ready, also without a case."""

from dataclasses import dataclass

from station_desk.catalogue.guide_page import GuidePage
from station_desk.catalogue.item import Language
from station_desk.catalogue.public_paper import PublicPaper
from station_desk.core.texts import Say
from station_desk.printing import codes
from station_desk.printing.page import Pages, plain
from station_desk.printing.public.elements import set_group, shown_groups
from station_desk.printing.public.frame import HEAD, edition_words, foot_height, framed, made
from station_desk.printing.public.sizes import LARGE, ORDINARY, SHEETS
from station_desk.printing.wrapping import units

QR_ROOM = 30.0


@dataclass(frozen=True, slots=True)
class Where:
    """The station that gives the sheet out, empty before any is set up; `url` opens the guide online."""

    name: str = ""
    address: str = ""
    phone: str = ""
    url: str = ""


def guide_sheet_pdf(
    page: GuidePage, paper: PublicPaper, where: Where, say: Say, language: Language, *, large: bool = False
) -> bytes:
    """The sheet as PDF, on A4; the same guide gives the same bytes."""
    sizes = LARGE if large else ORDINARY
    pages = Pages(SHEETS["a4"], HEAD + (6 if large else 0), foot_height(sizes))
    title = paper.title.in_language(language)
    if where.url:
        _set_qr(pages, where.url)
    above = "\u3000".join(text for text in (where.name, where.address, where.phone) if text)
    if above:
        pages.flow(pages.left, units(plain(above, sizes.small)), sizes.small_leading)
    pages.flow(pages.left, units(plain(title, sizes.label)), sizes.leading)
    pages.flow(pages.left, units(plain(page.title, sizes.title)), sizes.title_leading)
    pages.flow(
        pages.left, units(plain(paper.sentence["intro"].in_language(language), sizes.body)), sizes.leading
    )
    pages.go_below()
    for group in shown_groups(page, paper):
        set_group(pages, sizes, group, ticks=True)
    pages.y += sizes.leading * 0.5
    pages.need(sizes.leading)
    pages.flow(
        pages.left, units(plain(paper.sentence["ask"].in_language(language), sizes.strong)), sizes.leading
    )
    heads = ["", *[f"{title} · {page.title}"] * (len(pages.marks) - 1)]
    edition = edition_words(page, say)
    marks = framed(pages, sizes, heads, f"{page.code} · {edition}", say)
    return made(marks, pages.sheet, f"{title} {page.title}", where.name or page.code, say, edition)


def _set_qr(pages: Pages, url: str) -> None:
    symbol = codes.qr(url)
    module = codes.qr_module(symbol, QR_ROOM)
    size = symbol.columns * module
    x, quiet = pages.right - size, symbol.quiet * module
    pages.code(symbol, x, pages.y, module, size)
    pages.keep_free(x - quiet, pages.y, pages.y + size + quiet)
