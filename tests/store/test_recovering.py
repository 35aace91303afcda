"""The envelope proves the head: a new password by it, said in the log; nothing else gives one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from station_desk.cases.staff import NOBODY, Acting, NoSuchAccount
from station_desk.core.errors import DeskError
from station_desk.counter.desk import Desk
from station_desk.counter.staff import accounts as a
from station_desk.counter.staff import signing_in as s
from station_desk.store.vault.changes import new_envelope, set_passphrase
from station_desk.store.vault.recovery_key import written
from station_desk.store.vault.trouble import NoEnvelope, WrongSecret
from station_desk.store.vault.typed import EnvelopeOpened, open_envelope
from station_desk.store.verify import verify_deep
from tests.store.staffed import CLERK, HANDS, HEAD, PASSWORDS, QUICK, Running, acting_as, staffed

Fresh = Callable[[], str]
NEW = "seven-green-doors"


def envelope(desk: Desk) -> str:
    """What stands on the sheet of a fresh envelope."""
    profile = desk.store.profile
    return written(new_envelope(profile, profile.key, date(2026, 11, 20), lambda _secret: None))


def into(desk: Desk, name: str, password: str) -> Acting:
    return s.sign_in(desk, name, password, QUICK, Running())


def test_the_envelope_gives_the_head_a_new_password_and_the_log_says_so(desk: Desk, fresh: Fresh) -> None:
    closed = staffed(desk)
    proof = open_envelope(desk.store.profile, envelope(desk))
    a.recover_head(closed, proof, HEAD, NEW, fresh(), HANDS)
    assert into(desk, HEAD, NEW) == Acting(HEAD, "head")
    with pytest.raises(s.NotRight):
        into(desk, HEAD, PASSWORDS[HEAD])
    (told,) = desk.store.read("SELECT actor, public FROM events WHERE kind = 'staff.changed'")
    assert told == ("envelope 2026-11-20", '{"what":"recovered"}')
    assert verify_deep(desk.store, lambda _done, _total: None) == []


def test_a_disabled_head_comes_back_by_it(desk: Desk, fresh: Fresh) -> None:
    staffed(desk)
    head = acting_as(desk, HEAD)
    a.add_member(head, a.AddMember("李负责", "head"), NEW, fresh(), HANDS)
    a.disable_member(head, "李负责", fresh())
    a.recover_head(
        desk, open_envelope(desk.store.profile, envelope(desk)), "李负责", "river-lamp-ash", fresh(), HANDS
    )
    assert into(desk, "李负责", "river-lamp-ash").role == "head"


def test_nobody_but_a_head_and_no_weak_password(desk: Desk, fresh: Fresh) -> None:
    closed = replace(staffed(desk), acting=NOBODY)
    proof = EnvelopeOpened("2026-11-20")
    for name in (CLERK, "没有人"):
        with pytest.raises(NoSuchAccount):
            a.recover_head(closed, proof, name, NEW, fresh(), HANDS)
    with pytest.raises(DeskError):
        a.recover_head(closed, proof, HEAD, "kurz", fresh(), HANDS)
    assert into(desk, HEAD, PASSWORDS[HEAD]).name == HEAD


def test_a_passphrase_or_an_envelope_of_before_proves_nothing(desk: Desk) -> None:
    profile = desk.store.profile
    with pytest.raises(NoEnvelope):
        open_envelope(profile, written(bytes(20)))
    old = envelope(desk)
    open_envelope(profile, old)
    envelope(desk)
    words = "青石桥的桂花开了三遍"
    set_passphrase(profile, profile.key, words)
    with pytest.raises(WrongSecret):
        open_envelope(profile, old)
    with pytest.raises(DeskError):
        open_envelope(profile, words)
