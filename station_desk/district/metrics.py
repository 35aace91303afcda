"""The figures of a server in the text form of Prometheus: what came, how long it took, what is held."""

import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Select, func, select, text

from station_desk import __version__
from station_desk.district import schema
from station_desk.district import tables as t
from station_desk.district.receive import DOSSIERS

BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
PUSH = "/v1/push"
Labels = tuple[tuple[str, str], ...]
Sample = tuple[Labels, float]


@dataclass(frozen=True, slots=True)
class Seen:
    """One request that was answered."""

    route: str
    method: str
    status: int
    seconds: float
    noted: Mapping[str, str | int]


class Metrics:
    """Counts of this process since it started. Only the loop of the server writes them."""

    def __init__(self) -> None:
        self._started = time.time()
        self._requests: Counter[Labels] = Counter()
        self._refusals: Counter[Labels] = Counter()
        self._pushes: Counter[Labels] = Counter()
        self._buckets: dict[str, list[int]] = {}
        self._seconds: dict[str, float] = {}

    def saw(self, seen: Seen) -> None:
        """Counts a request."""
        self._requests[("route", seen.route), ("method", seen.method), ("status", str(seen.status))] += 1
        buckets = self._buckets.setdefault(seen.route, [0] * (len(BOUNDS) + 1))
        buckets[bisect_left(BOUNDS, seen.seconds)] += 1
        self._seconds[seen.route] = self._seconds.get(seen.route, 0.0) + seen.seconds
        if "refused" in seen.noted:
            self._refusals[(("code", str(seen.noted["refused"])),)] += 1
        if seen.route == PUSH:
            self._pushes[(("result", "stored" if seen.status == 200 else "refused"),)] += 1

    def text(self, held: Iterable[str]) -> str:
        """All figures: those of the process, then those of the database."""
        return "\n".join((*self._lines(), *held, ""))

    def _lines(self) -> Iterator[str]:
        info: Sample = ((("version", __version__),), 1)
        yield from family("info", "gauge", "What runs here.", [info])
        yield from family("start_time_seconds", "gauge", "When it started.", [((), self._started)])
        yield from family("requests_total", "counter", "Requests.", self._requests.items())
        yield from family("refusals_total", "counter", "Messages refused, by code.", self._refusals.items())
        yield from family("pushes_total", "counter", "Messages pushed.", self._pushes.items())
        yield from self._histogram()

    def _histogram(self) -> Iterator[str]:
        name = "request_seconds"
        yield from family(name, "histogram", "How long answers took.", [])
        for route, buckets in sorted(self._buckets.items()):
            so_far = 0
            for bound, count in zip((*BOUNDS, float("inf")), buckets, strict=True):
                so_far += count
                limit = "+Inf" if bound == float("inf") else f"{bound}"
                yield sample(f"{name}_bucket", (("route", route), ("le", limit)), so_far)
            yield sample(f"{name}_sum", (("route", route),), self._seconds[route])
            yield sample(f"{name}_count", (("route", route),), so_far)


def held(connection: Connection) -> list[str]:
    """The figures of what the database holds."""
    tally, event, rating, device = t.tally.c, t.event.c, t.rating.c, t.device.c
    amounts = {
        str(row.what): int(row.amount)
        for row in connection.execute(
            select(tally.what, func.sum(tally.amount).label("amount")).group_by(tally.what)
        )
    }
    dossiers = amounts.pop(DOSSIERS, 0)
    kinds: list[Sample] = [((("kind", kind),), amount) for kind, amount in sorted(amounts.items())]
    waiting = select(func.count()).where(event.waiting)
    open_ratings = select(func.count()).where(rating.mend_by != "", rating.mended_at == "")
    in_use = select(func.count()).where(device.retired == "")
    stations = select(func.count()).select_from(t.station)
    version: Sample = ((("version", schema.version(connection)),), 1)

    def count(asked: Select[int]) -> list[Sample]:
        return [((), connection.execute(asked).scalar_one())]

    return [
        *family("schema_info", "gauge", "The version of the tables.", [version]),
        *family("events_total", "counter", "Events held, by kind.", kinds),
        *family("dossiers_total", "counter", "Dossiers of finished cases held.", [((), dossiers)]),
        *family("waiting_room_events", "gauge", "Events of kinds not known yet.", count(waiting)),
        *family("ratings_to_mend", "gauge", "Bad ratings without a call.", count(open_ratings)),
        *family("devices", "gauge", "Counter PCs in use.", count(in_use)),
        *family("stations", "gauge", "Stations.", count(stations)),
        *family("database_bytes", "gauge", "Size of the database.", [((), database_bytes(connection))]),
    ]


def database_bytes(connection: Connection) -> int:
    """How much room the database takes."""
    if connection.dialect.name == "postgresql":
        asked = "SELECT pg_database_size(current_database())"
    else:
        asked = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    return int(connection.execute(text(asked)).scalar_one())


def family(name: str, kind: str, means: str, samples: Iterable[Sample]) -> Iterator[str]:
    """The lines of one figure."""
    yield f"# HELP station_desk_{name} {means}"
    yield f"# TYPE station_desk_{name} {kind}"
    for labels, value in sorted(samples):
        yield sample(name, labels, value)


def sample(name: str, labels: Labels, value: float) -> str:
    """One line."""
    said = ",".join(f'{key}="{_quoted(word)}"' for key, word in labels)
    return f"station_desk_{name}{{{said}}} {value}" if said else f"station_desk_{name} {value}"


def _quoted(word: str) -> str:
    return word.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
