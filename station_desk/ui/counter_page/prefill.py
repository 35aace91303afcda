"""What earlier cases say, laid into the form: filled in, marked with its source, and asked again.

No Qt here. What somebody typed stays; only the field in which the resident was looked up is completed.
"""

from dataclasses import replace

import msgspec

from station_desk.catalogue.item import Catalogue
from station_desk.counter.known_resident import KnownResident
from station_desk.ui.counter_page.draft import EMPTY, Draft, linked

KIND = "applicant.id_kind"
"""The kind of the document is confirmed with its number."""


def prefill(draft: Draft, known: KnownResident, catalogue: Catalogue, asked_at: str) -> tuple[str, ...]:
    """Lays the known answers into the draft; answers the places that were filled."""
    links = linked(draft.item, catalogue)
    filled = []
    for key, answer in known.answers.items():
        if key.startswith("agent.") and not draft.with_agent:
            continue
        place = links.get(key, key)
        typed = draft.values.get(place, "").strip()
        if place in filled or (typed and typed != answer.value and not _may_replace(place, asked_at)):
            continue
        # The answers of the applicant's own block come first and are the newest there.
        draft.values[place] = answer.value
        filled.append(place)
        if place != KIND:
            draft.known[place] = answer
    draft.papers = dict(known.papers)
    return tuple(filled)


def confirm(draft: Draft, place: str) -> bool:
    """The answer was asked again and is so; whether it had to be."""
    known = draft.known.get(place)
    if known is None or known.sure:
        return False
    draft.known[place] = msgspec.structs.replace(known, sure=True)
    return True


def confirm_all(draft: Draft) -> None:
    """Everything known was asked again; papers on file that still count need not be brought."""
    for place in list(draft.known):
        confirm(draft, place)
    for key, paper in draft.papers.items():
        if paper.again == "counts" and draft.ways.get(key, "missing") == "missing":
            draft.ways[key] = "brought"
            draft.on_file[key] = paper.case


def tick_needed(draft: Draft) -> None:
    """Every paper that must be there was seen; what was ticked in another way stays so."""
    for material in draft.item.material:
        if material.need == "must" and draft.ways.get(material.key, "missing") == "missing":
            draft.ways[material.key] = "brought"


def typed_over(draft: Draft, place: str, value: str) -> None:
    """A known answer that was changed is the clerk's own."""
    known = draft.known.get(place)
    if known and known.value != value:
        del draft.known[place]


def cleared(draft: Draft) -> Draft:
    """The same request with nothing typed."""
    return replace(
        draft, values=dict(EMPTY), ways={}, known={}, papers={}, on_file={},
        repeat_reason="", repeats=(), remarks=(),
    )  # fmt: skip


def overwrite(draft: Draft, other: Draft) -> None:
    """Everything typed becomes what it is in another state of the same request."""
    for name in ("values", "ways", "known", "papers", "on_file"):
        setattr(draft, name, dict(getattr(other, name)))
    draft.repeat_reason, draft.repeats, draft.remarks = other.repeat_reason, other.repeats, other.remarks


def papers_offered(draft: Draft) -> int:
    """How many papers on file would be ticked by confirming."""
    return sum(
        paper.again == "counts" and draft.ways.get(key, "missing") == "missing"
        for key, paper in draft.papers.items()
    )


def _may_replace(place: str, asked_at: str) -> bool:
    return place in (asked_at, KIND)
