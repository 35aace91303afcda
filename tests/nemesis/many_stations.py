"""Many stations at one district over a line that drops 30 %, doubles 20 %, and says old things again."""

from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from station_desk.core.clock import now
from station_desk.core.errors import OfflineError
from station_desk.district.app import make_app
from station_desk.district.district import open_district
from station_desk.district.enrolment import new_enrol_code
from station_desk.main.district import _server
from station_desk.protocol import signing
from station_desk.protocol.messages import Hello, Marks
from station_desk.sync.client import Wire, enrol
from station_desk.sync.run import sync_once
from station_desk.sync.trouble import ConnectionCut
from tests.district.station import CounterPC, enrol_asked
from tests.nemesis.server import Server
from tests.nemesis.stage import nothing

DROPPED, DOUBLED, REORDERED, KILLED = 0.30, 0.20, 0.10, 0.03
CASES_AT_ONCE = 100
ENDS = "SELECT writer, seq, dossiers FROM writer"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the district holds beside what was written; `gaps` are numbers that no log has there."""

    written: int
    held: int
    missing: int
    gaps: int
    heads_differ: int
    drops: int
    doubles: int
    restarts: int

    @property
    def is_good(self) -> bool:
        return self.written == self.held and not (self.missing or self.gaps or self.heads_differ)


@dataclass(slots=True)
class _Line:
    """What happens to the messages of all stations; `old` may be said again at any time."""

    dice: Random
    server: Server
    drops: int = 0
    doubles: int = 0
    restarts: int = 0
    calm: bool = False
    old: list[bytes] = field(default_factory=list)

    def kill_sometimes(self) -> None:
        if not self.calm and self.dice.random() < KILLED:
            self.server.kill()
            self.server.start(nothing)
            self.restarts += 1


class BadWire(Wire):
    """The real wire, on which messages get lost on the way there or back, come twice, or late."""

    line: _Line

    def hello(self, hello: Hello) -> Marks:
        self._lose()
        return super().hello(hello)

    def push(self, encoded: bytes) -> Marks:
        dice = self.line.dice
        self._lose()
        self.line.kill_sometimes()
        marks = super().push(encoded)
        if self.line.calm:
            return marks
        if dice.random() < DOUBLED:
            self.line.doubles += 1
            marks = super().push(encoded)
        if dice.random() < REORDERED and self.line.old:
            super().push(dice.choice(self.line.old))
        self.line.old = [*self.line.old, encoded][-5:]
        self._lose()
        return marks

    def _lose(self) -> None:
        """Half of what is lost is lost before it is said, half of it after."""
        if not self.line.calm and self.line.dice.random() < DROPPED / 2:
            self.line.drops += 1
            raise ConnectionCut(server=self.server)


def run_stations(folder: Path, stations: int, cases: int, seed: int) -> Outcome:
    """Lets the stations work and sync in turn, then sync once more in peace, and counts."""
    database = folder / "district.db"
    names = [f"ST{number:04d}" for number in range(stations)]
    with closing(open_district(str(database))) as district:
        _server(make_app(district)).config.load()
        codes = [new_enrol_code(district, name) for name in names]
    server = Server(database, "")
    line = _Line(Random(seed), server)
    server.start(nothing)
    try:
        pcs = [CounterPC(name, "01") for name in names]
        keys = [signing.new_key() for _ in names]
        devices = [
            enrol(_url(server), enrol_asked(code, key, name, "01"), now).device
            for name, code, key in zip(names, codes, keys, strict=True)
        ]
        whose = list(zip(pcs, devices, keys, strict=True))
        olds: dict[str, list[bytes]] = {name: [] for name in names}
        written = 0
        while written < cases:
            pc, device, key = line.dice.choice(whose)
            for _ in range(min(CASES_AT_ONCE, cases - written)):
                pc.finish(pc.accept())
                written += 1
            line.old = olds[pc.station]
            _sync(line, pc, device, key)
            olds[pc.station] = line.old
        line.calm = True
        for pc, device, key in whose:
            _sync(line, pc, device, key)
        return _count(server, pcs, line)
    finally:
        server.kill()


def _sync(line: _Line, pc: CounterPC, device: str, key: str) -> None:
    with BadWire(_url(line.server), device, key, now) as wire:
        wire.line = line
        try:
            sync_once(pc, wire, now, lambda _: None)
        except OfflineError:
            if line.calm:
                raise


def _url(server: Server) -> str:
    return f"http://127.0.0.1:{server.port}"


def _count(server: Server, pcs: list[CounterPC], line: _Line) -> Outcome:
    held = set(server.rows("SELECT writer, seq, hash FROM event"))
    written = {(pc.writer, event.seq, event.hash) for pc in pcs for event in pc.events}
    ends = {(str(w), int(str(seq)), int(str(n))) for w, seq, n in server.rows(ENDS)}
    counted = server.rows("SELECT writer, count(*), max(seq) FROM event GROUP BY writer")
    ours = {(pc.writer, pc.head.seq, len(pc.finished)) for pc in pcs if pc.events}
    return Outcome(
        len(written), len(held), len(written ^ held), sum(count != last for _, count, last in counted),
        len(ends ^ ours),
        line.drops, line.doubles, line.restarts,
    )  # fmt: skip
