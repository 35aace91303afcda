"""A month without network: what goes to the district on a stick leaves it as if it had come over the wire."""

from itertools import permutations
from random import Random

import pytest
from sqlalchemy import Connection, delete

from station_desk.core.errors import DeskError
from station_desk.district import tables as t
from station_desk.district.courier import (
    DeviceRetired,
    DeviceUnknown,
    EarlierMissing,
    FileRefused,
    TakenIn,
    take_in,
)
from station_desk.district.district import District
from station_desk.district.dump import dump
from station_desk.district.enrolment import revoke
from station_desk.district.verify import verify
from station_desk.protocol.courier import (
    MAGIC,
    AnswerNotOurs,
    FileDamaged,
    FileForAnother,
    FileNewer,
    FileNotUnderstood,
    Sender,
    new_seal_key,
    open_frames,
    public_seal_key,
    read_answer,
    read_cover,
    seal_frames,
)
from station_desk.protocol.messages import MOST_EVENTS, Mark
from station_desk.protocol.signing import public_key_of
from station_desk.sync.courier import frames_after, lacking
from tests.district import station
from tests.district.conftest import Reached
from tests.district.station import CLERK, CounterPC

MADE_AT = "2026-11-20T18:00:00+08:00"


def packed(
    pc: CounterPC, sender: station.Sender, seal_key: str, held: dict[str, Mark] | None = None
) -> bytes:
    """The file of all that lies after the marks."""
    held = held or {}
    cover = Sender(pc.station, pc.counter, sender.device, seal_key)
    frames = list(frames_after(pc, held, sender.device, sender.key))
    return seal_frames(frames, cover, MADE_AT, lacking(pc, held))


def brought(reached: Reached, raw: bytes) -> TakenIn:
    return take_in(reached.district, raw, lambda _done, _total: None)


def seal_key(district: District) -> str:
    return district.identity.public.seal


def test_a_file_brings_the_district_to_the_end_of_the_log(reached: Reached, pc: CounterPC) -> None:
    sender = reached.sender()
    while len(pc.events) <= 2 * MOST_EVENTS:
        pc.deliver_all()
    told: list[tuple[int, int]] = []
    raw = packed(pc, sender, seal_key(reached.district))
    taken = take_in(reached.district, raw, lambda done, total: told.append((done, total)))
    assert (taken.events, taken.dossiers) == (len(pc.events), len(pc.finished))
    assert told[-1] == (len(pc.events) + len(pc.finished),) * 2
    assert sender.hello().marks == pc.heads()
    assert verify(reached.district) == []
    answer = read_answer(taken.answer, sender.device, reached.district.identity.public.sign)
    assert answer.marks == pc.heads()


def test_in_any_order_twice_and_mixed_with_the_wire_the_state_is_the_same(
    reached: Reached, pc: CounterPC
) -> None:
    """Three files of a growing log and a push over the wire, in every order: nothing lost, nothing double."""
    random = Random(1)
    expected: list[object] | None = None
    sender = reached.sender()
    files: list[bytes] = []
    for _ in range(3):
        for _ in range(random.randrange(1, 4)):
            pc.deliver_all()
        files.append(packed(pc, sender, seal_key(reached.district)))
    half = len(pc.events) // 2
    for order in permutations(("first", "second", "third", "wire")):
        reached.district.write(_forget_the_logs)
        for what in (*order, order[0]):
            if what == "wire":
                sender.push(pc.events[:half])
            else:
                brought(reached, files[("first", "second", "third").index(what)])
        assert sender.hello().marks == pc.heads(), order
        assert verify(reached.district) == []
        held: list[object] = list(dump(reached.district))
        expected = expected or held
        assert held == expected, order


def test_a_cut_file_is_taken_up_to_nothing_and_may_be_brought_again(reached: Reached, pc: CounterPC) -> None:
    sender = reached.sender()
    pc.deliver_all()
    raw = packed(pc, sender, seal_key(reached.district))
    for cut in Random(2).sample(range(len(raw)), 60):
        with pytest.raises((FileDamaged, FileNotUnderstood)):
            brought(reached, raw[:cut])
    assert sender.hello().marks == {}
    assert brought(reached, raw).events == len(pc.events)


def test_no_changed_bit_is_taken(reached: Reached, pc: CounterPC) -> None:
    sender = reached.sender()
    pc.deliver_all()
    raw = packed(pc, sender, seal_key(reached.district))
    random = Random(3)
    for _ in range(300):
        changed = bytearray(raw)
        changed[random.randrange(len(raw))] ^= 1 << random.randrange(8)
        with pytest.raises(DeskError):
            brought(reached, bytes(changed))
    assert sender.hello().marks == {}


def test_whoever_finds_it_reads_nothing(reached: Reached, pc: CounterPC) -> None:
    sender = reached.sender()
    pc.deliver_all()
    raw = packed(pc, sender, seal_key(reached.district))
    for word in (*station.PERSONAL, CLERK, "LS-008", pc.events[0].subject):
        for spelling in ("utf-8", "utf-16-le", "gb18030"):
            assert word.encode(spelling) not in raw
    with pytest.raises(FileForAnother):
        list(open_frames(raw, new_seal_key()))


def test_a_file_for_another_district_is_not_opened(reached: Reached, pc: CounterPC) -> None:
    pc.accept()
    raw = packed(pc, reached.sender(), public_seal_key(new_seal_key()))
    with pytest.raises(FileForAnother):
        brought(reached, raw)


def test_only_what_the_enrolled_pc_signed_is_taken(reached: Reached, pc: CounterPC) -> None:
    """Anybody can seal for the district; only the PC can sign what is inside."""
    sender, other = reached.sender(), reached.sender(counter="03")
    pc.accept()
    forged = station.Sender(reached.http, other.key, sender.device)
    with pytest.raises(FileDamaged):
        brought(reached, packed(pc, forged, seal_key(reached.district)))
    with pytest.raises(FileRefused) as refused:
        brought(reached, packed(pc, other, seal_key(reached.district)))
    assert refused.value.values["why"] == "sync.writer_not_ours"
    nobody = station.Sender(reached.http, sender.key, "QSQ001.02.none")
    with pytest.raises(DeviceUnknown):
        brought(reached, packed(pc, nobody, seal_key(reached.district)))
    assert sender.hello().marks == {}


def test_a_revoked_pc_is_not_believed(reached: Reached, pc: CounterPC) -> None:
    sender = reached.sender()
    pc.accept()
    raw = packed(pc, sender, seal_key(reached.district))
    revoke(reached.district, "QSQ001", "02", "lost")
    with pytest.raises(DeviceRetired):
        brought(reached, raw)


def test_what_lacks_its_beginning_asks_for_all(reached: Reached, pc: CounterPC) -> None:
    sender = reached.sender()
    pc.deliver_all()
    held = pc.heads()
    pc.deliver_all()
    with pytest.raises(EarlierMissing):
        brought(reached, packed(pc, sender, seal_key(reached.district), held))
    brought(reached, packed(pc, sender, seal_key(reached.district)))
    assert sender.hello().marks == pc.heads()


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        (b"", FileNotUnderstood),
        (b"PK\x03\x04 a workbook", FileNotUnderstood),
        (MAGIC, FileDamaged),
        (MAGIC + b"{}\n", FileDamaged),
        (MAGIC + b'{"version": 9}\nx', FileNewer),
        (MAGIC + b'{"version": "9"}\nx', FileDamaged),
        (MAGIC + b"[" * 3000 + b"\n", FileDamaged),
        (MAGIC + b"\xff\xfe\n", FileDamaged),
    ],
)
def test_what_is_no_such_file_is_said(raw: bytes, error: type[DeskError]) -> None:
    with pytest.raises(error):
        read_cover(raw)


@pytest.mark.parametrize("raw", [b"", b"{}", b"\xff", b"[" * 100_000])
def test_what_is_no_answer_is_said(raw: bytes, reached: Reached) -> None:
    with pytest.raises(FileNotUnderstood):
        read_answer(raw, "QSQ001.02.0", reached.district.identity.public.sign)


def test_an_answer_for_another_or_changed_is_not_believed(reached: Reached, pc: CounterPC) -> None:
    sender = reached.sender()
    pc.accept()
    answer = brought(reached, packed(pc, sender, seal_key(reached.district))).answer
    sign = reached.district.identity.public.sign
    assert read_answer(answer, sender.device, sign).marks == pc.heads()
    for raw, device, key in (
        (answer, "QSQ001.03.0", sign),
        (answer.replace(b"2026-11-20", b"2026-11-21"), sender.device, sign),
        (answer, sender.device, public_key_of(sender.key)),
    ):
        with pytest.raises(AnswerNotOurs):
            read_answer(raw, device, key)


def test_both_ends_know_the_keys_of_the_district(reached: Reached) -> None:
    sender = reached.sender()
    own = sender.hello().own_keys
    assert own == reached.district.identity.public
    assert {len(own.seal), len(own.sign)} == {64}
    assert reached.district.identity.seal not in repr(reached.district)


def _forget_the_logs(connection: Connection) -> None:
    for table in t.metadata.sorted_tables:
        if table not in (t.about, t.device, t.station):
            connection.execute(delete(table))
