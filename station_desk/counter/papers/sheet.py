"""流转单: the workflow sheet of a case: who does what until when, what was found, where its papers are."""

from collections.abc import Iterator, Mapping

from station_desk.cases import parts as p
from station_desk.cases.case import Away, Case, StepDone, passed_over
from station_desk.cases.papers import Moment, private_part
from station_desk.counter.papers.materials import GIVEN, copies_of, form_words
from station_desk.counter.papers.promise import promise_now
from station_desk.counter.papers.telling import Contents, Rows, Telling, short
from station_desk.counter.wording import limit_words, step_name, ways_words, worded

DONE = " ✓"


def sheet(told: Telling) -> Contents:
    """As far as the case has come; the rest waits for a pen."""
    station = told.desk.station
    facts = {
        "promise": promise_now(told),
        "route": told.say("term.return.counter", station=station.name, counter=str(int(told.case.counter))),
    }
    return Contents(facts, {"steps": _steps(told), "papers": _papers(told), "trips": _trips(told)})


def _steps(told: Telling) -> Rows:
    case = told.case
    ended = {step.id: step for step in case.trail}
    signed = dict(_who_ended(told.occasion.story))
    return [
        {"no": str(number), **_step(told, step, ended.get(step.id)), "signature": signed.get(step.id, "")}
        for number, step in enumerate(case.steps, 1)
    ]


def _step(told: Telling, step: p.StepPlan, ended: StepDone | None) -> Mapping[str, str]:
    case, say = told.case, told.say
    past = step.id in passed_over(case)
    limit = say("term.limit.uncounted") if step.clock == "stop" else limit_words(step.limit, step.unit, say)
    began = ended.began if ended else case.stage_since if step.id == case.stage else ""
    return {
        "name": step_name(step, say) + (DONE if ended else ways_words(case.steps, step, say)),
        "role": say(f"term.role.{step.role}"), "limit": limit, "in": short(began),
        "opinion": say("papers.passed_over") if past else ended.opinion if ended else "",
        "out": short(ended.ended) if ended else "",
    }  # fmt: skip


def _who_ended(story: tuple[Moment, ...]) -> Iterator[tuple[str, str]]:
    """Who answers for each step: the clerk who entered its end."""
    for moment in story:
        before = moment.before.trail if moment.before else ()
        # A step that was taken back ends again, and whoever ended it then answers for it.
        yield from ((step.id, moment.event.actor) for step in moment.after.trail if step not in before)


def _papers(told: Telling) -> Rows:
    """What lies with the case, with the pages that were counted when it last went out."""
    pages = {sent.name: sent.pages for trip in _all_trips(told.case) for sent in trip.papers}
    rows: list[dict[str, str]] = []
    for seen in told.case.materials:
        if seen.how in GIVEN:
            counted = next((pages.pop(name) for name in _names(seen) if name in pages), 0)
            rows.append({
                "name": worded(seen.name, told.say), "form": form_words(told, seen),
                "copies": copies_of(seen), "pages": str(counted or ""),
            })  # fmt: skip
    rows += [{"name": name, "form": "", "copies": "", "pages": str(count)} for name, count in pages.items()]
    return [{"no": str(number), **row} for number, row in enumerate(rows, 1)]


def _names(seen: p.PaperSeen) -> tuple[str, ...]:
    return (seen.name.hans, seen.name.hant, seen.name.en, seen.key)


def _trips(told: Telling) -> Rows:
    """Each time the papers went out: to whom, how many pages, against whose signature, what came back."""
    back = [moment for moment in told.occasion.story if moment.event.kind == "case.returned"]
    rows = []
    for place, trip in enumerate(_all_trips(told.case)):
        body = trip.body or told.say(f"term.role.{trip.role}")
        signed = [trip.signature]
        if place < len(back):
            signed.append(private_part(back[place], p.ReturnedPrivate).signature)
        rows.append({
            "no": str(place + 1), "body": body, "sent": short(trip.sent),
            "pages": str(sum(paper.pages for paper in trip.papers) or ""),
            "signature": "；".join(filter(None, signed)), "back": short(trip.returned),
            "opinion": trip.opinion,
        })  # fmt: skip
    return rows


def _all_trips(case: Case) -> tuple[Away, ...]:
    return (*case.trips, case.away) if case.away else case.trips
