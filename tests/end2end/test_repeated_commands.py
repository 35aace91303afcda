"""A case of the same person and item is refused to scripts too, unless a reason says that it is meant."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from station_desk.core.clock import now
from station_desk.main.cli import main
from station_desk.main.open_desk import open_desk
from tests.end2end.conftest import FORM

REASON = "另一处住房"
ASKED = {"item": "LS-008", **FORM}
BUNDLE = {
    "event": "birth",
    "items": ["HF-001", "LS-014"],
    "form": {
        "item": "-",
        "applicant": {"name": "王秀兰", "id_number": "11010519491231002X"},
        "answers": {"live_in_local": "yes", "person_category": "学生儿童"},
        "materials": {"id_card": "brought", "hukou": "brought", "app_form": "brought"},
    },
}


class Counter:
    """A counter and what it says to one command."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self.profile, self._capsys, self._patch = folder / "profile", capsys, patch
        self.form = str(folder / "form.json")
        Path(self.form).write_text(json.dumps(FORM, ensure_ascii=False), "utf-8")
        self("init", "--station", "QSQ001", "--name", "青石桥社区公共服务站", "--counter", "2")

    def __call__(self, *words: str, code: int = 0) -> dict[str, Any]:
        assert main(["--profile", str(self.profile), "--json", *words]) == code
        said: dict[str, Any] = json.loads(self._capsys.readouterr().out.splitlines()[-1])
        return said

    def reason_of(self, number: str) -> str:
        desk = open_desk(self.profile, "en", now)
        try:
            return desk.store.case(number).repeat_reason
        finally:
            desk.store.close()

    def batch(self, do: str, wish: dict[str, Any], name: str) -> dict[str, Any]:
        line = json.dumps({"id": name, "do": do, "with": wish}, ensure_ascii=False).encode()
        self._patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(line)))
        main(["--profile", str(self.profile), "batch"])
        said: dict[str, Any] = json.loads(self._capsys.readouterr().out)
        return said


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    return Counter(tmp_path, capsys, monkeypatch)


@pytest.mark.parametrize("verb", ["accept", "receive"])
def test_a_repeated_case_is_refused_with_the_number_of_the_other(counter: Counter, verb: str) -> None:
    words = (verb, "--item", "LS-008", "--form", counter.form)
    first = counter(*words, "--id", "once")["number"]
    assert counter(*words, "--id", "once")["number"] == first
    refused = counter(*words, code=3)
    assert (refused["error"], refused["values"]["number"]) == ("case.repeated", first)
    assert counter(*words, "--again", " ", code=3)["error"] == "case.repeated"
    again = counter(*words, "--again", REASON)["number"]
    assert again != first
    assert (counter.reason_of(again), counter.reason_of(first)) == (REASON, "")
    assert REASON not in json.dumps(counter("case", again), ensure_ascii=False)


def test_a_batch_says_again_when_it_is_meant(counter: Counter) -> None:
    first = counter.batch("accept", ASKED, "1")["answer"]["number"]
    assert counter.batch("accept", ASKED, "1")["answer"]["number"] == first
    refused = counter.batch("accept", ASKED, "2")
    assert (refused["error"], refused["values"]["number"]) == ("case.repeated", first)
    assert counter.batch("receive", {"application": ASKED}, "3")["error"] == "case.repeated"
    assert counter.batch("receive", {"application": ASKED, "again": REASON}, "4")["ok"] is True
    done = counter.batch("accept", {**ASKED, "again": REASON}, "2")
    assert counter.reason_of(done["answer"]["number"]) == REASON
    assert counter.batch("accept", {**ASKED, "agian": REASON}, "5")["error"] == "batch.line_not_understood"


def test_one_case_of_a_bundle_that_is_there_already_stops_the_whole(counter: Counter) -> None:
    first = counter.batch("accept_bundle", BUNDLE, "1")["answer"]["cases"][0]["number"]
    known = counter.batch("accept_bundle", BUNDLE, "2")
    assert (known["error"], known["values"]["number"]) == ("case.repeated", first)
    meant = counter.batch("accept_bundle", {**BUNDLE, "again": REASON}, "2")
    assert counter.reason_of(meant["answer"]["cases"][1]["number"]) == REASON
