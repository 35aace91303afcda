"""A counter on trial: what is asked of its `batch`, and whether all that was answered is really there."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from station_desk.core.clock import now
from station_desk.core.errors import DeskError
from station_desk.counter.set_up import SetUp
from station_desk.main.open_desk import set_up_desk
from station_desk.store.desk_store import open_store
from station_desk.store.profile import Profile
from station_desk.store.verify import verify_deep

FORM = {
    "item": "LS-008",
    "applicant": {"name": "王秀兰", "id_number": "11010519491231002X", "phone": "13912345678"},
    "answers": {"payment_grade": "500", "payment_mode": "自行缴费"},
    "materials": {"id_card": "brought", "hukou": "shared", "app_form": "brought"},
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of the answers: `unreadable` says why the profile did not open.

    `lost` were answered and are not there, `changed` are stored with another number, `torn` are findings of a
    deep look.
    """

    lost: int = 0
    changed: int = 0
    torn: int = 0
    unreadable: str = ""

    @property
    def is_good(self) -> bool:
        """Whether a clerk may trust this counter."""
        return not (self.lost or self.changed or self.torn or self.unreadable)


def made_counter(folder: Path) -> Profile:
    """A new counter in a folder, closed again."""
    set_up_desk(folder, SetUp("QSQ001", "青石桥", "2"), "en", now).store.close()
    return Profile(folder)


def asked(commands: Iterable[str]) -> bytes:
    """An application for each command, a line each, as `batch` reads them."""
    lines = (json.dumps({"id": name, "do": "accept", "with": FORM}, ensure_ascii=False) for name in commands)
    return "".join(f"{line}\n" for line in lines).encode()


def answered(output: bytes) -> dict[str, str]:
    """The numbers that were really told, by command; what was cut off within a line was not said."""
    whole = output[: output.rfind(b"\n") + 1].splitlines()
    said = [json.loads(line) for line in whole]
    return {one["id"]: one["answer"]["number"] for one in said if one.get("ok")}


def verdict_of(profile: Profile, told: Mapping[str, str], *, deep: bool = True) -> Verdict:
    """Opens the profile as every start does and compares it with what was told."""
    try:
        store = open_store(profile.folder, now)
        try:
            stored = dict(store.read("SELECT id, json_extract(answer, '$.number') FROM commands"))
            cases = {number for (number,) in store.read("SELECT number FROM cases")}
            torn = len(verify_deep(store, _unheard)) if deep else 0
        finally:
            store.close()
    except DeskError as error:
        return Verdict(unreadable=str(error))
    lost = sum(name not in stored for name in told) + sum(number not in cases for number in stored.values())
    changed = sum(name in stored and stored[name] != number for name, number in told.items())
    torn += len(cases) != len(set(stored.values()))
    return Verdict(lost, changed, torn)


def named(prefix: str, count: int) -> Sequence[str]:
    """So many command ids."""
    return [f"{prefix}-{place}" for place in range(count)]


def _unheard(_done: int, _total: int) -> None:
    pass
