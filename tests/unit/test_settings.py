"""Every setting is declared once, checked by its bounds and named in three languages."""

import pytest

from station_desk.core.errors import RuleError
from station_desk.core.paths import RESOURCES
from station_desk.core.settings import (
    SETTINGS,
    Setting,
    checked,
    keep_on_pc,
    kept_on_pc,
    on_this_pc,
    pc_file,
    setting_named,
    value_in,
)
from station_desk.core.texts import LANGUAGES, Texts
from station_desk.counter.settings import bounds_words, setting_words
from station_desk.counter.settings_page import settings_page

MAY_BE_EMPTY = {"station.phone", "station.address", "station.complaint_phone"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_the_handbook_says_what_the_program_does(language: str) -> None:
    page = RESOURCES / "handbook" / "operator" / f"settings.{language}.md"
    made = settings_page(Texts(RESOURCES / "i18n", language))
    assert page.read_text("utf-8") == made, f"station-desk --language {language} settings handbook > {page}"


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_each_setting_has_words_and_a_fitting_default(setting: Setting) -> None:
    for language in LANGUAGES:
        say = Texts(RESOURCES / "i18n", language)
        assert say(f"settings.name.{setting.key}")
        assert say(f"settings.words.{setting.key}")
        assert bounds_words(setting, say)
        assert all(setting_words(setting, value, say) for value in setting.choices)
    if setting.kind != "text":
        assert checked(setting, setting.default) == setting.default


@pytest.mark.parametrize(
    ("key", "good", "kept"),
    [
        ("language", " en ", "en"),
        ("sync.seconds", "0060", "60"),
        ("sync.seconds", "15", "15"),
        ("sync.seconds", "3600", "3600"),
        ("station.name", "𠮷野社区", "𠮷野社区"),
        ("station.phone", "", ""),
    ],
)
def test_a_fitting_value_is_taken(key: str, good: str, kept: str) -> None:
    assert checked(setting_named(key), good) == kept


@pytest.mark.parametrize(
    ("key", "bad", "code"),
    [
        ("language", "de", "settings.not_a_choice"),
        ("language", "", "settings.value_needed"),
        ("sync.seconds", "14", "settings.not_within"),
        ("sync.seconds", "3601", "settings.not_within"),
        ("sync.seconds", "-1", "settings.not_within"),
        ("sync.seconds", "6٠", "settings.not_within"),
        ("sync.seconds", "9" * 5000, "settings.not_within"),
        ("station.name", " ", "settings.value_needed"),
        ("station.name", "x" * 101, "settings.text_not_fit"),
        ("station.name", "a\u202eb", "settings.text_not_fit"),
    ],
)
def test_an_unfit_value_is_refused_with_its_reason(key: str, bad: str, code: str) -> None:
    with pytest.raises(RuleError) as refused:
        checked(setting_named(key), bad)
    assert refused.value.code == code


def test_an_unknown_setting_is_refused() -> None:
    with pytest.raises(RuleError):
        setting_named("look.colour")


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"language": 5}', '{"language": "de"}', "[" * 100_000, "\x00"]
)
def test_a_broken_file_of_this_pc_gives_the_defaults(content: str) -> None:
    pc_file().parent.mkdir(parents=True)
    pc_file().write_text(content, "utf-8")
    assert on_this_pc("language") == "zh-Hans"
    keep_on_pc({"look.theme": "dark"})
    assert kept_on_pc()["look.theme"] == "dark"


def test_what_this_pc_keeps_can_be_forgotten() -> None:
    keep_on_pc({"language": "en"})
    assert on_this_pc("language") == "en"
    keep_on_pc({"language": None})
    assert on_this_pc("language") == "zh-Hans"


def test_a_kept_value_out_of_bounds_is_the_default() -> None:
    assert value_in({"setting:sync.seconds": "1"}, "sync.seconds") == "60"
