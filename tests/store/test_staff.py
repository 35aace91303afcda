"""Accounts: made by the log, kept by the head, proved by password; waits that no clock shortens."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from station_desk.cases.staff import NOBODY, Acting, NoSuchAccount
from station_desk.core.errors import DeskError
from station_desk.counter.accept import accept
from station_desk.counter.application import Application
from station_desk.counter.desk import Desk, NotAllowed
from station_desk.counter.staff import accounts as a
from station_desk.counter.staff import signing_in as s
from station_desk.counter.staff.account_words import state_of
from station_desk.counter.staff.hashing import Argon, hashing_for
from station_desk.counter.staff.standing import AccountChanged, SignInFirst
from station_desk.store.log import DeskLog
from station_desk.store.verify import verify_deep
from tests.store.conftest import TestClock
from tests.store.staffed import (
    AUDITOR,
    CLERK,
    HANDS,
    HEAD,
    PASSWORDS,
    PIN,
    QUICK,
    Running,
    acting_as,
    staffed,
)

Fresh = Callable[[], str]


def into(desk: Desk, name: str, password: str, running: Running | None = None) -> Acting:
    return s.sign_in(desk, name, password, QUICK, running or Running())


def findings(desk: Desk) -> list[str]:
    return [f"{one.code} {one.what}" for one in verify_deep(desk.store, lambda _done, _total: None)]


def test_without_accounts_all_goes_on_as_before(desk: Desk, pension: Application, fresh: Fresh) -> None:
    assert desk.acting is None
    assert desk.actor == desk.station.clerk
    assert desk.role == "head"
    accept(desk, pension, fresh())


def test_the_first_account_is_the_heads(desk: Desk, fresh: Fresh) -> None:
    with pytest.raises(a.FirstIsHead):
        a.add_member(desk, a.AddMember(CLERK, "clerk"), PASSWORDS[CLERK], fresh(), HANDS)
    assert not a.has_accounts(desk)


def test_with_accounts_nothing_is_done_by_nobody(desk: Desk, pension: Application, fresh: Fresh) -> None:
    closed = staffed(desk)
    for nobody in (closed, replace(desk, acting=None)):
        with pytest.raises(SignInFirst):
            accept(nobody, pension, fresh())
    with pytest.raises(NotAllowed):
        accept(acting_as(desk, AUDITOR), pension, fresh())
    done = accept(acting_as(desk, CLERK), pension, fresh()).answer
    assert desk.store.log_of(done.number)[0][0].actor == CLERK
    assert findings(desk) == []


def test_whoever_was_disabled_meanwhile_does_nothing_more(
    desk: Desk, pension: Application, fresh: Fresh
) -> None:
    staffed(desk)
    a.disable_member(acting_as(desk, HEAD), CLERK, fresh())
    with pytest.raises(AccountChanged):
        accept(acting_as(desk, CLERK), pension, fresh())
    with pytest.raises(s.NotRight):
        into(desk, CLERK, PASSWORDS[CLERK])
    assert desk.store.read(
        "SELECT count(*) FROM staff_secrets WHERE id = (SELECT id FROM staff WHERE name = ?)", (CLERK,)
    ) == [(0,)]
    a.reset_password(acting_as(desk, HEAD), CLERK, "seven-green-doors", fresh(), HANDS)
    assert into(desk, CLERK, "seven-green-doors") == Acting(CLERK, "clerk")


def test_only_the_head_keeps_accounts(desk: Desk, fresh: Fresh) -> None:
    staffed(desk)
    clerk = acting_as(desk, CLERK)
    with pytest.raises(a.OnlyTheHead):
        a.add_member(clerk, a.AddMember("新人", "clerk"), "seven-green-doors", fresh(), HANDS)
    with pytest.raises(a.OnlyTheHead):
        a.reset_password(clerk, AUDITOR, "seven-green-doors", fresh(), HANDS)
    for act in (a.disable_member, a.lift):
        with pytest.raises(a.OnlyTheHead):
            act(clerk, AUDITOR, fresh())


def test_the_last_head_stays_and_names_are_unique(desk: Desk, fresh: Fresh) -> None:
    staffed(desk)
    head = acting_as(desk, HEAD)
    with pytest.raises(a.LastHead):
        a.disable_member(head, HEAD, fresh())
    with pytest.raises(a.NameTaken):
        a.add_member(head, a.AddMember(f" {CLERK} ", "clerk"), "seven-green-doors", fresh(), HANDS)
    with pytest.raises(NoSuchAccount):
        a.disable_member(head, "没有人", fresh())
    a.add_member(head, a.AddMember("李负责", "head"), "seven-green-doors", fresh(), HANDS)
    a.disable_member(head, HEAD, fresh())
    with pytest.raises(AccountChanged):
        a.lift(head, CLERK, fresh())


def test_an_account_is_made_again_from_the_log_without_a_hash_in_it(desk: Desk, fresh: Fresh) -> None:
    staffed(desk)
    head = acting_as(desk, HEAD)
    a.disable_member(head, AUDITOR, fresh())
    a.set_pin(acting_as(desk, CLERK), Acting(CLERK, "clerk"), PASSWORDS[CLERK], PIN, fresh(), HANDS)
    assert findings(desk) == []
    kept = str(desk.store.read("SELECT * FROM events")) + str(desk.store.read("SELECT * FROM commands"))
    assert "argon2" not in kept
    assert not any(word in kept for word in (*PASSWORDS.values(), PIN))
    (writer,) = DeskLog(desk.store).writers()
    sent = str(DeskLog(desk.store).events_after(writer, 0, 100))
    assert CLERK not in sent.replace(f"actor='{CLERK}'", "")
    assert AUDITOR not in sent
    with desk.store.writing() as unit:
        unit.connection.execute("UPDATE staff SET role = 'head' WHERE name = ?", (CLERK,))
    (told,) = findings(desk)
    assert told.startswith("staff ")


def test_a_repeated_command_adds_one_account(desk: Desk, fresh: Fresh) -> None:
    command, wish = fresh(), a.AddMember(HEAD, "head")
    first = a.add_member(desk, wish, PASSWORDS[HEAD], command, HANDS)
    again = a.add_member(desk, wish, "another-password-9", command, HANDS)
    assert again.answer == first.answer
    assert [one.name for one in a.accounts(desk)] == [HEAD]
    assert into(desk, HEAD, PASSWORDS[HEAD]).name == HEAD


def test_five_wrong_ones_wait_ten_lock_and_the_head_helps(desk: Desk, fresh: Fresh) -> None:
    staffed(desk)
    running = Running()
    waits = []
    for wrong in range(1, 11):
        with pytest.raises((s.NotRight, s.WaitFirst, s.PasswordLocked)) as caught:
            into(desk, CLERK, "not-it-at-all", running)
        waits.append(caught.value.values.get("minutes", 0))
        if 5 <= wrong < 10:
            assert into_fails(desk, running) == "staff.wait_first"
        running.seconds += 60.0 * 2 ** max(0, wrong - 5)
    assert waits == [0, 0, 0, 0, 1, 2, 4, 8, 16, 0]
    running.seconds += 10**7
    assert into_fails(desk, running) == "staff.password_locked"
    a.lift(acting_as(desk, HEAD), CLERK, fresh())
    assert into(desk, CLERK, PASSWORDS[CLERK], running) == Acting(CLERK, "clerk")


def into_fails(desk: Desk, running: Running) -> str:
    with pytest.raises(DeskError) as caught:
        into(desk, CLERK, PASSWORDS[CLERK], running)
    return caught.value.code


def test_the_only_head_is_never_locked_out_for_good(desk: Desk) -> None:
    staffed(desk)
    running = Running()
    for _ in range(12):
        with pytest.raises((s.NotRight, s.WaitFirst)):
            into(desk, HEAD, "not-it-at-all", running)
        running.seconds += 86_400
    assert into(desk, HEAD, PASSWORDS[HEAD], running) == Acting(HEAD, "head")


def test_no_clock_shortens_a_wait(desk: Desk, clock: TestClock) -> None:
    staffed(desk)
    running = Running()
    for _ in range(5):
        with pytest.raises((s.NotRight, s.WaitFirst)):
            into(desk, CLERK, "not-it-at-all", running)
    for days in (1, -2, 400):
        clock.wait(days=days)
        assert into_fails(desk, running) == "staff.wait_first"
    running.boot, running.seconds = "two", 30.0
    assert into_fails(desk, running) == "staff.wait_first"
    running.seconds = 61.0
    assert into(desk, CLERK, PASSWORDS[CLERK], running).name == CLERK


def test_an_unknown_name_is_answered_like_a_wrong_password(desk: Desk) -> None:
    staffed(desk)
    said = []
    for name in ("没有人", CLERK):
        with pytest.raises(s.NotRight) as caught:
            into(desk, name, "not-it-at-all")
        said.append(caught.value.code)
    assert said[0] == said[1]


def test_a_pin_unlocks_its_owner_only_and_the_password_makes_an_end_of_wrong_ones(
    desk: Desk, fresh: Fresh
) -> None:
    staffed(desk)
    clerk, running = Acting(CLERK, "clerk"), Running()
    with pytest.raises(s.NoPin):
        s.unlock_by_pin(desk, clerk, PIN, QUICK, running)
    a.set_pin(acting_as(desk, CLERK), clerk, PASSWORDS[CLERK], PIN, fresh(), HANDS)
    assert s.unlock(desk, clerk, PIN, QUICK, running) == clerk
    assert s.unlock(desk, clerk, PASSWORDS[CLERK], QUICK, running) == clerk
    with pytest.raises(s.NotRight):
        s.sign_in(desk, CLERK, PIN, QUICK, running)
    for _ in range(10):
        with pytest.raises((s.NotRight, s.WaitFirst, s.PinLocked)):
            s.unlock_by_pin(desk, clerk, "739154", QUICK, running)
        running.seconds += 3600
    with pytest.raises(s.PinLocked):
        s.unlock_by_pin(desk, clerk, PIN, QUICK, running)
    into(desk, CLERK, PASSWORDS[CLERK], running)
    assert s.unlock_by_pin(desk, clerk, PIN, QUICK, running) == clerk


def test_a_locked_pin_is_seen_by_the_head_and_lifted(desk: Desk, fresh: Fresh) -> None:
    staffed(desk)
    clerk, running = Acting(CLERK, "clerk"), Running()
    a.set_pin(acting_as(desk, CLERK), clerk, PASSWORDS[CLERK], PIN, fresh(), HANDS)
    for _ in range(10):
        with pytest.raises((s.NotRight, s.WaitFirst, s.PinLocked)):
            s.unlock_by_pin(desk, clerk, "739154", QUICK, running)
        running.seconds += 3600
    (row,) = (one for one in a.accounts(desk, running) if one.name == CLERK)
    assert row.pin_is_locked
    assert not row.is_locked, "the password still opens"
    assert state_of(row, desk.texts) == desk.texts("staff.state.pin_locked")
    a.lift(acting_as(desk, HEAD), CLERK, fresh())
    assert s.unlock_by_pin(desk, clerk, PIN, QUICK, running) == clerk
    assert not any(one.pin_is_locked for one in a.accounts(desk, running))


def test_a_password_is_changed_by_its_owner_and_the_old_one_ends(desk: Desk, fresh: Fresh) -> None:
    staffed(desk)
    clerk = Acting(CLERK, "clerk")
    with pytest.raises(s.NotRight):
        a.change_password(acting_as(desk, CLERK), clerk, "not-it-at-all", "seven-green-doors", fresh(), HANDS)
    a.change_password(acting_as(desk, CLERK), clerk, PASSWORDS[CLERK], "seven-green-doors", fresh(), HANDS)
    with pytest.raises(s.NotRight):
        into(desk, CLERK, PASSWORDS[CLERK])
    assert into(desk, CLERK, "seven-green-doors") == clerk


def test_a_weak_hash_is_made_anew_at_the_sign_in(desk: Desk) -> None:
    staffed(desk)
    stronger = Argon(16, 2, 1)
    s.sign_in(desk, CLERK, PASSWORDS[CLERK], stronger, Running())
    hashes = [text for (text,) in desk.store.read("SELECT hash FROM staff_secrets")]
    assert sum("m=16,t=2" in text for text in hashes) == 1
    into(desk, CLERK, PASSWORDS[CLERK])
    assert [text for (text,) in desk.store.read("SELECT hash FROM staff_secrets")] == hashes


def test_what_a_password_costs_suits_the_pc() -> None:
    assert "m=65536,t=3" in hashing_for(8 * 2**30).hash("river-lamp-oak")
    assert "m=19456,t=2" in hashing_for(2**30).hash("river-lamp-oak")
    assert "m=65536,t=3" in hashing_for(0).hash("river-lamp-oak")


def test_who_is_here_since_when(desk: Desk, clock: TestClock) -> None:
    staffed(desk)
    s.come(desk, Acting(CLERK, "clerk"))
    clock.wait(hours=1)
    assert {one.name: one.since[11:16] for one in a.accounts(desk)} == {HEAD: "", CLERK: "09:30", AUDITOR: ""}
    s.come(desk, Acting(HEAD, "head"))
    assert [one.name for one in a.accounts(desk) if one.since] == [HEAD]
    s.go(desk)
    assert not any(one.since for one in a.accounts(desk))
    assert desk.actor == desk.station.clerk
    assert replace(desk, acting=NOBODY).role == "auditor"


def test_an_older_profile_has_no_accounts(desk: Desk, tmp_path: Path) -> None:
    assert desk.store.read("SELECT count(*) FROM staff") == [(0,)]
    assert a.accounts(desk) == []
