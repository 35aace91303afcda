"""The published words of the station's own papers: of the edition in use, else those of the program."""

import msgspec

from station_desk.catalogue.day_paper import DAY_KINDS, DayPaper
from station_desk.counter.desk import Desk
from station_desk.store.editions import shipped_forms


def day_paper(desk: Desk, kind: str) -> DayPaper:
    """A paper of `forms/papers/day/`, whole: an older edition may lack it, or some of its sentences."""
    own = desk.edition.forms.day_paper(kind)
    if own is not None and all(name in own.sentence for name in DAY_KINDS[kind].later):
        return own
    shipped = shipped_forms(desk.store.profile, desk.edition.shipped).day_papers[kind]
    if own is None:
        return shipped
    return msgspec.structs.replace(own, sentence={**shipped.sentence, **own.sentence})
