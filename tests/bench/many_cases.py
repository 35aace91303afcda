"""Makes the profile of a counter with any number of cases within minutes, for the benches of this folder.

A few cases go through the real acts, one of each kind; all others are copies of them with their own number,
days and person. The copies' rows, words, counts, papers and dossiers are what the acts would have written,
and each opens, lists and is found like a real one. What is not real: the hashes and salts of the copies'
events, so `verify` names every one of them; and the answers and opinions are those of the model.
"""

import argparse
import itertools
import re
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

from station_desk.cases.number import CaseNumber
from station_desk.cases.parts import Applicant
from station_desk.core.clock import CHINA, now, stamp
from station_desk.counter.accept import accept
from station_desk.counter.advance import Advance, advance
from station_desk.counter.application import Application
from station_desk.counter.desk import Desk
from station_desk.counter.finish import Deliver, Finish, VoidCase, deliver, finish, void_case
from station_desk.counter.interrupt import Withdraw, withdraw
from station_desk.counter.queue import TakeTicket, take_ticket
from station_desk.counter.set_up import SetUp
from station_desk.main.open_desk import set_up_desk
from station_desk.residents.finding import findable
from station_desk.residents.names import initials
from station_desk.store.backfill import COUNT, COUNT_DAY
from station_desk.store.case_tables import COLUMNS, INSERT_CASE
from station_desk.store.unit import INSERT_EVENT
from station_desk.store.word_index import INSERT_WORDS

ITEMS = (
    "LS-008", "LS-001", "SA-001", "SA-004", "HF-005", "FP-001", "DE-009", "MC-001", "CE-002", "PS-001",
    "HV-001", "CC-001",
)  # fmt: skip
CLERKS = ("陈立新", "赵敏", "孙浩")
MOST_OPEN = 5_000
"""Of a million cases as of a hundred thousand, only so many are in progress."""
DAYS = 1_250
ANSWERS = {
    "text": "说明", "long_text": "说明", "date": "2026-01-05", "integer": "1", "money": "600",
    "yes_no": "yes", "phone": "13912345678", "citizen_id": "11010519491231002X",
}  # fmt: skip
WHO = Applicant("王秀兰", "citizen_id", "11010519491231002X", "13912345678", "青石桥社区 3 组 12 号")
MODEL_DAYS = (datetime(2026, 11, 2, 9, 30, tzinfo=CHINA), datetime(2026, 11, 3, 10, 40, tzinfo=CHINA))
SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林罗高郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁任"
)
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华文玉红建国志海波斌宇浩凯健俊帆帅旭宁龙林玲欢婷"
    "晨东南西北梅兰竹菊春夏秋冬天地日月山川河江湖美慧巧雅芝萍燕彩珍贞莉凤洁琳素云莲真环雪荣爱妹香"
)
RARE = ("王𠮷", "李𬭚", "古丽娜尔·买买提", "阿依古丽·艾合买提", "欧阳静怡", "Ann Lee")
MODEL_NUMBER, MODEL_PROMISED = "(number)", "(promised)"
MODEL_STAMPS = tuple(stamp(day) for day in MODEL_DAYS)
EVENT = (
    "writer", "seq", "prev", "hash", "subject", "revision", "kind", "at", "actor", "command", "public",
    "commitment", "private", "salt",
)  # fmt: skip
INITIALS, BODY, DOSSIER = (COLUMNS.index(name) for name in ("initials", "body", "dossier"))
FINISHED = COLUMNS.index("finished_at")
COUNTED = tuple(COLUMNS.index(name) for name in ("state", "category", "clerk"))
BATCH = 2_000
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who comes now and then, with the words for searching made once."""

    name: str
    initials: str
    id_number: str
    phone: str
    words: str


@dataclass(frozen=True, slots=True)
class Model:
    """A real case: its row, and its texts cut where the words of a copy come in."""

    row: Row
    body: tuple[str, ...]
    events: tuple[tuple[Row, tuple[str, ...], tuple[str, ...]], ...]
    ended: bool
    dossier: str


@dataclass(slots=True)
class Log:
    """Where the copies' log and row of dossiers stand."""

    writer: str
    seq: int = 0
    dossiers: int = 0


@dataclass(frozen=True, slots=True)
class Copy:
    """All rows of one more case."""

    place: int
    row: Row
    words: str
    events: list[Row]
    paper: Row
    dossier: Row | None


def make_profile(folder: Path, cases: int, seed: int = 1, waiting: int = 60) -> Desk:
    """A desk with that many cases, the newest of yesterday, and a queue of today; whoever asks closes it."""
    desk = set_up_desk(folder, SetUp("QSQ001", "青石桥社区公共服务站", "2", CLERKS[0]), "zh-Hans", now)
    models = folder.with_name(f"{folder.name}-models")
    with desk.store.writing() as unit:
        log = Log(unit.writer)
    pooled = desk.store.engine.raw_connection()
    driver: Any = pooled.driver_connection
    _fill(driver, _copies(_models(models), cases, Random(seed), log), log)
    pooled.close()
    shutil.rmtree(models)
    codes = list(desk.catalogue.items)
    for place in range(waiting):
        take_ticket(desk, TakeTicket(codes[place * 7 % len(codes)]), uuid4().hex)
    return desk


def _fill(driver: Any, copies: Iterator[Copy], log: Log) -> None:
    """Row after row without the indexes that new rows would hit anywhere; they are made again at the end."""
    indexes = driver.execute("SELECT name, sql FROM sqlite_master WHERE tbl_name = 'cases' AND sql NOT NULL")
    made = [(name, sql) for name, sql in indexes.fetchall() if sql.startswith("CREATE INDEX")]
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -200000"):
        driver.execute(f"PRAGMA {pragma}")
    for name, _ in made:
        driver.execute(f"DROP INDEX {name}")
    while batch := list(itertools.islice(copies, BATCH)):
        _write(driver, batch)
    for _, sql in made:
        driver.execute(sql)
    driver.execute("INSERT INTO serials VALUES (?, ?)", (f"dossier:{log.writer}", log.dossiers))
    driver.execute("UPDATE writers SET seq = ?, hash = ?", (log.seq, f"{log.seq:064x}"))
    driver.execute(
        "INSERT INTO marks VALUES (?, ?, ?, ?)", (log.writer, log.seq, f"{log.seq:064x}", log.dossiers)
    )
    for pragma in ("synchronous = FULL", "journal_mode = WAL", "cache_size = -8000", "shrink_memory"):
        driver.execute(f"PRAGMA {pragma}")


def people(count: int, dice: Random) -> list[Person]:
    """People with names as they are spread, identity numbers with their check digit, and phones."""
    weights = [1 / (place + 3) for place in range(len(SURNAMES))]
    given = [1 / (place + 8) for place in range(len(GIVEN))]
    found = []
    for place in range(count):
        name = RARE[place] if place < len(RARE) else dice.choices(SURNAMES, weights)[0] + "".join(
            dice.choices(GIVEN, given, k=dice.choice((1, 2, 2, 2)))
        )  # fmt: skip
        born = date(1935, 1, 1) + timedelta(days=dice.randrange(25_000))
        body = f"1101{dice.choice(('05', '06', '08', '01'))}{born:%Y%m%d}{dice.randrange(1000):03d}"
        phone = f"1{dice.choice(('39', '38', '37', '86'))}{dice.randrange(10**8):08d}"
        letters, number = initials(name), body + _check(body)
        words = " ".join(findable("", name, letters, number, phone))
        found.append(Person(name, letters, number, phone, words))
    return found


def _check(body: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11]


def _models(folder: Path) -> dict[str, list[Model]]:
    """Real cases by their state, made on a desk of their own."""
    moment = [MODEL_DAYS[0]]
    desk = set_up_desk(folder, SetUp("QSQ001", "青石桥", "2", CLERKS[0]), "zh-Hans", lambda: moment[0])
    numbers: dict[str, list[str]] = {}
    for code in ITEMS:
        for state in ("processing", "processing", "delivered", "finished", "voided", "withdrawn"):
            moment[0] = MODEL_DAYS[0]
            number = _accepted(desk, code)
            moment[0] = MODEL_DAYS[1]
            numbers.setdefault(_brought_to(desk, number, state), []).append(number)
    models = {state: [_model(desk, number) for number in found] for state, found in numbers.items()}
    desk.store.close()
    return models


def _accepted(desk: Desk, code: str) -> str:
    item = desk.item(code)
    kinds = {field.key: desk.catalogue.fields[field.key] for field in item.field if field.required}
    answers = {key: ANSWERS.get(kind.kind) or kind.choices[0].hans for key, kind in kinds.items()}
    form = Application(code, WHO, answers, {material.key: "brought" for material in item.material})
    return accept(desk, form, uuid4().hex).answer.number


def _brought_to(desk: Desk, number: str, state: str) -> str:
    match state:
        case "voided":
            void_case(desk, VoidCase(number, "录入有误"), uuid4().hex)
        case "withdrawn":
            withdraw(desk, Withdraw(number, "本人撤回"), uuid4().hex)
        case "finished" | "delivered":
            _finished(desk, number)
        case _:
            pass
    if state == "delivered" and desk.store.case(number).state == "finished":
        deliver(desk, Deliver(number, "counter", WHO.name), uuid4().hex)
    return desk.store.case(number).state


def _finished(desk: Desk, number: str) -> None:
    while desk.store.case(number).stage:
        advance(desk, Advance(number, opinion="情况属实"), uuid4().hex)
    finish(desk, Finish(number, "granted", "已办结"), uuid4().hex)


def _model(desk: Desk, number: str) -> Model:
    (row,) = desk.store.read(f"SELECT {', '.join(COLUMNS)} FROM cases WHERE number = ?", (number,))
    told = dict(zip(COLUMNS, row, strict=True))
    dossier = f'"dossier":{told["dossier"]}'
    slots = {number: MODEL_NUMBER, told["promised"] or MODEL_PROMISED: MODEL_PROMISED}
    if told["dossier"]:
        slots[dossier] = dossier
    slots |= {word: word for word in (*MODEL_STAMPS, WHO.name, WHO.id_number, WHO.phone, CLERKS[0])}

    def parts(text: str | None) -> tuple[str, ...]:
        cut = re.split("(" + "|".join(re.escape(word) for word in slots) + ")", text or "")
        return tuple(slots[part] if place % 2 else part for place, part in enumerate(cut))

    events = desk.store.read(
        f"SELECT {', '.join(EVENT)} FROM events WHERE subject = ? AND kind LIKE 'case.%' ORDER BY revision",
        (number,),
    )
    row = tuple(slots.get(value, value) if isinstance(value, str) else value for value in row)
    kept = tuple((event, parts(event[10]), parts(event[12])) for event in events)
    return Model(row, parts(told["body"].decode()), kept, bool(told["dossier"]), dossier)


def _copies(models: dict[str, list[Model]], cases: int, dice: Random, log: Log) -> Iterator[Copy]:
    crowd = people(max(cases // 4, 20), dice)
    a_day, in_progress = -(-cases // DAYS), min(MOST_OPEN, cases // 4)
    yesterday = now().date() - timedelta(days=1)
    first = yesterday - timedelta(days=-(-cases // a_day) - 1)
    ends = dice.choices(("delivered", "finished", "voided", "withdrawn"), (95, 3, 1, 1), k=997)
    for place in range(cases):
        state = "processing" if place >= cases - in_progress else ends[place % 997]
        day, serial = first + timedelta(days=place // a_day), place % a_day + 1
        number = CaseNumber("QSQ001", day, "02", serial)
        ended = min(day + timedelta(days=dice.randrange(9)), yesterday)
        if state == "processing":
            promised = yesterday + timedelta(days=dice.randrange(-2, 15))
        else:
            promised = day + timedelta(days=9)
        who = dice.choice(crowd)
        model = dice.choice(models[state])
        told = {
            MODEL_NUMBER: str(number), MODEL_STAMPS[0]: _stamp(day, place),
            MODEL_PROMISED: promised.isoformat(),
            MODEL_STAMPS[1]: _stamp(ended, place + 7), WHO.name: who.name, WHO.id_number: who.id_number,
            WHO.phone: who.phone, CLERKS[0]: dice.choice(CLERKS),
        }  # fmt: skip
        yield _copy(model, place + 1, told, who, log)


def _copy(model: Model, place: int, told: dict[str, str], who: Person, log: Log) -> Copy:
    if model.ended:
        log.dossiers += 1
        told[model.dossier] = f'"dossier":{log.dossiers}'
    number = told[MODEL_NUMBER]
    row = [told.get(value, value) if isinstance(value, str) else value for value in model.row]
    row[INITIALS], row[BODY] = who.initials, _said(model.body, told).encode()
    row[DOSSIER] = log.dossiers if model.ended else 0
    events = []
    for event, public, private in model.events:
        log.seq += 1
        copy = list(event)
        copy[:5] = (log.writer, log.seq, f"{log.seq - 1:064x}", f"{log.seq:064x}", number)
        copy[7], copy[10], copy[12] = told[event[7]], _said(public, told), _said(private, told) or None
        events.append(tuple(copy))
    dossier = (log.writer, log.dossiers, number, log.seq) if model.ended else None
    paper = (number, "receipt", 1, "confirmed", *[told[MODEL_STAMPS[0]]] * 3)
    words = who.words + " " + " ".join(findable(number, "", "", "", ""))
    return Copy(place, tuple(row), words, events, paper, dossier)


def _said(parts: tuple[str, ...], told: dict[str, str]) -> str:
    """The model's text with the copy's words in every other place."""
    return "".join(part if place % 2 == 0 else told[part] for place, part in enumerate(parts))


def _stamp(day: date, place: int) -> str:
    return f"{day}T{9 + place % 8:02d}:{place // 8 % 60:02d}:{place // 480 % 60:02d}+08:00"


def _write(driver: Any, batch: list[Copy]) -> None:
    driver.execute("BEGIN IMMEDIATE")
    driver.executemany(INSERT_EVENT, [event for copy in batch for event in copy.events])
    driver.executemany(INSERT_CASE, [copy.row for copy in batch])
    driver.executemany(INSERT_WORDS, [(copy.place, copy.words) for copy in batch])
    driver.executemany("INSERT INTO papers VALUES (?, ?, ?, ?, ?, ?, ?)", [copy.paper for copy in batch])
    driver.executemany("INSERT INTO dossiers VALUES (?, ?, ?, ?)", [c.dossier for c in batch if c.dossier])
    counts = Counter(tuple(copy.row[place] for place in COUNTED) for copy in batch)
    driver.executemany(COUNT, [(*key, cases) for key, cases in counts.items()])
    days = Counter(copy.row[FINISHED][:10] for copy in batch if copy.row[FINISHED])
    driver.executemany(COUNT_DAY, list(days.items()))
    driver.execute("COMMIT")


def main() -> int:
    """Makes a profile in a folder and says how long it took."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folder", type=Path)
    options.add_argument("cases", type=int)
    asked = options.parse_args()
    began = time.perf_counter()
    desk = make_profile(asked.folder, asked.cases)
    desk.store.close()
    size = desk.store.profile.database.stat().st_size / 2**20
    print(f"{asked.cases} cases in {time.perf_counter() - began:.0f} s, {size:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
