"""A case goes to another counter by command line, and the district follows it."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from station_desk.core.clock import now
from station_desk.counter.handover import HandOver, hand_over, on_their_way
from station_desk.counter.sync_now import learn_what_was_taken
from station_desk.district.enrolment import new_enrol_code
from station_desk.district.verify import verify
from station_desk.main.cli import main
from station_desk.main.district import Served
from station_desk.main.open_desk import open_desk
from tests.district.wrong_server import Answer, WrongServer
from tests.end2end.conftest import Run

FORM = {
    "applicant": {"name": "王秀兰", "id_number": "11010519491231002X", "phone": "13912345678"},
    "answers": {"payment_grade": "500", "payment_mode": "自行缴费"},
    "materials": {"id_card": "brought", "hukou": "shared", "app_form": "brought"},
}


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with Served(str(tmp_path / "district.db")) as district:
        yield district


def counter(tmp_path: Path, number: str, capsys: pytest.CaptureFixture[str]) -> Run:
    run = Run(tmp_path / f"counter-{number}", capsys)
    run("init", "--station", "QSQ001", "--name", "青石桥社区公共服务站", "--counter", number)
    return run


@pytest.fixture
def first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    return counter(tmp_path, "2", capsys)


@pytest.fixture
def second(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    return counter(tmp_path, "3", capsys)


@pytest.fixture
def case(first: Run, tmp_path: Path) -> str:
    form = tmp_path / "form.json"
    form.write_text(json.dumps(FORM, ensure_ascii=False), "utf-8")
    return str(first.one("accept", "--item", "LS-008", "--form", str(form))["number"])


def enrolled(served: Served, *counters: Run) -> None:
    for run in counters:
        run("enroll", "--server", served.url, "--code", new_enrol_code(served.district, "QSQ001"))


def taken_over(run: Run, sent: dict[str, Any]) -> dict[str, Any]:
    return run.one("take-over", sent["file"], "--code", sent["code"])


def test_the_district_follows_a_case_from_counter_to_counter(
    served: Served, first: Run, second: Run, case: str
) -> None:
    enrolled(served, first, second)
    sent = first.one("transfer", case, "--to", "3")
    assert sent["to"] == "03"
    assert [row["number"] for row in first("cases", "--transferred")] == [case]
    assert first.one("advance", case, code=3)["error"] == "case.handed_over"
    assert taken_over(second, sent)["state"] == "processing"
    second("sync")
    assert verify(served.district) == []
    first("sync")
    assert verify(served.district) == []
    assert first.one("transfer", case, "--take-back", code=3)["error"] == "handover.taken_elsewhere"
    second("advance", case)
    second("finish", case, "--result", "参保登记")
    second("sync")
    assert verify(served.district) == []
    for run in (first, second):
        assert run("verify", "--deep") == []
        assert run.one("status")["sync"]["how"] == "synced"
    assert second.one("case", case)["handed"][0]["to"] == "03"


def test_taking_back_asks_the_district_before_it_believes_its_own_log(
    served: Served, first: Run, second: Run, case: str
) -> None:
    enrolled(served, first, second)
    first("sync")
    taken_over(second, first.one("transfer", case, "--to", "3"))
    second("sync")
    assert first.one("transfer", case, "--take-back", code=3)["error"] == "handover.taken_elsewhere"


def test_without_a_district_a_lost_packet_is_taken_back(first: Run, case: str) -> None:
    first("transfer", case, "--to", "3")
    assert first.one("transfer", case, "--take-back")["state"] == "processing"
    assert first.one("transfer", case, "--take-back", code=3)["error"] == "case.not_handed_over"
    assert first("verify", "--deep") == []


def test_a_file_that_cannot_be_written_leaves_the_hand_over_and_is_made_again(
    first: Run, second: Run, case: str, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("a file where a folder should be", "utf-8")
    lost = str(tmp_path / "taken" / "packet.json")
    assert first.one("transfer", case, "--to", "3", "--out", lost, code=5)["error"] == "handover.not_written"
    sent = first.one("transfer", case, "--to", "3", "--out", str(tmp_path / "packet.json"))
    assert taken_over(second, sent)["number"] == case


def test_what_is_wrong_with_a_transfer_is_a_sentence(
    first: Run, second: Run, case: str, tmp_path: Path
) -> None:
    for words, error in (
        (("transfer", case), "handover.counter_needed"),
        (("transfer", case, "--to", "3", "--take-back"), "handover.counter_needed"),
        (("transfer", case, "--to", "2"), "handover.same_counter"),
        (("transfer", case, "--to", "x"), "station.counter_not_well_formed"),
        (("transfer", case[:-1] + "?", "--to", "3"), "case.number_not_well_formed"),
        (("take-over", str(tmp_path / "nothing"), "--code", "x"), "handover.not_readable"),
        (("take-over", str(tmp_path), "--code", "x"), "handover.not_readable"),
        (("take-over", str(tmp_path / "form.json"), "--code", "x"), "handover.not_understood"),
    ):
        assert first.one(*words, code=3)["error"] == error
    sent = first.one("transfer", case, "--to", "3")
    refused = second.one("take-over", sent["file"], "--code", "0000-0000-0000", code=3)
    assert (refused["error"], refused["values"]["left"]) == ("handover.code_refused", "2")
    assert second("cases") == []


def test_people_are_told_the_code_and_where_the_case_has_been(
    first: Run, second: Run, case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["--profile", str(first.profile), "transfer", case, "--to", "3"]) == 0
    said = capsys.readouterr().out
    assert "口令" in said
    assert "本窗口不再办理" in said
    taken_over(second, first.one("transfer", case, "--to", "3"))
    capsys.readouterr()
    assert main(["--profile", str(second.profile), "--language", "en", "case", case]) == 0
    assert "handed over by counter 2 to counter 3, taken over" in capsys.readouterr().out


@pytest.mark.parametrize("status", [404, 503])
def test_a_district_that_cannot_say_who_has_a_case_stops_nothing(first: Run, case: str, status: int) -> None:
    refusal = b'{"code":"sync.message_refused"}'
    with (
        WrongServer.answering(Answer(status, "application/json", refusal)) as server,
        closing(open_desk(first.profile, "en", now).store) as store,
    ):
        desk = open_desk(first.profile, "en", now)
        hand_over(desk, HandOver(case, "3"), "h")
        store.set_about(
            {"district_url": server.url, "device": "QSQ001.02.000000000000", "device_key": "1" * 64}
        )
        learn_what_was_taken(desk)
        assert on_their_way(desk) == (case,)
        desk.store.close()
