"""The wishes of a station for its hall are settings; a file of before is brought over once, nothing lost."""

import tomllib
from pathlib import Path

import pytest

from station_desk.core import paths
from station_desk.core.clock import now
from station_desk.core.errors import RuleError
from station_desk.counter.desk import Desk
from station_desk.counter.hall.content import content_of
from station_desk.counter.hall.settings import HallSettings, read_settings
from station_desk.counter.hall.wishes import settings_of, take_over, wishes_of
from station_desk.counter.set_up import SetUp
from station_desk.counter.settings import change_setting
from station_desk.main.open_desk import open_desk, set_up_desk
from station_desk.store.editions import edition_in_use
from station_desk.store.hall_file import HallFile, HallRows
from tests.store.conftest import TestClock
from tests.store.publisher import CLIENT, Counter, Publisher, edited
from tests.store.test_editions import PENSION

OLD = """
languages = ["en", "zh-Hans"]
theme = "light"
page_seconds = 20
call_seconds = 5
calm = true
voices = []
volume = 35
quiet = ["12:00-14:00", "22:00-06:30"]
items = ["SA-001", "LS-001"]
hours = {zh-Hans = "周一至周五", zh-Hant = "週一至週五", en = "Monday to Friday"}
[[notice]]
text = "停\\u007f电 \\"二\\" 次"
from = "2026-11-20"
[[notice]]
text = {zh-Hans = "停水", zh-Hant = "停水", en = "No water"}
until = "2026-11-25"
"""


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    set_up_desk(tmp_path / "p", SetUp("QSQ001", "青石桥", "2"), "zh-Hans", now).store.close()
    (tmp_path / "p" / "hall").mkdir()
    return tmp_path / "p"


def opened(profile: Path) -> Desk:
    return open_desk(profile, "zh-Hans", now)


def test_without_any_wish_the_settings_are_the_defaults() -> None:
    assert settings_of({}) == HallSettings()


def test_a_file_of_before_is_brought_over_once_and_kept(profile: Path) -> None:
    file = profile / "hall" / "hall.toml"
    file.write_text(OLD, "utf-8")
    before = read_settings(profile)
    desk = opened(profile)
    about = desk.store.about()
    assert wishes_of(profile, about) == before
    assert not file.exists()
    kept = profile / "hall" / "hall.toml.taken-over"
    assert tomllib.loads(kept.read_text("utf-8"))["volume"] == 35
    assert not take_over(desk), "once"
    change_setting(desk, "hall.volume", "50")
    assert wishes_of(profile, desk.store.about()).volume == 50
    file.write_text("volume = 5\n", "utf-8")
    assert take_over(desk)
    assert (profile / "hall" / "hall.toml.taken-over-2").exists()
    assert wishes_of(profile, desk.store.about()).volume == 5
    desk.store.close()


@pytest.mark.parametrize("told", ["volume = 500\n", f'hours = "{"8" * 101}"\n'])
def test_a_file_that_the_settings_cannot_hold_stays_where_it_is(profile: Path, told: str) -> None:
    file = profile / "hall" / "hall.toml"
    file.write_text(told, "utf-8")
    opened(profile).store.close()
    assert file.read_text("utf-8") == told


def test_the_display_follows_settings_lines_and_files(profile: Path) -> None:
    desk = opened(profile)
    content = content_of(profile, desk.catalogue, "zh-Hans", paths.RESOURCES / "i18n", now)
    file = HallFile(desk.store.profile)

    def looked() -> HallSettings:
        return content.seen(file.look(f"{now():%Y-%m-%d}"), now()).settings

    assert looked() == HallSettings()
    change_setting(desk, "hall.languages", "zh-Hant，en")
    change_setting(desk, "hall.voices", "none")
    assert looked().languages == ("zh-Hant", "en")
    assert content.languages == ("zh-Hant", "en")
    assert looked().voices == ()
    before = content.mark()
    (profile / "hall" / "notices.toml").write_text('[[notice]]\ntext = "停电"\n', "utf-8")
    assert content.mark() != before
    assert [notice.text for notice in looked().notice] == ["停电"]
    file.close()
    desk.store.close()


def test_what_does_not_fit_is_refused_beside_the_field(profile: Path) -> None:
    desk = opened(profile)
    for key, value, code in (
        ("hall.languages", "fr", "settings.not_a_choice"),
        ("hall.quiet", "25:00-26:00", "settings.not_hours"),
        ("hall.quiet", "12:00-14:00 " * 6 + "01:00-02:00", ""),
        ("hall.volume", "101", "settings.not_within"),
    ):
        if not code:
            assert change_setting(desk, key, value).value == "12:00-14:00, 01:00-02:00"
            continue
        with pytest.raises(RuleError) as refused:
            change_setting(desk, key, value)
        assert refused.value.code == code
    desk.store.close()


def test_a_new_edition_is_shown_without_a_restart(
    counter: Counter, clock: TestClock, publisher: Publisher
) -> None:
    folder = counter.profile.folder
    catalogue = edition_in_use(counter.profile, paths.FORMS, clock().date(), CLIENT).forms.catalogue
    content = content_of(folder, catalogue, "zh-Hans", paths.RESOURCES / "i18n", clock)
    rows = HallRows({}, ())
    before, mark = content.seen(rows, clock()), content.mark()
    counter.install(publisher.bundle("2026.11.1", edited(PENSION, "promised = 3", "promised = 2")))
    assert content.mark() != mark, "the watch looks again"
    after = content.seen(rows, clock())
    assert content.catalogue.edition == "2026.11.1"
    assert [page.code for page in after.turning["zh-Hans"].pages] == [
        page.code for page in before.turning["zh-Hans"].pages
    ]
    assert after.turning["zh-Hans"].pages != before.turning["zh-Hans"].pages
