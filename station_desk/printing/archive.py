"""What makes a paper fit for the archive (PDF/A-2u, ISO 19005-2): what the file says of itself, its colours.

Title, author and language, the case number and the catalogue edition stand in the file as XMP, which archives
read. There is no date of making: the paper says its own dates, and the same paper is the same file.
"""

import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from typing import Any

from reportlab.pdfbase import pdfdoc

from station_desk.printing import srgb

PRODUCER, CREATOR = "ReportLab PDF Library", "Station Desk"
VERSION = (1, 7)
"""The PDF version that PDF/A-2 is built on (ISO 32000-1)."""

NAMESPACE = "urn:uuid:cf186297-9a78-4adf-9135-d31c19c8c8e2#"
"""Of our two properties below. It was drawn once and names them for ever; nothing lies behind it."""

OUR_PROPERTIES = (
    ("caseNumber", "Number of the case that the paper belongs to"),
    ("catalogueEdition", "Edition of the service catalogue that the case was accepted under"),
)

NO_ID = b"[<" + b"0" * 32 + b"><" + b"0" * 32 + b">]"
"""Holds the place of the file's identifier until the file is known."""

ENDSTREAM = b"endstream\n"
NONCHARACTERS = frozenset({0xFFFE, 0xFFFF})


@dataclass(frozen=True, slots=True)
class About:
    """What the file says about itself; the language (BCP 47) tells a screen reader how to speak.

    `case` and `edition` are empty for a paper that belongs to no case.
    """

    title: str
    author: str
    language: str
    case: str = ""
    edition: str = ""


class Info(pdfdoc.PDFInfo):
    """The document information dictionary: the same words as the XMP, and no others."""

    def __init__(self, about: About) -> None:
        super().__init__()
        self.title, self.author = sayable(about.title), sayable(about.author)

    def format(self, document: Any) -> bytes:
        """Only what is true: reportlab would add an invented date and an "unspecified" subject."""
        said = {"Title": self.title, "Author": self.author, "Creator": CREATOR, "Producer": PRODUCER}
        return pdfdoc.PDFDictionary({key: pdfdoc.PDFString(text) for key, text in said.items()}).format(
            document
        )


def metadata(about: About) -> bytes:
    """The XMP packet (ISO 16684-1), with the description of our own properties that PDF/A asks for."""
    said = {"title": about.title, "author": about.author, "language": about.language}
    ours = dict(zip((name for name, _ in OUR_PROPERTIES), (about.case, about.edition), strict=True))
    known = "".join(f"<desk:{name}>{_xml(value)}</desk:{name}>" for name, value in ours.items() if value)
    return _PACKET.format(ours=known, **{name: _xml(words) for name, words in said.items()}).encode()


def output_intent() -> pdfdoc.PDFDictionary:
    """What the greys of the pages mean: the profile goes into the file."""
    stream = pdfdoc.PDFStream(content=srgb.profile(), filters=[pdfdoc.PDFZCompress])
    stream.dictionary["N"] = 3
    return pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("OutputIntent"),
            "S": pdfdoc.PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": pdfdoc.PDFString(srgb.NAME),
            "Info": pdfdoc.PDFString(srgb.NAME),
            "DestOutputProfile": stream,
        }
    )


def with_identifier(file: bytes) -> bytes:
    """The file, named by its own bytes: the same paper has the same identifier, another one has another."""
    name = sha256(file).hexdigest()[:32].encode()
    before, found, after = file.rpartition(NO_ID)
    assert found, "the trailer holds the place of the identifier"
    return before + b"[<" + name + b"><" + name + b">]" + after


def sayable(text: str) -> str:
    """The text without what XML 1.0 cannot hold: controls, halves of characters, and codes that are none."""
    return "".join("\ufffd" if _is_unsayable(char) else char for char in text)


def _xml(text: str) -> str:
    return escape(sayable(text), quote=False)


def _is_unsayable(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cs"} or ord(char) & 0xFFFF in NONCHARACTERS


_DESCRIBED = "".join(
    f"""<rdf:li rdf:parseType="Resource">
<pdfaProperty:name>{name}</pdfaProperty:name>
<pdfaProperty:valueType>Text</pdfaProperty:valueType>
<pdfaProperty:category>external</pdfaProperty:category>
<pdfaProperty:description>{words}</pdfaProperty:description>
</rdf:li>"""
    for name, words in OUR_PROPERTIES
)
_PACKET = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>U</pdfaid:conformance>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{{title}}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{{author}}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{{language}}</rdf:li></rdf:Bag></dc:language>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<xmp:CreatorTool>{CREATOR}</xmp:CreatorTool>
<pdf:Producer>{PRODUCER}</pdf:Producer>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:desk="{NAMESPACE}">{{ours}}</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>Papers of a community service station</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{NAMESPACE}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>desk</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq>{_DESCRIBED}</rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def _format_stream(stream: Any, document: Any) -> bytes:
    content = _PLAIN_FORMAT(stream, document)
    return content[: -len(ENDSTREAM)] + b"\n" + ENDSTREAM


# reportlab 5.1.0 writes `endstream` right behind the last byte of a stream; ISO 19005-2, 6.1.7.1, wants it on
# a line of its own. All streams are written by this one method.
_PLAIN_FORMAT = pdfdoc.PDFStream.format
_streams: Any = pdfdoc.PDFStream
_streams.format = _format_stream
