"""How long a profile of some size takes to check: at a start, deeply, and a plain reading of it beside them.

    python tests/bench/verify.py --folder DIR [--megabytes 1000]

The profile is a real one: every event sealed, every row projected by the program itself, some thousand a
transaction. It is made once and found again in the folder. Limits: fast 3 s, deep 60 s and 4 plain readings.
The floor is what the cipher alone takes: the seal of each page once, and every row decrypted twice.
"""

import argparse
import os
import resource
import sys
import time
from collections.abc import Callable
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
from station_desk.store.verify import verify_fast
from station_desk.store.verifying.apart import verify_apart

PRIVATE = {
    "case.accepted": p.AcceptedPrivate,
    "case.advanced": p.Opinion,
    "case.finished": p.FinishedPrivate,
    "case.delivered": p.DeliveredPrivate,
}
BATCH = 500
LIMITS = {"fast": 3.0, "deep": 60.0}
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


def plain(desk: Desk) -> None:
    """Every row of every table, read and thrown away."""
    tables = (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'case\\_words%' ESCAPE '\\'"
    )
    with desk.store.snapshot() as connection:
        for (table,) in connection.execute(tables).fetchall():
            for _ in connection.execute(f"SELECT * FROM {table}"):
                pass


def seals(desk: Desk) -> None:
    """The seal of every page and nothing else: what SQLCipher takes for a look at the whole file."""
    with desk.store.snapshot() as connection:
        connection.execute("PRAGMA cipher_integrity_check").fetchall()


def took(work: Callable[[], object]) -> tuple[float, float, object]:
    """Seconds by the clock, seconds of this process, and the answer."""
    began, used = time.perf_counter(), time.process_time()
    answer = work()
    return time.perf_counter() - began, time.process_time() - used, answer


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--folder", type=Path, required=True)
    options.add_argument("--megabytes", type=int, default=1000)
    asked = options.parse_args()
    desk = made(asked.folder, asked.megabytes)
    store = desk.store
    size = store.profile.database.stat().st_size / 1e6
    reading, plain_cpu, _ = took(lambda: plain(desk))
    _, seals_cpu, _ = took(lambda: seals(desk))
    fast, fast_cpu, found = took(lambda: verify_fast(store))
    deep, _, wrong = took(lambda: verify_apart(store, lambda _done, _total: None))
    events = store.read("SELECT count(*) FROM events")[0][0]
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak, cpu = used.ru_maxrss // 1024, used.ru_utime + used.ru_stime
    sys.stdout.write(
        f"{size:.0f} MB, {events} events; plain reading {reading:.1f} s; fast {fast:.1f} s (limit 3);"
        f" deep {deep:.1f} s (limit 60), {deep / reading:.1f} plain readings (limit 4), {cpu:.1f} s of CPU"
        f" in two processes of {peak} MB; plain and fast in CPU {plain_cpu:.1f} s, {fast_cpu:.1f} s;"
        f" floor of the cipher in CPU: {seals_cpu:.1f} s for the seals,"
        f" {seals_cpu + 2 * plain_cpu:.1f} s deep; load {os.getloadavg()[0]:.1f};"
        f" findings: {found} {wrong}\n"
    )
    return int(fast > LIMITS["fast"] or deep > LIMITS["deep"])


if __name__ == "__main__":
    sys.exit(main())
