"""Reads the XML of a workbook piece by piece; refuses what no office program writes: DTDs, entities."""

from collections.abc import Mapping
from typing import NamedTuple, NoReturn
from xml.parsers import expat

from station_desk.catalogue.workbook.trouble import WorkbookDamaged, WorkbookHasEntities

DEEPEST = 64
"""Levels of elements; a sheet has eight."""


class Element(NamedTuple):
    """What begins: its name and attributes, all without their namespaces."""

    name: str
    attributes: Mapping[str, str]


class Reader:
    """What is done with each element."""

    def start(self, element: Element) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Text within an element; one text may come in several pieces."""


def read_xml(raw: bytes, reader: Reader, part: str, file: str) -> None:
    """Lets the reader see a part. Raises WorkbookDamaged with the line, WorkbookHasEntities."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise WorkbookDamaged(file=file, part=part, why=f"depth > {DEEPEST}")
        reader.start(Element(_local(name), {_local(key): value for key, value in attributes.items()}))

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        reader.end(_local(name))

    def refuse(*_: object) -> NoReturn:
        raise WorkbookHasEntities(file=file, part=part)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(raw, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        # A declared encoding that Python does not know, or cannot use here, is no ExpatError.
        raise WorkbookDamaged(file=file, part=part, why=str(error)[:80]) from error


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
