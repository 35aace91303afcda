"""A district that lives again from a backup: the counter says so, with how much it lacked."""

from station_desk.cases.event import Head
from station_desk.counter.care import care_now
from station_desk.counter.desk import Desk
from station_desk.protocol.messages import VERSION, Mark, Marks
from station_desk.store.log import DeskLog

AT = "2026-11-20T12:00:00+08:00"


def marks(epoch: str, seq: int) -> Marks:
    return Marks(VERSION, epoch, AT, {"QSQ001.02": Mark(Head(seq, "ab" * 32))})


def test_a_district_that_came_back_from_a_backup_is_told_with_what_it_lacked(desk: Desk) -> None:
    log = DeskLog(desk.store)
    for one in (marks("first", 7), marks("first", 9)):
        log.note_marks(one, AT)
        assert "备份恢复" not in " ".join(care_now(desk).sentences)
    log.note_marks(marks("second", 6), AT)
    log.note_marks(marks("second", 9), AT)
    (told,) = (one for one in care_now(desk).sentences if "备份恢复" in one)
    assert "3 条" in told
    assert log.noted_marks()["QSQ001.02"].head.seq == 9
