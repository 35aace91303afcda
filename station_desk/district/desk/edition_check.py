"""What an official brings, an edition file or the folder `forms/` as a zip archive: checked, then kept.

Nothing of an archive is trusted: names, sizes and counts are looked at before anything is unpacked.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from threading import Lock

from station_desk.catalogue.check import Finding, check_forms
from station_desk.catalogue.check.stable_codes import stable_code_findings
from station_desk.catalogue.edition.bundle import TEXT, make, opened, published_files
from station_desk.catalogue.edition.inside import forms_inside
from station_desk.catalogue.edition.parcel import LARGEST, LARGEST_MB, LONGEST_NAME, MOST_FILES, NAME
from station_desk.catalogue.edition.published import PublishedForms
from station_desk.catalogue.edition.trouble import BundleTooLarge, NameUnsafe, NotABundle
from station_desk.catalogue.read import EDITION, read_edition
from station_desk.core.errors import RuleError

_ONE_AT_A_TIME = Lock()
"""A check takes a second of one processor; two officials take turns."""

_END, _END_64 = b"PK\x05\x06", b"PK\x06\x07"
MOST_DIRECTORY = MOST_FILES * (46 + LONGEST_NAME)
LEFT_OUT = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", ".git")
"""What file managers put into an archive by themselves."""


class FileNeeded(RuleError):
    code = "edition.file_needed"


class NoEditionInside(RuleError):
    code = "edition.no_edition_inside"


class ArchiveLocked(RuleError):
    code = "edition.archive_locked"


@dataclass(frozen=True, slots=True)
class Checked:
    """An edition file that may be kept, or all that is wrong with what was brought."""

    bundle: bytes
    findings: Sequence[Finding]


def check_brought(content: bytes, in_force: PublishedForms) -> Checked:
    """Checks what was brought against the rules, and against the codes of the edition in force.

    Raises FileNeeded, NoEditionInside, ArchiveLocked, what `opened` raises, BundleTooLarge, NameUnsafe.
    """
    if not content:
        raise FileNeeded
    if len(content) > LARGEST:
        raise BundleTooLarge(limit=LARGEST_MB)
    with _ONE_AT_A_TIME, TemporaryDirectory(prefix="station-desk-brought-") as place:
        folder = Path(place)
        is_edition = TEXT in _names(content)
        files = opened(content).files if is_edition else forms_of_archive(content)
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(text)
        findings = [*check_forms(folder), *stable_code_findings(folder, in_force.catalogue.items)]
        if findings:
            return Checked(b"", findings)
        bundle = content if is_edition else make(read_edition(folder), published_files(folder))
    # The signed text must tell the edition that the files tell.
    forms_inside(opened(bundle))
    return Checked(bundle, ())


def forms_of_archive(content: bytes) -> Mapping[str, bytes]:
    """The files of the folder that holds `edition.toml`, by their names below it.

    Raises NotABundle, NoEditionInside, ArchiveLocked, BundleTooLarge, NameUnsafe.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _unpacked(archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, struct.error) as error:
        raise NotABundle from error


def _unpacked(archive: zipfile.ZipFile) -> Mapping[str, bytes]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _left_out(entry.filename)]
    if len(entries) > MOST_FILES:
        raise BundleTooLarge(limit=LARGEST_MB)
    roots = [entry.filename for entry in entries if PurePosixPath(entry.filename).name == EDITION]
    if not roots:
        raise NoEditionInside(file=EDITION)
    root = min(roots, key=len).removesuffix(EDITION)
    files: dict[str, bytes] = {}
    room = LARGEST
    for entry in entries:
        name = entry.filename.removeprefix(root)
        if not entry.filename.startswith(root):
            continue
        if entry.flag_bits & 1:
            raise ArchiveLocked(file=_told(name))
        if len(name) > LONGEST_NAME or not NAME.fullmatch(name) or _stands_in_the_way(name, files):
            raise NameUnsafe(file=_told(name))
        # What an entry says of its size is not believed: no more than the room is ever unpacked.
        with archive.open(entry) as packed:
            files[name] = packed.read(room + 1)
        room -= len(files[name])
        if room < 0:
            raise BundleTooLarge(limit=LARGEST_MB)
    return files


def _names(content: bytes) -> frozenset[str]:
    """The names in an archive. Raises NotABundle, and before it reads a list of them that is too long."""
    end = content.rfind(_END)
    if not content.startswith(b"PK") or end < 0 or len(content) - end < 22:
        raise NotABundle
    size = struct.unpack_from("<I", content, end + 12)[0]
    if size > MOST_DIRECTORY or _END_64 in content[max(0, end - 20) : end]:
        raise BundleTooLarge(limit=LARGEST_MB)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, struct.error) as error:
        raise NotABundle from error


def _left_out(name: str) -> bool:
    return any(part in LEFT_OUT for part in PurePosixPath(name).parts)


def _stands_in_the_way(name: str, files: Mapping[str, bytes]) -> bool:
    """Whether the name is there already, or would be a file and a folder at once."""
    parents = {parent.as_posix() for parent in PurePosixPath(name).parents}
    return name in files or bool(parents & files.keys()) or any(one.startswith(f"{name}/") for one in files)


def _told(name: str) -> str:
    return name.encode("ascii", "backslashreplace").decode()[:LONGEST_NAME]
