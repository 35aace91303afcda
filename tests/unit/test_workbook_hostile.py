"""Whatever is handed in as a workbook: a sentence with the place, and not a file touched."""

import io
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from station_desk.catalogue.workbook import grid as limits
from station_desk.catalogue.workbook.grid import read_grids
from station_desk.catalogue.workbook.package import LARGEST_UNPACKED_MB, MEGABYTE
from station_desk.core.errors import RuleError
from station_desk.core.texts import LANGUAGES
from tests.unit.workbooks import CARE, Book, exported, taken, texts, with_parts

Parts = dict[str, bytes]
SHEET, STRINGS, BOOK = "xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
TYPES, RELS, ROOT = "[Content_Types].xml", "xl/_rels/workbook.xml.rels", "_rels/.rels"
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;">]>'
COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504)


def changed(part: str, old: bytes, new: bytes) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        assert old in parts[part], (part, old)
        parts[part] = parts[part].replace(old, new, 1)

    return change


def added(part: str, content: bytes = b"x") -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        parts[part] = content

    return change


def removed(part: str) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        del parts[part]

    return change


def external(kind: str) -> bytes:
    return (
        b'<Relationship Id="rIdX" Type="http://x/relationships/' + kind.encode() + b'" '
        b'Target="file:///server/secret.xlsx" TargetMode="External"/></Relationships>'
    )


def relation(part: str, kind: str) -> Callable[[Parts], None]:
    return changed(part, b"</Relationships>", external(kind))


def recoded(encoding: str) -> Callable[[Parts], None]:
    """The shared strings in another encoding, with a DTD in it that no search for bytes would find."""

    def change(parts: Parts) -> None:
        text = parts[STRINGS].decode().partition("?>")[2]
        head = f'<?xml version="1.0" encoding="{encoding}"?>' + LAUGHS.decode()
        parts[STRINGS] = (head + text).encode(encoding)

    return change


def deep(parts: Parts) -> None:
    parts[SHEET] = b"<worksheet>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</worksheet>"


def zeros(parts: Parts) -> None:
    parts[SHEET] = b"<worksheet>" + b" " * ((LARGEST_UNPACKED_MB + 1) * MEGABYTE) + b"</worksheet>"


def many_cells(parts: Parts) -> None:
    row = b"<row>" + b"<c><v>1</v></c>" * 5_000 + b"</row>"
    parts[SHEET] = b"<worksheet>" + row * 21 + b"</worksheet>"


def one_long_text_in_many_cells(parts: Parts) -> None:
    last = b"%d" % parts[STRINGS].count(b"</si>")
    parts[STRINGS] = parts[STRINGS].replace(b"</sst>", b"<si><t>" + b"x" * 32_000 + b"</t></si></sst>")
    cell = b'<c t="s"><v>' + last + b"</v></c>"
    parts[SHEET] = b"<worksheet><row>" + cell * 1_000 + b"</row></worksheet>"


def too_long_a_text(parts: Parts) -> None:
    parts[STRINGS] = parts[STRINGS].replace(b"</t>", b"x" * 33_000 + b"</t>", 1)


HOSTILE: dict[str, tuple[Callable[[Parts], None], str]] = {
    "macros": (added("xl/vbaProject.bin"), "workbook.macros"),
    "macros by type": (changed(TYPES, b"sheet.main+xml", b"sheet.macroEnabled.main+xml"), "workbook.macros"),
    "macro sheets of Excel 4": (added("xl/macrosheets/sheet1.xml"), "workbook.macros"),
    "active controls": (added("xl/activeX/activeX1.bin"), "workbook.macros"),
    "a link to another workbook": (added("xl/externalLinks/externalLink1.xml"), "workbook.links"),
    "a link in the relations": (relation(RELS, "externalLinkPath"), "workbook.links"),
    "a link of a sheet": (relation("xl/worksheets/_rels/sheet2.xml.rels", "oleObject"), "workbook.links"),
    "an embedded object": (added("xl/embeddings/oleObject1.bin"), "workbook.links"),
    "a query": (added("xl/connections.xml"), "workbook.links"),
    "entities in the texts": (changed(STRINGS, b"<sst", LAUGHS + b"<sst"), "workbook.entities"),
    "entities in a sheet": (changed(SHEET, b"<worksheet", LAUGHS + b"<worksheet"), "workbook.entities"),
    "entities in the book": (changed(BOOK, b"<workbook", LAUGHS + b"<workbook"), "workbook.entities"),
    "entities in the types": (changed(TYPES, b"<Types", LAUGHS + b"<Types"), "workbook.entities"),
    "entities in the relations": (
        changed(RELS, b"<Relationships", LAUGHS + b"<Relationships"), "workbook.entities",
    ),
    "a DTD from elsewhere": (
        changed(SHEET, b"<worksheet", b'<!DOCTYPE x SYSTEM "http://192.0.2.1/x.dtd"><worksheet'),
        "workbook.entities",
    ),
    "entities in UTF-16": (recoded("utf-16"), "workbook.entities"),
    "an encoding that XML may not have here": (recoded("gb18030"), "workbook.damaged"),
    "an encoding nobody knows": (
        changed(STRINGS, b'encoding="UTF-8"', b'encoding="x-klingon"'),
        "workbook.damaged",
    ),
    "bytes that are no UTF-8": (
        changed(STRINGS, "社会救助".encode(), b"\xc9\xe7\xbb\xe1"), "workbook.damaged",
    ),
    "a zip bomb": (zeros, "workbook.blown_up"),
    "very many cells": (many_cells, "workbook.blown_up"),
    "one long text in very many cells": (one_long_text_in_many_cells, "workbook.blown_up"),
    "a text longer than a cell": (too_long_a_text, "workbook.damaged"),
    "elements within elements": (deep, "workbook.damaged"),
    "a text that is not there": (changed(SHEET, b't="s"><v>', b't="s"><v>9999'), "workbook.damaged"),
    "a cell beyond the sheet": (changed(SHEET, b'r="A2"', b'r="ZZZ2"'), "workbook.damaged"),
    "a cell in row 0": (changed(SHEET, b'r="A2"', b'r="A0"'), "workbook.damaged"),
    "XML that ends early": (changed(SHEET, b"</worksheet>", b""), "workbook.damaged"),
    "no such sheet": (removed(SHEET), "workbook.damaged"),
    "no content types": (removed(TYPES), "workbook.not_a_workbook"),
    "no relations": (removed("_rels/.rels"), "workbook.not_a_workbook"),
    "the binary format": (
        changed(ROOT, b"xl/workbook.xml", b"xl/workbook.bin"), "workbook.not_a_workbook",
    ),
    "a text document": (
        changed(ROOT, b"xl/workbook.xml", b"word/document.xml"), "workbook.not_a_workbook",
    ),
}  # fmt: skip


def refused(raw: bytes, forms: Path) -> RuleError:
    before = {file: file.read_bytes() for file in forms.rglob("*") if file.is_file()}
    with pytest.raises(RuleError) as error:
        taken(raw, forms)
    assert {file: file.read_bytes() for file in forms.rglob("*") if file.is_file()} == before
    for language in LANGUAGES:
        assert "book.xlsx" in texts(language).error(error.value)
    return error.value


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_workbook_is_refused_with_its_reason(few: Path, kind: str) -> None:
    change, code = HOSTILE[kind]
    error = refused(with_parts(exported(few), change), few)
    assert (error.code, error.exit_code) == (code, 3)


def archive(parts: Parts, compression: int = zipfile.ZIP_STORED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return content.getvalue()


def parts_of(raw: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        return {name: file.read(name) for name in file.namelist()}


def repacked(raw: bytes, compression: int) -> bytes:
    return archive(parts_of(raw), compression)


def crowded(raw: bytes) -> bytes:
    return archive({**parts_of(raw), **{f"xl/media/{n}": b"" for n in range(2_000)}})


def doubled(raw: bytes) -> bytes:
    """Two parts of one name: a person may see the one and we read the other."""
    aside = archive({"y" + STRINGS[1:]: b"", **parts_of(raw)})
    return aside.replace(("y" + STRINGS[1:]).encode(), STRINGS.encode())


def flagged(raw: bytes) -> bytes:
    """The first entry says in the directory that it is encrypted."""
    at = raw.index(b"PK\x01\x02") + 8
    return raw[:at] + b"\x01\x00" + raw[at + 2 :]


def lying(raw: bytes) -> bytes:
    """The directory says of every part that it is 10 bytes long."""
    changed, at = bytearray(raw), raw.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", changed, at + 24, 10)
        at = raw.find(b"PK\x01\x02", at + 46)
    return bytes(changed)


RAW: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "nothing": (lambda _: b"", "workbook.not_a_workbook"),
    "a text": (lambda _: "事项,时限\n".encode("gb18030"), "workbook.not_a_workbook"),
    "a web page": (lambda _: b"<html><table>", "workbook.not_a_workbook"),
    "10 MB": (lambda raw: raw + bytes(10 * MEGABYTE), "workbook.too_large"),
    "the old format": (lambda _: COMPOUND, "workbook.old"),
    "a password": (lambda _: COMPOUND + "EncryptedPackage".encode("utf-16-le"), "workbook.encrypted"),
    "an encrypted entry": (flagged, "workbook.encrypted"),
    "half of it": (lambda raw: raw[: len(raw) // 2], "workbook.not_a_workbook"),
    "the end cut off": (lambda raw: raw[:-30], "workbook.not_a_workbook"),
    "a part twice": (doubled, "workbook.damaged"),
    "an odd compression": (lambda raw: repacked(raw, zipfile.ZIP_LZMA), "workbook.damaged"),
    "a size that lies": (lying, "workbook.damaged"),
    "very many parts": (crowded, "workbook.blown_up"),
    "an open document": (lambda _: archive({"mimetype": b"vnd.oasis"}), "workbook.not_a_workbook"),
}  # fmt: skip


@pytest.mark.parametrize("kind", RAW)
def test_what_is_no_workbook_is_refused_with_its_reason(few: Path, kind: str) -> None:
    change, code = RAW[kind]
    error = refused(change(exported(few)), few)
    assert (error.code, error.exit_code) == (code, 3)


def test_links_that_a_person_would_click_are_no_harm(few: Path) -> None:
    book = Book(exported(few))
    cell = book.sheet(CARE)["L2"]
    cell.hyperlink = "https://district.example/guide"
    assert taken(book.saved(), few).files == {}


def test_a_mark_at_the_beginning_other_line_ends_and_utf_16_are_read(few: Path) -> None:
    def recode(parts: Parts) -> None:
        parts[SHEET] = b"\xef\xbb\xbf" + parts[SHEET].replace(b"><", b">\r\n<")
        text = parts[STRINGS].decode().partition("?>")[2].strip().replace("\n", "_x000D_&#10;")
        parts[STRINGS] = ('<?xml version="1.0" encoding="utf-16"?>' + text).encode("utf-16")

    assert taken(with_parts(exported(few), recode), few).files == {}


def test_a_cell_in_the_last_row_costs_no_more_than_one_at_the_top(few: Path) -> None:
    book = Book(exported(few))
    book.sheet(CARE).cell(1_048_576, 16_384).value = "#"
    grids = {grid.name: grid for grid in read_grids(book.saved(), "book.xlsx")}
    assert grids[CARE].cells[1_048_576, 16_384].text == "#"
    assert len(grids[CARE].cells) < limits.MOST_CELLS / 100


def test_numbers_that_are_none_are_faults_of_their_cells(few: Path) -> None:
    for number in (b"1e999", b"nan", b"1_000", "٣".encode()):
        change = changed(SHEET, b"<v>25</v>", b"<v>" + number + b"</v>")
        error = refused(with_parts(exported(few), change), few)
        assert [fault.code for fault in getattr(error, "faults", ())] == ["not_integer"], number


def test_no_damage_of_a_few_bytes_makes_more_than_a_sentence(few: Path) -> None:
    raw = exported(few)
    chance = random.Random(7)
    parts = {name: part for name, part in parts_of(raw).items() if not name.startswith("xl/drawings")}
    names = [BOOK, RELS, TYPES, ROOT, *(name for name in parts if name.startswith("xl/worksheets/s"))]
    for name in [None, None, *names] * 2:
        if name is None:
            read_or_refused(harmed(raw, chance))
        else:
            read_or_refused(archive({**parts, name: harmed(parts[name], chance)}))


def harmed(raw: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(raw)
    for _ in range(chance.randint(1, 4)):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    return bytes(damaged)


def read_or_refused(raw: bytes) -> None:
    """A workbook is read, or there is a sentence; whatever else is raised fails the test."""
    sentence = "read"
    try:
        read_grids(raw, "book.xlsx")
    except RuleError as error:
        sentence = texts().error(error)
    assert sentence
