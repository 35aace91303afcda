"""For each kind of paper what fills it: the one table beside `catalogue/paper_kinds.py`."""

from collections.abc import Callable, Mapping

from station_desk.counter.papers.at_the_door import notice, refusal
from station_desk.counter.papers.telling import Contents, Telling

FILLS: Mapping[str, Callable[[Telling], Contents]] = {
    "notice": notice,
    "refusal": refusal,
}
