"""The command line as a script uses it: every verb, every exit code, a sentence for every mistake."""

import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from station_desk.core import paths
from station_desk.district.enrolment import new_enrol_code
from station_desk.main.cli import main
from station_desk.main.district import Served
from station_desk.printing.proof import codes_on

FORM = {
    "applicant": {"name": "王秀兰", "id_number": "11010519491231002x", "phone": "13912345678"},
    "answers": {"payment_grade": "500", "payment_mode": "自行缴费"},
    "materials": {"id_card": "brought", "hukou": "shared", "app_form": "brought"},
}


class Run:
    """One command: its exit code and the JSON objects it printed."""

    def __init__(self, profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.profile = profile
        self._capsys = capsys

    def __call__(self, *words: str, code: int = 0) -> list[dict[str, Any]]:
        self._capsys.readouterr()
        assert main(["--profile", str(self.profile), "--json", *words]) == code, self._capsys.readouterr()
        said = self._capsys.readouterr()
        assert "Traceback" not in said.err
        return [json.loads(line) for line in said.out.splitlines()]

    def one(self, *words: str, code: int = 0) -> dict[str, Any]:
        return self(*words, code=code)[-1]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """A counter that was just set up."""
    made = Run(tmp_path / "profile", capsys)
    made(
        "init", "--station", "QSQ001", "--name", "青石桥社区公共服务站", "--counter", "2", "--clerk", "陈立新"
    )
    return made


@pytest.fixture
def form(tmp_path: Path) -> str:
    file = tmp_path / "form.json"
    file.write_text(json.dumps(FORM, ensure_ascii=False), "utf-8")
    return str(file)


def test_a_case_goes_its_whole_way(run: Run, form: str, tmp_path: Path) -> None:
    ticket = run.one("ticket", "take", "--item", "LS-008", "--priority", "elderly")
    assert run.one("ticket", "call")["id"] == ticket["id"]
    run("ticket", "serve", ticket["id"])
    pdf = tmp_path / "receipt.pdf"
    case = run.one("accept", "--item", "LS-008", "--form", form, "--ticket", ticket["id"], "--pdf", str(pdf))[
        "number"
    ]
    assert [text for _, kind, text in codes_on(pdf.read_bytes()) if "128" in kind] == [case.replace("-", "")]
    assert [row["number"] for row in run("cases", "--open")] == [case]
    assert run.one("advance", case, "--step", "county-review")["stage"] == ""
    assert run.one("finish", case, "--result", "参保登记结果")["state"] == "finished"
    assert run.one("deliver", case, "--receiver", "王秀兰")["state"] == "delivered"
    assert [row["number"] for row in run("cases", "--finished")] == [case]
    assert run("ticket", "list") == []
    assert run("verify", "--deep") == []
    assert run.one("print", "receipt", case, "--out", str(pdf))["copy"] == 2


def test_nothing_that_is_shown_names_the_person(run: Run, form: str) -> None:
    case = run.one("accept", "--item", "LS-008", "--form", form)["number"]
    for words in (("case", case), ("cases",), ("find", "王秀兰"), ("dump",), ("status",)):
        said = json.dumps(run(*words), ensure_ascii=False)
        for secret in ("王秀兰", "11010519491231002X", "13912345678"):
            assert secret not in said, words


@pytest.mark.parametrize(
    "asked", ["王秀兰", "秀兰", "王", "wxl", "002X", "5678", "13912345678", "11010519491231002x"]
)
def test_a_case_is_found_by_what_people_know(run: Run, form: str, asked: str) -> None:
    case = run.one("accept", "--item", "LS-008", "--form", form)["number"]
    assert [row["number"] for row in run("find", asked)] == [case]
    assert run("find", "李四") == []


def test_the_same_id_again_changes_nothing(run: Run, form: str) -> None:
    first = run.one("accept", "--item", "LS-008", "--form", form, "--id", "a")
    assert run.one("accept", "--item", "LS-008", "--form", form, "--id", "a") == first
    assert run.one("ticket", "take", "--item", "LS-001", "--id", "a", code=3)["error"] == "command.reused"
    assert len(run("cases")) == 1


BROKEN_FORMS = {
    "no json": "{",
    "not a form": "[1, 2]",
    "wrong type": '{"applicant": {"name": 7}}',
    "unknown part": '{"applicant": {"name": "x"}, "shoes": 42}',
    "no applicant": "{}",
    "deep": '{"answers": ' + "[" * 100_000 + "]" * 100_000 + "}",
    "not text": "\ud800".encode("utf-16-le", "surrogatepass").decode("latin-1"),
}


@pytest.mark.parametrize("name", BROKEN_FORMS)
def test_a_form_that_cannot_be_read_is_refused_with_a_sentence(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "broken.json").write_text(BROKEN_FORMS[name], "latin-1")
    said = run.one("accept", "--item", "LS-008", "--form", str(tmp_path / "broken.json"), code=3)
    assert said["error"] == "form.not_readable"
    assert run("cases") == []


REFUSED: dict[str, tuple[tuple[str, ...], int, str]] = {
    "unknown item": (("ticket", "take", "--item", "XX-001"), 3, "item.unknown"),
    "no item": (("ticket", "take"), 3, "item.needed"),
    "empty queue": (("ticket", "call"), 3, "ticket.queue_empty"),
    "unknown ticket": (("ticket", "serve", "T1"), 3, "ticket.unknown"),
    "no ticket": (("ticket", "serve"), 3, "ticket.needed"),
    "no case number": (("case", "hello"), 3, "case.number_not_well_formed"),
    "unknown case": (("case", "QSQ001-261120-02-0031-O"), 3, "case.unknown"),
    "form not there": (("accept", "--item", "LS-008", "--form", "/nowhere.json"), 3, "form.not_readable"),
    "unknown item shown": (("items", "show", "XX-001"), 3, "item.unknown"),
    "folder not there": (("items", "check", "/nowhere"), 3, "forms.folder_unknown"),
    "not enrolled": (("sync",), 7, "sync.not_yet_enrolled"),
    "no district database": (("district", "dump"), 3, "district.database_needed"),
    "nobody there": (
        ("enroll", "--server", "http://127.0.0.1:9", "--code", "X"),
        4,
        "sync.district_unreachable",
    ),
    "no address": (("enroll", "--server", "ftp//x", "--code", "X"), 3, "sync.address_not_understood"),
    "plain http": (
        ("enroll", "--server", "http://district.example", "--code", "X"),
        3,
        "sync.address_not_safe",
    ),
    "again": (("init", "--station", "QSQ001", "--name", "x", "--counter", "1"), 3, "store.profile_exists"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_each_mistake_has_its_exit_code_and_its_sentence(run: Run, name: str) -> None:
    words, code, error = REFUSED[name]
    said = run.one(*words, code=code)
    assert said["error"] == error
    assert len(said["text"]) > 10


def test_a_profile_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = Run(tmp_path / "nowhere", capsys)
    assert run.one("status", code=5)["error"] == "store.no_profile"
    assert not (tmp_path / "nowhere").exists()


def test_a_damaged_database_is_named_with_exit_code_6_and_left_as_it_is(run: Run) -> None:
    database = run.profile / "desk.db"
    broken = b"x" * 4096 + database.read_bytes()[4096:]
    database.write_bytes(broken)
    for words in (("status",), ("ticket", "take", "--item", "LS-001"), ("batch",), ("verify",)):
        said = run.one(*words, code=6)
        assert (said["error"], str(database) in said["text"]) == ("store.damaged", True)
    assert database.read_bytes() == broken


def test_people_read_sentences_in_their_language(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    spoken = {}
    for language in ("zh-Hans", "zh-Hant", "en"):
        assert main(["--profile", str(run.profile), "--language", language, "ticket", "call"]) == 3
        spoken[language] = capsys.readouterr().err
    assert spoken["zh-Hans"].startswith("现在没有")
    assert spoken["zh-Hant"].startswith("現在沒有")
    assert spoken["en"].startswith("Nobody is waiting")


def test_wrong_usage_is_exit_code_2(run: Run) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--profile", str(run.profile), "accept"])
    assert stopped.value.code == 2


def test_the_catalogue_is_listed_shown_and_clean(run: Run) -> None:
    assert len(run("items", "list")) == 83
    assert run.one("items", "show", "SA-001")["code"] == "SA-001"
    assert run("items", "check") == []


def test_a_broken_catalogue_is_told_by_file_and_line(run: Run, tmp_path: Path) -> None:
    shutil.copytree(paths.FORMS, tmp_path / "forms")
    file = tmp_path / "forms" / "items" / "social_assistance" / "SA-001.toml"
    lines = file.read_text("utf-8").splitlines()
    place = next(n for n, line in enumerate(lines, 1) if line.startswith("kind = "))
    lines[place - 1] = 'kind = "sometimes"'
    file.write_text("\n".join(lines) + "\n", "utf-8")
    found = run.one("items", "check", str(tmp_path / "forms"), code=3)
    assert (Path(found["file"]).name, found["line"]) == ("SA-001.toml", place)


def test_batch_answers_each_line_after_its_commit(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [
        json.dumps({"id": "1", "do": "accept", "with": {"item": "LS-008", **FORM}}, ensure_ascii=False),
        "",
        "nonsense",
        json.dumps({"id": "2", "do": "dance"}),
        json.dumps({"id": "3", "do": "advance", "with": {"number": 7}}),
        json.dumps({"id": "", "do": "call_next"}),
        json.dumps({"id": "4", "do": "accept", "with": {"item": "LS-008", "applicant": {"name": ""}}}),
        json.dumps({"id": "1", "do": "accept", "with": {"item": "LS-008", **FORM}}, ensure_ascii=False),
    ]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))
    answers = run("batch", code=3)
    assert [answer["ok"] for answer in answers] == [True, False, False, False, False, False, True]
    assert answers[0] == answers[-1]
    assert {fault["field"] for fault in answers[5]["faults"]} >= {"applicant.name", "payment_grade"}


def test_what_is_done_reaches_the_district(run: Run, form: str, tmp_path: Path) -> None:
    with Served(f"sqlite:///{tmp_path / 'district.db'}") as district:
        code = new_enrol_code(district.district, "QSQ001")
        run("enroll", "--server", district.url, "--code", code)
        case = run.one("accept", "--item", "LS-008", "--form", form)["number"]
        assert run.one("status")["sync"]["how"] == "waiting"
        assert run.one("sync")["state"]["how"] == "synced"
        dump = {line["case"]["number"]: line["case"] for line in run("dump") if "case" in line}
        assert dump[case]["acknowledged"] is True
        assert dump[case]["dossier_acknowledged"] is False
        db = ("--db", f"sqlite:///{tmp_path / 'district.db'}")
        assert run("district", "verify", *db) == []
        assert case in json.dumps(run("district", "dump", *db))
    assert run.one("sync", code=4)["error"] == "sync.district_unreachable"
    assert run.one("status")["sync"]["how"] == "offline"
