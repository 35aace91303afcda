"""What is accepted on trust: the promise to bring papers later, the commitment in place of a proof."""

from collections.abc import Iterator

from station_desk.cases import parts as p
from station_desk.counter.papers.telling import Contents, Rows, Telling
from station_desk.counter.wording import worded


def follow(told: Telling) -> Contents:
    """容缺受理承诺书: which papers follow, until when."""
    trusted = list(_trusted(told, "bring"))
    rows = [
        {"no": str(number), "name": name, "form": told.say(f"term.form.{seen.form}"), "until": follow.until}
        for number, (name, seen, follow) in enumerate(trusted, 1)
    ]
    return Contents({"last_day": _last(rows)}, {"missing": rows})


def commitment(told: Telling) -> Contents:
    """告知承诺书: which proofs the commitment replaces, on what law, until when it is verified."""
    rows: Rows = [
        {"no": str(number), "name": name, "until": follow.until}
        for number, (name, _, follow) in enumerate(_trusted(told, "verify"), 1)
    ]
    item = told.item
    facts = {
        "last_day": _last(rows), "basis": "；".join(item.basis) if item else "",
        "conditions": "；".join(item.conditions) if item else "",
    }  # fmt: skip
    return Contents(facts, {"promised": rows})


def _trusted(told: Telling, how: str) -> Iterator[tuple[str, p.PaperSeen, p.FollowUp]]:
    seen = {paper.key: paper for paper in told.case.materials}
    for follow in told.case.follow_ups:
        if follow.how == how and follow.key in seen:
            yield worded(seen[follow.key].name, told.say), seen[follow.key], follow


def _last(rows: Rows) -> str:
    return max((row["until"] for row in rows), default="")
