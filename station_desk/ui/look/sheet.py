"""The stylesheet of the windows: `resources/styles/desk.qss` with the tokens filled in."""

import re

from station_desk.core import paths
from station_desk.ui.look.palette import Palette
from station_desk.ui.look.sizes import Sizes

LENGTHS = (2, 3, 4, 6, 8, 10, 11, 12, 16, 32, 34)


def stylesheet(palette: Palette, sizes: Sizes) -> str:
    """The stylesheet for a palette; lengths and type grow with the text."""
    file = paths.RESOURCES / "styles" / "desk.qss"
    lengths = {f"px{length}": sizes.scaled(length) for length in LENGTHS}
    tokens = {**palette._asdict(), **lengths, "secondary": sizes.secondary, "body": sizes.body}
    # Not string.Template: importing it costs the first paint as much as all of this function.
    return re.sub(r"\$\{?(\w+)\}?", lambda found: str(tokens[found[1]]), file.read_text("utf-8"))
