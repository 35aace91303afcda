"""Every paper of a case as a script prints it: into a file, large, in another language; and every mistake."""

import io
import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from station_desk.catalogue.paper_kinds import PAPER_KINDS
from station_desk.core import paths
from station_desk.core.texts import Texts
from station_desk.main.cli import main
from tests.end2end.conftest import FORM, Run

pypdfium2: Any = import_module("pypdfium2")


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    made = Run(tmp_path / "profile", capsys)
    made(
        "init", "--station", "QSQ001", "--name", "青石桥社区公共服务站", "--counter", "2", "--clerk", "陈立新"
    )
    return made


Batch = Callable[[list[dict[str, Any]], int], list[dict[str, Any]]]


@pytest.fixture
def batch(run: Run, monkeypatch: pytest.MonkeyPatch) -> Batch:
    """Does operations in one batch; `code` is what the command must say at its end."""

    def do(operations: list[dict[str, Any]], code: int) -> list[dict[str, Any]]:
        lines = "\n".join(json.dumps({"id": f"b{n}", **one}) for n, one in enumerate(operations))
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
        return run("batch", code=code)

    return do


@pytest.fixture
def case(run: Run, batch: Batch) -> str:
    """A case that was received, completed, accepted, stopped, suspended, extended, sent out, finished."""
    received = {"do": "receive", "with": {"application": {"item": "LS-008", **FORM}}}
    number: str = batch([received], 0)[0]["answer"]["number"]
    day, why = "2027-03-01", {"reason": "待核对", "approver": "周站长", "basis": "《办法》"}
    acts: list[tuple[str, dict[str, Any]]] = [
        ("give_notice", {"materials": ["hukou"], "until": day, "defects": ["申请表：未签名 → 请签名"]}),
        ("take_completion", {"answers": FORM["answers"], "materials": FORM["materials"]}),
        ("take_on", {}),
        ("ask_supplement", {"materials": ["hukou"], "until": day}),
        ("take_supplement", {}),
        ("suspend", why),
        ("continue", {}),
        ("extend", {"promised": 9, **why}),
        ("forward", {"body": "街道", "signature": "张科员", "papers": [{"name": "申请表", "pages": 3}]}),
        ("take_back", {"opinion": "同意", "signature": "李主任"}),
        ("advance", {}),
        ("finish", {"outcome": "granted", "result": "参保登记结果"}),
    ]
    wishes = [{"id": act, "do": act, "with": {"number": number, **values}} for act, values in acts]
    assert [answer for answer in batch(wishes, 0) if not answer["ok"]] == []
    return number


def title_on(file: Path) -> str:
    with pypdfium2.PdfDocument(file) as document:
        return str(document.get_metadata_value("Title"))


def test_every_paper_that_the_case_has_is_printed_into_a_file(run: Run, case: str, tmp_path: Path) -> None:
    lacking = {"refusal", "follow", "commitment", "posting", "certificate", "annulment", "void"}
    meant = {paper["paper"] for paper in run.one("status")["unprinted"]}
    assert meant == {"intake", "notice", "receipt", "supplement", "suspension", "extension", "completion"}
    for kind in PAPER_KINDS:
        file = tmp_path / f"{kind}.pdf"
        if kind in lacking:
            assert run.one("print", kind, case, "--out", str(file), code=3)["error"] == "paper.not_yet"
            assert not file.exists()
        else:
            printed = run.one("print", kind, case, "--out", str(file))
            assert (printed["paper"], printed["copy"]) == (kind, 1)
            assert file.stat().st_mode & 0o077 == 0
    assert run.one("status")["unprinted"] == []


def test_large_and_in_another_language(run: Run, case: str, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    run("print", "completion", case, "--large", "--language", "en", "--out", str(file))
    assert title_on(file) == f"Completion notice {case}"
    run("print", "completion", case, "--language", "zh-Hant", "--out", str(file))
    assert title_on(file) == f"辦結通知書 {case}"
    assert (
        run.one("print", "sheet", case, "--large", "--out", str(file), code=3)["error"] == "paper.not_large"
    )


def test_a_mistake_is_said_in_a_sentence_and_nothing_is_printed(
    run: Run, case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mistakes = [
        (("notice", f"{case[:-1]}{'A' if case[-1] != 'A' else 'B'}"), "case.number_mistyped"),
        (("notice", "nonsense"), "case.number_not_well_formed"),
        (("notice", case, "--turn", "9"), "paper.not_yet"),
        (("notice", case, "--turn", "-1"), "paper.not_yet"),
        (("notice", case, case), "paper.of_one_case"),
        (("handover", case, "nonsense"), "case.number_not_well_formed"),
    ]
    file = tmp_path / "x.pdf"
    for words, error in mistakes:
        assert run.one("print", *words, "--out", str(file), code=3)["error"] == error
    for language in ("zh-Hans", "zh-Hant", "en"):
        say = Texts(paths.RESOURCES / "i18n", language)
        text = run.one("print", "refusal", case, "--language", language, code=3)["text"]
        assert say("papers.kind.refusal") in text
        assert say("papers.needs.refusal") in text
    with pytest.raises(SystemExit, match="2"):
        main(["--profile", str(run.profile), "print", "poster", case])
    assert "completion" in capsys.readouterr().err
    assert not file.exists()


def test_a_batch_prints_too(run: Run, case: str, batch: Batch) -> None:
    papers = ("completion", "refusal", "poster")
    done, refused, unknown = batch(
        [{"id": kind, "do": "print", "with": {"number": case, "paper": kind}} for kind in papers], 3
    )
    assert done["answer"] == {"number": case, "paper": "completion", "copy": 1, "others": []}
    assert (refused["error"], unknown["error"]) == ("paper.not_yet", "paper.unknown")
    assert (run.profile / "papers" / f"{case}-completion-1.pdf.sealed").exists()
