"""The log: chained, gap-free, and still whole after private parts were destroyed."""

import msgspec
import pytest

from station_desk.cases.event import Event, Fact, Head, Secret, commit, follows, head_of, seal
from station_desk.cases.parts import Opinion, PaperPublic


def log(length: int) -> list[tuple[Event, Secret | None]]:
    head, made = Head(), []
    for n in range(1, length + 1):
        fact = Fact(
            "QSQ001-x", n, "paper.sent", "2026-11-20T10:00:00+08:00", "陈立新", PaperPublic("receipt", n)
        )
        secret = Opinion(f"意见 {n}") if n % 2 else None
        event, private = seal(msgspec.structs.replace(fact, private=secret), "QSQ001.02", head, f"c{n}")
        head = head_of(event)
        made.append((event, private))
    return made


def test_each_event_follows_the_one_before() -> None:
    head = Head()
    for event, _ in log(5):
        assert follows(event, head)
        head = head_of(event)
    assert head.seq == 5


@pytest.mark.parametrize("name", [field for field in Event.__struct_fields__ if field != "hash"])
def test_a_change_of_any_part_is_seen(name: str) -> None:
    (first, _), (second, _) = log(2)
    value = getattr(second, name)
    forged = msgspec.structs.replace(second, **{name: value + 1 if isinstance(value, int) else f"{value}0"})
    assert not follows(forged, head_of(first))


def test_an_event_left_out_is_seen() -> None:
    events = [event for event, _ in log(3)]
    assert not follows(events[2], head_of(events[0]))


def test_the_chain_holds_without_the_private_parts_and_proves_them_while_they_are_there() -> None:
    event, secret = log(1)[0]
    assert secret is not None
    assert commit(secret) == event.commitment
    assert commit(Secret(secret.text + " ", secret.salt)) != event.commitment
    assert follows(event, Head())


def test_equal_private_parts_have_different_commitments() -> None:
    assert log(1)[0][0].commitment != log(1)[0][0].commitment
