"""流转清单: the papers of several cases that go to one office together, with a barcode for each case."""

from station_desk.cases.case import Away
from station_desk.core.errors import RuleError
from station_desk.core.masking import masked_name
from station_desk.counter.papers.telling import Contents, Telling, short
from station_desk.counter.wording import worded


class PapersToSeveral(RuleError):
    code = "paper.to_several"


def handover(told: tuple[Telling, ...], copies: tuple[int, ...]) -> Contents:
    """One row a case; all of them went to the same office. Raises PapersToSeveral.

    Of a restricted case neither the matter nor the applicant is named: others carry the list.
    """
    trips = [_trip(one) for one in told]
    bodies = list(dict.fromkeys(_body(one, trip) for one, trip in zip(told, trips, strict=True)))
    if len(bodies) > 1:
        raise PapersToSeveral(bodies="、".join(bodies))
    rows = [
        _row(number, one, trip, copy)
        for number, (one, trip, copy) in enumerate(zip(told, trips, copies, strict=True), 1)
    ]
    pages = sum(paper.pages for trip in trips for paper in trip.papers)
    facts = {
        "body": bodies[0], "sent": short(max(trip.sent for trip in trips)),
        "cases_count": str(len(rows)), "pages_count": str(pages),
    }  # fmt: skip
    return Contents(facts, {"cases": rows})


def _row(number: int, told: Telling, trip: Away, copy: int) -> dict[str, str]:
    case = told.case
    restricted = case.sensitivity == "S3"
    papers = (f"{paper.name}（{told.sentence('sheets', pages=paper.pages)}）" for paper in trip.papers)
    return {
        "no": str(number), "number": case.number,
        "item": told.sentence("withheld") if restricted else worded(case.title, told.say),
        "applicant.masked": "" if restricted else masked_name(case.applicant.name),
        "papers": "；".join(papers), "pages": str(sum(paper.pages for paper in trip.papers)),
        "back_by": trip.back_by, "again": told.sentence("again", times=copy) if copy > 1 else "",
    }  # fmt: skip


def _trip(told: Telling) -> Away:
    away = told.moment.after.away
    assert away is not None, "papers that were forwarded are away"
    return away


def _body(told: Telling, trip: Away) -> str:
    return trip.body or told.say(f"term.role.{trip.role}")
