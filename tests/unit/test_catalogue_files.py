"""Files that are no proper text, too large or too deep are named; the others are still read."""

from pathlib import Path

import pytest

from station_desk.catalogue.check import check_forms
from station_desk.core.paths import FORMS
from tests.unit.planting import DIBAO, marks, plant


def test_bytes_that_are_no_utf8_are_found_in_their_line(forms: Path) -> None:
    file = forms / DIBAO
    file.write_bytes(
        file.read_bytes().replace("以家庭为单位申请".encode(), "以家庭为单位申请".encode("gb18030"))
    )
    line = 1 + (FORMS / DIBAO).read_text("utf-8").split("以家庭为单位申请")[0].count("\n")
    assert marks(check_forms(forms)) == [(DIBAO, line, "not_utf8")]


def test_a_huge_file_is_named_without_being_read(forms: Path) -> None:
    with (forms / DIBAO).open("a", encoding="utf-8") as file:
        file.write("# x\n" * 2_500_000)
    assert marks(check_forms(forms)) == [(DIBAO, 1, "file_too_large")]


@pytest.mark.parametrize("depth", [20, 200, 400, 100_000])
def test_brackets_within_brackets_are_named_and_not_followed(forms: Path, depth: int) -> None:
    line = plant(forms, DIBAO, "fee = 0", f"fee = {'[' * depth}{']' * depth}")
    ((file, found, code),) = marks(check_forms(forms))
    assert (file, code) == (DIBAO, "nested_too_deep")
    assert found in (1, line), "where the reader itself gives up, the file is all that can be named"


@pytest.mark.parametrize("mark", ["\ufeff", ""], ids=["with a byte order mark", "without"])
def test_line_ends_of_windows_and_a_byte_order_mark_are_read(forms: Path, mark: str) -> None:
    text = (forms / DIBAO).read_text("utf-8")
    (forms / DIBAO).write_text(mark + text, "utf-8", newline="\r\n")
    assert check_forms(forms) == []
    plant(forms, DIBAO, "promised = 25", "promised = 31")
    assert [f.code for f in check_forms(forms)] == ["promised_over_statutory"]


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030"])
def test_other_encodings_are_named(forms: Path, encoding: str) -> None:
    text = (forms / DIBAO).read_text("utf-8")
    (forms / DIBAO).write_bytes(text.encode(encoding))
    assert [(f.file, f.code) for f in check_forms(forms)] == [(DIBAO, "not_utf8")]
