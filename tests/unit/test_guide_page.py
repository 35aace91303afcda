"""The guide has all its fourteen groups for every item, says what is not known, and invents nothing."""

import msgspec
import pytest

from station_desk.catalogue.guide import Guide
from station_desk.catalogue.guide_page import GROUPS, Line, guide_page, missing_elements, unknown_elements
from station_desk.catalogue.item import LANGUAGES, Catalogue, Edition, Language
from station_desk.catalogue.read import read_catalogue, read_edition
from station_desk.core.paths import FORMS, RESOURCES
from station_desk.core.texts import Texts


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(FORMS)


@pytest.fixture(scope="module")
def edition() -> Edition:
    return read_edition(FORMS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_item_has_a_whole_guide_in_every_language(
    catalogue: Catalogue, edition: Edition, language: Language
) -> None:
    say = Texts(RESOURCES / "i18n", language)
    for item in catalogue.items.values():
        page = guide_page(item, catalogue, edition, say, language)
        assert [group.key for group in page.groups] == list(GROUPS), item.code
        assert all(group.lines for group in page.groups), item.code
        assert missing_elements(page) == (), item.code
        assert unknown_elements(page) > 0, "the seed does not know everything, and says so"


def test_what_the_item_says_is_in_its_guide_and_nothing_else(catalogue: Catalogue, edition: Edition) -> None:
    say = Texts(RESOURCES / "i18n", "zh-Hans")
    page = guide_page(catalogue.items["SA-002"], catalogue, edition, say, "zh-Hans")
    lines = {line.key: line for group in page.groups for line in group.lines}
    assert lines["promised"].texts == ("30 个工作日",)
    assert lines["basis"].texts == catalogue.items["SA-002"].basis
    assert "不同意 → 书面告知" in lines["step.county-decision"].texts
    assert lines["material.hukou"].texts[:2] == ("原件核验 · 必带", "可用数据共享核验")
    assert [lines[key].texts for key in ("place", "hours", "query", "fee_basis", "statutory")] == [()] * 5


def test_an_obligatory_element_that_is_missing_is_named(catalogue: Catalogue, edition: Edition) -> None:
    say = Texts(RESOURCES / "i18n", "en")
    item = msgspec.structs.replace(catalogue.items["SA-002"], guide=Guide(), basis=())
    missing = missing_elements(guide_page(item, catalogue, edition, say, "en"))
    assert missing == (Line("basis", "Basis", (), must=True), Line("object", "Serves", (), must=True))
