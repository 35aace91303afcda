"""Answers kept for repeated commands cannot be changed behind the log; a restore is no false alarm."""

from collections.abc import Callable
from pathlib import Path

from station_desk.cases.kept_answers import EACH
from station_desk.counter.closing_day import CloseDay, close_day_now
from station_desk.counter.desk import Desk
from station_desk.counter.queue import TakeTicket, take_ticket
from station_desk.main.open_desk import open_desk
from station_desk.store.answers import SUM, check_answers
from station_desk.store.backups.making import make_backup
from station_desk.store.backups.restoring import restore
from station_desk.store.verify import verify_deep

Fresh = Callable[[], str]
CHANGES = (
    "UPDATE commands SET answer = answer || ' ' WHERE id = 'command-1'",
    "UPDATE commands SET at = '2026-01-01T00:00:00+08:00' WHERE id = 'command-2'",
    "UPDATE commands SET id = 'other' WHERE id = 'command-2'",
    "DELETE FROM commands WHERE id = 'command-1'",
)

BOTH = ["answers", "answers_sum"]


def quiet(_done: int, _total: int) -> None:
    pass


def closed(desk: Desk, fresh: Fresh) -> None:
    """The log tells of all answers until now."""
    close_day_now(desk, CloseDay(desk.clock().date().isoformat(), "周站长", "陈立新"), fresh())


def findings(desk: Desk) -> list[str]:
    return [one.code for one in verify_deep(desk.store, quiet)]


def test_every_change_of_a_kept_answer_is_named(desk: Desk, fresh: Fresh) -> None:
    for _ in range(3):
        take_ticket(desk, TakeTicket("LS-008"), fresh())
    closed(desk, fresh)
    assert findings(desk) == []
    for change in CHANGES:
        with desk.store.writing() as unit:
            unit.connection.execute("SAVEPOINT before")
            unit.connection.execute(change)
            assert [one.code for one in check_answers(unit.connection)] == BOTH, change
            unit.connection.execute("ROLLBACK TO before")
    assert findings(desk) == []


def test_the_newest_answers_are_covered_before_the_log_tells_of_them(desk: Desk, fresh: Fresh) -> None:
    """Each from the commit that keeps it; one that nobody gave is named as well."""
    for _ in range(3):
        take_ticket(desk, TakeTicket("LS-008"), fresh())
    added = "INSERT INTO commands (id, asked, answer, at) VALUES ('x', '', '{}', '')"
    for change in (*CHANGES, added):
        with desk.store.writing() as unit:
            assert not list(check_answers(unit.connection))
            unit.connection.execute("SAVEPOINT before")
            unit.connection.execute(change)
            assert [one.code for one in check_answers(unit.connection)] == ["answers_sum"], change
            unit.connection.execute("ROLLBACK TO before")


def test_a_profile_of_before_begins_its_sum_with_what_it_has(desk: Desk, fresh: Fresh) -> None:
    for _ in range(2):
        take_ticket(desk, TakeTicket("LS-008"), fresh())
    with desk.store.writing() as unit:
        unit.forget_about(SUM)
    assert findings(desk) == []
    take_ticket(desk, TakeTicket("LS-008"), fresh())
    assert findings(desk) == []
    with desk.store.writing() as unit:
        unit.connection.execute(CHANGES[0])
    assert findings(desk) == ["answers_sum"]


def test_a_sum_that_cannot_be_read_stops_nobody_and_is_named(desk: Desk, fresh: Fresh) -> None:
    take_ticket(desk, TakeTicket("LS-008"), fresh())
    desk.store.set_about({SUM: '{"count":1,"digest":"?"}'})
    take_ticket(desk, TakeTicket("LS-008"), fresh())
    assert findings(desk) == ["answers_sum"]


def test_the_log_tells_of_them_by_itself_after_so_many_events(desk: Desk, fresh: Fresh) -> None:
    for _ in range(EACH + 5):
        take_ticket(desk, TakeTicket("LS-008"), fresh())
    assert desk.store.read("SELECT count(*) FROM events WHERE kind = 'answers.kept'") == [(1,)]
    with desk.store.writing() as unit:
        unit.connection.execute(CHANGES[-1])
    assert findings(desk) == BOTH


def test_after_a_restore_nothing_false_is_told(desk: Desk, fresh: Fresh, tmp_path: Path) -> None:
    take_ticket(desk, TakeTicket("LS-008"), fresh())
    backup = make_backup(desk.store, tmp_path / "b", desk.clock, quiet)
    take_ticket(desk, TakeTicket("LS-008"), fresh())
    closed(desk, fresh)
    desk.store.close()
    restore(backup, desk.store.profile.folder, desk.clock, quiet)
    again = open_desk(desk.store.profile.folder, "zh-Hans", desk.clock)
    take_ticket(again, TakeTicket("LS-008"), fresh())
    closed(again, fresh)
    assert findings(again) == []
    again.store.close()
