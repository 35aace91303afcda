"""Every opening of a database is judged: where it meets damage, all of it is looked through.

Kept apart from the looking through (`damage.py`), which no first paint of a sound database waits for.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from station_desk.core.clock import Clock, now
from station_desk.store.profile import Profile
from station_desk.store.trouble import Damaged


@contextmanager
def judged(profile: Profile, key: str, clock: Clock = now) -> Iterator[None]:
    """An opening: where it meets damage the whole file is looked through. Raises what that raises."""
    if profile.suspect.exists():
        _look_through(profile, key, clock)
    try:
        yield
    except Damaged:
        _look_through(profile, key, clock)
        raise


def _look_through(profile: Profile, key: str, clock: Clock) -> None:
    from station_desk.store.damage import look_through

    look_through(profile, key, clock)
