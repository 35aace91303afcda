"""Every page in every theme and language, at the sizes of common screens and of text: pictured, never empty.

`pytest tests/ui/test_every_picture.py --pictures DIR` keeps the pictures and a contact sheet of each look;
without it one page after the other is pictured once, in one look.
"""

from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.ui.look.palette import PALETTES, Theme
from tests.ui.conftest import LANGUAGES, MakeDesk, OpenWindow, fill_queue
from tests.ui.contact_sheet import contact_sheet
from tests.ui.test_case_pages import accepted
from tests.ui.test_fits import WIDTHS, states

pytestmark = pytest.mark.long

FACTORS = (1.0, 1.25, 1.5)
FEWEST_COLOURS = 16
"""A page that was really painted has more colours than that; an empty one has one."""


@dataclass(frozen=True)
class Appearance:
    """How the windows look: theme, size of text, size of the window in pixels."""

    theme: Theme
    factor: float
    size: tuple[int, int]

    @property
    def name(self) -> str:
        """How its pictures begin."""
        return f"{self.theme}-{self.factor}-{self.size[0]}"


@pytest.mark.timeout(900)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_pictured(
    make_desk: MakeDesk, open_on: OpenWindow, tmp_path: Path, pytestconfig: pytest.Config, language: str
) -> None:
    kept = pytestconfig.getoption("--pictures")
    folder = Path(kept or tmp_path) / language
    folder.mkdir(parents=True, exist_ok=True)
    every = [Appearance(*look) for look in product(PALETTES, FACTORS, WIDTHS)]
    desk = make_desk(language)
    fill_queue(desk)
    for code in ("SA-001", "LS-001"):
        accepted(desk, code, "欧阳娜娜")
    for appearance in every if kept else every[:1]:
        window = open_on(desk, appearance.theme, appearance.factor)
        made = pictured(window, folder, appearance)
        window.shell.close()
        sheet = folder / f"contact-{appearance.name}.png"
        contact_sheet(made, sheet, window.shell.look.family)
        assert len({file.read_bytes() for file in made}) > len(made) / 2, "the pages look like one another"
        assert [file.name for file in made if colours_in(file) < FEWEST_COLOURS] == []
        assert QImage(str(sheet)).width() > WIDTHS[0][0]


def pictured(window: Window, folder: Path, appearance: Appearance) -> list[Path]:
    """One picture of each state that a clerk may see."""
    width, height = appearance.size
    window.shell.resize(width, height)
    made: list[Path] = []
    for number, (name, show) in enumerate(states(window, ("SA-001",))):
        show()
        settle(window)
        made.append(folder / f"{appearance.name}-{number:02d}-{name.replace(' ', '-')}.png")
        assert window.shell.grab().save(str(made[-1]))
    return made


def colours_in(file: Path) -> int:
    """How many colours a picture has, looked at in a coarse grid."""
    picture = QImage(str(file))
    return len(
        {picture.pixel(x, y) for x in range(0, picture.width(), 3) for y in range(0, picture.height(), 3)}
    )
