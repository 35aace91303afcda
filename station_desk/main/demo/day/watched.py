"""How the window kept up with the day."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Watched:
    """Its stalls in milliseconds (`own`: by its own work, `beside`: by other threads of the program) and its
    longest pause; nothing without a window.
    """

    stalls: tuple[float, ...] = ()
    own: tuple[float, ...] = ()
    beside: tuple[float, ...] = ()
    longest: float = 0.0
    acts: int = 0
    """So many happenings of the day the window was open for."""
