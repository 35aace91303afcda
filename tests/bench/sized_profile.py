"""A profile of some size for a bench: every event sealed, every row projected by the program itself."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec

from station_desk.cases import parts as p
from station_desk.cases.event import Event, Fact, Secret
from station_desk.core.clock import now
from station_desk.counter.accept import accept, new_number
from station_desk.counter.advance import Advance, advance
from station_desk.counter.application import Application
from station_desk.counter.desk import Desk
from station_desk.counter.finish import Deliver, Finish, deliver, finish, next_dossier
from station_desk.counter.papers.print_paper import print_receipt
from station_desk.counter.set_up import SetUp
from station_desk.district.kinds import PARTS
from station_desk.main.open_desk import open_desk, set_up_desk
from station_desk.store.unit import Unit

PRIVATE = {
    "case.accepted": p.AcceptedPrivate,
    "case.advanced": p.Opinion,
    "case.finished": p.FinishedPrivate,
    "case.delivered": p.DeliveredPrivate,
}
BATCH = 500
WHO = p.Applicant("王秀兰", "citizen_id", "11010519491231002X", "13912345678", "青石桥社区 3 组 12 号")
PENSION = Application(
    "LS-008", WHO, {"payment_grade": "500", "payment_mode": "自行缴费"},
    {"id_card": "brought", "hukou": "shared", "app_form": "brought"},
)  # fmt: skip
NAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林罗高"


def model(desk: Desk) -> list[tuple[Event, Secret | None]]:
    """A case as the real acts write it, from its acceptance to its delivery."""
    number = accept(desk, PENSION, uuid4().hex).answer.number
    print_receipt(desk, number, uuid4().hex)
    while desk.store.case(number).stage in {step.id for step in desk.store.case(number).steps}:
        advance(desk, Advance(number, opinion="情况属实，同意上报。"), uuid4().hex)
    finish(desk, Finish(number, "granted", "已参保"), uuid4().hex)
    deliver(desk, Deliver(number, "counter", "王秀兰"), uuid4().hex)
    return desk.store.log_of(number)


def copy(desk: Desk, unit: Unit, log: list[tuple[Event, Secret | None]], turn: int) -> None:
    """The same case once more, of somebody else, sealed and projected like any other."""
    number = new_number(desk, unit)
    for event, secret in log:
        public: Any = msgspec.json.decode(event.public, type=PARTS.get(event.kind, p.PaperPublic))
        private: Any = msgspec.json.decode(secret.text, type=PRIVATE[event.kind]) if secret else None
        if isinstance(private, p.AcceptedPrivate):
            name = f"{NAMES[turn % 20]}{chr(0x4E00 + turn % 997)}{chr(0x4E00 + turn % 1999)}"
            who = msgspec.structs.replace(WHO, name=name, phone=f"139{turn:08d}", id_number=f"{turn:018d}")
            private = msgspec.structs.replace(private, applicant=who, token=uuid4().hex)
        if getattr(public, "dossier", 0):
            public = msgspec.structs.replace(public, dossier=next_dossier(unit))
        unit.record(Fact(number, event.revision, event.kind, event.at, event.actor, public, private))


def made(folder: Path, megabytes: int) -> Desk:
    """The profile in the folder, filled up to its size."""
    if (folder / "desk.db").exists():
        return open_desk(folder, "en", now)
    desk = set_up_desk(folder, SetUp("QSQ001", "青石桥社区公共服务站", "2", "陈立新"), "en", now)
    log, turn = model(desk), 0
    while desk.store.profile.database.stat().st_size < megabytes * 1_000_000:
        with desk.store.writing("bench") as unit:
            for _ in range(BATCH):
                turn += 1
                copy(desk, unit, log, turn)
        sys.stdout.write(f"\r{desk.store.profile.database.stat().st_size / 1e6:.0f} MB, {turn} cases")
        sys.stdout.flush()
    sys.stdout.write("\n")
    return replace(desk)
