"""How long to wait before trying the district again: soon at first, later seldom, never all PCs at once."""

from random import Random

SHORTEST = 5.0
LONGEST = 300.0


def delay(failures: int, random: Random) -> float:
    """Seconds until the next try after `failures` failures in a row (from 1): 5 s to 5 min, with jitter."""
    ceiling = min(LONGEST, SHORTEST * 2.0 ** min(max(failures, 1), 16))
    return random.uniform(ceiling / 2, ceiling)
