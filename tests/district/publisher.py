"""Editions as officials bring them, and the holders of the keys that sign them."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import msgspec
from sqlalchemy import delete

from station_desk.catalogue.edition.bundle import make, opened, published_files, sign
from station_desk.catalogue.edition.keys import SigningKey, new_key
from station_desk.catalogue.edition.parcel import pack, unpack
from station_desk.catalogue.edition.written import line
from station_desk.catalogue.read import read_edition
from station_desk.core import paths
from station_desk.district import tables as t
from station_desk.district.district import District
from station_desk.district.edition_root import ABOUT, trust_root
from tests.district.officials import Official

A, B, C, STRANGER = new_key(), new_key(), new_key(), new_key()
ROOT_TEXT = "version = 1\nthreshold = 2\n" + "".join(
    "\n[[key]]\n" + line("id", key.id) + line("name", name) + line("public", key.public)
    for name, key in (("周局长", A), ("钱科长", B), ("孙科长", C))
)


KEPT = ("SA-001", "SA-002", "LS-008")


@cache
def whole_folder() -> Mapping[str, bytes]:
    """The folder `forms/` as it came with the program."""
    return published_files(paths.FORMS)


@cache
def folder() -> Mapping[str, bytes]:
    """The same with three items: all of them take longer."""
    files = whole_folder()
    return {
        name: content
        for name, content in files.items()
        if not name.startswith("items/") or name.endswith(tuple(f"{code}.toml" for code in KEPT))
        if name != "life_events.toml" and not name.startswith("papers/")
        if not name.startswith("calendar/") or "2026" in name
    }


def written(place: Path) -> Path:
    """The same as a folder, for a server to begin with."""
    for name, content in folder().items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(content)
    return place


def changed(number: str, *, whole: bool = False, **swaps: tuple[str, str]) -> dict[str, bytes]:
    """The same folder under another number; in each named item one text stands for another."""
    files = dict(whole_folder() if whole else folder())
    files["edition.toml"] = files["edition.toml"].replace(b'"2026.11"', f'"{number}"'.encode(), 1)
    for code, (old, new) in swaps.items():
        name = next(name for name in files if name.endswith(f"/{code.replace('_', '-')}.toml"))
        assert old in files[name].decode(), name
        files[name] = files[name].decode().replace(old, new, 1).encode()
    return files


def archive(files: Mapping[str, bytes], within: str = "forms/") -> bytes:
    """A folder as a file manager packs it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(f"{within}{name}", content)
    return made.getvalue()


def edition_of(number: str, *keys: SigningKey, whole: bool = False) -> bytes:
    """The edition file of the folder under that number, signed; of the whole one, with a few changes."""
    swaps = {"SA_001": ("promised = 25", "promised = 20"), "LS_008": ("fee = 0", "fee = 5")} if whole else {}
    edition = msgspec.structs.replace(read_edition(paths.FORMS), number=number)
    made = make(edition, changed(number, whole=whole, **swaps))
    for key in keys:
        made = sign(made, key)
    return made


def signatures(bundle: bytes) -> set[str]:
    return {signature.key for signature in opened(bundle).signatures}


@contextmanager
def trusting(district: District) -> Iterator[None]:
    """A server whose operator set the list of keys."""
    trust_root(district, ROOT_TEXT, paths.FORMS)
    yield
    district.write(lambda c: c.execute(delete(t.about).where(t.about.c.name == ABOUT)))


def forged(bundle: bytes) -> bytes:
    """The same edition, its signatures spoilt."""
    known = opened(bundle)
    value = known.signatures[0].value
    return bundle_with(bundle, value, value[::-1])


def bundle_with(bundle: bytes, old: str, new: str) -> bytes:
    """The bundle with one text in place of another of the same length, packed anew."""
    return pack({name: part.replace(old.encode(), new.encode()) for name, part in unpack(bundle).items()})


def form_key(someone: Official) -> str:
    """What stands in the forms of the session; asked for once."""
    if "form" not in someone.kept:
        found = re.findall(r'name="key" value="([^"]+)"', someone.get("stations").text)
        someone.kept["form"] = found[0]
    return someone.kept["form"]


def bring(someone: Official, content: bytes, name: str = "edition.zip") -> tuple[int, str, str]:
    """Status, page and the name of the edition that the page is about."""
    key = form_key(someone)
    answer = someone.http.post(
        "/district/editions?lang=en", data={"key": key, "act": "bring"},
        files={"file": (name, content, "application/zip")}, follow_redirects=True,
    )  # fmt: skip
    return answer.status_code, answer.text, answer.url.params.get("edition", "")
