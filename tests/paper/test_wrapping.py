"""Lines end where a Chinese or an English reader expects it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_desk.printing.line_breaks import NO_LINE_BEGINS_WITH, NO_LINE_ENDS_WITH
from station_desk.printing.wrapping import Lettering, Run, shortened, wrap, wrap_evenly

BODY, STRONG = Lettering(10), Lettering(10, "bold")
LETTERS = st.text("受理回执abc 1，。（）“”①、-\n", max_size=80)


def _lines(text: str, width: float) -> list[str]:
    return ["".join(run.text for run in line) for line in wrap([Run(text, BODY)], width)]


def test_chinese_breaks_between_any_two_characters() -> None:
    assert _lines("受理回执一式两份", 40) == ["受理回执", "一式两份"]


def test_latin_breaks_between_words() -> None:
    assert _lines("one stop station", 45) == ["one stop", "station"]


def test_a_full_stop_never_begins_a_line_and_a_bracket_never_ends_one() -> None:
    assert _lines("受理回执。一式", 40) == ["受理回", "执。一式"]
    assert _lines("受理回（一式）", 40) == ["受理回", "（一式）"]


def test_a_word_longer_than_the_line_is_broken() -> None:
    assert len(_lines("a" * 100, 50)) > 5


def test_a_line_break_of_the_text_is_kept() -> None:
    assert _lines("受理\n\n回执", 100) == ["受理", "", "回执"]


def test_few_words_are_set_in_lines_of_much_the_same_length() -> None:
    even = wrap_evenly([Run("受理回执一式两份", BODY)], 70)
    assert [run.text for line in even for run in line] == ["受理回执", "一式两份"]


@given(LETTERS, LETTERS, st.integers(15, 200))
def test_no_letter_is_lost_and_no_line_is_too_wide(first: str, second: str, width: int) -> None:
    lines = wrap([Run(first, BODY), Run(second, STRONG)], width)
    kept = "".join(run.text for line in lines for run in line)
    assert "".join(kept.split()) == "".join((first + second).split())
    assert all(sum(run.width for run in line) <= width + 1e-6 for line in lines)


@given(st.text("受理（，。“”、①", min_size=1, max_size=40), st.integers(120, 200))
def test_marks_that_belong_together_stay_together(text: str, width: int) -> None:
    lines = _lines("回执" + text + "回执", width)
    for before, after in pairwise(lines):
        if len(before) * 10 + 10 <= width:
            assert before[-1] not in NO_LINE_ENDS_WITH
            assert after[0] not in NO_LINE_BEGINS_WITH


@pytest.mark.parametrize("width", [0.0, 12.0, 37.0, 300.0])
def test_what_is_shortened_fits_and_says_so(width: float) -> None:
    short = shortened("受理回执一式两份", BODY, width)
    assert short == "受理回执一式两份" or short.endswith("…")
    assert BODY.width(short) <= max(width, BODY.width("…"))
