"""An official exports, edits, checks and imports by the command line; what is wrong is said, exit code 3."""

import io
import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from station_desk.core.all_or_nothing import JOURNAL
from station_desk.core.paths import FORMS
from station_desk.main.cli import main
from tests.unit.planting import thin_out

ITEM = "items/social_assistance/SA-001.toml"


class Official:
    """A folder of forms, a workbook beside it, and one command after another."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.forms = folder / "forms"
        self.book = folder / "book.xlsx"
        self._capsys = capsys

    def __call__(self, *words: object, code: int = 0) -> list[dict[str, Any]]:
        done = main(["--json", "items", *map(str, words)])
        said = self._capsys.readouterr()
        assert (done, said.err) == (code, ""), said
        return [json.loads(line) for line in said.out.splitlines()]

    def people(self, *words: object, language: str = "zh-Hans") -> str:
        """What a person reads, on either stream."""
        main(["--language", language, "items", *map(str, words)])
        said = self._capsys.readouterr()
        return said.out + said.err

    def edit(self, sheet: str, cell: str, value: Any) -> None:
        book = openpyxl.load_workbook(self.book)
        book[sheet][cell].value = value
        content = io.BytesIO()
        book.save(content)
        self.book.write_bytes(content.getvalue())


@pytest.fixture
def official(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Official:
    official = Official(tmp_path, capsys)
    # One item type and two years: the whole catalogue goes through tests/unit/test_workbook_round_trip.py.
    most = shutil.ignore_patterns("items", "life_events.toml", "201?.toml", "202[0-5].toml")
    shutil.copytree(FORMS, official.forms, ignore=most)
    shutil.copytree(FORMS / ITEM.rpartition("/")[0], official.forms / ITEM.rpartition("/")[0])
    thin_out(official.forms)
    official("export", official.book, "--forms", official.forms)
    return official


def files(forms: Path) -> dict[str, bytes]:
    return {
        file.relative_to(forms).as_posix(): file.read_bytes() for file in forms.rglob("*") if file.is_file()
    }


def test_exported_edited_checked_and_imported(official: Official) -> None:
    before = files(official.forms)
    (same,) = official("import", official.book, "--forms", official.forms)
    assert (same["files"], same["changed"], same["written"]) == (0, 0, True)
    official.edit("SA 社会救助", "V2", 24)
    change, checked = official("import", official.book, "--forms", official.forms, "--check")
    assert (change["how"], change["code"]) == ("changed", "SA-001")
    assert change["parts"] == [
        {
            "how": "changed",
            "key": "limit.promised",
            "before": {"count": 25, "unit": "wd"},
            "after": {"count": 24, "unit": "wd"},
        }
    ]
    assert (checked["written"], checked["files"], checked["changed"]) == (False, 1, 1)
    assert files(official.forms) == before
    told = official.people("import", official.book, "--forms", official.forms)
    assert told.splitlines() == [
        "~ 事项 SA-001 最低生活保障审核确认",
        "    承诺时限：25 个工作日 → 24 个工作日",
        f"已写入 {official.forms}：新增事项 0 个，删去 0 个，变更 1 个，其他变更 0 处（1 个文件）。",
    ]
    after = files(official.forms)
    assert {name for name in before if after[name] != before[name]} == {ITEM}
    assert after[ITEM].decode() == before[ITEM].decode().replace("promised = 25", "promised = 24")
    assert official("check", official.forms) == []
    told = official.people("import", official.book, "--forms", official.forms, language="en")
    assert told == f"The workbook says the same as {official.forms}; there was nothing to write.\n"


@pytest.mark.long
def test_each_fault_is_a_line_with_its_cell_and_the_code_is_3(official: Official) -> None:
    before = files(official.forms)
    official.edit("SA 社会救助", "V2", "二十")
    official.edit("材料", "B2", "id_crad")
    one, other = official("import", official.book, "--forms", official.forms, code=3)
    assert (one["sheet"], one["cell"], one["row"], one["code"]) == ("SA 社会救助", "V2", 2, "not_integer")
    assert (other["sheet"], other["cell"], other["code"]) == ("材料", "B2", "unknown_material")
    for language, last in (
        ("zh-Hans", f"有 2 处问题，文件夹 {official.forms} 未作改动。"),
        ("zh-Hant", f"有 2 處問題，文件夾 {official.forms} 未作改動。"),
        ("en", f"2 faults in the workbook {official.book}; the folder {official.forms} was left as it is."),
    ):
        told = official.people(
            "import", official.book, "--forms", official.forms, language=language
        ).splitlines()
        assert len(told) == 3
        assert told[-1].endswith(last)
        assert "V2" in told[0]
    assert files(official.forms) == before


def test_what_is_no_workbook_is_said_in_a_sentence(official: Official) -> None:
    official.book.write_bytes("编码,名称\n".encode("gb18030"))
    (said,) = official("import", official.book, "--forms", official.forms, code=3)
    assert (said["error"], str(official.book) in said["text"]) == ("workbook.not_a_workbook", True)
    official.book.unlink()
    (said,) = official("import", official.book, "--forms", official.forms, code=3)
    assert said["error"] == "edition.file_not_readable"
    (said,) = official("import", official.folder, "--forms", official.forms, code=3)
    assert said["error"] == "edition.file_not_readable"


def test_what_was_not_told_is_asked_for_and_no_work_is_overwritten(official: Official) -> None:
    (said,) = official("import", official.book, code=3)
    assert (said["error"], said["values"]) == ("edition.options_needed", {"options": "FILE.xlsx --forms DIR"})
    (said,) = official("export", code=3)
    assert said["error"] == "edition.options_needed"
    (said,) = official("export", official.book, "--forms", official.forms, code=3)
    assert said["error"] == "workbook.there"
    (said,) = official("import", official.book, "--forms", official.folder / "nowhere", code=3)
    assert said["error"] == "forms.folder_unknown"
    (said,) = official("export", official.folder / "no" / "b.xlsx", "--forms", official.forms, code=5)
    assert said["error"] == "store.disk_fault"


def test_a_folder_that_cannot_be_read_is_neither_exported_nor_imported_into(official: Official) -> None:
    (official.forms / ITEM).write_bytes("编码 = 一".encode("gb18030"))
    before = files(official.forms)
    for words in (("import", official.book), ("export", official.folder / "other.xlsx")):
        (said,) = official(*words, "--forms", official.forms, code=3)
        assert (said["error"], str(official.forms) in said["text"]) == ("workbook.forms_unreadable", True)
    assert files(official.forms) == before
    assert not (official.folder / "other.xlsx").exists()


def test_an_import_that_was_broken_off_is_undone_by_the_next_one_and_found_by_the_checker(
    official: Official,
) -> None:
    before = files(official.forms)
    old = official.forms / JOURNAL / "old" / ITEM
    old.parent.mkdir(parents=True)
    old.write_bytes(before[ITEM])
    (official.forms / JOURNAL / "names").write_text(f"old {ITEM}\nnew items/x.toml\n", "utf-8")
    (official.forms / ITEM).write_text("half", "utf-8")
    (official.forms / "items" / "x.toml").write_text("half", "utf-8")
    codes = [finding["code"] for finding in official("check", official.forms, code=3)]
    assert codes[0] == "import_broken_off"
    told = official.people("import", official.book, "--forms", official.forms)
    assert told.splitlines()[0] == f"上次导入没有做完就中断了，{official.forms} 已恢复到那次导入以前。"
    assert files(official.forms) == before


def test_what_the_workbook_lacks_is_named_and_goes_only_with_delete(official: Official) -> None:
    book = openpyxl.load_workbook(official.book)
    for name in ("SA 社会救助", "表单", "办事指南", "材料", "环节"):
        sheet = book[name]
        for row in range(sheet.max_row, 1, -1):
            if str(sheet.cell(row, 1).value).startswith("SA-010"):
                sheet.delete_rows(row)
    book.save(official.book)
    told = official.people("import", official.book, "--forms", official.forms)
    assert "工作簿里没有、仍予保留：事项 SA-010。要删去请加 --delete。" in told
    assert (official.forms / "items/social_assistance/SA-010.toml").exists()
    (change, done) = official("import", official.book, "--forms", official.forms, "--delete")
    assert (change["how"], change["code"], done["removed"]) == ("removed", "SA-010", 1)
    assert not (official.forms / "items/social_assistance/SA-010.toml").exists()
