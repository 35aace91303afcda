"""A QR code as a drawing inside a page, for the phone that makes the one-time codes."""

from markupsafe import Markup, escape

QUIET = 4


def picture_of(text: str, told: str) -> Markup:
    """The QR of a text; `told` says to those who do not see it what it is."""
    # Nobody but who sets up an account waits for it.
    from station_desk.printing.codes import qr

    symbol = qr(text)
    size = symbol.columns + 2 * QUIET
    bars = "".join(_bar(line, symbol.rows) for line in symbol.path.splitlines())
    return Markup(
        '<svg class="qr" role="img" viewBox="0 0 {size} {size}" aria-label="{told}">'
        '<rect class="paper" width="{size}" height="{size}"/><path class="dark" d="{bars}"/></svg>'
    ).format(size=size, told=escape(told), bars=bars)


def _bar(rectangle: str, rows: int) -> str:
    """A run of dark modules, which the paper draws from the bottom up and a page from the top down."""
    left, bottom, length, _high, _ = rectangle.split()
    return f"M{int(left) + QUIET} {rows - 1 - int(bottom) + QUIET}h{length}v1h-{length}z"
