"""One look: readable in every theme, in one family of icons, with no token forgotten."""

from itertools import product

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from station_desk.core import paths
from station_desk.ui.look.icons import FOLDER, pixmap
from station_desk.ui.look.palette import PALETTES, Palette, Theme, Tone
from station_desk.ui.look.sheet import stylesheet
from station_desk.ui.look.sizes import Sizes

TONES: tuple[Tone, ...] = ("plain", "accent", "ok", "warn", "bad")
ENOUGH = 4.5


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.1."""
    named = QColor(colour)
    parts = [part / 255 for part in (named.red(), named.green(), named.blue())]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(ink: str, ground: str) -> float:
    dark, light = sorted((luminance(ink), luminance(ground)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", PALETTES)
def test_every_word_can_be_read(theme: Theme) -> None:
    colours: Palette = PALETTES[theme]
    grounds = ("background", "surface", "raised", "accent_soft", "plain_soft")
    pairs = [(getattr(colours, ink), getattr(colours, on)) for ink, on in product(("ink", "muted"), grounds)]
    pairs += [colours.tone(tone) for tone in TONES]
    pairs += [(colours.tone(tone)[0], colours.surface) for tone in TONES]
    pairs += [(colours.on_accent, colours.accent), (colours.on_accent, colours.accent_pressed)]
    weak = [
        (ink, ground, round(contrast(ink, ground), 2))
        for ink, ground in pairs
        if contrast(ink, ground) < ENOUGH
    ]
    assert weak == []


@pytest.mark.parametrize("name", sorted(file.stem for file in FOLDER.glob("*.svg")))
def test_each_icon_is_drawn_in_the_colour_asked_for(qtbot: QtBot, name: str) -> None:
    picture = pixmap(name, "#1F5FBF", 24, 2.0).toImage()
    seen = {
        picture.pixelColor(x, y).name()
        for x in range(48)
        for y in range(48)
        if picture.pixelColor(x, y).alpha() == 255
    }
    assert seen == {"#1f5fbf"}


@pytest.mark.parametrize("theme", PALETTES)
def test_the_stylesheet_has_every_token_filled_in(theme: Theme) -> None:
    sheet = stylesheet(PALETTES[theme], Sizes(1.25))
    assert "$" not in sheet
    assert PALETTES[theme].accent in sheet


def test_no_widget_has_colours_of_its_own() -> None:
    own = [
        f"{file.relative_to(paths.PACKAGE)}:{number}"
        for file in (paths.PACKAGE / "ui").rglob("*.py")
        if file.name != "palette.py"
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1)
        if '"#' in line or "setStyleSheet(" in line.replace("window.setStyleSheet(sheet)", "")
    ]
    assert own == []
