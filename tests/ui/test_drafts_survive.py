"""A PC that dies at any moment loses nothing that was typed more than a second before."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from station_desk.core.clock import now
from station_desk.counter.desk import Desk
from station_desk.counter.drafts import KeptDraft, kept_drafts
from station_desk.main.open_desk import open_desk
from station_desk.main.screenshots import settle
from station_desk.ui.shared.cursor import cursor_of
from tests.ui.clerk import Clerk
from tests.ui.conftest import OpenWindow, in_hand

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60.0
SECOND = 1.0


class State(NamedTuple):
    """What stood in the window after a key."""

    at: float
    values: dict[str, str]
    place: str
    cursor: int


def typed_and_killed(profile: Path, seed: int, after: float) -> tuple[list[State], float]:
    """The states that the typist reported, and when he was killed: so long after his first key."""
    command = [sys.executable, "-m", "tests.ui.typist", str(profile), str(seed)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    lines = [process.stdout.readline()]
    assert lines[0], "the typist ended before the first key"
    begun = json.loads(lines[0])["at"]
    time.sleep(max(0.0, begun + after - time.monotonic()))
    killed = time.monotonic()
    process.send_signal(signal.SIGKILL)
    lines += process.stdout.readlines()
    process.wait(PATIENCE_S)
    process.stdout.close()
    return [State(**json.loads(line)) for line in lines if line.endswith("\n")], killed


@contextmanager
def opened(profile: Path) -> Iterator[Desk]:
    desk = open_desk(profile, "zh-Hans", now)
    try:
        yield desk
    finally:
        desk.store.close()


def require_kept(draft: KeptDraft, states: list[State], killed: float) -> None:
    """The draft is a state that was reached, and not one of more than a second before the end."""
    same = [s for s in states if draft.values == s.values]
    old = [s for s in states if s.at <= killed - SECOND]
    assert same, "the draft holds what never stood in the window"
    assert same[-1].at >= (old[-1].at if old else 0.0)
    assert (draft.focus, draft.cursor) in {(s.place, s.cursor) for s in states if s.at >= same[0].at - 0.2}


@pytest.mark.timeout(240)
def test_what_was_typed_a_second_before_the_kill_is_offered_again_with_its_focus(
    desk: Desk, open_on: OpenWindow
) -> None:
    folder = desk.store.profile.folder
    seed = random.SystemRandom().randrange(10**6)
    dice = random.Random(seed)
    drafts: dict[str, Any] = {}
    for turn in range(3):
        states, killed = typed_and_killed(folder, seed + turn, dice.uniform(1.1, 5.0))
        with opened(folder) as again:
            found = {draft.id: draft for draft in kept_drafts(again)}
        fresh = [draft for name, draft in found.items() if name not in drafts]
        assert len(fresh) == 1, f"seed {seed}: one draft a kill, those of earlier kills stay"
        assert all(found[name] == draft for name, draft in drafts.items())
        require_kept(fresh[0], states, killed)
        drafts = found
    window = open_on(desk)
    parked = window.shell.counter.handling.area.parked
    assert parked.list.choices.rowCount() == 3
    newest = kept_drafts(desk)[0]
    clerk = Clerk(window)
    parked.take_focus()
    clerk.press("Return")
    settle(window)
    panel = in_hand(window)
    assert panel.draft.command == newest.id
    assert {place: box.value() for place, box in panel.form.boxes.items() if box.value()} == newest.values
    assert (clerk.place(), cursor_of(clerk.focused())) == (newest.focus, newest.cursor)
