"""A certificate by command line and batch: sealed, printed, proved offline, voided, registered."""

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from station_desk.core import paths
from station_desk.district.dump import dump
from station_desk.district.enrolment import new_enrol_code
from station_desk.district.verify import verify
from station_desk.main.cli import main
from station_desk.main.district import Served
from station_desk.printing.proof import codes_on

FORM = {
    "applicant": {"name": "王秀兰", "id_number": "11010519491231002x", "phone": "13912345678",
                  "address": "青石桥 3 组"},
    "answers": {"certificate_purpose": "子女入学", "requesting_org": "青石桥小学", "list_item": "居住情况"},
    "materials": {"id_card": "brought"},
}  # fmt: skip
ALLOWED = """
[[allowed]]
name = { zh-Hans = "居住情况证明", zh-Hant = "居住情況證明", en = "proof of residence" }
basis = "本区清单第3项"

[allowed.text]
zh-Hans = "兹证明{name.full}住{address.full}。"
zh-Hant = "茲證明{name.full}住{address.full}。"
en = "{name.full} lives at {address.full}."
"""
Run = Callable[..., dict[str, Any]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """A counter whose published files allow one certificate."""
    forms, profile = tmp_path / "forms", tmp_path / "profile"
    shutil.copytree(paths.FORMS, forms)
    file = forms / "certificates.toml"
    file.write_text(file.read_text("utf-8").replace("\nallowed = []\n", "\n") + ALLOWED, "utf-8")
    monkeypatch.setattr(paths, "FORMS", forms)

    def asked(*words: str, code: int = 0) -> dict[str, Any]:
        capsys.readouterr()
        assert main(["--profile", str(profile), "--json", *words]) == code, capsys.readouterr()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        lines = [json.loads(line) for line in said.out.splitlines()]
        return {**dict(lines[-1]), "lines": lines} if lines else {"lines": []}

    asked("init", "--station", "QSQ001", "--name", "青石桥社区公共服务站", "--counter", "2")
    return asked


def accepted(run: Run, tmp_path: Path) -> str:
    form = tmp_path / "form.json"
    form.write_text(json.dumps(FORM, ensure_ascii=False), "utf-8")
    return str(run("accept", "--item", "HV-004", "--form", str(form))["number"])


def issued(run: Run, number: str, *more: str, code: int = 0) -> dict[str, Any]:
    until = ("--until", "2027-02-20") if "--until" not in more else ()
    return run("certificates", "issue", number, "--approver", "周站长", *until, *more, code=code)


def test_the_published_files_with_a_certificate_are_without_fault(run: Run) -> None:
    assert run("items", "check", str(paths.FORMS))["lines"] == []


def test_it_is_sealed_once_printed_and_proved_by_its_code(run: Run, tmp_path: Path) -> None:
    number, pdf = accepted(run, tmp_path), tmp_path / "certificate.pdf"
    first = issued(run, number, "--copies", "2", "--pdf", str(pdf), "--id", "c-1")
    assert issued(run, number, "--copies", "2", "--pdf", str(pdf), "--id", "c-1")["seal"] == first["seal"]
    assert [row["number"] for row in run("certificates", "register")["lines"]] == [first["seal"]]
    (code,) = [text for _, kind, text in codes_on(pdf.read_bytes()) if kind == "QR Code"]
    proved = run("verify-receipt", code, "--name", "王秀兰")
    assert (proved["genuine"], proved["seal"], proved["compared"], proved["here"]) == (
        True, first["seal"], True, True,
    )  # fmt: skip
    assert run("verify-receipt", "--image", str(pdf))["until"] == "2027-02-20"
    assert run("verify-receipt", code, "--name", "李建国", code=6)["error"] == "certificate.of_another"
    assert run("verify-receipt", code[:-1] + "0", code=6)["error"] == "receipt.altered"
    run("certificates", "void", first["seal"], "--reason", "遗失")
    assert run("verify-receipt", code, code=6)["error"] == "certificate.withdrawn"
    assert run("verify", "--deep")["lines"] == []


def test_the_register_lists_a_year_and_prints_it(run: Run, tmp_path: Path) -> None:
    number, pdf = accepted(run, tmp_path), tmp_path / "register.pdf"
    seal = issued(run, number, "--purpose", "落户", "--for", "派出所")["seal"]
    again = issued(run, number, "--again", seal)["seal"]
    run("certificates", "void", again, "--reason", "盖章不清")
    rows = run("certificates", "register", "--pdf", str(pdf))["lines"]
    assert [(row["number"], row["purpose"], row["again"]) for row in rows] == [
        (seal, "***", ""), (again, "***", seal),
    ]  # fmt: skip
    assert rows[1]["reason"] == "***"
    assert pdf.read_bytes().startswith(b"%PDF")
    assert run("certificates", "register", "--year", "2001")["lines"] == []


def test_each_refusal_says_what_now_and_seals_nothing(run: Run, tmp_path: Path) -> None:
    number = accepted(run, tmp_path)
    for words, error in (
        (("issue",), "certificate.word_needed"),
        (("issue", number), "form.faulty"),
        (("issue", "QSQ001-261120-02-0009-X"), "case.number_mistyped"),
        (("void", "x", "--reason", "y"), "certificate.number_not_well_formed"),
    ):
        assert run("certificates", *words, code=3)["error"] == error
    faults = issued(run, number, "--until", "2001-01-01", "--copies", "21", code=3)["faults"]
    assert {fault["field"] for fault in faults} == {"certificate.until", "certificate.copies"}
    assert run("certificates", "register")["lines"] == []


def test_a_batch_seals_and_voids_and_may_be_sent_again(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = accepted(run, tmp_path)
    wish = {"number": number, "approver": "周站长", "until": "2027-02-20"}
    lines = [{"id": "b1", "do": "issue_certificate", "with": wish}]

    def sent() -> dict[str, Any]:
        text = "".join(json.dumps(line) + "\n" for line in lines).encode()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))
        answers = run("batch")["lines"]
        assert all(answer["ok"] for answer in answers)
        return dict(answers[0]["answer"])

    seal = sent()["seal"]
    lines.append({"id": "b2", "do": "void_certificate", "with": {"seal": seal, "reason": "重复"}})
    assert sent()["seal"] == sent()["seal"] == seal
    rows = run("certificates", "register")["lines"]
    # Words about people are covered in every list.
    assert [(row["number"], row["reason"]) for row in rows] == [(seal, "***")]


def test_the_district_takes_the_certificate_and_its_contents(run: Run, tmp_path: Path) -> None:
    number = accepted(run, tmp_path)
    with Served(f"sqlite:///{tmp_path / 'district.db'}") as district:
        run("enroll", "--server", district.url, "--code", new_enrol_code(district.district, "QSQ001"))
        seal = issued(run, number)["seal"]
        run("advance", number)
        run("finish", number, "--result", "证明")
        again = issued(run, number, "--again", seal)["seal"]
        run("certificates", "void", again, "--reason", "重复")
        run("sync", "--once")
        assert verify(district.district) == []
        held = [msgspec.to_builtins(row) for row in dump(district.district)]
    text = json.dumps(held, ensure_ascii=False, default=str)
    assert "case.certified" in text
    assert "case.certificate_voided" in text
    assert "王秀兰" not in text
    assert run("status")["sync"]["dossiers"] == 0
