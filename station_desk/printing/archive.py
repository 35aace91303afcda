"""What makes a paper fit for the archive (PDF/A-2u, ISO 19005-2): what the file says of itself, its colours.

Title, author and language, the case number and the catalogue edition stand in the file as XMP, which archives
read. There is no date of making: the paper says its own dates, and the same paper is the same file.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache

from station_desk.printing import srgb
from station_desk.printing.pdf_file import PdfFile, text

MAKER = "Station Desk"

NAMESPACE = "urn:uuid:cf186297-9a78-4adf-9135-d31c19c8c8e2#"
"""Of our two properties below. It was drawn once and names them for ever; nothing lies behind it."""

OUR_PROPERTIES = (
    ("caseNumber", "Number of the case that the paper belongs to"),
    ("catalogueEdition", "Edition of the service catalogue that the case was accepted under"),
)

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


def metadata(about: About) -> bytes:
    """The XMP packet (ISO 16684-1), with the description of our own properties that PDF/A asks for."""
    said = {"title": about.title, "author": about.author, "language": about.language}
    ours = dict(zip((name for name, _ in OUR_PROPERTIES), (about.case, about.edition), strict=True))
    known = "".join(f"<desk:{name}>{_xml(value)}</desk:{name}>" for name, value in ours.items() if value)
    return _PACKET.format(ours=known, **{name: _xml(words) for name, words in said.items()}).encode()


def describe(file: PdfFile, about: About) -> tuple[int, str]:
    """Write what the file says about itself: the number of its information, and keys of its catalogue."""
    words = {"Title": about.title, "Author": about.author, "Creator": MAKER, "Producer": MAKER}
    info = file.add(f"<<{''.join(f'/{key}{text(sayable(said))}' for key, said in words.items())}>>")
    said = file.add_stream(metadata(about), "/Type/Metadata/Subtype/XML")
    colours = file.add_packed(_profile(), "/N 3")
    return info, (
        f"/Lang({about.language})/Metadata {said} 0 R/ViewerPreferences<</DisplayDocTitle true>>"
        f"/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier({srgb.NAME})"
        f"/Info({srgb.NAME})/DestOutputProfile {colours} 0 R>>]"
    )


def sayable(text: str) -> str:
    """The text without what XML 1.0 cannot hold: controls, halves of characters, and codes that are none."""
    return "".join("\ufffd" if _is_unsayable(char) else char for char in text)


def _xml(text: str) -> str:
    return sayable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _is_unsayable(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cs"} or ord(char) & 0xFFFF in NONCHARACTERS


@cache
def _profile() -> bytes:
    return srgb.profile()


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
<xmp:CreatorTool>{MAKER}</xmp:CreatorTool>
<pdf:Producer>{MAKER}</pdf:Producer>
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
