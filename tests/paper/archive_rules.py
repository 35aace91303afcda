"""The clauses of PDF/A-2u (ISO 19005-2:2011) that our papers can break, each a question to a finished file.

Written for files like ours: simple TrueType fonts, greys, no images, forms, layers, actions or attachments.
What a file has beyond that is itself a breach here, so that nothing goes unexamined.
"""

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from importlib import import_module
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

import pikepdf
from PIL import ImageCms

truetype: Any = import_module("fontTools.ttLib")

Breaches = Iterator[str]

RDF, XML = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}", "{http://www.w3.org/XML/1998/namespace}"
PDFAID, DC = "{http://www.aiim.org/pdfa/ns/id/}", "{http://purl.org/dc/elements/1.1/}"
PDF, XMP = "{http://ns.adobe.com/pdf/1.3/}", "{http://ns.adobe.com/xap/1.0/}"
PDFA = "http://www.aiim.org/pdfa/ns/"
EXTENSION, SCHEMA, PROPERTY = (f"{{{PDFA}{name}}}" for name in ("extension/", "schema#", "property#"))
PREDEFINED = {PDFAID, DC, PDF, XMP, EXTENSION, SCHEMA, PROPERTY, RDF}

OPERATORS = frozenset(
    (
        "BT", "ET", "Tm", "Tf", "Tc", "Tr", "Tj", "g", "G", "rg", "w", "j", "cm",
        "re", "m", "l", "c", "h", "S", "f", "B", "q", "Q",
    )
)  # fmt: skip
"""All that our papers use, each defined in ISO 32000-1; grey and RGB are what the output intent tells of."""

CATALOGUE_KEYS = frozenset(("/Type", "/Pages", "/Lang", "/Metadata", "/OutputIntents", "/ViewerPreferences"))
PAGE_KEYS = frozenset(("/Type", "/Parent", "/MediaBox", "/Contents", "/Resources"))
RESOURCE_KEYS = {"/Font"}
FILTERS = {"/FlateDecode"}
SYMBOLIC, NONSYMBOLIC = 1 << 2, 1 << 5
FORBIDDEN_TEXT = {0x0000, 0xFEFF, 0xFFFE}


class File:
    """A finished paper, as bytes and as objects."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.pdf: Any = pikepdf.open(BytesIO(content))

    @cached_property
    def fonts(self) -> dict[str, Any]:
        """All fonts of all pages, by the name the pages use."""
        return {name: font for page in self.pdf.pages for name, font in page.Resources.Font.items()}

    @cached_property
    def shown(self) -> dict[str, set[int]]:
        """The codes that the pages show in each font."""
        used: dict[str, set[int]] = {name: set() for name in self.fonts}
        for page in self.pdf.pages:
            current = ""
            for operator, operands in _instructions(page):
                if operator == "Tf":
                    current = str(operands[0])
                elif operator == "Tj":
                    used[current] |= set(bytes(operands[0]))
        return used

    @cached_property
    def xmp(self) -> ET.Element:
        """The metadata, parsed."""
        if "/Metadata" not in self.pdf.Root:
            return ET.Element("none")
        found = ET.fromstring(self.pdf.Root.Metadata.read_bytes().decode()).find(f"{RDF}RDF")
        return ET.Element("none") if found is None else found


def breaches(content: bytes) -> list[str]:
    """Every clause that the file breaks, as `clause: what is wrong`."""
    file = File(content)
    return [f"{clause}: {wrong}" for clause, rule in RULES.items() for wrong in rule(file)]


def _header(file: File) -> Breaches:
    if not re.match(rb"%PDF-1\.[0-7]\n%[\x80-\xff]{4}", file.content):
        yield "no header with four bytes above 127 in the line after it"


def _trailer(file: File) -> Breaches:
    ids = [bytes(part) for part in file.pdf.trailer.get("/ID", [])]
    if len(ids) != 2 or not all(ids):
        yield "no identifier of two parts"
    if "/Encrypt" in file.pdf.trailer:
        yield "encrypted"
    if not re.search(rb"%%EOF\r?\n?\Z", file.content):
        yield "something follows the last end-of-file marker"


def _cross_references(file: File) -> Breaches:
    table = re.search(rb"\nxref\n0 (\d+)\n((?:\d{10} \d{5} [nf](?: \r| \n|\r\n))+)trailer", file.content)
    if not table or len(table[2]) != 20 * int(table[1]):
        yield "no cross-reference table with entries of 20 bytes"


def _strings(file: File) -> Breaches:
    for page in file.pdf.pages:
        drawn = re.sub(rb"\((?:\\.|[^\\()])*\)", b"()", _drawn(page), flags=re.DOTALL)
        for digits in re.findall(rb"<([^<>]*)>", drawn):
            if len(digits) % 2 or not re.fullmatch(rb"[0-9A-Fa-f]*", digits):
                yield f"hexadecimal string {digits[:20]!r}"


def _streams(file: File) -> Breaches:
    count = 0
    for start in re.finditer(rb"/Length (\d+)[^>]*>>\r?\nstream\r?\n", file.content):
        count += 1
        if not re.match(rb"\r?\nendstream\b", file.content[start.end() + int(start[1]) :]):
            yield f"the stream at byte {start.start()} does not end on a line of its own after its length"
    streams: list[Any] = [thing for thing in file.pdf.objects if isinstance(thing, pikepdf.Stream)]
    if len(streams) != count:
        yield f"{len(streams)} streams, {count} with a direct length and `stream` at the end of a line"
    for stream in streams:
        filters = stream.get("/Filter", [])
        named = [filters] if isinstance(filters, pikepdf.Name) else list(filters)
        if {str(one) for one in named} - FILTERS:
            yield f"filters {named}"
        if {"/F", "/FFilter", "/FDecodeParms"} & set(stream.keys()):
            yield "a stream outside of the file"


def _indirect_objects(file: File) -> Breaches:
    opened = len(re.findall(rb"(?:\A|[\r\n])\d+ \d+ obj\r?\n", file.content))
    closed = len(re.findall(rb"[\r\n]endobj\r?\n", file.content))
    if not opened == closed == len(file.pdf.objects):
        yield f"{opened} objects begin and {closed} end on lines of their own, of {len(file.pdf.objects)}"


def _limits(file: File) -> Breaches:
    for thing in file.pdf.objects:
        for part in _parts(thing):
            if isinstance(part, pikepdf.Name) and len(str(part)) > 127:
                yield f"name {part}"
            elif isinstance(part, pikepdf.String) and len(bytes(part)) > 32767:
                yield "string of more than 32,767 bytes"
            elif isinstance(part, int) and abs(part) > 2**31 - 1:
                yield f"number {part}"
    for page in file.pdf.pages:
        depth = deepest = 0
        for operator, _ in _instructions(page):
            depth += {"q": 1, "Q": -1}.get(operator, 0)
            deepest = max(deepest, depth)
        if depth or deepest > 28:
            yield f"graphics states nested {deepest} deep, {depth} left open"
        if not all(3 <= float(side) <= 14400 for side in page.MediaBox[2:]):
            yield f"page of {list(page.MediaBox)}"


def _content(file: File) -> Breaches:
    for number, page in enumerate(file.pdf.pages, 1):
        used = {operator for operator, _ in _instructions(page)}
        if used - OPERATORS:
            yield f"page {number} uses {sorted(used - OPERATORS)}"
        if more := set(page.Resources.keys()) - RESOURCE_KEYS:
            yield f"page {number} has {sorted(more)}: images, layers, shadings or transparency"
        if more := set(page.keys()) - PAGE_KEYS:
            yield f"page {number} has {sorted(more)}: annotations, actions, groups or the like"


def _output_intent(file: File) -> Breaches:
    intents = list(file.pdf.Root.get("/OutputIntents", []))
    if [str(intent.S) for intent in intents] != ["/GTS_PDFA1"]:
        yield f"{len(intents)} output intents of PDF/A"
        return
    stream = intents[0].DestOutputProfile
    profile = ImageCms.getOpenProfile(BytesIO(stream.read_bytes())).profile
    if (profile.xcolor_space.strip(), profile.device_class.strip(), int(stream.N)) != ("RGB", "mntr", 3):
        yield f"profile of {profile.xcolor_space} with N {stream.N}"
    if profile.version >= 5:
        yield f"profile of version {profile.version}"
    if not str(intents[0].get("/OutputConditionIdentifier", "")):
        yield "the output intent names no condition"


def _fonts(file: File) -> Breaches:
    for name, font in file.fonts.items():
        wanted = {"/Type", "/Subtype", "/BaseFont", "/FirstChar", "/LastChar", "/Widths", "/FontDescriptor"}
        if lacking := wanted - set(font.keys()):
            yield f"{name} lacks {sorted(lacking)}"
            continue
        if str(font.Subtype) != "/TrueType":
            yield f"{name} is a {font.Subtype}"
        if len(font.Widths) != int(font.LastChar) - int(font.FirstChar) + 1:
            yield f"{name} has {len(font.Widths)} widths"
        if "/FontFile2" not in font.FontDescriptor:
            yield f"{name} is not embedded"
        if (
            not re.fullmatch(r"/[A-Z]{6}\+.+", str(font.BaseFont))
            or font.BaseFont != font.FontDescriptor.FontName
        ):
            yield f"{name} is a cut font named {font.BaseFont}"


def _font_programs(file: File) -> Breaches:
    for name, font in file.fonts.items():
        if "/FontFile2" not in font.get("/FontDescriptor", {}):
            continue
        program = truetype.TTFont(BytesIO(font.FontDescriptor.FontFile2.read_bytes()))
        flags = int(font.FontDescriptor.Flags)
        if not flags & SYMBOLIC or flags & NONSYMBOLIC or "/Encoding" in font:
            yield f"{name} is symbolic and says otherwise"
        tables = program["cmap"].tables
        if len(tables) != 1:
            yield f"{name} has {len(tables)} encodings"
        order, scale = program.getGlyphOrder(), 1000 / program["head"].unitsPerEm
        for code in sorted(file.shown[name]):
            glyph = tables[0].cmap.get(code, order[0])
            if glyph == order[0]:
                yield f"{name} shows code {code}, which has no glyph"
                continue
            said = float(font.Widths[code - int(font.FirstChar)])
            if abs(said - program["hmtx"][glyph][0] * scale) > 1:
                yield f"{name} says {said} for the width of code {code}"


def _unicode(file: File) -> Breaches:
    for name, font in file.fonts.items():
        if "/ToUnicode" not in font:
            yield f"{name} has no map to text"
            continue
        map_ = font.ToUnicode.read_bytes().decode("ascii")
        blocks = "".join(re.findall(r"beginbfchar\n(.*?)endbfchar", map_, re.DOTALL))
        rows = dict(re.findall(r"<([0-9A-F]{2})> <([0-9A-F]+)>\n", blocks))
        texts = {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in rows.items()}
        if unmapped := file.shown[name] - set(texts):
            yield f"{name} shows {sorted(unmapped)} without text"
        if wrong := {code for code, text in texts.items() if FORBIDDEN_TEXT & set(map(ord, text))}:
            yield f"{name} maps {sorted(wrong)} to what is no text"


def _catalogue(file: File) -> Breaches:
    if more := set(file.pdf.Root.keys()) - CATALOGUE_KEYS:
        yield f"the file has {sorted(more)}: actions, forms, layers, attachments or the like"


def _metadata(file: File) -> Breaches:
    stream = file.pdf.Root.get("/Metadata")
    if stream is None:
        yield "no metadata"
        return
    if (str(stream.Type), str(stream.Subtype)) != ("/Metadata", "/XML"):
        yield "the metadata is no metadata stream"
    packet = stream.read_bytes().decode()
    begin = re.match(r'<\?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"\?>', packet)
    if not begin or not re.search(r'<\?xpacket end="[rw]"\?>\Z', packet):
        yield "no packet header without bytes and encoding"


def _identification(file: File) -> Breaches:
    if (_value(file, f"{PDFAID}part"), _value(file, f"{PDFAID}conformance")) != ("2", "U"):
        yield "does not say that it is PDF/A-2u"


def _information(file: File) -> Breaches:
    """The dictionary and the metadata say the same; both say title, author and language."""
    same = {
        "/Title": _value(file, f"{DC}title"),
        "/Author": _value(file, f"{DC}creator"),
        "/Creator": _value(file, f"{XMP}CreatorTool"),
        "/Producer": _value(file, f"{PDF}Producer"),
    }
    info = {key: str(value) for key, value in file.pdf.docinfo.items()}
    if info != same:
        yield f"the dictionary says {info}, the metadata {same}"
    if not same["/Title"] or not same["/Author"]:
        yield "no title or no author"
    if not _value(file, f"{DC}language") or _value(file, f"{DC}language") != str(
        file.pdf.Root.get("/Lang", "")
    ):
        yield "no language, or two"


def _extension_schemas(file: File) -> Breaches:
    used = {child.tag for part in file.xmp for child in part}
    own = {tag for tag in used if not any(tag.startswith(space) for space in PREDEFINED)}
    described = set()
    for schema in file.xmp.iter(f"{EXTENSION}schemas"):
        space = schema.findtext(f".//{SCHEMA}namespaceURI")
        if not schema.findtext(f".//{SCHEMA}schema") or not schema.findtext(f".//{SCHEMA}prefix"):
            yield "a schema without a name or a prefix"
        for entry in schema.iterfind(f".//{SCHEMA}property//{RDF}li"):
            said = {part.tag.removeprefix(PROPERTY): part.text for part in entry}
            if set(said) != {"name", "valueType", "category", "description"} or not all(said.values()):
                yield f"a property described as {said}"
            described.add(f"{{{space}}}{said.get('name')}")
    if own - described:
        yield f"properties without a schema: {sorted(own - described)}"


RULES: dict[str, Callable[[File], Breaches]] = {
    "6.1.2 header": _header,
    "6.1.3 trailer": _trailer,
    "6.1.4 cross-reference table": _cross_references,
    "6.1.6 strings": _strings,
    "6.1.7 streams": _streams,
    "6.1.9 indirect objects": _indirect_objects,
    "6.1.13 limits": _limits,
    "6.2.2, 6.2.4, 6.2.10 content, colours, transparency": _content,
    "6.2.3 output intent": _output_intent,
    "6.2.11.2, 6.2.11.4 fonts": _fonts,
    "6.2.11.5, 6.2.11.6, 6.2.11.8 font programs": _font_programs,
    "6.2.11.7 unicode": _unicode,
    "6.4 to 6.11 catalogue": _catalogue,
    "6.6.2.1 metadata": _metadata,
    "6.6.2.3 extension schemas": _extension_schemas,
    "6.6.3 information dictionary": _information,
    "6.6.4 identification": _identification,
}


def _value(file: File, tag: str) -> str:
    """A property as text: of an array its items."""
    found = file.xmp.find(f".//{tag}")
    return "" if found is None else "".join(found.itertext()).strip()


def _instructions(page: Any) -> Iterator[tuple[str, Any]]:
    """What the page does, as operator and operands; an inline image counts as its operator."""
    for one in pikepdf.parse_content_stream(page):
        yield str(one.operator), one.operands


def _drawn(page: Any) -> bytes:
    """The content of a page, whether it is one stream or several."""
    content = page.Contents
    parts = list(content) if isinstance(content, pikepdf.Array) else [content]
    return b"\n".join(part.read_bytes() for part in parts)


def _parts(thing: Any) -> Iterator[Any]:
    yield thing
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for key, value in thing.items():
            yield pikepdf.Name(key)
            yield from _direct_parts(value)
    elif isinstance(thing, pikepdf.Array):
        for value in thing:
            yield from _direct_parts(value)


def _direct_parts(value: Any) -> Iterator[Any]:
    """What stands here itself; what stands elsewhere is an object of its own."""
    if not getattr(value, "is_indirect", False):
        yield from _parts(value)
