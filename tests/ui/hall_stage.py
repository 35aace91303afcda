"""A hall display for the tests: with a notice, basics, and a player that plays into a list."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from pytestqt.qtbot import QtBot

from station_desk.core import paths
from station_desk.counter.desk import Desk
from station_desk.counter.wording import language_of
from station_desk.main.start import application
from station_desk.ui.hall.display import HallDisplay
from station_desk.ui.hall.player import Ended
from station_desk.ui.look.fonts import load_fonts

BASICS = """name = "青石桥"
updated = "2026-11"
""" + "".join(
    f'[[fact]]\nlabel = "{label}"\ntext = "{text}"\n'
    for label, text in (
        ("户籍", "3 214 户 8 127 人"),
        ("流动人口", "1 406 人"),
        ("社区工作者", "11 人（大专以上 9 人）"),
    )
)
LONG = "因供电线路检修，十一月二十五日上午停电，来办事的居民请改在当天下午，给您带来不便请谅解。"
NOTICE = f'[[notice]]\ntext = "{LONG}"\n'


@dataclass
class Recorder:
    """A player into a list; the test says when a sound has ended."""

    played: list[bytes] = field(default_factory=list)
    ended: list[Ended] = field(default_factory=list)

    def play(self, wav: bytes, ended: Ended, /) -> None:
        self.played.append(wav)
        self.ended.append(ended)

    def stop(self) -> None:
        self.ended.clear()


OpenHall = Callable[..., HallDisplay]


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def open_hall(qtbot: QtBot, recorder: Recorder) -> Iterator[OpenHall]:
    opened: list[HallDisplay] = []

    def open_hall(desk: Desk, settings: str = "") -> HallDisplay:
        folder = desk.store.profile.folder / "hall"
        folder.mkdir(exist_ok=True)
        (folder / "hall.toml").write_text(settings + NOTICE, "utf-8")
        (folder / "basics.toml").write_text(BASICS, "utf-8")
        application()
        family = load_fonts(paths.RESOURCES / "fonts")
        made = HallDisplay(
            desk.store.profile, desk.catalogue, language_of(desk.texts), desk.clock, family, recorder
        )
        opened.append(made)
        made.open()
        qtbot.waitUntil(lambda: made.screen.showing().turning.station != "")
        return made

    yield open_hall
    for made in opened:
        made.close()
