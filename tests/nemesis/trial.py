"""One seed: five counters at work, a line and a district that fail in every way, and what was answered."""

import itertools
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import get_args

from tests.nemesis.counter import Order, Running, Said, Word, Work, said_by, said_in
from tests.nemesis.line import Fault, Line, Plan
from tests.nemesis.server import Server
from tests.nemesis.stage import COUNTERS, DATABASE, PATIENCE_S, nothing

EVENTS = "SELECT subject, revision, kind, command, public, commitment FROM event"
CLOCKS = (-4000 * 24, -24, -1, 0, 1, 24, 400 * 24)
FAULTS: tuple[Fault, ...] = tuple(fault for fault in get_args(Fault) if fault != "none")
MOST_CLONES, MOST_BACKUPS, HEALING_ROUNDS = 2, 3, 6
STEPS: dict[str, float] = {
    "work": 50, "sync": 30, "kill_at_work": 4,
    "restart_server": 2, "back_up_server": 2, "restore_server": 1.5,
    "back_up_pc": 3, "restore_pc": 1.5, "clone": 0.4, "jump": 3, "replay_old": 2.5,
}  # fmt: skip


@dataclass(slots=True)
class PC:
    """A counter PC: where its profile lies, what it promised, what was asked and not answered."""

    folder: Path
    running: Running | None = None
    clock: int = 0
    pending: list[tuple[Work, str]] = field(default_factory=list)
    backups: list[Path] = field(default_factory=list)
    trouble: str = ""


@dataclass(slots=True)
class Trial:
    """What is known of the run: `acked` was answered by a counter, `gone` is on no disk any more."""

    folder: Path
    line: Line
    dice: Random
    spare: Callable[[], None] = nothing
    clones: bool = True
    acked: set[Said] = field(default_factory=set)
    gone: set[Said] = field(default_factory=set)
    faults: Counter[str] = field(default_factory=Counter)
    pcs: list[PC] = field(default_factory=list)
    server: Server = field(init=False)
    saved: list[Path] = field(default_factory=list)
    deaths: list[str] = field(default_factory=list)
    _names: "itertools.count[int]" = field(default_factory=itertools.count)
    _at: PC | None = None

    def __post_init__(self) -> None:
        self.server = Server(self.folder / DATABASE, self.line.url)
        self.pcs = [PC(self.folder / f"pc{place}") for place in range(len(COUNTERS))]

    def run(self, steps: int) -> None:
        """So many steps, then a calm day on which everybody syncs until all is well, or nothing changes."""
        try:
            names, weights = list(STEPS), list(STEPS.values())
            for _ in range(steps):
                getattr(self, f"_{self.dice.choices(names, weights)[0]}")(self.dice.choice(self.pcs))
            self._heal()
        finally:
            for pc in self.pcs:
                self._stop(pc)
            self._kill_server()

    def strike(self, fault: Fault) -> None:
        """The moment of a fault on the line has come."""
        if fault == "kill_server":
            self._kill_server()
        elif fault == "kill_pc" and self._at:
            self._stop(self._at)

    def _work(self, pc: PC) -> None:
        self._order_work(pc, None)

    def _kill_at_work(self, pc: PC) -> None:
        self.faults["kill_at_work"] += 1
        self._order_work(pc, 10 ** self.dice.uniform(-4, -1.3))

    def _order_work(self, pc: PC, kill_after: float | None) -> None:
        fresh: list[tuple[Work, str]] = [
            (self.dice.choices(("accept", "go on", "ticket", "odd"), (3, 6, 1, 0.7))[0], self._name())
            for _ in range(self.dice.randint(1, 3))
        ]
        pc.pending += fresh
        self._tell(pc, Order("work", acts=list(pc.pending), clock=pc.clock))
        self._listen(pc, kill_after)

    def _sync(self, pc: PC) -> None:
        if self.server.port is None and self.dice.random() < 0.7:
            self._start_server()
        fault: Fault = "none" if self.dice.random() < 0.35 else self.dice.choice(FAULTS)
        up, down = int(10 ** self.dice.uniform(0.5, 4.5)), int(10 ** self.dice.uniform(0.5, 3.7))
        if fault in {"kill_server", "kill_pc"}:
            # One of the two, else the smaller always comes first.
            up, down = (up, 0) if self.dice.random() < 0.5 else (0, down)
        self._carry(pc, Plan(fault, up, down, self.dice.randint(1, 3)))
        if self.line.struck:
            self.faults[fault] += 1

    def _restart_server(self, _pc: PC) -> None:
        self.faults["kill_server"] += 1
        self._kill_server()
        self._start_server()

    def _back_up_server(self, _pc: PC) -> None:
        place = self.folder / f"district-{self._name()}.db"
        self.server.back_up(place)
        self.saved = [*self.saved, place][-MOST_BACKUPS:]

    def _restore_server(self, _pc: PC) -> None:
        if not self.saved:
            return
        self.faults["restore_server"] += 1
        self._kill_server()
        before = self.held()
        self.server.restore(self.dice.choice(self.saved))
        self.gone |= before - self.held() - self._on_disks()

    def _back_up_pc(self, pc: PC) -> None:
        self._stop(pc)
        place = self.folder / f"backup-{self._name()}"
        shutil.copytree(pc.folder, place)
        pc.backups = [*pc.backups, place][-MOST_BACKUPS:]

    def _restore_pc(self, pc: PC) -> None:
        """The folder is copied back by hand, and nobody tells the program."""
        if not pc.backups:
            return
        self.faults["restore_pc"] += 1
        self._stop(pc)
        before = set(said_in(pc.folder))
        shutil.rmtree(pc.folder)
        shutil.copytree(self.dice.choice(pc.backups), pc.folder)
        pc.pending.clear()
        self.gone |= before - self._on_disks() - self.held()

    def _clone(self, pc: PC) -> None:
        if not self.clones or len(self.pcs) >= len(COUNTERS) + MOST_CLONES:
            return
        self.faults["clone"] += 1
        self._stop(pc)
        twin = PC(self.folder / f"twin-{self._name()}", clock=pc.clock)
        shutil.copytree(pc.folder, twin.folder)
        self.pcs.append(twin)

    def _jump(self, pc: PC) -> None:
        self.faults["clock"] += 1
        pc.clock = self.dice.choice(CLOCKS)

    def _replay_old(self, _pc: PC) -> None:
        if self.line.recorded and self.server.port:
            self.faults["replay_old"] += self.line.replay(self.dice.choice(self.line.recorded))

    def _heal(self) -> None:
        """The network works, the clocks are right, nobody is killed."""
        if self.server.port is None:
            self._start_server()
        for pc in self.pcs:
            pc.clock = 0
            if pc.pending:
                self._tell(pc, Order("work", acts=list(pc.pending)))
                self._listen(pc, None)
        for _ in range(HEALING_ROUNDS):
            before = [pc.trouble for pc in self.pcs], len(self.held())
            for pc in self.pcs:
                self._carry(pc, Plan())
            if before == ([""] * len(self.pcs), len(self.held())):
                return

    def held(self) -> set[Said]:
        """All that the district says now."""
        return {said_by(row) for row in self.server.rows(EVENTS)}

    def _on_disks(self) -> set[Said]:
        return {said for pc in self.pcs for said in said_in(pc.folder)}

    def _carry(self, pc: PC, plan: Plan) -> None:
        self._at = pc
        self.line.begin(plan)
        self._tell(pc, Order("sync", clock=pc.clock))
        pc.trouble = "killed"
        self._listen(pc, None)
        self.line.end()

    def _tell(self, pc: PC, order: Order) -> None:
        if pc.running is None:
            pc.running = Running(pc.folder, self.spare)
        pc.running.tell(order)

    def _listen(self, pc: PC, kill_after: float | None) -> None:
        """Until the order is done, or the PC is killed."""
        patience = PATIENCE_S if kill_after is None else kill_after
        while running := pc.running:
            if not self.line.turn(running.pipe, patience):
                assert kill_after is not None, "a counter does not answer"
                self._stop(pc)
                return
            if running.pipe.fileno() < 0:
                return
            words = running.heard()
            if words is None:
                # Its own traceback says why; nothing excuses it.
                self.deaths.append(pc.folder.name)
                self._stop(pc)
                return
            if self._take(pc, words):
                return

    def _stop(self, pc: PC) -> None:
        if pc.running:
            self._take(pc, pc.running.kill())
            pc.running = None

    def _take(self, pc: PC, words: list[Word]) -> bool:
        """Notes what was answered; whether the order ended."""
        for word in words:
            if word.of == "done":
                del pc.pending[0]
                self.acked.update(word.events)
            else:
                pc.trouble = f"{word.code} {word.detail}".strip()
        return any(word.of != "done" for word in words)

    def _start_server(self) -> None:
        self.line.district = self.server.start(self.spare)

    def _kill_server(self) -> None:
        self.server.kill()
        self.line.district = None

    def _name(self) -> str:
        return f"{next(self._names):05d}"
