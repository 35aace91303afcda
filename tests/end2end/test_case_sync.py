"""How each case stands with the district: waiting, on its way, acknowledged, refused with what to do now."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from station_desk.core.clock import now
from station_desk.counter.case_sync import reason_words, standing_of
from station_desk.counter.desk import Desk
from station_desk.counter.sync_now import sync_now
from station_desk.district import kinds
from station_desk.district.enrolment import new_enrol_code, revoke
from station_desk.main.cli import main
from station_desk.main.district import Served
from station_desk.main.open_desk import open_desk
from station_desk.protocol.messages import VERSION, Marks, RefusalOf
from station_desk.protocol.signing import new_key
from tests.district.wrong_server import Answer, WrongServer
from tests.end2end.conftest import Run


@pytest.fixture
def district(run: Run, tmp_path: Path) -> Iterator[Served]:
    """A district that knows the counter."""
    with Served(f"sqlite:///{tmp_path / 'district.db'}") as served:
        run("enroll", "--server", served.url, "--code", new_enrol_code(served.district, "QSQ001"))
        yield served


def accepted(run: Run, form: str) -> str:
    return str(run.one("accept", "--item", "LS-008", "--form", form, "--again", "试")["number"])


def said(run: Run, case: str) -> dict[str, Any]:
    told: dict[str, Any] = run.one("case", case)["sync"]
    return told


def json_of(message: msgspec.Struct, status: int = 200) -> Answer:
    return Answer(status, "application/json", msgspec.json.encode(message))


NO_MARKS = Marks(VERSION, "epoch", "2026-11-28T09:00:00+08:00", {})


def test_a_case_waits_is_acknowledged_and_is_held_whole_at_its_end(
    run: Run, form: str, district: Served
) -> None:
    case = accepted(run, form)
    assert said(run, case) == {"state": "waiting", "contents": False, "code": "", "text": ""}
    assert run.one("status")["cases_sync"]["waiting"] == 1
    run("sync")
    assert (said(run, case)["state"], said(run, case)["contents"]) == ("acknowledged", False)
    run("advance", case)
    assert said(run, case)["state"] == "waiting"
    run("finish", case, "--result", "已登记")
    run("sync")
    assert (said(run, case)["state"], said(run, case)["contents"]) == ("acknowledged", True)
    assert run.one("status")["cases_sync"]["waiting"] == 0


def test_without_a_district_it_is_on_this_pc_only(run: Run, form: str) -> None:
    assert said(run, accepted(run, form))["state"] == "alone"


def test_a_revoked_counter_is_said_on_each_case_until_the_district_says_another_word(
    run: Run, form: str, district: Served
) -> None:
    held = accepted(run, form)
    run("sync")
    case = accepted(run, form)
    revoke(district.district, "QSQ001", "02", "遗失")
    assert run.one("sync", code=7)["error"] == "sync.revoked"
    told = said(run, case)
    assert (told["state"], told["code"]) == ("refused", "sync.revoked")
    assert "遗失" in told["text"]
    assert said(run, held)["state"] == "acknowledged"
    found = run.one("status")["cases_sync"]
    assert ([one["number"] for one in found["refusals"]], found["refused"]) == ([case], 1)
    run("enroll", "--server", district.url, "--code", new_enrol_code(district.district, "QSQ001"))
    assert said(run, case)["state"] == "waiting"
    run("sync")
    assert said(run, case)["state"] == "acknowledged"


def test_what_an_old_district_cannot_read_yet_is_said_on_the_case(
    run: Run, form: str, district: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {kind: part for kind, part in kinds.PARTS.items() if kind != "case.step_taken_back"}
    monkeypatch.setattr(kinds, "PARTS", known)
    case, other = accepted(run, form), accepted(run, form)
    run("advance", case)
    run("step-back", case, "--reason", "点错")
    run("sync")
    assert (said(run, case)["state"], said(run, case)["code"]) == ("refused", "case_sync.waiting_room")
    assert said(run, other)["state"] == "acknowledged"


def desk_at(run: Run, server: WrongServer) -> Desk:
    desk = open_desk(run.profile, "en", now)
    desk.store.set_about({"district_url": server.url, "device": "device-1", "device_key": new_key()})
    return desk


def test_the_one_that_is_refused_is_named_and_the_others_wait_behind_it(run: Run, form: str) -> None:
    first, second = accepted(run, form), accepted(run, form)
    place: dict[str, Any] = {"writer": "", "seq": 0}

    def answer(path: str, _body: bytes) -> Answer:
        if path == "/v1/hello":
            return json_of(NO_MARKS)
        return json_of(RefusalOf("sync.hash_wrong", "x:1", "", place["writer"], place["seq"]), 400)

    with WrongServer(answer) as server:
        desk = desk_at(run, server)
        rows = desk.store.read("SELECT writer, seq FROM events WHERE subject = ? ORDER BY seq", (first,))
        place["writer"], place["seq"] = rows[0]
        sync_now(desk, lambda _progress: None)
        refused, behind = (standing_of(desk.store, number) for number in (first, second))
        assert (refused.how, refused.reason) == ("refused", "errors.sync.hash_wrong")
        assert "run verify" in reason_words(refused, desk.texts)
        assert (behind.how, behind.reason) == ("waiting", "case_sync.behind")
        assert first in reason_words(behind, desk.texts)
        place["writer"], place["seq"] = "", 0
        sync_now(desk, lambda _progress: None)
        assert {standing_of(desk.store, number).how for number in (first, second)} == {"refused"}
    sync_now(desk, lambda _progress: None)
    assert standing_of(desk.store, first).how == "refused", "being offline says nothing new"
    desk.store.close()


def test_a_case_is_on_its_way_only_while_the_message_waits_for_its_answer(run: Run, form: str) -> None:
    case = accepted(run, form)
    came, go = threading.Event(), threading.Event()

    def answer(path: str, _body: bytes) -> Answer:
        if path == "/v1/push":
            came.set()
            assert go.wait(20)
        return json_of(NO_MARKS)

    with WrongServer(answer) as server:
        desk = desk_at(run, server)
        sending = threading.Thread(target=lambda: sync_now(desk, lambda _progress: None))
        assert standing_of(desk.store, case).how == "waiting"
        sending.start()
        assert came.wait(20)
        assert standing_of(desk.store, case).how == "on_its_way"
        assert said(run, case)["state"] == "on_its_way", "another program sees it too"
        go.set()
        sending.join()
        # The answer did not say that the district holds it: so it is not acknowledged.
        assert standing_of(desk.store, case).how != "on_its_way"
        assert standing_of(desk.store, case).how != "acknowledged"
        desk.store.close()


def test_a_program_that_died_while_it_sent_leaves_nothing_on_its_way(run: Run, form: str) -> None:
    case = accepted(run, form)
    desk = open_desk(run.profile, "en", now)
    desk.store.set_about({"district_url": "https://district.example"})
    (writer,) = desk.store.read("SELECT writer FROM writers")[0]
    note = {"writer": writer, "first": 1, "last": 99, "first_dossier": 0, "last_dossier": 0}
    (run.profile / "on-its-way").write_bytes(msgspec.json.encode(note))
    assert standing_of(desk.store, case).how == "waiting"
    desk.store.close()


def test_an_address_without_a_key_of_the_counter_says_that_it_is_not_enrolled(run: Run, form: str) -> None:
    accepted(run, form)
    desk = open_desk(run.profile, "en", now)
    desk.store.set_about({"district_url": "http://127.0.0.1:9", "device": "", "device_key": ""})
    state = sync_now(desk, lambda _progress: None)
    assert (state.how, state.events > 0) == ("unenrolled", True)
    assert "not enrolled" in state.reason
    assert "Ask the district for a code" in state.reason
    desk.store.close()


def test_what_came_of_an_act_names_the_step(run: Run, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    case = accepted(run, form)
    where = ("--profile", str(run.profile), "--language", "zh-Hans")
    assert main([*where, "void", case, "--reason", "重复受理"]) == 0
    told, stage = capsys.readouterr().out, str(run.one("case", case)["stage"])
    assert "已作废" in told
    assert not stage or stage not in told
