"""What the log says when somebody opens what is known of a resident: for what, which cases were read."""

from typing import Literal

import msgspec

Why = Literal["application"]


class ResidentOpenedPublic(msgspec.Struct, frozen=True):
    """Case numbers only: no names, no identity numbers. The actor and the time stand in the event itself."""

    why: Why
    item: str
    ticket: str
    cases: tuple[str, ...]
