"""The QR to the resident's page: the host below it in large type, and what the page never asks for.

At the right of the facts on an ordinary paper; across the page in large print.
"""

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from station_desk.catalogue.paper import Section
from station_desk.printing import codes
from station_desk.printing.blocks.setting import Setting
from station_desk.printing.blocks.sizes import leading_of
from station_desk.printing.page import MM, plain
from station_desk.printing.wrapping import Lettering, Line, wrap_evenly

QR_ROOM = 42.0
"""The square that the QR may fill with its quiet zone, in millimetres."""

HOST_SIZES = (12.0, 11.0, 10.0, 9.0, 8.0)
NOTES_ROOM = 24.0
"""What the words below the QR need, in millimetres."""


def set_tracking(setting: Setting, _section: Section) -> None:
    """The QR; restricted items have none, and there the fact `progress` sends to the counter."""
    url = setting.filled.tracking_url
    if url is None:
        return
    if setting.sizes.large:
        _set_across(setting, url)
    else:
        _set_beside(setting, url)


def _set_beside(setting: Setting, url: str) -> None:
    """At the right edge; running text goes around it."""
    pages, sizes = setting.pages, setting.sizes
    symbol, module = _symbol(url)
    size, quiet = symbol.columns * module, symbol.quiet * module
    pages.need(size + 2 * quiet + NOTES_ROOM)
    top = setting.code_top if len(pages.marks) == 1 else pages.y
    middle = pages.right - sizes.code_column / 2
    pages.code(symbol, middle - size / 2, top + quiet, module, size)
    y = top + quiet + size + quiet - 0.5
    for line, leading in _below(setting, url):
        pages.put_centred(middle, y, line, leading)
        y += leading
    pages.keep_free(pages.right - sizes.code_column - 2, top, y)


def _set_across(setting: Setting, url: str) -> None:
    """The QR at the left, its words beside it."""
    pages, sizes = setting.pages, setting.sizes
    symbol, module = _symbol(url)
    size, quiet = symbol.columns * module, symbol.quiet * module
    x = pages.left + size + 2 * quiet + 4
    lines = list(_beside(setting, url, (pages.right - x) * MM))
    height = max(size + 2 * quiet, sum(leading for _, leading in lines))
    pages.y += sizes.leading * 0.3
    pages.need(height)
    pages.code(symbol, pages.left + quiet, pages.y + quiet, module, size)
    y = pages.y + (height - sum(leading for _, leading in lines)) / 2
    for line, leading in lines:
        pages.put(x, y, line, leading)
        y += leading
    pages.y += height


def _symbol(url: str) -> tuple[codes.Symbol, float]:
    symbol = codes.qr(url)
    return symbol, codes.qr_module(symbol, QR_ROOM)


def _below(setting: Setting, url: str) -> Iterator[tuple[Line, float]]:
    sizes = setting.sizes
    room = sizes.code_column * MM
    host = urlsplit(url).netloc
    large = [Lettering(size, "bold") for size in HOST_SIZES]
    lettering = next((fitting for fitting in large if fitting.width(host) <= room), large[-1])
    note = Lettering(sizes.small.size)
    for text, words, leading in (
        (setting.sentence("scan"), sizes.small, 4.0),
        (host, lettering, lettering.size * 0.45 + 0.4),
        (setting.sentence("never_asks"), note, 3.6),
    ):
        yield from ((line, leading) for line in wrap_evenly(plain(text, words), room))


def _beside(setting: Setting, url: str, room: float) -> Iterator[tuple[Line, float]]:
    sizes = setting.sizes
    texts: Sequence[tuple[str, Lettering]] = (
        (setting.sentence("scan"), sizes.body),
        (urlsplit(url).netloc, sizes.number),
        (setting.sentence("never_asks"), sizes.body),
    )
    for text, lettering in texts:
        leading = leading_of(lettering)
        yield from ((line, leading) for line in wrap_evenly(plain(text, lettering), room))
