"""What is typed lies in the encrypted profile until it is accepted, and not a moment longer."""

from collections.abc import Callable
from typing import Any

import pytest

from station_desk.cases.parts import Applicant
from station_desk.core.clock import now
from station_desk.counter.accept import accept
from station_desk.counter.application import Application, ApplicationFaulty
from station_desk.counter.desk import Desk
from station_desk.counter.drafts import KeptDraft, drafts_at_start, drop, keep, kept_drafts
from station_desk.main.open_desk import open_desk

Fresh = Callable[[], str]


def typed(name: str, **more: Any) -> KeptDraft:
    return KeptDraft(name, "LS-008", values={"applicant.name": "王秀兰"}, focus="applicant.name", **more)


def test_a_draft_is_there_after_the_program_was_opened_again(desk: Desk) -> None:
    keep(desk, typed("one", cursor=2, ways={"id_card": "brought"}))
    folder = desk.store.profile.folder
    desk.store.close()
    again = open_desk(folder, "zh-Hans", now)
    (draft,) = kept_drafts(again)
    again.store.close()
    assert (draft.values, draft.focus, draft.cursor) == ({"applicant.name": "王秀兰"}, "applicant.name", 2)
    assert draft.changed == "2026-11-20T09:30:00+08:00"


def test_several_drafts_are_kept_the_newest_first(desk: Desk, clock: Any) -> None:
    for name in ("one", "two", "one"):
        clock.wait(minutes=1)
        keep(desk, typed(name))
    assert [draft.id for draft in kept_drafts(desk)] == ["one", "two"]
    drop(desk, "one")
    assert [draft.id for draft in kept_drafts(desk)] == ["two"]


def test_the_acceptance_takes_its_draft_away_and_no_late_writing_brings_it_back(
    desk: Desk, pension: Application
) -> None:
    keep(desk, typed("mine"))
    keep(desk, typed("other"))
    accept(desk, pension, "mine")
    assert [draft.id for draft in kept_drafts(desk)] == ["other"]
    keep(desk, typed("mine"))
    assert [draft.id for draft in kept_drafts(desk)] == ["other"]


def test_a_refused_acceptance_leaves_the_draft(desk: Desk) -> None:
    keep(desk, typed("mine"))
    with pytest.raises(ApplicationFaulty):
        accept(desk, Application("LS-008", Applicant("")), "mine")
    assert [draft.id for draft in kept_drafts(desk)] == ["mine"]


def test_a_draft_is_no_event_and_lies_nowhere_in_plain(desk: Desk) -> None:
    before = desk.store.read("SELECT count(*) FROM events")
    keep(desk, typed("mine"))
    drop(desk, "mine")
    keep(desk, typed("more"))
    assert desk.store.read("SELECT count(*) FROM events") == before
    for file in desk.store.profile.folder.rglob("*"):
        assert not file.is_file() or "王秀兰".encode() not in file.read_bytes()


def test_what_nobody_touched_for_a_month_is_thrown_away_at_the_next_start(desk: Desk, clock: Any) -> None:
    keep(desk, typed("old"))
    clock.wait(days=29)
    keep(desk, typed("new"))
    assert [draft.id for draft in drafts_at_start(desk)] == ["new", "old"]
    clock.wait(days=2)
    assert [draft.id for draft in drafts_at_start(desk)] == ["new"]


def test_a_draft_that_cannot_be_read_hides_no_other(desk: Desk) -> None:
    keep(desk, typed("mine"))
    with desk.store.writing() as unit:
        unit.connection.execute("INSERT INTO drafts VALUES ('odd', '', '', ?)", (b"{",))
    assert [draft.id for draft in kept_drafts(desk)] == ["mine"]
