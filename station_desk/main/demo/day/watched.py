"""How the window kept up with the day."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Watched:
    """Its stalls in milliseconds, and its longest pause at all; nothing where no window was open."""

    stalls: tuple[float, ...] = ()
    longest: float = 0.0
