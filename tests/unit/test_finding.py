"""A case is found by any name, initials, end or middle of a number that people say, and by no other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_desk.residents.finding import Asked, asked_for, findable, plain
from station_desk.residents.names import initials

NUMBER, ID_NUMBER, PHONE = "QSQ001-261120-02-0031-K", "11010519491231002X", "13912345678"


def fits(asked: Asked, name: str) -> bool:
    """What the store does: all words, and the whole of each run."""
    words = findable(NUMBER, name, initials(name), ID_NUMBER, PHONE)
    numbers = " ".join(plain(text) for text in (NUMBER, ID_NUMBER, PHONE))
    said = all(run in numbers for run in asked.numbers) and all(run in plain(name) for run in asked.names)
    return bool(asked.words) and words >= set(asked.words) and said


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("王", "王秀兰"), ("王秀", "王秀兰"), ("秀兰", "王秀兰"), ("兰", "王秀兰"), ("王秀兰", "王秀兰"),
        ("王伟", "王伟"), ("w", "王秀兰"), ("wx", "王秀兰"), ("wxl", "王秀兰"), ("WXL", "王秀兰"),
        ("xl", "王秀兰"), ("买买提", "古丽娜尔·买买提"), ("古丽娜尔·买买提", "古丽娜尔·买买提"),
        ("古丽娜尔买买提", "古丽娜尔·买买提"), ("古丽娜尔•买", "古丽娜尔·买买提"),
        ("尔买", "古丽娜尔·买买提"),
        ("𠮷", "王𠮷"), ("王𠮷", "王𠮷"), ("𬭚𫖯", "李𬭚𫖯"), ("\U000323b0", "李\U000323b0"),
        ("ann", "Ann Lee"), ("lee", "Ann Lee"), ("Ann L", "Ann Lee"), ("al", "Ann Lee"),
        ("pierre", "Jean-Pierre Dupont"), ("Jean-Pierre", "Jean-Pierre Dupont"), ("rené", "René Li"),
        ("王秀兰 5678", "王秀兰"), ("王5678", "王秀兰"),
    ],
)  # fmt: skip
def test_a_name_is_found_as_people_say_it(typed: str, name: str) -> None:
    assert fits(asked_for(typed), name)


@pytest.mark.parametrize(
    "typed",
    [
        "0031", "31", "031", "0031K", "0031-k", "02-0031", "261120", "1120", "QSQ001-261120-02-0031-K",
        "QSQ00126112002 0031K", "002x", "002X", "31002X", "1949", "491231", "19491231", "110105",
        "11010519491231002x", "１１０１０５", "００２Ｘ", "5678", "345678", "2345", "1391", "139 1234 5678",
        "139-1234-5678", "13912345678",
    ],
)  # fmt: skip
def test_a_number_is_found_by_its_ends_and_its_middle(typed: str) -> None:
    assert fits(asked_for(typed), "王秀兰")


@pytest.mark.parametrize(
    "typed",
    ["李", "王兰", "秀王", "兰秀", "wl", "wxlx", "9999", "56780", "32", "3x", "12345679", "王秀兰 5679", "q"],
)
def test_what_does_not_stand_there_is_not_found(typed: str) -> None:
    assert not fits(asked_for(typed), "王秀兰")


@pytest.mark.parametrize("typed", ["", " ", "-", "·", '"', "* OR", "\ud800", "\x00"])
def test_nothing_typed_asks_for_nothing_or_plain_words(typed: str) -> None:
    assert all(character not in word for word in asked_for(typed).words for character in '"*\x00\ud800')
    assert asked_for(typed).words in ((), ("or",))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1120", ["#1120"]), ("61120", ["#61120"]), ("261120", ["#26112", "#61120"]),
        ("19491231", ["#19491", "#49123", "#91231"]),
    ],
)  # fmt: skip
def test_a_number_is_asked_for_by_the_longest_words_there_are(typed: str, words: list[str]) -> None:
    assert list(asked_for(typed).words) == words


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x2FA1F), min_size=1, max_size=8), st.data())
def test_any_part_of_any_name_finds_it(name: str, data: st.DataObject) -> None:
    runs = plain(name)
    if runs:
        start = data.draw(st.integers(0, len(runs) - 1))
        part = runs[start : data.draw(st.integers(start + 1, len(runs)))]
        assert fits(asked_for(part), name)


@given(st.integers(0, 40), st.integers(4, 12))
def test_any_four_characters_or_more_of_a_number_find_it(start: int, length: int) -> None:
    for text in (plain(NUMBER), plain(ID_NUMBER), plain(PHONE)):
        part = text[start % (len(text) - 3) :][:length]
        if any(character.isdigit() for character in part):
            assert fits(asked_for(part), "王秀兰")
