"""In which words a paper speaks: those of the edition under which its case began.

An edition older than the papers has none of its own; then the edition in use speaks, and last the program.
"""

from station_desk.cases.case import Case
from station_desk.catalogue.paper import Paper
from station_desk.counter.desk import Desk
from station_desk.store.editions import forms_under, shipped_forms


def published_paper(desk: Desk, case: Case, kind: str) -> Paper:
    """The paper of that kind as its case must have it. Raises BrokenForm for the program's own."""
    then = forms_under(desk.store.profile, desk.edition, case.edition, case.digest)
    for forms in (then, desk.edition.forms):
        if forms and (paper := forms.paper(kind)):
            return paper
    return shipped_forms(desk.store.profile, desk.edition.shipped).papers[kind]
