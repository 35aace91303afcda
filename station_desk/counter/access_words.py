"""Looks at residents' data in words: a line of a case's contents, a line of the list of looks."""

from station_desk.cases.contents import Line
from station_desk.catalogue.item import Catalogue
from station_desk.core.texts import Texts
from station_desk.counter.wording import field_label, worded


def line_words(line: Line, catalogue: Catalogue, say: Texts) -> str:
    """Its name and what is shown of it."""
    return say("access.line", label=place_words(line, catalogue, say), value=value_words(line, say))


def place_words(line: Line, catalogue: Catalogue, say: Texts) -> str:
    """What a line of the contents is called."""
    if line.field == "materials":
        return worded(line.title, say) if line.title else say("access.field.materials")
    if line.place.startswith("note."):
        return say(f"access.place.{line.place.removeprefix('note.')}")
    return field_label(line.place, catalogue, say)


def value_words(line: Line, say: Texts) -> str:
    """What is shown of a line."""
    if line.field == "materials" and line.level == "open":
        return say(f"access.how.{line.value}")
    return line.value
