"""What was stored and never told is offered at the next start: the answer to a script, a receipt."""

import json
from collections.abc import Callable

from station_desk.core.clock import now
from station_desk.main.batch import run_batch
from station_desk.main.open_desk import open_desk
from station_desk.store.profile import Profile
from tests.faults.desk_process import batch, said
from tests.faults.trial import asked, named

Answer = Callable[[str], None]


class Gone(Exception):
    """Whoever was to hear the answer."""


def stopped_at_the_third(counter: Profile) -> dict[str, str]:
    """A batch whose third answer never arrives; the two that did."""
    told: dict[str, str] = {}

    def hear(line: str) -> None:
        if len(told) == 2:
            raise Gone
        answer = json.loads(line)
        told[answer["id"]] = answer["answer"]["number"]

    desk = open_desk(counter.folder, "en", now)
    try:
        run_batch(desk, asked(named("a", 5)).splitlines(), hear)
    except Gone:
        pass
    finally:
        desk.store.close()
    return told


def status(counter: Profile) -> dict[str, object]:
    code, output, _ = said(counter.folder, "--json", "status")
    assert code == 0
    facts: dict[str, object] = json.loads(output)
    return facts


def untold(counter: Profile) -> list[tuple[str, str]]:
    storage = status(counter)["storage"]
    assert isinstance(storage, dict)
    return [(one["id"], one["answer"]["number"]) for one in storage["unsaid"]]


def test_the_answer_that_was_never_told_is_offered_until_it_is_told(counter: Profile) -> None:
    told = stopped_at_the_third(counter)
    assert list(told) == ["a-0", "a-1"]
    ((name, number),) = untold(counter)
    assert name == "a-2"
    assert "a-2" in said(counter.folder, "status")[1]
    with batch(counter.folder) as desk:
        assert desk.accept("a-2")["answer"]["number"] == number
        assert desk.end() == (0, "")
    assert untold(counter) == []


def test_a_batch_that_ended_by_itself_leaves_nothing_to_offer(counter: Profile) -> None:
    assert said(counter.folder, "batch", given=asked(named("a", 3)))[0] == 0
    assert untold(counter) == []


def test_every_case_without_its_receipt_is_offered(counter: Profile) -> None:
    stopped_at_the_third(counter)
    unprinted = status(counter)["unprinted"]
    assert isinstance(unprinted, list)
    stored = {json.loads(line)["number"] for line in said(counter.folder, "--json", "cases")[1].splitlines()}
    assert {one["number"] for one in unprinted} == stored
    assert len(stored) == 3
