"""A compiled edition is a copy for speed: it says exactly what the files say, or it is not used."""

import random
import subprocess
import sys

import msgspec
import pytest

from station_desk.catalogue.calendar import read_calendar, working_calendar
from station_desk.catalogue.edition import published
from station_desk.catalogue.edition.bundle import make, opened, published_files
from station_desk.catalogue.edition.inside import forms_inside
from station_desk.catalogue.edition.published import (
    PublishedForms,
    compiled,
    read_compiled,
    read_published,
    shape,
)
from station_desk.catalogue.edition.trouble import TextNotUnderstood
from station_desk.catalogue.fault import BrokenForm
from station_desk.catalogue.item import Catalogue, FieldKindOf, Item
from station_desk.catalogue.read import read_catalogue
from station_desk.core.paths import FORMS


@pytest.fixture(scope="module")
def forms() -> PublishedForms:
    return read_published(FORMS)


@pytest.fixture(scope="module")
def kept(forms: PublishedForms) -> bytes:
    return compiled(forms, "here")


def test_what_is_compiled_is_what_the_files_say(forms: PublishedForms, kept: bytes) -> None:
    again = read_compiled(kept, "here")
    assert again == forms
    assert again.catalogue == read_catalogue(FORMS)
    assert working_calendar(again.years) == read_calendar(FORMS)


def test_a_bundle_says_what_its_folder_says(forms: PublishedForms) -> None:
    assert forms_inside(opened(make(forms.edition, published_files(FORMS)))) == forms


def test_a_text_that_tells_another_edition_than_its_files_is_refused(forms: PublishedForms) -> None:
    other = msgspec.structs.replace(forms.edition, number="2026.12")
    with pytest.raises(TextNotUnderstood):
        forms_inside(opened(make(other, published_files(FORMS))))


def test_a_bundle_whose_files_cannot_be_read_is_told_by_file_and_line(forms: PublishedForms) -> None:
    files = published_files(FORMS)
    files["materials.toml"] += b"[broken\n"
    with pytest.raises(BrokenForm) as broken:
        forms_inside(opened(make(forms.edition, files)))
    assert broken.value.finding.file == "materials.toml"


def test_a_copy_of_something_else_is_not_used(kept: bytes) -> None:
    assert read_compiled(kept, "elsewhere") is None


def test_a_damaged_copy_is_not_used(kept: bytes) -> None:
    chance = random.Random(7)
    places = [*range(100), *(chance.randrange(len(kept)) for _ in range(200))]
    for place in places:
        raw = bytearray(kept)
        raw[place] ^= 1 << chance.randrange(8)
        assert read_compiled(bytes(raw), "here") is None
    for length in (0, 1, 24, 56, 87, 88, len(kept) // 2, len(kept) - 1):
        assert read_compiled(kept[:length], "here") is None
    assert read_compiled(kept + b"\0", "here") is None


def test_the_shape_of_our_types_is_the_same_in_every_process() -> None:
    ask = "from station_desk.catalogue.edition.published import shape; import sys; sys.stdout.write(shape())"
    asked = [subprocess.run([sys.executable, "-c", ask], capture_output=True, check=True) for _ in range(2)]
    assert {done.stdout.decode() for done in asked} == {shape()}
    assert " at 0x" not in shape()


def test_the_shape_names_every_key_of_every_type_that_is_kept() -> None:
    told = shape()
    kinds = [msgspec.inspect.type_info(PublishedForms)]
    structs = set()
    while kinds:
        kind = kinds.pop()
        if isinstance(kind, msgspec.inspect.StructType):
            if kind.cls in structs:
                continue
            structs.add(kind.cls)
            for field in kind.fields:
                assert f"'{field.encode_name}'" in told
                kinds.append(field.type)
        kinds += [
            part
            for name in ("item_type", "key_type", "value_type")
            if (part := getattr(kind, name, None)) is not None
        ]
        kinds += getattr(kind, "types", ())
    assert len(structs) > 15
    assert all(f"{struct.__qualname__} (" in told for struct in structs)


def test_what_is_kept_names_every_part_of_the_forms() -> None:
    assert {*published._Kept.__struct_fields__} == {*PublishedForms.__struct_fields__, *published.BESIDE}
    assert {*published._Bare.__struct_fields__, *published.BESIDE} == {*Catalogue.__struct_fields__}


def test_a_desk_that_opens_waits_for_the_types_of_no_item_and_no_field() -> None:
    seen: dict[type[msgspec.Struct], str] = {}
    published._look_at(published._Kept, seen)
    assert published._Bare in seen
    assert not {Item, FieldKindOf} & {*seen}
