"""The hall sees numbers and counts: nobody's name, nothing restricted, each call once, at once."""

import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from queue import Empty, Queue

import msgspec
import pytest

from station_desk.core import paths
from station_desk.core.clock import CHINA, stamp
from station_desk.core.texts import Texts
from station_desk.counter.accept import accept
from station_desk.counter.application import Application
from station_desk.counter.desk import Desk
from station_desk.counter.hall.board import Board, board_of
from station_desk.counter.hall.content import content_of
from station_desk.counter.hall.pages import turning_of
from station_desk.counter.hall.settings import (
    Basics,
    HallSettings,
    HallSettingsUnreadable,
    is_quiet,
    read_settings,
)
from station_desk.counter.hall.watch import HallWatch
from station_desk.counter.queue import CallNext, MoveTicket, TakeTicket, call_next, move_ticket, take_ticket
from station_desk.counter.queue_turns import UndoTicket, undo_ticket
from station_desk.store.driver import connect_reading
from station_desk.store.hall_file import DeskNotOpened, HallFile, HallRows
from station_desk.store.trouble import NoProfile
from station_desk.store.vault.opening import read_key
from tests.store.conftest import TestClock

Fresh = Callable[[], str]
RESTRICTED = "CC-001"


def test_a_call_is_shown_with_its_counter_the_newest_first(
    desk: Desk, clock: TestClock, fresh: Fresh
) -> None:
    for item in ("SA-001", "LS-008", "HF-001"):
        take_ticket(desk, TakeTicket(item), fresh())
    for _ in range(2):
        clock.wait(minutes=1)
        call_next(desk, CallNext(), fresh())
    shown = board(desk)
    assert [(call.number, call.where, call.serving) for call in shown.calls] == [
        ("B001", "2 号窗口", False), ("A001", "2 号窗口", False),
    ]  # fmt: skip
    assert [(group.name, group.count, group.wait) for group in shown.groups] == [("卫生计生", 1, "即将叫到")]


def test_a_recall_is_another_call_and_serving_is_none(desk: Desk, clock: TestClock, fresh: Fresh) -> None:
    ticket = take_ticket(desk, TakeTicket("SA-001"), fresh()).answer.id
    call_next(desk, CallNext(), fresh())
    first = board(desk).calls[0].key
    clock.wait(minutes=1)
    move_ticket(desk, MoveTicket(ticket, "called"), fresh())
    again = board(desk).calls[0].key
    move_ticket(desk, MoveTicket(ticket, "serving"), fresh())
    served = board(desk).calls[0]
    assert first != again
    assert (served.key, served.serving) == (again, True)
    move_ticket(desk, MoveTicket(ticket, "done"), fresh())
    assert board(desk).calls == ()


def test_a_missed_number_is_named(desk: Desk, fresh: Fresh) -> None:
    ticket = take_ticket(desk, TakeTicket("SA-001"), fresh()).answer.id
    call_next(desk, CallNext(), fresh())
    move_ticket(desk, MoveTicket(ticket, "missed"), fresh())
    assert (board(desk).missed, board(desk).calls) == (("A001",), ())


def test_of_a_restricted_item_the_hall_knows_the_number_only(desk: Desk, fresh: Fresh) -> None:
    item = desk.item(RESTRICTED)
    assert item.sensitivity == "S3"
    for code in (RESTRICTED, RESTRICTED, "SA-001"):
        take_ticket(desk, TakeTicket(code), fresh())
    assert [group.count for group in board(desk).groups] == [1]
    call_next(desk, CallNext((item.category,)), fresh())
    for language in ("zh-Hans", "zh-Hant", "en"):
        said = everything(desk, language)
        assert "F001" in said
        category = desk.catalogue.categories[item.category]
        restricted = [one for one in desk.catalogue.items.values() if one.sensitivity == "S3"]
        words = [*(one.name for one in restricted), category.name, category.short]
        assert [w for name in words for w in (name.hans, name.hant, name.en) if w in said] == []
        assert [one.code for one in restricted if one.code in said] == []


def test_a_station_cannot_choose_a_restricted_item_for_the_hall(desk: Desk) -> None:
    settings = HallSettings(items=(RESTRICTED, "SA-001"))
    turning = turning_of(desk.catalogue, settings, Basics(), {}, "2026-11-20", desk.texts)
    assert [page.code for page in turning.pages] == ["SA-001"]


def test_nobody_is_named(desk: Desk, fresh: Fresh, pension: Application) -> None:
    ticket = take_ticket(desk, TakeTicket(pension.item), fresh()).answer.id
    call_next(desk, CallNext(), fresh())
    accept(desk, msgspec.structs.replace(pension, ticket=ticket), fresh())
    said = everything(desk, "zh-Hans")
    person = pension.applicant
    assert [
        part for part in (person.name, person.id_number, person.phone, person.address) if part in said
    ] == []
    assert desk.station.clerk not in said


def test_the_display_cannot_write(desk: Desk) -> None:
    connection = connect_reading(desk.store.profile.database, read_key(desk.store.profile))
    with pytest.raises(Exception, match="readonly"):
        connection.execute("DELETE FROM tickets")
    connection.close()


def test_it_knows_whether_somebody_wrote(desk: Desk, fresh: Fresh) -> None:
    file = HallFile(desk.store.profile)
    file.look("2026-11-20")
    assert not file.has_changed()
    take_ticket(desk, TakeTicket("SA-001"), fresh())
    assert file.has_changed()
    assert len(file.look("2026-11-20").tickets) == 1
    assert not file.has_changed()
    file.close()


def test_a_call_reaches_the_display_within_a_second_and_at_once_when_nudged(
    desk: Desk, clock: TestClock, fresh: Fresh
) -> None:
    told: Queue[HallRows] = Queue()
    watch = HallWatch(desk.store.profile, clock, told.put, lambda error: pytest.fail(str(error)))
    watch.start()
    told.get(timeout=10)
    take_ticket(desk, TakeTicket("SA-001"), fresh())
    told.get(timeout=5)
    call_next(desk, CallNext(), fresh())
    watch.nudge()
    before = time.monotonic()
    assert told.get(timeout=5).tickets[0].state == "called"
    # Generous on a busy machine; the figures are measured in tests/bench/hall.py.
    assert time.monotonic() - before < 2
    with pytest.raises(Empty):
        told.get(timeout=0.6)
    watch.stop()


def test_a_missing_profile_is_told_once_and_seen_when_it_comes(
    tmp_path: Path, clock: TestClock, desk: Desk
) -> None:
    troubles: list[str] = []
    place = tmp_path / "later"
    watch = HallWatch(
        type(desk.store.profile)(place), clock, lambda _rows: None, lambda e: troubles.append(e.code)
    )
    watch.start()
    time.sleep(0.3)
    watch.stop()
    assert troubles == [NoProfile.code]


def test_settings_are_read_and_faults_are_told_with_their_place(tmp_path: Path, desk: Desk) -> None:
    file = tmp_path / "hall" / "hall.toml"
    file.parent.mkdir()
    assert read_settings(tmp_path) == HallSettings()
    file.write_text(
        'theme = "light"\nquiet = ["12:00-14:00"]\n[[notice]]\ntext = "停电"\nfrom = "2026-11-20"\n', "utf-8"
    )
    assert (read_settings(tmp_path).theme, read_settings(tmp_path).notice[0].text) == ("light", "停电")
    for wrong in (
        'theme = "pink"',
        "page_seconds = 1",
        "volume = 101",
        'quiet = ["12-14"]',
        "x = 1",
        "=",
        '"',
    ):
        file.write_text(wrong, "utf-8")
        with pytest.raises(HallSettingsUnreadable, match="hall"):
            read_settings(tmp_path)
        content = content_of(tmp_path, desk.catalogue, "zh-Hans", paths.RESOURCES / "i18n")
        assert isinstance(content.fault, HallSettingsUnreadable)
        assert content.settings == HallSettings()


def test_quiet_hours_may_reach_over_midnight() -> None:
    settings = HallSettings(quiet=("12:00-14:00", "22:00-06:30"))
    hours = {
        (h, m): is_quiet(settings, datetime(2026, 11, 20, h, m, tzinfo=CHINA))
        for h in range(24)
        for m in (0, 30)
    }
    assert {at for at, quiet in hours.items() if quiet} == {
        (h, m) for h, m in hours if h in (12, 13, 22, 23) or h < 6 or (h, m) == (6, 0)
    }


def test_notices_and_basics_are_shown_on_their_days(desk: Desk, clock: TestClock) -> None:
    folder = desk.store.profile.folder / "hall"
    folder.mkdir()
    (folder / "basics.toml").write_text(
        'name = "青石桥"\nupdated = "2026-11"\n[[fact]]\nlabel = "户籍"\ntext = "3 214 户"\n'
        '[[person]]\nname = "赵敏华"\npost = "站长"\n', "utf-8",
    )  # fmt: skip
    (folder / "hall.toml").write_text(
        '[[notice]]\ntext = { zh-Hans = "停水", zh-Hant = "停水了", en = "No water" }\n'
        'until = "2026-11-20"\n',
        "utf-8",
    )
    content = content_of(desk.store.profile.folder, desk.catalogue, "en", paths.RESOURCES / "i18n")
    rows = HallFile(desk.store.profile).look("2026-11-20")
    turning = content.seen(rows, clock()).turning["en"]
    assert (turning.facts, turning.notices) == (("户籍 3 214 户",), ("No water",))
    clock.wait(days=1)
    assert content.seen(rows, clock()).turning["en"].notices == ()
    assert "赵敏华" not in str(turning)


def board(desk: Desk, language: str = "zh-Hans") -> Board:
    file = HallFile(desk.store.profile)
    rows = file.look(stamp(desk.clock())[:10])
    file.close()
    return board_of(rows, desk.catalogue, desk.clock(), Texts(paths.RESOURCES / "i18n", language))


def everything(desk: Desk, language: str) -> str:
    """All that the display shows in a language, as one text."""
    say = Texts(paths.RESOURCES / "i18n", language)
    turning = turning_of(desk.catalogue, HallSettings(), Basics(), desk.store.about(), "2026-11-20", say)
    return msgspec.json.encode([board(desk, language), turning]).decode()


def test_several_counters_call_at_the_same_display(desk: Desk, fresh: Fresh) -> None:
    for item in ("SA-001", "LS-008"):
        take_ticket(desk, TakeTicket(item), fresh())
    call_next(desk, CallNext(), fresh())
    call_next(desk, CallNext(counter="12"), fresh())
    assert [(call.number, call.where) for call in board(desk).calls] == [
        ("B001", "12 号窗口"), ("A001", "2 号窗口"),
    ]  # fmt: skip


def test_a_call_that_was_taken_back_is_shown_no_more(desk: Desk, fresh: Fresh) -> None:
    ticket = take_ticket(desk, TakeTicket("SA-001"), fresh()).answer.id
    call_next(desk, CallNext(), fresh())
    first = board(desk).calls[0].key
    move_ticket(desk, MoveTicket(ticket, "called"), fresh())
    undo_ticket(desk, UndoTicket(ticket), fresh())
    assert [call.key for call in board(desk).calls] == [first], "a recall undone is no new call"
    other = take_ticket(desk, TakeTicket("LS-008"), fresh()).answer.id
    call_next(desk, CallNext(), fresh())
    undo_ticket(desk, UndoTicket(other), fresh())
    assert [call.number for call in board(desk).calls] == ["A001"]


def test_the_display_brings_no_older_database_up_to_date(desk: Desk) -> None:
    with desk.store.writing() as unit:
        unit.connection.execute("PRAGMA user_version = 1")
    with pytest.raises(DeskNotOpened):
        HallFile(desk.store.profile).look("2026-11-20")


def test_a_mistake_of_ours_is_told_and_not_hidden(desk: Desk, clock: TestClock) -> None:
    troubles: list[str] = []
    loud: list[str] = []

    def broken(_rows: HallRows) -> None:
        raise ZeroDivisionError

    before, threading.excepthook = threading.excepthook, lambda args: loud.append(args.exc_type.__name__)
    try:
        watch = HallWatch(desk.store.profile, clock, broken, lambda error: troubles.append(error.code))
        watch.start()
        until = time.monotonic() + 10
        while not loud and time.monotonic() < until:
            time.sleep(0.02)
    finally:
        threading.excepthook = before
    assert (troubles, loud) == (["hall.broken"], ["ZeroDivisionError"])
