"""Listens to every statement that the district's program runs, and names those that need several stations.

A statement on a table of stations must name the station: by a value it is bound to, or in the rows it adds.
What belongs to the whole district is in the list below, each with its reason; nothing else may be.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

from station_desk.district import tables as t

OF_STATIONS = frozenset(
    str(table.name) for table in t.metadata.sorted_tables if table not in t.OF_THE_DISTRICT
)
_TABLE = re.compile(r"\b(?:FROM|JOIN|INTO|UPDATE|ONLY)\s+(?:pg_temp\.)?\"?(\w+)\"?", re.IGNORECASE)
_STATION = re.compile(
    r"\bstation\s*(?:=|IN\b)\s*(?:%\(|\?|:|\$|\()|\.station\s*=\s*\w+\.station", re.IGNORECASE
)
_INSERT = re.compile(r"^\s*INSERT INTO \w+ \((?:[^)]*,\s*)?station\b", re.IGNORECASE)

WHOLE_DISTRICT = {
    ("quarantine.py", "kept"): "what waits for a decision, of all stations",
    (
        "first_count.py",
        "count_what_was_there",
    ): "once, at the first start with counts: which stations",
    ("links.py", "station_names"): "the district desk offers all stations; small",
    ("health.py", "_counters"): "the district desk shows all counters when no station is asked for",
    ("entered.py", "_stations"): "which stations there are: small",
    ("counts.py", "_counts"): "open cases of the whole district, by an index of open ones alone",
    ("late.py", "late"): "the most urgent of the whole district, by an index of their due dates",
    ("late.py", "_count"): "the same, counted",
    ("ratings.py", "_grades"): "counted over the whole district",
    ("devices.py", "devices"): "all PCs of the district; small",
    ("devices.py", "_open_codes"): "all open codes of the district; few",
    ("settle.py", "_waiting"): "what waits to be read in the whole district; few",
    ("settle.py", "_copies"): "all logs of the district; small",
    ("keys.py", "answer_keys"): "every counter learns the keys of all counters; small, a reference table",
    ("load_sums.py", "sum_what_was_there"): "once, at the first start with sums: which stations",
    ("places.py", "place_what_was_there"): "once, at the first start with places: which stations",
    ("waiting.py", "read_what_waits"): "once at a start: which stations have something waiting",
    ("metrics.py", "held"): "figures of the whole district, for a monitor",
    ("metrics.py", "count"): "figures of the whole district, for a monitor",
    ("backup.py", "_rows"): "a backup holds all stations",
    ("verify.py", "_logs"): "which logs there are, before each is checked by itself",
    ("verify.py", "_stations"): "which stations there are",
    ("dump.py", "dump_with_contents"): "which logs there are, before each is told by itself",
    ("restore.py", "_restored"): "closes the codes of all stations",
    ("ratings.py", "grades"): "counted over the whole district when no station is asked for",
    ("stations.py", "station_list"): "the public list of all stations; small",
    ("ratings.py", "answered_ratings"): "the last answers of the whole district, by an index of them alone",
    ("ratings.py", "open_ratings"): "listed over the whole district when no station is asked for",
}


def lacks_station(statement: str) -> bool:
    """Whether it touches a table of stations without saying of which station."""
    names = {name.lower() for name in _TABLE.findall(statement)}
    if not names & OF_STATIONS:
        return False
    return not (_STATION.search(statement) or _INSERT.search(statement))


def place() -> tuple[str, str]:
    """The innermost place of the district's program on the way to this statement."""
    frame: FrameType | None = sys._getframe(1)
    if _is_for_the_desk(frame):
        return "", ""
    while frame is not None:
        file = frame.f_code.co_filename
        if "/station_desk/district/" in file and not file.endswith(("/database.py", "/district.py")):
            return file.rpartition("/")[2], re.sub(r"<.*>", "", frame.f_code.co_name) or _outer(frame)
        frame = frame.f_back
    return "", ""


def _is_for_the_desk(frame: FrameType | None) -> bool:
    """Whether an official of the district asked: his pages show all stations."""
    while frame is not None:
        if "/station_desk/district/desk/" in frame.f_code.co_filename:
            return True
        frame = frame.f_back
    return False


def _outer(frame: FrameType) -> str:
    """The function around a lambda or a comprehension."""
    qualified = str(getattr(frame.f_code, "co_qualname", ""))
    return qualified.partition(".<locals>")[0].rpartition(".")[2]


@contextmanager
def listening() -> Iterator[set[tuple[str, str, str]]]:
    """The statements heard that lack their station, with their place in the program."""
    found: set[tuple[str, str, str]] = set()

    def heard(
        _connection: Connection,
        _cursor: object,
        statement: str,
        _values: object,
        _context: object,
        _many: bool,
    ) -> None:
        if lacks_station(statement):
            where = place()
            if where != ("", "") and where not in WHOLE_DISTRICT:
                found.add((*where, " ".join(statement.split())[:300]))

    event.listen(Engine, "before_cursor_execute", heard)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", heard)
