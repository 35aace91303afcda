"""The colours of the windows, by what they mean. Every pair that carries text has a contrast of 4.5 : 1 or more.

Here and in the queue, values are named tuples, not data classes: the first paint waits for each of them to be made,
and a data class takes five times as long.
"""

from typing import Literal, NamedTuple

Tone = Literal["plain", "accent", "ok", "warn", "bad"]
"""What a pill or a cell says beside its words: nothing, chosen, in time, due soon, late or wrong."""

Theme = Literal["light", "dark", "contrast"]


class Palette(NamedTuple):
    """The tokens of one theme. `*_soft` are the grounds on which the words of that tone stand."""

    background: str
    surface: str
    raised: str
    line: str
    strong_line: str
    ink: str
    muted: str
    accent: str
    accent_soft: str
    accent_pressed: str
    on_accent: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    plain_soft: str

    def tone(self, tone: Tone) -> tuple[str, str]:
        """The colour of the words of a tone, and of the ground under them."""
        match tone:
            case "accent":
                return self.accent, self.accent_soft
            case "ok":
                return self.ok, self.ok_soft
            case "warn":
                return self.warn, self.warn_soft
            case "bad":
                return self.bad, self.bad_soft
            case "plain":
                return self.muted, self.plain_soft


LIGHT = Palette(
    background="#F3F5F8", surface="#FFFFFF", raised="#F8FAFC", line="#DCE2E9", strong_line="#B4BFCC",
    ink="#18212C", muted="#5A6675",
    accent="#1F5FBF", accent_soft="#E8F0FC", accent_pressed="#184E9F", on_accent="#FFFFFF",
    ok="#17704A", ok_soft="#E5F4EC", warn="#8F5A06", warn_soft="#FDF3DF", bad="#B93232", bad_soft="#FBE9E9",
    plain_soft="#EEF1F5",
)  # fmt: skip

DARK = Palette(
    background="#12171E", surface="#1B222C", raised="#212935", line="#323D4B", strong_line="#526175",
    ink="#E8EDF3", muted="#A3AFBD",
    accent="#7FB0FF", accent_soft="#1E3350", accent_pressed="#A3C6FF", on_accent="#0B1B33",
    ok="#6CCB9C", ok_soft="#17342A", warn="#E6B456", warn_soft="#3A2D14", bad="#FF9B9B", bad_soft="#44201F",
    plain_soft="#29323F",
)  # fmt: skip

CONTRAST = Palette(
    background="#000000", surface="#000000", raised="#101010", line="#FFFFFF", strong_line="#FFFFFF",
    ink="#FFFFFF", muted="#FFFFFF",
    accent="#FFE04D", accent_soft="#332C00", accent_pressed="#FFF0A3", on_accent="#000000",
    ok="#7CFFB2", ok_soft="#00331A", warn="#FFC14D", warn_soft="#332200", bad="#FFB3B3", bad_soft="#4D0000",
    plain_soft="#262626",
)  # fmt: skip

PALETTES: dict[Theme, Palette] = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}
