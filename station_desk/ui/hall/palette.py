"""The colours of the hall display, by what they mean; the same for the window and for the web page.

Words and their ground contrast by 4.5 : 1 or more in every theme.
"""

from typing import NamedTuple

from station_desk.counter.hall.settings import Theme


class HallPalette(NamedTuple):
    """The tokens of one theme: `number` is the newest call, `strong` the ground of the prominent one."""

    ground: str
    panel: str
    line: str
    ink: str
    muted: str
    number: str
    strong: str
    strong_ink: str
    strong_number: str
    badge: str
    badge_ink: str
    warn: str


DARK = HallPalette(
    ground="#0F2440", panel="#183359", line="#35568A", ink="#FFFFFF", muted="#B9CBE8", number="#FFD766",
    strong="#0B1B31", strong_ink="#FFFFFF", strong_number="#FFD766",
    badge="#2A60B0", badge_ink="#FFFFFF", warn="#FFB3A6",
)  # fmt: skip

LIGHT = HallPalette(
    ground="#E9EEF5", panel="#FFFFFF", line="#C3CEDC", ink="#18212C", muted="#4C5A6B", number="#1549A0",
    strong="#163E80", strong_ink="#FFFFFF", strong_number="#FFD766",
    badge="#1F5FBF", badge_ink="#FFFFFF", warn="#A32A2A",
)  # fmt: skip

CONTRAST = HallPalette(
    ground="#000000", panel="#000000", line="#FFFFFF", ink="#FFFFFF", muted="#FFFFFF", number="#FFE04D",
    strong="#000000", strong_ink="#FFFFFF", strong_number="#FFE04D",
    badge="#FFE04D", badge_ink="#000000", warn="#FFB3B3",
)  # fmt: skip

HALL_PALETTES: dict[Theme, HallPalette] = {"dark": DARK, "light": LIGHT, "contrast": CONTRAST}
