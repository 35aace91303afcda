"""What a check finds, and how it tells how far it is."""

from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[int, int], None]
"""Hears how much is done of how much; what it raises stops the check."""

STEP = 2_000


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was written: `code` names its sentence in `verify.toml`."""

    code: str
    what: str
    detail: str = ""
