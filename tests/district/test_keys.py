"""Every counter learns the keys of all: what the district tells, page by page, how it says they changed."""

from contextlib import closing

import msgspec
import pytest
from sqlalchemy import Connection, insert, select, text, update

from station_desk.core.clock import now, stamp
from station_desk.district import keys, schema
from station_desk.district import tables as t
from station_desk.district.database import open_database
from station_desk.district.district import open_district
from station_desk.district.enrolment import revoke
from station_desk.protocol.messages import VERSION, AskKeys, CounterKey, CounterKeys, Marks
from station_desk.protocol.signing import new_key, public_key_of
from station_desk.sync.client import Wire
from station_desk.sync.keys import learn_keys
from tests.district.conftest import NOON, DistrictClock, Reached
from tests.district.station import JSON, CounterPC, Sender, refused

LATER = "2026-11-20T15:00:00+08:00"


class Book:
    """What a counter would keep in its database."""

    def __init__(self) -> None:
        self.known: dict[str, tuple[CounterKey, ...]] = {}

    def mark(self) -> str:
        return next(iter(self.known), "")

    def keep(self, mark: str, keys: tuple[CounterKey, ...]) -> None:
        self.known = {mark: keys}


class KeysStory:
    """The promises; the subclasses say how the district is reached."""

    def test_each_counter_is_told_the_keys_of_all_with_since_and_until_and_why(
        self, reached: Reached, clock: DistrictClock
    ) -> None:
        old, other = reached.sender(), reached.sender("QSQ002", "01")
        clock.wait(hours=3)
        new = reached.sender()
        revoke(reached.district, "QSQ002", "01", "电脑失窃")
        told = {key.public_key: key for key in _keys(new).keys}
        noon = stamp(NOON)
        assert told == {
            key.public_key: key
            for key in (
                CounterKey("QSQ001", "02", _public(old), noon, LATER, "sync.replaced"),
                CounterKey("QSQ001", "02", _public(new), LATER),
                CounterKey("QSQ002", "01", _public(other), noon, LATER, "sync.revoked", "电脑失窃"),
            )
        }

    def test_hello_tells_when_the_keys_are_others(self, reached: Reached, pc: CounterPC) -> None:
        sender = reached.sender()
        marks = [sender.hello().keys]
        pc.accept()
        assert sender.push(pc.events).keys == ""
        assert sender.hello().keys == marks[0]
        reached.sender("QSQ002", "01")
        marks.append(sender.hello().keys)
        revoke(reached.district, "QSQ002", "01", "")
        marks.append(sender.hello().keys)
        assert len(set(marks)) == 3
        assert all(marks)

    def test_only_a_counter_of_the_district_is_told(self, reached: Reached) -> None:
        sender = reached.sender()
        body = msgspec.json.encode(AskKeys(VERSION))
        refused(reached.http.post("/v1/keys", content=body, headers=JSON), 401, "sync.not_enrolled")
        revoke(reached.district, "QSQ001", "02", "")
        refused(sender.post("/v1/keys", body), 401, "sync.revoked")

    @pytest.mark.parametrize(
        ("body", "status", "code"),
        [
            (msgspec.json.encode(AskKeys(VERSION + 1)), 426, "sync.version_refused"),
            (b'{"version":1,"after":7}', 400, "sync.message_refused"),
            (b'{"version":1,"more":""}', 400, "sync.message_refused"),
            (b"", 400, "sync.message_refused"),
        ],
    )
    def test_what_is_no_question_for_keys_is_refused(
        self, reached: Reached, body: bytes, status: int, code: str
    ) -> None:
        refused(reached.sender().post("/v1/keys", body), status, code)


class TestInProcess(KeysStory):
    @pytest.fixture
    def reached(self, in_process: Reached) -> Reached:
        return in_process


class TestOverLoopback(KeysStory):
    @pytest.fixture
    def reached(self, over_loopback: Reached) -> Reached:
        return over_loopback


def test_a_large_district_tells_its_keys_page_by_page(over_loopback: Reached) -> None:
    sender = over_loopback.sender()
    over_loopback.district.write(lambda connection: _enrol_many(connection, 2 * keys.PAGE + 7))
    first = _keys(sender)
    assert len(first.keys) == keys.PAGE
    assert len(msgspec.json.encode(first)) < 1024 * 1024
    book = Book()
    with Wire(str(over_loopback.http.base_url), sender.device, sender.key, now) as wire:
        learn_keys(book, wire, sender.hello().keys)
    (known,) = book.known.values()
    assert len(known) == len({key.public_key for key in known}) == 2 * keys.PAGE + 8


def test_keys_are_asked_for_only_when_they_are_others() -> None:
    """Nobody answers at that port: whoever asks there fails."""
    book = Book()
    book.keep("same", ())
    with Wire("http://127.0.0.1:9", "QSQ001.02.x", new_key(), now) as wire:
        learn_keys(book, wire, "same")
        learn_keys(book, wire, "")


def test_a_key_of_a_kind_we_do_not_know_is_passed_over(over_loopback: Reached) -> None:
    sender = over_loopback.sender()
    strange = {"public_key": "sm2:" + "00" * 65}, {"counter": "x"}, {"enrolled_at": "yesterday"}
    over_loopback.district.write(lambda connection: _enrol_many(connection, 3))
    for number, values in enumerate(strange):
        _spoil(over_loopback, number, values)
    book = Book()
    with Wire(str(over_loopback.http.base_url), sender.device, sender.key, now) as wire:
        learn_keys(book, wire, sender.hello().keys)
    assert [key.public_key for key in book.known[book.mark()]] == [_public(sender)]


def test_an_older_district_tells_no_keys_and_an_older_counter_reads_the_answer() -> None:
    older = b'{"version":1,"epoch":"e","time":"","marks":{},"waiting":0}'
    assert msgspec.json.decode(older, type=Marks).keys == ""

    class OldMarks(msgspec.Struct):
        version: int
        epoch: str

    newer = msgspec.json.encode(Marks(1, "e", "", {}, keys="k"))
    assert msgspec.json.decode(newer, type=OldMarks).epoch == "e"


def test_devices_of_before_get_the_time_of_their_retirement(new_url: str) -> None:
    """What the first version of the tables knew: that a device is retired, not since when."""
    with closing(open_database(new_url)) as database:
        database.write(_first_tables)
    before = stamp(now())
    with closing(open_district(new_url)) as district:
        rows = {row["device"]: row["retired_at"] for row in district.rows(select(t.device))}
        assert rows["QSQ001.02.aa"] == "2026-03-01T09:00:00+08:00"
        assert rows["QSQ001.02.bb"] == ""
        assert before <= rows["QSQ002.01.cc"] <= stamp(now())
        assert district.read(keys.keys_mark)


def _first_tables(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "0001")
    connection.execute(text("INSERT INTO about (name, value) VALUES ('epoch', 'e')"))
    for station, device, at, retired in (
        ("QSQ001", "QSQ001.02.aa", "2026-01-01T09:00:00+08:00", "sync.replaced"),
        ("QSQ001", "QSQ001.02.bb", "2026-03-01T09:00:00+08:00", ""),
        ("QSQ002", "QSQ002.01.cc", "2026-02-01T09:00:00+08:00", "sync.revoked"),
    ):
        connection.execute(
            text("INSERT INTO device VALUES (:station, :device, :counter, 'k', :at, :retired, '')"),
            {"station": station, "device": device, "counter": device[7:9], "at": at, "retired": retired},
        )


def _enrol_many(connection: Connection, count: int) -> None:
    connection.execute(
        insert(t.device),
        [
            {
                "station": "QSQ900", "device": f"QSQ900.01.{n:06d}", "counter": "01", "retired_at": LATER,
                "public_key": f"{n:064x}", "enrolled_at": stamp(NOON), "retired": "sync.revoked",
                "reason": "撤" * 60,
            }
            for n in range(count)
        ],
    )  # fmt: skip
    keys.note_keys_changed(connection)


def _spoil(reached: Reached, number: int, values: dict[str, str]) -> None:
    of_device = update(t.device).where(t.device.c.device == f"QSQ900.01.{number:06d}")
    reached.district.write(lambda connection: connection.execute(of_device.values(values)))


def _keys(sender: Sender) -> CounterKeys:
    answer = sender.post("/v1/keys", msgspec.json.encode(AskKeys(VERSION)))
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=CounterKeys)


def _public(sender: Sender) -> str:
    return public_key_of(sender.key)
