"""Two counters of one station, each with its own folder, log and clock."""

from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from station_desk.core.clock import Clock
from station_desk.counter.desk import Desk
from station_desk.counter.handover import HandOver, SealedPacket, hand_over, packet_for, take_over
from station_desk.counter.set_up import SetUp
from station_desk.main.open_desk import set_up_desk


def counter_of(folder: Path, counter: str, clock: Clock, station: str = "QSQ001") -> Desk:
    """A counter of the station that was just set up."""
    wish = SetUp(
        station, "青石桥社区公共服务站", counter, "周敏", "010-55550123", "青石桥路 18 号", "010-55550199"
    )
    made = set_up_desk(folder / f"{station}-{counter}", wish, "zh-Hans", clock)
    return replace(made, station=replace(made.station, public_url="https://district.example"))


def sent(desk: Desk, number: str, to: Desk) -> SealedPacket:
    """The case leaves a counter for another."""
    hand_over(desk, HandOver(number, to.station.counter_name), uuid4().hex)
    return packet_for(desk, number)


def moved(desk: Desk, number: str, to: Desk) -> None:
    """The case leaves a counter and arrives at another."""
    packet = sent(desk, number, to)
    take_over(to, packet.content, packet.code, uuid4().hex)
