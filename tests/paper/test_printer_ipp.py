"""Whatever comes over the wire is an answer of a printer or is refused; nothing else happens."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_desk.printing.printers import ipp
from station_desk.printing.printers.ipp import Attribute, IppNotUnderstood, Operation, question, read_answer

words = st.text("abcé受-", max_size=8)
values = st.one_of(
    st.lists(st.integers(-(2**31), 2**31 - 1), min_size=1, max_size=3).map(lambda n: (ipp.INTEGER, tuple(n))),
    st.lists(words, min_size=1, max_size=3).map(lambda texts: (ipp.KEYWORD, tuple(texts))),
    st.booleans().map(lambda flag: (ipp.BOOLEAN, (flag,))),
)
attributes = st.lists(
    st.tuples(st.text("abc-", min_size=1), values), max_size=5, unique_by=lambda pair: pair[0]
)


@given(attributes)
def test_what_is_said_is_read_back(made: list[tuple[str, tuple[int, tuple[ipp.Value, ...]]]]) -> None:
    job = [Attribute(tag, name, said) for name, (tag, said) in made]
    answer = read_answer(question(Operation.GET_JOB, "ipp://localhost/", [], job))
    ours = answer.groups[1][1] if job else {}
    assert ours == {attribute.name: attribute.values for attribute in job}


@given(st.binary(max_size=200))
def test_no_answer_that_is_none_gets_through(raw: bytes) -> None:
    with suppress(IppNotUnderstood):
        read_answer(raw)


@pytest.mark.parametrize("cut", range(8, 60, 7))
def test_an_answer_that_is_cut_short_is_none(cut: int) -> None:
    whole = question(Operation.GET_JOB, "ipp://localhost/printers/receipts", [])
    with pytest.raises(IppNotUnderstood):
        read_answer(whole[:cut])
