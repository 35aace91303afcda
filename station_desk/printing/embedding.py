"""Puts into a PDF the letters that it shows, cut out of their fonts, and tables that make them text again.

A letter is a code of one byte in a cut; a cut holds as many as there are codes, so a font may need several.
"""

import zlib
from collections.abc import Iterable, Sequence

from reportlab.pdfbase.ttfonts import TTFontFile

from station_desk.printing import fonts
from station_desk.printing.cutting import cut
from station_desk.printing.fonts import Font
from station_desk.printing.pdf_file import PdfFile

CODES_A_CUT = 256
CODES_A_BLOCK = 100
"""No more entries may stand in one bfchar block (Adobe Technical Note 5014, CMap files)."""

SYMBOLIC, NONSYMBOLIC = 1 << 2, 1 << 5
"""Flags of a font descriptor: the codes are the font's own (ISO 32000-1, table 123)."""


class Cuts:
    """The letters that one PDF shows, by font; the resources of its pages."""

    def __init__(self) -> None:
        self._letters: dict[str, dict[str, int]] = {}
        self._names: dict[tuple[str, int], str] = {}

    def codes(self, font: str, letters: str) -> list[tuple[str, bytearray]]:
        """The letters as runs of codes, each with the name of its cut."""
        places = self._letters.setdefault(font, {})
        runs: list[tuple[str, bytearray]] = []
        last = -1
        for letter in letters:
            place = places.get(letter)
            if place is None:
                # Code 0 of each cut is taken, so each holds one letter fewer than there are codes.
                place = places[letter] = len(places) + len(places) // (CODES_A_CUT - 1) + 1
            part, code = divmod(place, CODES_A_CUT)
            if part != last:
                runs.append((self._name(font, part), bytearray()))
                last = part
            runs[-1][1].append(code)
        return runs

    def embed(self, file: PdfFile) -> int:
        """Write every cut into the file; the number of the dictionary of all of them."""
        found = []
        for (font, part), name in self._names.items():
            letters = [
                letter for letter, place in self._letters[font].items() if place // CODES_A_CUT == part
            ]
            found.append(f"/{name} {_embed(file, fonts.font(font), letters)} 0 R")
        return file.add(f"<<{''.join(found)}>>")

    def _name(self, font: str, part: int) -> str:
        return self._names.setdefault((font, part), f"F{len(self._names) + 1}")


def _embed(file: PdfFile, font: Font, letters: Sequence[str]) -> int:
    """A simple TrueType font (ISO 32000-1, 9.6.3) of these letters, coded from 1 on."""
    codes = [ord(letter) for letter in letters]
    program = cut(font.letters, codes)
    name = f"{_tag(letters)}+{font.about.name.decode('ascii')}"
    embedded = file.add_packed(program, f"/Length1 {len(program)}")
    widths = " ".join(f"{font.letters.letter(code).width:g}" for code in codes)
    return file.add(
        f"<</Type/Font/Subtype/TrueType/BaseFont/{name}/FirstChar 1/LastChar {len(codes)}/Widths[{widths}]"
        f"/FontDescriptor {file.add(_descriptor(font.about, name, embedded))} 0 R"
        f"/ToUnicode {file.add_packed(_text_map(name, letters).encode('ascii'))} 0 R>>"
    )


def _descriptor(about: TTFontFile, name: str, embedded: int) -> str:
    box = " ".join(f"{edge:g}" for edge in about.bbox)
    flags = about.flags & ~NONSYMBOLIC | SYMBOLIC
    return (
        f"<</Type/FontDescriptor/FontName/{name}/Flags {flags}/FontBBox[{box}]/StemV {about.stemV:g}"
        f"/ItalicAngle {about.italicAngle:g}/Ascent {about.ascent:g}/Descent {about.descent:g}"
        f"/CapHeight {about.capHeight:g}/FontFile2 {embedded} 0 R>>"
    )


def _tag(letters: Sequence[str]) -> str:
    """Six capitals that tell this cut from others of its font, also when files are joined."""
    number = zlib.crc32("".join(letters).encode("utf-8"))
    return "".join(chr(ord("A") + number // 26**place % 26) for place in range(6))


def _text_map(name: str, letters: Sequence[str]) -> str:
    """The table by which readers turn the codes of a cut into text (ISO 32000-1, 9.10.3).

    We write it ourselves: reportlab 5.1.0 writes the bare code point, so that U+2C35B is read back as U+2C35
    and a name with it is neither found nor copied nor spoken rightly, and up to 256 entries in one block.
    """
    rows = [f"<{code:02X}> <{_utf16(letter)}>" for code, letter in enumerate(letters, 1)]
    blocks = [rows[start : start + CODES_A_BLOCK] for start in range(0, len(rows), CODES_A_BLOCK)]
    return "\n".join((*_map_head(name), *_lines(blocks), "endcmap", *_MAP_FOOT))


def _map_head(name: str) -> tuple[str, ...]:
    return (
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    )


_MAP_FOOT = ("CMapName currentdict /CMap defineresource pop", "end", "end")


def _lines(blocks: Iterable[Sequence[str]]) -> Iterable[str]:
    for block in blocks:
        yield from (f"{len(block)} beginbfchar", *block, "endbfchar")


def _utf16(letter: str) -> str:
    return f"{ord(letter):04X}" if letter <= "\uffff" else letter.encode("utf-16-be").hex().upper()
