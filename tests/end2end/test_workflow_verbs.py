"""`items bpmn` and `items diagram` as an official uses them: files that open, sentences for every mistake."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from station_desk.core.texts import LANGUAGES
from station_desk.main.cli import main

NAMES = {"bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL"}


class Run:
    """One command of an official without a counter: its exit code, what it printed, what it complained of."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def __call__(self, *words: str) -> tuple[int, str, str]:
        code = main(["--profile", str(self.folder / "none"), "items", *words])
        said = self._capsys.readouterr()
        assert "Traceback" not in said.err
        return code, said.out, said.err

    def facts(self, *words: str) -> tuple[int, dict[str, Any]]:
        code, out, err = self(*words, "--json")
        assert err == ""
        return code, json.loads(out)


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(tmp_path, capsys)


def test_bpmn_goes_to_the_screen_or_into_a_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "flow.bpmn"
    code, out, err = run("bpmn", "SA-002")
    assert (code, err, ET.fromstring(out).tag) == (0, "", f"{{{NAMES['bpmn']}}}definitions")
    code, facts = run.facts("bpmn", "SA-002", "--out", str(file))
    assert (code, facts) == (0, {"code": "SA-002", "file": str(file), "bytes": file.stat().st_size})
    assert file.read_text("utf-8") == out
    assert run.facts("bpmn", "SA-002") == (0, {"code": "SA-002", "bpmn": out})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_is_asked_for_before_or_behind_the_verb(
    run: Run, capsys: pytest.CaptureFixture[str], tmp_path: Path, language: str
) -> None:
    _, behind, _ = run("bpmn", "SA-001", "--language", language)
    main(["--profile", str(tmp_path / "none"), "--language", language, "items", "bpmn", "SA-001"])
    assert capsys.readouterr().out == behind
    names = [task.get("name") for task in ET.fromstring(behind).iterfind(".//bpmn:userTask", NAMES)]
    first = {"zh-Hans": "受理启动", "zh-Hant": "受理啟動", "en": "Acceptance and start of means check"}
    assert names[1] == first[language]


def test_a_diagram_is_svg_or_pdf_as_its_name_says(run: Run, tmp_path: Path) -> None:
    svg, pdf = tmp_path / "a.svg", tmp_path / "b.PDF"
    assert run("diagram", "HF-001", "--out", str(svg))[0] == 0
    assert run("diagram", "HF-001", "--out", str(pdf))[0] == 0
    assert ET.parse(svg).getroot().tag == "{http://www.w3.org/2000/svg}svg"
    assert pdf.read_bytes().startswith(b"%PDF-")


def test_a_file_that_is_there_is_replaced_whole(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "flow.svg"
    file.write_text("old" * 100_000, "utf-8")
    assert run("diagram", "SA-001", "--out", str(file))[0] == 0
    assert ET.parse(file).getroot().get("role") == "img"
    assert [path.name for path in tmp_path.iterdir()] == ["flow.svg"]


@pytest.mark.parametrize("what", ["bpmn", "diagram"])
@pytest.mark.parametrize(("asked", "near"), [("sa-2", "SA-002"), ("SA-0001", "SA-001"), ("LS001", "LS-001")])
def test_an_unknown_code_is_answered_with_those_near_it(run: Run, what: str, asked: str, near: str) -> None:
    code, facts = run.facts(what, asked)
    assert (code, facts["error"]) == (3, "item.code_unknown")
    assert near in facts["values"]["near"].split(", ")
    assert near in run(what, asked)[2]


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("bpmn",), 3, "item.code_needed"),
        (("diagram",), 3, "item.code_needed"),
        (("bpmn", "💥" * 500), 3, "item.code_unknown"),
        (("bpmn", "{item}"), 3, "item.code_unknown"),
        (("diagram", "SA-001"), 3, "item.file_needed"),
        (("diagram", "SA-001", "--out", "flow.png"), 3, "item.picture_unknown"),
        (("diagram", "SA-001", "--out", ""), 3, "item.picture_unknown"),
        (("bpmn", "SA-001", "--out", "no/such/folder/flow.bpmn"), 5, "item.picture_not_written"),
        (("bpmn", "SA-001", "--out", "."), 5, "item.picture_not_written"),
        (("diagram", "SA-001", "--out", "a\0b.svg"), 5, "item.picture_not_written"),
        (("diagram", "SA-001", "--out", "x" * 300 + ".pdf"), 5, "item.picture_not_written"),
    ],
)
def test_each_mistake_is_told_in_a_sentence_and_nothing_is_left_behind(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], code: int, error: str
) -> None:
    monkeypatch.chdir(tmp_path)
    found, facts = run.facts(*words)
    assert (found, facts["ok"], facts["error"]) == (code, False, error)
    assert facts["text"]
    assert list(tmp_path.iterdir()) == []
