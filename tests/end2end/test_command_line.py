"""The command line as a script uses it: every verb, every exit code, a sentence for every mistake."""

import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from station_desk.core import paths
from station_desk.district.enrolment import new_enrol_code
from station_desk.main.cli import main
from station_desk.main.district import Served
from station_desk.printing.proof import codes_on
from tests.end2end.conftest import FORM, Run


def test_a_case_goes_its_whole_way(run: Run, form: str, tmp_path: Path) -> None:
    ticket = run.one("ticket", "take", "--item", "LS-008", "--priority", "elderly")
    assert run.one("ticket", "call")["id"] == ticket["id"]
    run("ticket", "serve", ticket["number"].lower())
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


@pytest.mark.parametrize("words", [["--json"], ["--language", "xx"], ["--profile"], ["--nonsense"]])
def test_a_command_without_a_verb_is_usage(words: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(words)
    assert stopped.value.code == 2


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
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("\n".join(lines).encode())))
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


def test_every_turn_of_a_case_has_a_verb(run: Run, form: str, tmp_path: Path) -> None:
    faulty = tmp_path / "faulty.json"
    faulty.write_text(json.dumps({"applicant": FORM["applicant"]}, ensure_ascii=False), "utf-8")
    case = run.one("receive", "--item", "LS-008", "--form", str(faulty))["number"]
    assert run.one("take-on", case, code=3)["error"] == "form.faulty"
    words = ("--material", "hukou", "--defect", "缴费档次未填", "--until", "2026-12-31")
    assert run.one("notice", case, *words)["state"] == "noticed"
    assert run.one("complete", case, "--form", form)["state"] == "received"
    assert run.one("take-on", case)["state"] == "processing"
    assert run.one("forward", case, "--body", "街道", "--signature", "李想", "--paper", "申请表=3")["state"]
    assert run.one("return", case, "--signature", "何静")["state"] == "processing"
    shown = json.dumps([run.one("case", case), *run("dump")], ensure_ascii=False)
    assert not any(private in shown for private in ("李想", "何静", "缴费档次未填"))
    assert run.one("suspend", case, "--reason", "等待裁判", "--approver", "周敏")["state"] == "suspended"
    assert run.one("continue", case)["state"] == "processing"
    assert run.one("extend", case, "--limit", "9", "--reason", "复杂", "--approver", "周敏")["promised"]
    assert run.one("withdraw", case, "--reason", "本人撤回")["state"] == "withdrawn"
    other = run.one("receive", "--item", "LS-008", "--form", form)["number"]
    assert run.one("silence")["numbers"] == []
    assert run.one("decline", other, "--reason", "不在范围", "--basis", "社会保险法")["state"] == "declined"
    assert run.one("forward", other, "--body", "x", "--signature", "y", "--paper", "z", code=3)["error"] == (
        "case.pages_not_understood"
    )
    assert run("verify", "--deep") == []


def test_a_line_that_is_no_text_is_refused_and_the_others_are_done(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = json.dumps({"id": "1", "do": "take_ticket", "with": {"item": "LS-001"}}).encode()
    raw = b"\xef\xbb\xbf" + line + b'\n{"id": "\xff"}\n' + line.replace(b'"1"', b'"2"')
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
    assert [answer["ok"] for answer in run("batch", code=3)] == [True, False, True]


def test_an_emptied_database_is_damaged_and_not_made_anew(run: Run) -> None:
    (run.profile / "desk.db").write_bytes(b"")
    assert run.one("status", code=6)["error"] == "store.damaged"
    assert (run.profile / "desk.db").read_bytes() == b""
    assert not list(run.profile.glob("desk.before*"))


def test_printing_twice_with_one_id_prints_one_copy(run: Run, form: str, tmp_path: Path) -> None:
    case = run.one("accept", "--item", "LS-008", "--form", form)["number"]
    for _ in range(2):
        assert run.one("print", "receipt", case, "--id", "p", "--out", str(tmp_path / "r.pdf"))["copy"] == 1
    kinds = [line["event"]["kind"] for line in run("dump") if "event" in line]
    assert kinds.count("paper.confirmed") == 1
    assert (tmp_path / "r.pdf").stat().st_mode & 0o077 == 0


def test_a_paper_that_cannot_be_written_does_not_hide_the_case(run: Run, form: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    words = ("accept", "--item", "LS-008", "--form", form, "--pdf", str(tmp_path / "file" / "r.pdf"))
    accepted, trouble = run(*words, code=5)
    assert trouble["error"] == "file.not_writable"
    assert [paper["number"] for paper in run.one("status")["unprinted"]] == [accepted["number"]]


@pytest.mark.parametrize("day", ["", "2026-02-30", "2020-01-01", "9999-12-31", "王秀兰 13912345678"])
def test_only_a_real_day_goes_onto_the_public_page(run: Run, form: str, day: str) -> None:
    case = run.one("accept", "--item", "LS-008", "--form", form)["number"]
    said = run.one("supplement", case, "--material", "hukou", "--until", day, code=3)
    assert said["error"] in ("case.no_such_day", "case.until_needed")


def test_public_parts_take_no_words_of_their_own(
    run: Run, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = run.one("accept", "--item", "LS-008", "--form", form)["number"]
    wish = {"number": case, "outcome": "王秀兰患病", "result": "x"}
    line = json.dumps({"id": "1", "do": "finish", "with": wish})
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(line.encode())))
    assert run.one("batch", code=3)["error"] == "batch.line_not_understood"


def test_words_that_do_not_fit_a_letterhead_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Run(tmp_path / "p", capsys)
    for words in (("--name", "长" * 101), ("--name", "a\x1bb"), ("--name", "x", "--clerk", "y" * 51)):
        said = run.one("init", "--station", "QSQ001", "--counter", "1", *words, code=3)
        assert said["error"] == "station.words_not_well_formed"
    assert not (tmp_path / "p").exists()


def test_an_argument_that_is_no_text_is_usage(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--profile", str(run.profile), "find", "\udcff"]) == 2
    assert "UTF-8" in capsys.readouterr().err


def test_a_demo_that_has_no_room_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    run = Run(tmp_path, capsys)
    assert run.one("demo", "--out", str(tmp_path / "file"), code=5)["error"] == "demo.folder_unwritable"
    assert run.one("demo", "--out", str(tmp_path), code=3)["error"] == "demo.folder_used"


@pytest.mark.long
def test_closed_streams_end_with_storage_trouble_and_no_traceback(run: Run) -> None:
    command = f'"{sys.executable}" -m station_desk --profile "{run.profile}"'
    for redirected in ("batch <&-", "status >&-", "status >/dev/full"):
        done = subprocess.run(
            ["bash", "-c", f"{command} {redirected}"], capture_output=True, text=True, check=False
        )
        assert (done.returncode, "Traceback" in done.stderr) == (5, False), redirected


def test_what_a_copy_wrote_goes_on_in_a_log_of_its_own(run: Run, form: str, tmp_path: Path) -> None:
    with Served(f"sqlite:///{tmp_path / 'district.db'}") as district:
        run("enroll", "--server", district.url, "--code", new_enrol_code(district.district, "QSQ001"))
        shutil.copytree(run.profile, tmp_path / "clone")
        for _ in range(4):
            run("ticket", "take", "--item", "LS-001")
        run("sync")
        (before,) = {line["event"]["writer"] for line in run("dump") if "event" in line}
        run.profile = tmp_path / "clone"
        case = run.one("accept", "--item", "LS-008", "--form", form)["number"]
        assert run.one("sync")["state"]["how"] == "synced"
        assert run.one("status")["sync"]["events"] == 0
        lines = run("dump")
        assert {line["case"]["number"]: line["case"] for line in lines if "case" in line}[case][
            "acknowledged"
        ]
        assert {line["event"]["writer"] for line in lines if "event" in line} > {before}
