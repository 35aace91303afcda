"""Backup, list, drill, restore, verify and the closing of a day by command line, as a station would."""

import json
from pathlib import Path

import pytest

from tests.end2end.conftest import Run

FORM = {
    "item": "LS-008",
    "applicant": {
        "name": "王秀兰", "id_kind": "citizen_id", "id_number": "11010519491231002X",
        "phone": "13912345678", "address": "青石桥社区 3 组 12 号",
    },
    "answers": {"payment_grade": "500", "payment_mode": "自行缴费"},
    "materials": {"id_card": "brought", "hukou": "shared", "app_form": "brought"},
}  # fmt: skip


ACCEPT = ("accept", "--item", "LS-008", "--again", "another case of the same resident")


class Counter:
    """A counter that is only spoken to by commands."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder / "profile", capsys
        self.form = folder / "form.json"
        self.form.write_text(json.dumps(FORM), "utf-8")
        self.run = Run(self.folder, capsys)
        self.run("init", "--station", "QSQ001", "--name", "青石桥社区公共服务站", "--counter", "2")

    def accept(self) -> str:
        return str(self.run.one(*ACCEPT, "--form", str(self.form))["number"])

    def moved_to(self, folder: Path) -> "Counter":
        self.folder, self.run = folder, Run(folder, self._capsys)
        return self


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Counter:
    return Counter(tmp_path, capsys)


def test_a_damaged_counter_comes_back_by_command(counter: Counter) -> None:
    run = counter.run
    kept = counter.accept()
    made = run.one("backup")
    assert run.one("backup", "list")["folder"] == made["folder"]
    assert run.one("backup", "drill")["findings"] == []
    lost = counter.accept()
    database = counter.folder / "desk.db"
    raw = bytearray(database.read_bytes())
    raw[4200] ^= 1
    database.write_bytes(raw)
    run("verify", code=6)
    run.one("restore")
    (aside,) = (*counter.folder.glob("desk.damaged-*.db"), *counter.folder.glob("aside-*/desk.db"))
    assert aside.read_bytes() == bytes(raw)
    assert run("verify", "--deep") == []
    assert [case["number"] for case in run("cases")] == [kept]
    assert run.one("case", lost, code=3)["error"] == "case.lost_by_restore"
    assert counter.accept() not in (kept, lost)


def test_a_backup_under_a_name_goes_into_another_folder(counter: Counter, tmp_path: Path) -> None:
    number = counter.accept()
    counter.run("backup", str(tmp_path / "stick" / "copy"))
    counter.run("restore", str(tmp_path / "stick" / "copy"), "--to", str(tmp_path / "new"))
    assert [case["number"] for case in counter.moved_to(tmp_path / "new").run("cases")] == [number]
    counter.run("restore", str(tmp_path / "stick"), code=3)


def test_a_day_is_closed_and_its_code_holds(counter: Counter) -> None:
    run = counter.run
    counter.accept()
    run("report", "close", "--by", "2", code=3)
    closed = run("report", "close", "--by", "王站长", "--closed-by", "陈立新")[-1]
    assert run("verify", "--head", closed["code"]) == []
    words = closed["code"].split()
    run("verify", "--head", f"{words[0]} {words[1]} {'0' * 64}", code=6)
