"""A counter without network by command line: its file to the district, the district's answer back."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from station_desk.district.district import open_existing_district
from station_desk.district.enrolment import new_enrol_code
from station_desk.district.verify import verify
from station_desk.main.cli import main
from station_desk.main.district import Served
from tests.end2end.conftest import Run
from tests.end2end.test_handover_commands import FORM


@pytest.fixture
def far(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """A counter that enrolled once, and whose network is gone since then."""
    run = Run(tmp_path / "profile", capsys)
    run("init", "--station", "QSQ001", "--name", "青石桥社区公共服务站", "--counter", "2")
    with Served(str(tmp_path / "district.db")) as served:
        run("enroll", "--server", served.url, "--code", new_enrol_code(served.district, "QSQ001"))
    return run


@pytest.fixture
def form(tmp_path: Path) -> str:
    file = tmp_path / "form.json"
    file.write_text(json.dumps(FORM, ensure_ascii=False), "utf-8")
    return str(file)


def district(run: Run, tmp_path: Path, *words: str, code: int = 0) -> dict[str, object]:
    return run.one("district", *words, "--db", str(tmp_path / "district.db"), code=code)


def test_a_month_goes_on_a_stick_and_the_answer_comes_back(far: Run, form: str, tmp_path: Path) -> None:
    stick, later = tmp_path / "week-1.stationdesk", tmp_path / "week-2.stationdesk"
    far("accept", "--item", "LS-008", "--form", form)
    assert far.one("sync", code=4)["error"] == "sync.district_unreachable"
    packed = far.one("sync", "export-bundle", str(stick))
    waiting = far.one("status")["sync"]["events"]
    assert packed["events"] == waiting > 0
    taken = district(far, tmp_path, "import-bundle", str(stick))
    assert (taken["events"], taken["counter"]) == (waiting, "02")
    again = district(far, tmp_path, "import-bundle", str(stick))
    assert (again["events"], again["messages"]) == (0, taken["messages"])
    # Brought is not acknowledged: only the answer makes it so.
    assert far.one("status")["sync"]["events"] == waiting
    assert far.one("sync", "import-answer", str(taken["answer"]))["state"]["events"] == 0
    assert far.one("sync", "export-bundle", str(later), code=3)["error"] == "courier.nothing_to_bring"
    far("accept", "--item", "LS-008", "--form", form, "--again", "试")
    newer = far.one("sync", "export-bundle", str(later))
    assert newer["events"] < far.one("sync", "export-bundle", str(stick), "--all")["events"]
    taken = district(far, tmp_path, "import-bundle", str(later), "--answer", str(tmp_path / "back.json"))
    assert taken["answer"] == str(tmp_path / "back.json")
    assert far.one("sync", "import-answer", str(tmp_path / "back.json"))["state"]["events"] == 0
    old = tmp_path / "week-1.answer.json"
    assert far.one("sync", "import-answer", str(old), code=3)["error"] == "courier.answer_older"
    with closing(open_existing_district(str(tmp_path / "district.db"))) as held:
        assert verify(held) == []


def test_what_cannot_go_says_why(
    far: Run, form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert far.one("sync", "export-bundle", code=3)["error"] == "courier.file_needed"
    far("accept", "--item", "LS-008", "--form", form)
    nowhere = tmp_path / "no such folder" / "file"
    assert far.one("sync", "export-bundle", str(nowhere), code=5)["error"] == "courier.not_written"
    assert far.one("sync", "import-answer", str(nowhere), code=3)["error"] == "courier.not_readable"
    assert far.one("sync", "import-answer", form, code=3)["error"] == "courier.not_understood"
    assert district(far, tmp_path, "import-bundle", form, code=3)["error"] == "courier.not_understood"
    alone = Run(tmp_path / "alone", capsys)
    alone("init", "--station", "QSQ002", "--name", "南门社区公共服务站", "--counter", "1")
    assert alone.one("sync", "export-bundle", str(tmp_path / "x"), code=7)["error"] == "sync.not_yet_enrolled"


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_it_is_told_in_every_language(
    far: Run, form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    far("accept", "--item", "LS-008", "--form", form)
    stick = tmp_path / "stick"
    capsys.readouterr()
    assert (
        main(["--profile", str(far.profile), "--language", language, "sync", "export-bundle", str(stick)])
        == 0
    )
    said = capsys.readouterr().out
    assert str(stick) in said
    assert "{" not in said
