"""Rules for the item types: each has its own letter, prefix and colour, and the colour can be read."""

import re
from collections.abc import Iterator, Sequence

from station_desk.catalogue.check.material_rules import key_faults
from station_desk.catalogue.check.numbers import too_small
from station_desk.catalogue.fault import Fault, FaultCode
from station_desk.catalogue.item import Category

_SHAPES: dict[str, tuple[re.Pattern[str], FaultCode]] = {
    "letter": (re.compile(r"[A-Z]"), "letter_shape"),
    "prefix": (re.compile(r"[A-Z]{2}"), "prefix_shape"),
    "colour": (re.compile(r"#[0-9A-F]{6}"), "colour_shape"),
}
_ONCE: dict[str, FaultCode] = {
    "code": "category_twice",
    "letter": "letter_twice",
    "prefix": "prefix_twice",
    "colour": "colour_twice",
}
LEAST_CONTRAST = 4.5
"""Of text on white: WCAG 2.2, success criterion 1.4.3 (level AA)."""


def category_faults(categories: Sequence[Category]) -> Iterator[Fault]:
    """What is wrong in `categories.toml`."""
    for index, category in enumerate(categories):
        for fault in key_faults([category.code]):
            yield Fault(("category", index, "code"), fault.code, fault.values)
        for key, (shape, code) in _SHAPES.items():
            if not shape.fullmatch(getattr(category, key)):
                yield Fault(("category", index, key), code, {"found": getattr(category, key)})
        yield from _repeated(categories, index)
        yield from _pale(category.colour, index)
        yield from too_small(("category", index, "usual_minutes"), category.usual_minutes, least=1)
        yield from too_small(("category", index, "keep_years"), category.keep_years, least=1)


def _repeated(categories: Sequence[Category], index: int) -> Iterator[Fault]:
    for key, code in _ONCE.items():
        found = getattr(categories[index], key)
        first = next((other.code for other in categories[:index] if getattr(other, key) == found), None)
        if first is not None:
            yield Fault(("category", index, key), code, {"found": found, "first": first})


def _pale(colour: str, index: int) -> Iterator[Fault]:
    shape, _ = _SHAPES["colour"]
    if shape.fullmatch(colour) and (contrast := contrast_on_white(colour)) < LEAST_CONTRAST:
        values = {"found": f"{contrast:.2f}", "least": LEAST_CONTRAST}
        yield Fault(("category", index, "colour"), "colour_pale", values)


def colour_shape(colour: str) -> bool:
    """Whether a colour is written as `#RRGGBB` in capitals."""
    shape, _ = _SHAPES["colour"]
    return shape.fullmatch(colour) is not None


def contrast_on_white(colour: str) -> float:
    """The contrast ratio, 1 to 21, of a colour `#RRGGBB` with white (WCAG 2.2, relative luminance)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = map(_linear, parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
