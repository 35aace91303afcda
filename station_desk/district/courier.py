"""Takes in what a station without network brings in a file: the messages of the wire, by its rules."""

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from station_desk.core.errors import IntegrityError, RuleError
from station_desk.district.call_backs import call_backs_of
from station_desk.district.district import District
from station_desk.district.enrolment import Device, find_device
from station_desk.district.marks import marks_of
from station_desk.district.offered import on_stick
from station_desk.district.receive import receive
from station_desk.district.refused import Refused
from station_desk.district.station_said import answer_station
from station_desk.protocol import signing
from station_desk.protocol.courier import Cover, FileDamaged, Frame, open_frames, read_cover, sign_answer
from station_desk.protocol.messages import MOST_BYTES, Marks, Push

PATH = "/v1/push"
"""The door for which the messages were signed: one that was copied out of a file says nothing new there."""


class DeviceUnknown(RuleError):
    code = "courier.device_unknown"


class DeviceRetired(RuleError):
    code = "courier.device_retired"


class EarlierMissing(RuleError):
    code = "courier.earlier_missing"


class FileRefused(IntegrityError):
    code = "courier.refused"


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What one file brought: so many messages were read, and the district holds `marks` after them."""

    cover: Cover
    messages: int
    events: int
    dossiers: int
    answer: bytes


def take_in(district: District, raw: bytes, progress: Callable[[int, int], None]) -> TakenIn:
    """Receives every message of the file in order; what was received before changes nothing.

    `progress` hears how many events and dossiers were read, of how many. Each message is a transaction: a
    file that is refused in its middle may be brought again. Raises as `open_frames` does, DeviceUnknown,
    DeviceRetired, EarlierMissing where the district lacks what came before the file, FileRefused.
    """
    cover = read_cover(raw)
    device = _known(district, cover)
    before = _held(district, device)
    messages = read = 0
    for frame in open_frames(raw, district.identity.seal):
        push = _push(frame, device)
        try:
            receive(district, device, push)
        except Refused as refused:
            if refused.code == "sync.log_gap":
                raise EarlierMissing(station=device.station, counter=device.counter) from refused
            raise FileRefused(place=refused.detail, why=refused.code, messages=messages) from refused
        messages += 1
        read += len(push.events) + len(push.dossiers)
        progress(read, cover.events + cover.dossiers)
    after = _held(district, device)
    listed = district.read(lambda connection: call_backs_of(connection, device.station))
    brought = district.read(lambda connection: on_stick(connection, device, district.clock().date()))
    said = district.read(lambda connection: answer_station(connection, device.station))
    told = msgspec.structs.replace(
        after, called_back=listed, editions_brought=brought, station_brought=said
    )  # fmt: skip
    answer = sign_answer(told, device.id, district.identity.sign)
    return TakenIn(
        cover, messages, _events(after) - _events(before), _dossiers(after) - _dossiers(before), answer
    )


def _known(district: District, cover: Cover) -> Device:
    device = district.read(lambda connection: find_device(connection, cover.device))
    if device is None:
        raise DeviceUnknown(station=cover.station, counter=cover.counter)
    if device.retired:
        raise DeviceRetired(station=cover.station, counter=cover.counter, reason=device.reason)
    return device


def _push(frame: Frame, device: Device) -> Push:
    """The message, proved to be signed by the device. Raises FileDamaged."""
    if len(frame.body) > MOST_BYTES:
        raise FileDamaged
    try:
        signing.verify(device.public_key, "POST", PATH, frame.headers, frame.body)
        return msgspec.json.decode(frame.body, type=Push)
    except (signing.SignatureRefused, msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise FileDamaged from error


def _held(district: District, device: Device) -> Marks:
    return district.read(lambda connection: marks_of(connection, district, device))


def _events(marks: Marks) -> int:
    return sum(mark.head.seq for mark in marks.marks.values())


def _dossiers(marks: Marks) -> int:
    return sum(mark.dossiers for mark in marks.marks.values())
