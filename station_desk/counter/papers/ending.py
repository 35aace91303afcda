"""The end of a case on paper: what came of it, and the proof that it was handed over."""

from station_desk.cases import parts as p
from station_desk.cases.papers import Moment, private_part, public_part
from station_desk.catalogue.paper_kinds import PAPER_KINDS
from station_desk.core.masking import masked_id
from station_desk.counter.papers.published import published_paper
from station_desk.counter.papers.telling import Contents, Telling, as_written, short
from station_desk.counter.wording import language_of

SERVED_BY = {"case.finished": "completion", "case.declined": "refusal"}
"""Which document tells of the end, and is therefore served."""


def completion(told: Telling) -> Contents:
    """办结通知书: the result, when, how it is collected, what may be done against it."""
    case, before = told.case, told.moment.before or told.case
    facts = {
        "finished": short(case.finished_at), "result": case.result, "note": case.note,
        "promise": as_written(before.times.promised or before.accepted_times.promised),
        "outcome": told.say(f"term.outcome.{case.outcome}"), "collect": told.say("papers.collect"),
        "remedy": "" if case.outcome == "recorded" else told.remedy,
    }  # fmt: skip
    return Contents(facts)


def delivery(told: Telling) -> Contents:
    """送达回证: which document was served on whom; what is not known yet waits for the pen."""
    case, say = told.case, told.say
    kind = SERVED_BY[told.moment.event.kind]
    handed = next((one for one in told.occasion.story if one.event.kind == "case.delivered"), None)
    title = published_paper(told.desk, case, kind).title.in_language(language_of(say))
    facts = {
        "served": title, "served_no": f"{case.number}/{PAPER_KINDS[kind].mark}{told.occasion.turn}",
        "blank": "", **_handed(told, handed),
    }  # fmt: skip
    return Contents(facts)


def _handed(told: Telling, handed: Moment | None) -> dict[str, str]:
    if handed is None:
        return dict.fromkeys(("place", "way", "receiver", "relation", "delivered"), "")
    to = private_part(handed, p.DeliveredPrivate)
    way = public_part(handed, p.DeliveredPublic).way
    known = f"{to.receiver}（{masked_id(to.document)}）" if to.document else to.receiver
    places = {"counter": told.desk.station.name, "post": told.case.applicant.address}
    return {
        "place": places.get(way, ""), "way": told.say(f"term.way.{way}"),
        "receiver": known, "relation": to.relation, "delivered": short(handed.event.at),
    }  # fmt: skip
