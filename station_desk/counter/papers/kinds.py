"""For each kind of paper what fills it: the one table beside `catalogue/paper_kinds.py`."""

from collections.abc import Callable, Mapping

from station_desk.counter.papers.application_form import application_form
from station_desk.counter.papers.at_the_door import intake, notice, refusal
from station_desk.counter.papers.certificate import certificate
from station_desk.counter.papers.ending import completion, delivery
from station_desk.counter.papers.on_the_way import extension, supplement, suspension
from station_desk.counter.papers.posting import posting
from station_desk.counter.papers.receipt import receipt
from station_desk.counter.papers.sheet import sheet
from station_desk.counter.papers.telling import Contents, Telling
from station_desk.counter.papers.trust import commitment, follow
from station_desk.counter.papers.voiding import annulment, void

FILLS: Mapping[str, Callable[[Telling], Contents]] = {
    "intake": intake,
    "receipt": receipt,
    "notice": notice,
    "refusal": refusal,
    "supplement": supplement,
    "posting": posting,
    "suspension": suspension,
    "extension": extension,
    "follow": follow,
    "commitment": commitment,
    "completion": completion,
    "delivery": delivery,
    "sheet": sheet,
    "application": application_form,
    "certificate": certificate,
    "annulment": annulment,
    "void": void,
}
"""Papers of one case; the list of several (`handover.py`) is filled from all of them at once."""
