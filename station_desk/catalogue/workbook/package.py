"""Opens a workbook that came from anywhere: a zip archive of XML parts, judged before it is believed.

Nothing is unpacked to the disk. Macros, links to other files, passwords, and archives that grow without
measure are refused, each with its reason. Format: ECMA-376, part 2 (Open Packaging Conventions).
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping

from station_desk.catalogue.workbook.markup import Element, Reader, read_xml
from station_desk.catalogue.workbook.trouble import (
    NotAWorkbook,
    OldWorkbook,
    WorkbookBlownUp,
    WorkbookDamaged,
    WorkbookEncrypted,
    WorkbookHasLinks,
    WorkbookHasMacros,
    WorkbookTooLarge,
)
from station_desk.core.errors import Term

MEGABYTE = 1024 * 1024
LARGEST_MB = 5
"""Of the file itself: ten times a workbook of 83 items that an office program has saved."""

LARGEST_UNPACKED_MB = 40
"""Of all parts that are read, counted while they are unpacked, whatever the archive says of itself."""

MOST_PARTS = 2000

_COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1")
"""How files begin that Excel wrote before 2007, and those that it encrypts ([MS-CFB] 2.2)."""

_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_MACROS = re.compile(r"vbaproject|macrosheets?/|activex/|macroenabled", re.IGNORECASE)
_LINKS = re.compile(r"(^|/)(externallinks|connections\.xml|querytables|embeddings)(/|$)", re.IGNORECASE)
_TYPES, _ROOT = "[Content_Types].xml", "_rels/.rels"
_DEFLATED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Package:
    """The parts of a workbook by name; each is unpacked when it is asked for."""

    def __init__(self, raw: bytes, file: str) -> None:
        self.file = file
        self._left = LARGEST_UNPACKED_MB * MEGABYTE
        _require_archive(raw, file)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(raw))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
            raise NotAWorkbook(file=file, why=Term("workbook.why.not_zip")) from error
        self._names = _names(self._archive, file)
        if _TYPES not in self._names or _ROOT not in self._names:
            raise NotAWorkbook(file=file, why=Term("workbook.why.no_parts"))
        self._require_harmless()

    def part(self, name: str) -> bytes:
        """The content of a part. Raises WorkbookDamaged, WorkbookBlownUp."""
        entry = self._names.get(name)
        if entry is None:
            raise WorkbookDamaged(file=self.file, part=name, why=Term("workbook.why.part_missing"))
        try:
            with self._archive.open(entry) as stream:
                content = stream.read(self._left + 1)
        except (
            zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError
        ) as error:  # fmt: skip
            raise WorkbookDamaged(file=self.file, part=name, why=str(error)[:80]) from error
        self._left -= len(content)
        if self._left < 0:
            raise WorkbookBlownUp(file=self.file, limit=f"{LARGEST_UNPACKED_MB} MB")
        return content

    def has(self, name: str) -> bool:
        return name in self._names

    def relations(self, name: str) -> Mapping[str, tuple[str, str]]:
        """What a part points at: by id the kind (its last word) and the name of the part."""
        folder, base = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        if not self.has(rels):
            return {}
        found = _Relations(self.file, folder)
        read_xml(self.part(rels), found, rels, self.file)
        return found.targets

    def _require_harmless(self) -> None:
        for name in self._names:
            if _MACROS.search(name):
                raise WorkbookHasMacros(file=self.file, part=name)
            if _LINKS.search(name):
                raise WorkbookHasLinks(file=self.file, part=name)
        types = _ContentTypes()
        read_xml(self.part(_TYPES), types, _TYPES, self.file)
        if types.macros:
            raise WorkbookHasMacros(file=self.file, part=_TYPES)
        for name in [name for name in self._names if name.endswith(".rels")]:
            self.relations(
                posixpath.join(posixpath.dirname(posixpath.dirname(name)), posixpath.basename(name)[:-5])
            )


class _Relations(Reader):
    """Keeps what is within the file. A link that a person would click is harmless; nobody follows it here."""

    def __init__(self, file: str, folder: str) -> None:
        self.targets: dict[str, tuple[str, str]] = {}
        self._file = file
        self._folder = folder

    def start(self, element: Element) -> None:
        name, attributes = element
        if name != "Relationship":
            return
        kind, target = attributes.get("Type", "").rpartition("/")[2], attributes.get("Target", "")
        if attributes.get("TargetMode", "").casefold() == "external":
            if kind.casefold() != "hyperlink":
                raise WorkbookHasLinks(file=self._file, part=target[:80])
            return
        path = posixpath.normpath(posixpath.join("/", self._folder, target)).lstrip("/")
        self.targets[attributes.get("Id", "")] = (kind, path)


class _ContentTypes(Reader):
    def __init__(self) -> None:
        self.macros = False

    def start(self, element: Element) -> None:
        self.macros |= bool(_MACROS.search(element.attributes.get("ContentType", "")))


def _require_archive(raw: bytes, file: str) -> None:
    if len(raw) > LARGEST_MB * MEGABYTE:
        raise WorkbookTooLarge(file=file, limit=LARGEST_MB)
    if raw.startswith(_COMPOUND):
        raise (WorkbookEncrypted if _ENCRYPTED_STREAM in raw else OldWorkbook)(file=file)
    if not raw.startswith(b"PK\x03\x04"):
        raise NotAWorkbook(file=file, why=Term("workbook.why.not_zip"))


def _names(archive: zipfile.ZipFile, file: str) -> dict[str, zipfile.ZipInfo]:
    """The entries by name. Two of one name would let us read another workbook than the one a person sees."""
    entries = archive.infolist()
    if len(entries) > MOST_PARTS:
        raise WorkbookBlownUp(file=file, limit=f"{LARGEST_UNPACKED_MB} MB")
    names: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        if entry.flag_bits & 1:
            raise WorkbookEncrypted(file=file)
        if entry.filename in names or entry.compress_type not in _DEFLATED:
            raise WorkbookDamaged(file=file, part=entry.filename[:80], why=Term("workbook.why.odd_entry"))
        names[entry.filename] = entry
    return names
