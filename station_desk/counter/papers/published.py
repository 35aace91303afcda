"""In which words a paper speaks: those of the edition under which its case began.

An edition older than the papers has none of its own; then the edition in use speaks, and last the program.
"""

from station_desk.cases.case import Case
from station_desk.catalogue.paper import Paper
from station_desk.catalogue.paper_kinds import FULL, PAPER_KINDS, SPOKEN
from station_desk.catalogue.paper_references import named_in
from station_desk.counter.desk import Desk
from station_desk.store.editions import forms_under, shipped_forms


def published_paper(desk: Desk, case: Case, kind: str) -> Paper:
    """The paper of that kind as its case must have it. Raises BrokenForm for the program's own."""
    then = forms_under(desk.store.profile, desk.edition, case.edition, case.digest)
    for forms in (then, desk.edition.forms):
        if forms and (paper := forms.paper(kind)):
            return paper
    return shipped_forms(desk.store.profile, desk.edition.shipped).papers[kind]


def says_in_full(desk: Desk, case: Case, kind: str) -> bool:
    """Whether the paper as it is published names a person in full, or says what was said of him."""
    named = named_in(published_paper(desk, case, kind))
    return PAPER_KINDS[kind].whole_names or any(key.endswith(FULL) or key in SPOKEN for key in named)
