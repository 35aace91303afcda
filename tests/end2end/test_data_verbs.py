"""The rights of residents by command line: seen in full with a reason, corrected, written out, destroyed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from station_desk.main.cli import main

FORM = {
    "applicant": {"name": "王秀兰", "id_number": "11010519491231002X", "phone": "13912345678",
                  "address": "青石桥 3 组"},
    "answers": {"payment_grade": "500", "payment_mode": "自行缴费"},
    "materials": {"id_card": "brought", "hukou": "shared", "app_form": "brought"},
}  # fmt: skip
Run = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    profile = tmp_path / "profile"

    def asked(*words: str, code: int = 0) -> list[dict[str, Any]]:
        capsys.readouterr()
        assert main(["--profile", str(profile), "--json", *words]) == code, capsys.readouterr()
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return [json.loads(line) for line in said.out.splitlines()]

    asked(
        "init", "--station", "QSQ001", "--name", "青石桥社区公共服务站", "--counter", "2", "--clerk", "陈立新"
    )
    return asked


@pytest.fixture
def case(run: Run, tmp_path: Path) -> str:
    form = tmp_path / "form.json"
    form.write_text(json.dumps(FORM, ensure_ascii=False), "utf-8")
    return str(run("accept", "--item", "LS-008", "--form", str(form))[-1]["number"])


def test_a_case_is_told_in_full_only_with_a_reason(run: Run, case: str) -> None:
    (masked,) = run("case", case, "--contents")
    assert "王秀兰" not in str(masked)
    (refused,) = run("case", case, "--unmask", "other", code=3)
    assert refused["error"] == "access.reason_needed"
    (opened,) = run("case", case, "--unmask", "identity", "--words", "核对证件")
    told = {line["place"]: line["value"] for line in opened["contents"]}
    assert told["applicant.id_number"] == "11010519491231002X"
    assert opened["applicant"]["name"] == "王*兰"
    (look,) = run("access", "list", "--case", case)
    assert (look["actor"], look["why"], look["words"], look["way"]) == (
        "陈立新",
        "identity",
        "核对证件",
        "command",
    )


def test_data_are_corrected_written_out_and_destroyed(run: Run, case: str, tmp_path: Path) -> None:
    run("correct", case, "--set", "applicant.phone=13800138009", "--reason", "换号")
    (refused,) = run("correct", case, "--set", "applicant.phone", "--reason", "换号", code=3)
    assert refused["error"] == "correct.pair"
    for name in ("known.json", "known.pdf"):
        (told,) = run("resident", case, "--reason", "本人到窗口", "--out", str(tmp_path / name))
        assert told["cases"] == [case]
    assert "13800138009" in (tmp_path / "known.json").read_text("utf-8")
    assert (tmp_path / "known.pdf").read_bytes().startswith(b"%PDF")
    (refused,) = run("erase", case, "--approver", "周站长", "--reason", "本人申请", code=3)
    assert refused["error"] == "erase.nothing"
    run("void", case, "--reason", "测试")
    assert run("retention", "due") == []
    record = tmp_path / "record.pdf"
    (erased,) = run("erase", case, "--approver", "周站长", "--reason", "本人申请", "--out", str(record))
    assert erased["cases"] == [case]
    assert record.read_bytes().startswith(b"%PDF")
    assert run("retention", "record", erased["record"])[0]["record"]["approver"] == "周站长"
    (gone,) = run("case", case)
    assert gone["applicant"]["name"] == ""
    assert run("verify", "--deep") == []
    (refused,) = run("print", "application", case, code=3)
    assert refused["error"] == "paper.of_voided"
    (nothing,) = run("retention", "run", "--approver", "周站长", code=3)
    assert nothing["error"] == "erase.nothing"
    run("access", "list", "--out", str(tmp_path / "looks.csv"))
    assert "陈立新" in (tmp_path / "looks.csv").read_text("utf-8-sig")
