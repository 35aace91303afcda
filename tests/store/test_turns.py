"""A program that writes without a pause lets another one in; with SQLite's own waiting it starves it."""

import threading
import time
from collections.abc import Callable
from contextlib import closing

from station_desk.core.clock import now
from station_desk.counter.desk import Desk
from station_desk.store.desk_store import open_store
from station_desk.store.driver import connect, sqlcipher

HELD_SECONDS = 0.02
"""So long a transaction takes on a slow disk."""
PATIENCE = 0.5


def longest_wait(write: Callable[[], None], hog: Callable[[], None], turns: int) -> float:
    """How long somebody waited who writes now and then beside one who never pauses."""
    ended = threading.Event()

    def never_pauses() -> None:
        while not ended.is_set():
            hog()

    other = threading.Thread(target=never_pauses)
    other.start()
    waits = []
    try:
        for _ in range(turns):
            time.sleep(HELD_SECONDS / 2)
            began = time.monotonic()
            write()
            waits.append(time.monotonic() - began)
    finally:
        ended.set()
        other.join()
    return max(waits)


def test_whoever_waits_is_let_in(desk: Desk) -> None:
    folder = desk.store.profile.folder
    with closing(open_store(folder, now)) as one, closing(open_store(folder, now)) as other:

        def hog() -> None:
            with one.writing():
                time.sleep(HELD_SECONDS)

        def write() -> None:
            with other.writing() as unit:
                unit.set_about("x", "y")

        assert longest_wait(write, hog, 6) < PATIENCE


def test_by_sqlite_alone_he_may_starve(desk: Desk) -> None:
    """The control: the same two with plain transactions, the waiting of before cut to a second."""
    profile, starved = desk.store.profile, 0
    one, two = connect(profile.database, profile.key), connect(profile.database, profile.key)
    two.execute(f"PRAGMA busy_timeout={int(PATIENCE * 1000)}")
    with closing(one), closing(two):

        def hog() -> None:
            one.execute("BEGIN IMMEDIATE")
            time.sleep(HELD_SECONDS)
            one.execute("COMMIT")

        def write() -> None:
            nonlocal starved
            try:
                two.execute("BEGIN IMMEDIATE")
            except sqlcipher.OperationalError:
                starved += 1
            else:
                two.execute("COMMIT")

        longest_wait(write, hog, 3)
    assert starved


def test_where_nothing_may_be_written_it_opens_all_the_same(desk: Desk) -> None:
    folder = desk.store.profile.folder
    desk.store.close()
    folder.chmod(0o500)
    try:
        store = open_store(folder, now)
        assert store.about()["station"] == "QSQ001"
        store.close()
    finally:
        folder.chmod(0o700)
