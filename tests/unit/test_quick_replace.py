"""The quick way to change a record answers what the plain one does."""

import dataclasses
from typing import Any

import pytest

from station_desk.cases.case import Case
from station_desk.core.quick_replace import replace


def case() -> Case:
    """A case with something else in every field that must be given."""
    named = dataclasses.fields(Case)
    needed = [f.name for f in named if f.default is f.default_factory is dataclasses.MISSING]
    values: dict[str, Any] = {name: f"<{name}>" for name in needed}
    return Case(**values)


def test_it_answers_what_the_plain_one_does() -> None:
    made = case()
    for field in dataclasses.fields(Case):
        other: dict[str, Any] = {field.name: "other"}
        assert replace(made, **other) == dataclasses.replace(made, **other)
    assert replace(made) == made
    assert replace(made) is not made


def test_a_field_that_is_none_is_refused() -> None:
    with pytest.raises(TypeError, match="stat"):
        replace(case(), stat="x")
