"""`ticket …` by command line: each way a ticket can go, what is told of it, and bad input as a sentence."""

import json
from pathlib import Path

import pytest

from station_desk.main.cli import main
from tests.end2end.conftest import Run


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """A counter that was just set up."""
    made = Run(tmp_path / "profile", capsys)
    made("init", "--station", "QSQ001", "--name", "青石桥社区公共服务站", "--counter", "2")
    return made


def test_a_visit_with_several_items_goes_every_way(run: Run) -> None:
    taken = run.one("ticket", "take", "--item", "LS-001", "--also", "la-001", "--quantity", "2", code=3)
    assert taken["error"] == "item.unknown"
    taken = run.one("ticket", "take", "--item", "LS-001=2", "--also", "sa-001", "--also", "FP-001=3")
    assert (taken["number"], taken["waiting"], taken["minutes"], taken["services_left"]) == ("B001", 0, 0, 3)
    assert run.one("ticket", "take", "--item", "SA-001")["minutes"] > 60
    number = taken["number"]
    assert run.one("ticket", "call", "--counter", "3")["counter"] == "03"
    assert run.one("ticket", "recall", number)["state"] == "called"
    assert run.one("ticket", "skip", number)["state"] == "waiting"
    assert run.one("ticket", "undo", number)["state"] == "called"
    assert run.one("ticket", "park", number, "--reason", "copying")["state"] == "parked"
    assert run.one("ticket", "resume", number)["state"] == "waiting"
    assert run.one("ticket", "call", number)["state"] == "called"
    assert run.one("ticket", "serve", number)["state"] == "serving"
    assert run.one("ticket", "next", number)["item"] == "SA-001"
    assert run.one("ticket", "add", number, "--item", "LS-002")["services_left"] == 3
    assert run.one("ticket", "transfer", number, "--item", "HF-001", "--to", "5")["item"] == "HF-001"
    shown = run.one("ticket", "show", number)
    assert [period["state"] for period in shown["periods"]] == [
        "waiting", "called", "called", "waiting", "called", "parked", "waiting", "called", "serving",
        "serving", "serving", "waiting",
    ]  # fmt: skip
    assert shown["bound"] == "05"
    assert [call["recall"] for call in run("ticket", "calls")] == [0, 1, 0]
    rows = run("ticket", "times")
    assert (rows[-1]["category"], rows[-1]["tickets"], rows[-1]["called"]) == ("", 2, 1)
    assert run("verify", "--deep") == []


MISTAKES = {
    "no reason": (("park", "B001"), "ticket.park_until_or_reason"),
    "reason unknown": (("park", "B001", "--reason", "x"), "ticket.reason_unknown"),
    "time over": (("park", "B001", "--until", "00:00"), "ticket.no_such_time"),
    "nowhere": (("transfer", "B001"), "ticket.transfer_nowhere"),
    "counter": (("call", "--counter", "zwei"), "ticket.no_such_counter"),
    "many": (("take", "--item", "LS-001=100"), "ticket.too_much_at_once"),
    "quantity": (("take", "--item", "LS-001=x"), "ticket.quantity_not_understood"),
    "nothing more": (("add", "B001"), "item.needed"),
    "one item": (("next", "B001"), "ticket.not_in_state"),
    "new": (("undo", "B001"), "ticket.nothing_to_undo"),
    "day": (("times", "--day", "2026-13-01"), "report.day_unknown"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_a_sentence_and_changes_nothing(run: Run, mistake: str) -> None:
    run("ticket", "take", "--item", "LS-001")
    before = run.one("ticket", "show", "B001")
    words, error = MISTAKES[mistake]
    assert run.one("ticket", *words, code=3)["error"] == error
    assert run.one("ticket", "show", "B001") == before


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_what_a_person_reads_of_the_queue_is_whole(
    run: Run, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    run("ticket", "take", "--item", "LS-001", "--also", "SA-001=2")
    run("ticket", "call")
    for words in (("list",), ("show", "B001"), ("calls",), ("times",)):
        assert main(["--profile", str(run.profile), "--language", language, "ticket", *words]) == 0
        said = capsys.readouterr().out
        assert said
        assert not {"{", "}"} & set(said)


def test_a_simulated_day_ends_by_itself_and_agrees(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "day"
    words = [
        "demo",
        "--json",
        "--day",
        "--visitors",
        "20",
        "--counters",
        "2",
        "--no-window",
        "--out",
        str(out),
    ]
    assert main(words) == 0
    said = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (said["ok"], said["lost"], said["desk"]["tickets"]) == (True, [], 20)
    assert said["desk"] == said["truth"]
    assert main([*words[:3], "--visitors", "0", "--out", str(out)]) == 3
