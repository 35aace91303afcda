"""Two programs on one counter: no number twice, no error; A14 of the acceptance list."""

import subprocess
import sys

import pytest

from station_desk.core.clock import now
from station_desk.store.desk_store import open_store
from station_desk.store.profile import Profile
from station_desk.store.verify import verify_deep

FEW, EACH = 150, 500
HONEST = """
import sys
from pathlib import Path
from station_desk.core.clock import now
from station_desk.main.open_desk import open_desk
from station_desk.counter.queue import TakeTicket, take_ticket
desk = open_desk(Path(sys.argv[1]), "en", now)
for n in range(int(sys.argv[3])):
    print(take_ticket(desk, TakeTicket("LS-001"), f"{sys.argv[2]}-{n}").answer.number)
"""
PLANTED = """
import sys
from station_desk.store.driver import connect
from station_desk.store.profile import Profile
from station_desk.store.vault.opening import read_key
from pathlib import Path
profile = Profile(Path(sys.argv[1]))
connection = connect(profile.database, read_key(profile))
for n in range(int(sys.argv[3])):
    # Looks first and begins to write later, as a driver does that is left to itself.
    (before,) = connection.execute("SELECT coalesce(max(value), 0) FROM serials WHERE name = 'x'").fetchone()
    connection.execute("INSERT OR REPLACE INTO serials VALUES ('x', ?)", (before + 1,))
    print(before + 1)
"""


def handed_out(counter: Profile, program: str, each: int) -> list[str]:
    """The numbers that two programs hand out at the same time."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(counter.folder), name, str(each)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("a", "b")
    ]
    numbers = [line for process in running for line in process.communicate()[0].split()]
    assert [process.returncode for process in running] == [0, 0]
    return numbers


@pytest.mark.parametrize("each", [FEW, pytest.param(EACH, marks=pytest.mark.long)])
def test_two_programs_never_hand_out_the_same_number(counter: Profile, each: int) -> None:
    numbers = handed_out(counter, HONEST, each)
    assert len(set(numbers)) == len(numbers) == 2 * each
    store = open_store(counter.folder, now)
    assert verify_deep(store, lambda done, total: None) == []
    store.close()


def test_the_planted_fault_looking_before_writing_hands_numbers_out_twice(counter: Profile) -> None:
    numbers = handed_out(counter, PLANTED, EACH)
    assert len(set(numbers)) < len(numbers)
