"""What may come as a file: too much, too many, locked, cut, sent by strangers. None of it is unpacked."""

import io
import struct
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest

from station_desk.catalogue.edition.parcel import LARGEST
from station_desk.catalogue.edition.published import PublishedForms, read_published
from station_desk.catalogue.edition.trouble import BundleTooLarge, FileSwapped, NameUnsafe, NotABundle
from station_desk.core.errors import RuleError
from station_desk.district.desk.edition_check import (
    ArchiveLocked,
    FileNeeded,
    NoEditionInside,
    check_brought,
    forms_of_archive,
)
from station_desk.district.desk.uploads import MOST_BODY, Sent, Upload, parted
from tests.district.conftest import DistrictClock, Reached
from tests.district.officials import official
from tests.district.publisher import A, archive, bring, bundle_with, edition_of, form_key, written

EDITION = {"edition.toml": b"x"}


@pytest.fixture(scope="module")
def in_force(tmp_path_factory: pytest.TempPathFactory) -> PublishedForms:
    return read_published(written(tmp_path_factory.mktemp("forms")))


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return made.getvalue()


def locked() -> bytes:
    """As if a password had been set: the bit that says so, in both places."""
    raw = bytearray(zipped(EDITION))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(mark) + at] |= 1
    return bytes(raw)


def long_list() -> bytes:
    """A list of names of 8 MB in an archive of a few bytes each."""
    raw = zipped(EDITION)
    return raw[:-10] + struct.pack("<I", 8_000_000) + raw[-6:]


HOSTILE: dict[str, tuple[Callable[[], bytes], type[RuleError]]] = {
    "nothing": (lambda: b"", FileNeeded),
    "two letters": (lambda: b"PK", NotABundle),
    "another kind": (lambda: b"%PDF-1.7 " * 40, NotABundle),
    "cut": (lambda: archive(EDITION)[:-30], NotABundle),
    "too big": (lambda: b"\0" * (LARGEST + 1), BundleTooLarge),
    "no edition": (lambda: zipped({"forms/items/a.toml": b"x"}), NoEditionInside),
    "bomb": (lambda: zipped(EDITION | {"items/a.toml": b"\0" * 12_000_000}), BundleTooLarge),
    "long list": (long_list, BundleTooLarge),
    "locked": (locked, ArchiveLocked),
    "upwards": (lambda: zipped(EDITION | {"../a.toml": b"x"}), NameUnsafe),
    "from the root": (lambda: zipped(EDITION | {"/etc/a.toml": b"x"}), NameUnsafe),
    "letters": (lambda: zipped(EDITION | {"items/低保.toml": b"x"}), NameUnsafe),
    "file and folder": (lambda: zipped(EDITION | {"items": b"x", "items/a.toml": b"x"}), NameUnsafe),
    "swapped": (lambda: bundle_with(edition_of("2026.12", A), "承诺", "承若"), FileSwapped),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_edition_is_refused_in_words(in_force: PublishedForms, name: str) -> None:
    made, error = HOSTILE[name]
    content = made()
    tracemalloc.start()
    with pytest.raises(error):
        check_brought(content, in_force)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 30_000_000


def test_an_archive_is_read_wherever_the_folder_stands_in_it() -> None:
    beside = {"__MACOSX/forms/._edition.toml": b"?", "forms/.DS_Store": b"?", "readme.txt": b"?"}
    for within in ("", "forms/", "a/b/forms/"):
        files = {f"{within}{name}": text for name, text in (EDITION | {"items/x/A.toml": b"y"}).items()}
        found = forms_of_archive(zipped(files | (beside if within == "forms/" else {})))
        assert found == EDITION | {"items/x/A.toml": b"y"}


def body(*parts: tuple[str, bytes]) -> bytes:
    head = b"--b\r\nContent-Disposition: form-data; "
    return b"".join(head + told.encode() + b"\r\n\r\n" + c + b"\r\n" for told, c in parts) + b"--b--\r\n"


def test_a_form_in_parts_is_read_and_what_is_none_is_empty() -> None:
    kind, one = "multipart/form-data; boundary=b", ('name="a"', b"1\r\n2")
    assert parted(kind, body(("x", b"1"), one, ('name="a"', b"3"))).form == {"a": "1\r\n2"}
    assert parted('multipart/form-data; boundary="b"', body(('name="a"', b"\xff\0"))).form == {"a": "\ufffd"}
    for wrong in ("multipart/form-data", "multipart/form-data; boundary=c"):
        assert parted(wrong, body(one)) == Sent({})
    for cut in (b"", b"--b", body(one)[:20]):
        assert parted(kind, cut) == Sent({})
    hidden = 'name="f"; filename="C:\\x\u202e/../y\u202e.zip"'
    found = parted(kind, body((hidden, b"\r\n--c\r\n")))
    assert found.upload == Upload("y.zip", b"\r\n--c\r\n")
    assert found.form["file"].startswith("y.zip 7 ")


@pytest.mark.parametrize("kept_url", ["sqlite"], indirect=True)
def test_too_much_is_told_and_of_strangers_nothing_is_kept(
    reached: Reached, clock: DistrictClock, in_force: PublishedForms
) -> None:
    someone = official(reached.district, clock, "publisher")
    big = b"PK" + bytes(MOST_BODY)
    status, page, _ = bring(someone, big)
    assert (status, "larger than 10 MB" in page) == (413, True)
    assert bring(someone, b"nonsense")[0] == 422
    key = form_key(someone)
    # Nobody of that role may send a file, so none is kept in memory, and the form is empty.
    viewer = official(reached.district, clock, "viewer")
    files = {"file": ("x.zip", big, "application/zip")}
    answer = viewer.http.post("/district/editions", data={"key": key, "act": "bring"}, files=files)
    assert answer.status_code == 403
