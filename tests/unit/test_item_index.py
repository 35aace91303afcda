"""An item is found by what people type, the best first, and nothing that does not fit is shown."""

import random
import string

import pytest

from station_desk.catalogue.item import Catalogue
from station_desk.catalogue.item_index import How, ItemIndex, letters
from station_desk.catalogue.read import read_catalogue
from station_desk.catalogue.readings import readings_of
from station_desk.core.paths import FORMS


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(FORMS)


@pytest.fixture(scope="module")
def index(catalogue: Catalogue) -> ItemIndex:
    return ItemIndex(catalogue, readings_of(item.name.hans for item in catalogue.items.values()))


@pytest.mark.parametrize(
    ("asked", "code", "how"),
    [
        ("生育登记", "HF-001", How.EXACT),
        ("生育登記", "HF-001", How.EXACT),
        ("SA-001", "SA-001", How.EXACT),
        ("sa001", "SA-001", How.EXACT),
        ("ＳＡ－００１", "SA-001", How.EXACT),
        ("sa1", "SA-001", How.EXACT),
        ("Library card", "CE-002", How.EXACT),
        ("最低生活保障审", "SA-001", How.PREFIX),
        ("最低生活保障審", "SA-001", How.PREFIX),
        ("dog reg", "PS-006", How.PREFIX),
        ("养犬登记协助", "PS-006", How.EXACT),
        ("燃油", "DE-006", How.INSIDE),
        ("living allowance", "SA-001", How.INSIDE),
        ("allowance minimum review", "SA-001", How.INSIDE),
        ("低保", "SA-001", How.SHORTENED),
        ("zdshbz", "SA-001", How.INITIALS),
        ("rmtj", "PS-001", How.INITIALS),
        ("RMTJ", "PS-001", How.INITIALS),
        ("zuidishenghuo", "SA-001", How.PINYIN),
        ("zui di sheng huo", "SA-001", How.PINYIN),
        ("zuidish", "SA-001", How.PINYIN),
        ("tiaojie", "PS-001", How.PINYIN),
        ("diaojie", "PS-001", How.PINYIN),
        ("zuidsh", "SA-001", How.MIXED),
        ("dibao", "SA-001", How.SPOKEN_SHORT),
    ],
)
def test_an_item_is_found_by(index: ItemIndex, asked: str, code: str, how: How) -> None:
    assert next(hit for hit in index.find(asked) if hit.code == code).how == how


def test_the_better_fit_stands_first(index: ItemIndex) -> None:
    hits = index.find("养老")
    assert [hit.how for hit in hits] == sorted(hit.how for hit in hits)
    assert [hit.code for hit in hits][:2] == ["DE-009", "LS-011"], "names that begin with it"
    assert index.find("生育登记")[0].code == "HF-001"


def test_equal_fits_stand_in_the_order_of_their_codes(index: ItemIndex) -> None:
    codes = [hit.code for hit in index.find("残疾人证")]
    assert codes == ["DE-002", "DE-003"]


def test_nothing_asked_is_every_item_and_signs_alone_are_none(index: ItemIndex, catalogue: Catalogue) -> None:
    assert [hit.code for hit in index.find("  ")] == sorted(catalogue.items)
    assert index.find("（、）") == ()
    assert index.find("…") == ()


def test_without_readings_names_and_codes_are_still_found(catalogue: Catalogue) -> None:
    bare = ItemIndex(catalogue, {})
    assert [hit.code for hit in bare.find("养犬")] == ["PS-006"]
    assert bare.find("zuidishenghuo") == ()


def test_every_item_is_found_by_each_of_its_names_and_its_code(
    index: ItemIndex, catalogue: Catalogue
) -> None:
    for code, item in catalogue.items.items():
        for said in (code, item.name.hans, item.name.hant, item.name.en):
            found = {hit.code: hit.how for hit in index.find(said)}
            assert found[code] == How.EXACT, said


def test_every_item_is_found_by_the_pinyin_of_any_part_of_its_name(
    index: ItemIndex, catalogue: Catalogue
) -> None:
    chance = random.Random(7)
    readings = readings_of(item.name.hans for item in catalogue.items.values())
    for code, item in catalogue.items.items():
        cells = readings[item.name.hans]
        start = chance.randrange(len(cells) - 1)
        end = chance.randrange(start + 2, len(cells) + 1)
        syllables = [chance.choice(cell) for cell in cells[start:end]]
        for typed in ("".join(syllables), "".join(syllable[0] for syllable in syllables)):
            assert code in {hit.code for hit in index.find(typed)}, typed


def test_what_is_found_does_fit(index: ItemIndex, catalogue: Catalogue) -> None:
    """A slow look by the definition agrees with the index for every way that looks at written words."""
    chance = random.Random(11)
    written = [
        tuple(map(letters, (item.code, item.name.hans, item.name.hant, item.name.en)))
        for item in catalogue.items.values()
    ]
    for _ in range(400):
        text = chance.choice(chance.choice(written))
        start = chance.randrange(len(text))
        part = text[start : start + chance.randint(1, 6)]
        inside = {item[0] for item in written if any(part in said for said in item)}
        found = {letters(hit.code) for hit in index.find(part) if hit.how <= How.INSIDE}
        assert inside <= found, part


def test_no_text_is_too_long_or_too_odd(index: ItemIndex) -> None:
    for asked in ("x" * 100_000, "\0", "\n\n", "shi" * 40, "𠮷", "低保\n", "'\"\\%_*", string.printable):
        index.find(asked)
    assert index.find("低保\n") == index.find("低保")
