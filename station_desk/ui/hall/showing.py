"""Everything that the hall display shows at one moment, in one language: what is arranged and painted."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from station_desk.counter.hall.board import Board, Call
from station_desk.counter.hall.pages import HallPage, Turning


@dataclass(frozen=True, slots=True)
class Showing:
    """`turn` counts the pages that were shown; `prominent` is the call that was just made, if any."""

    words: Mapping[str, str]
    board: Board
    turning: Turning
    date: str
    time: str
    page: HallPage | None = None
    part: int = 0
    turn: int = 0
    prominent: Call | None = None
    sound: str = ""
    trouble: str = ""
    has_qr: bool = field(default=False)
