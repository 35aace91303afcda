"""What residents said: the grades of each station, and the bad ones until somebody has called back."""

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import select

from station_desk.cases.rating import BAD, GRADES, MOST_WORDS
from station_desk.core.errors import RuleError
from station_desk.district import tables as t
from station_desk.district.call_backs import BY_DISTRICT
from station_desk.district.desk.asked import Asked, Deed, Done, PageOf
from station_desk.district.desk.blocks import Block, Cell, Facts, Field, Figure, Figures, Form, Table, Words
from station_desk.district.desk.links import files_of, station_names
from station_desk.district.page import shown
from station_desk.district.ratings import Rated, answered_ratings, mend, open_ratings


class OutcomeNeeded(RuleError):
    code = "rating.outcome_needed"


def ratings(asked: Asked) -> Sequence[Block]:
    """All stations, or one bad rating with the form to note the call."""
    waits = open_ratings(asked.district)
    wanted = (asked.one("station"), asked.one("number"))
    one = next((rated for rated in waits if (rated.station, rated.number) == wanted), None)
    names = station_names(asked)
    if one is not None and not asked.whole:
        return _one(asked, one, names)
    counted = _grades(asked)
    return [
        _figures(asked, counted, waits),
        _waiting(asked, waits, names),
        _answered(asked, answered_ratings(asked.district), names),
        _by_station(asked, counted, names),
    ]


def _grades(asked: Asked) -> Mapping[str, Counter[str]]:
    g = t.grade_sum.c
    question = select(g.station, g.grade, g.amount)
    counted: dict[str, Counter[str]] = {}
    for station, grade, amount in asked.district.read(lambda c: c.execute(question).all()):
        counted.setdefault(station, Counter())[grade] = amount
    return counted


def _figures(asked: Asked, counted: Mapping[str, Counter[str]], waits: Sequence[Rated]) -> Figures:
    say = asked.say
    everything = sum(counted.values(), Counter[str]())
    bad = sum(everything[grade] for grade in BAD)
    overdue = sum(rated.mend_by < asked.today.isoformat() for rated in waits)
    return Figures(
        (
            Figure(say("desk.ratings.given"), f"{everything.total()}"),
            Figure(say("desk.ratings.bad"), f"{bad}"),
            Figure(say("desk.ratings.waits"), f"{len(waits)}", "warn" if waits else "ok"),
            Figure(say("desk.ratings.overdue"), f"{overdue}", "bad" if overdue else "ok"),
        )
    )


def _waiting(asked: Asked, waits: Sequence[Rated], names: Mapping[str, str]) -> Table:
    say = asked.say
    columns = ("grade", "reasons", "words", "rated_at", "mend_by")
    return Table(
        say("desk.ratings.title"),
        (say("desk.late.number"), say("desk.station"), *(say(f"desk.ratings.{name}") for name in columns)),
        [_row(asked, rated, names) for rated in waits], say("desk.ratings.empty"),
        files=files_of(asked, "ratings"),
    )  # fmt: skip


def _row(asked: Asked, rated: Rated, names: Mapping[str, str]) -> tuple[Cell, ...]:
    late = rated.mend_by < asked.today.isoformat()
    return (
        Cell(rated.number, asked.href("ratings", station=rated.station, number=rated.number)),
        Cell(names.get(rated.station, rated.station)),
        Cell(asked.say(f"rate.grade.{rated.grade}"), mark="bad"),
        Cell(_reasons(asked, rated)),
        Cell(rated.words or asked.say("desk.none")),
        Cell(shown(rated.rated_at)),
        Cell(rated.mend_by, mark="bad" if late else "warn"),
    )


def _answered(asked: Asked, done: Sequence[Rated], names: Mapping[str, str]) -> Table:
    """The last answers: those of the stations, which came up with their logs, and those given here."""
    say = asked.say
    columns = ("grade", "called_on", "mended_at", "mended_by", "outcome")
    rows = [
        (
            Cell(one.number),
            Cell(names.get(one.station, one.station)),
            Cell(say(f"rate.grade.{one.grade}")),
            Cell(one.called_on or one.mended_at[:10]),
            Cell(shown(one.mended_at), mark="bad" if one.mended_at[:10] > one.mend_by else "ok"),
            Cell(say(f"desk.ratings.by.{one.mended_by or BY_DISTRICT}")),
            Cell(one.outcome),
        )
        for one in done
    ]
    head = (
        say("desk.late.number"),
        say("desk.station"),
        *(say(f"desk.ratings.{name}") for name in columns),
    )
    return Table(say("desk.ratings.answered"), head, rows, say("desk.ratings.none_answered"))


def _by_station(asked: Asked, counted: Mapping[str, Counter[str]], names: Mapping[str, str]) -> Table:
    say = asked.say
    rows = [
        (
            Cell(f"{station} {names.get(station, '')}".strip()),
            *(Cell(f"{of_station[grade]}", number=True) for grade in GRADES),
        )
        for station, of_station in sorted(counted.items())
    ]
    head = (say("desk.station"), *(say(f"rate.grade.{grade}") for grade in GRADES))
    return Table(say("desk.ratings.grades"), head, rows, say("desk.caseload.empty"))


def _one(asked: Asked, rated: Rated, names: Mapping[str, str]) -> Sequence[Block]:
    say = asked.say
    facts = (
        (say("desk.station"), f"{rated.station} {names.get(rated.station, '')}".strip()),
        (say("desk.ratings.grade"), say(f"rate.grade.{rated.grade}")),
        (say("desk.ratings.reasons"), _reasons(asked, rated)),
        (say("desk.ratings.words"), rated.words or say("desk.none")),
        (say("desk.ratings.rated_at"), shown(rated.rated_at)),
        (say("desk.ratings.mend_by"), rated.mend_by),
    )
    outcome = Field(
        "outcome", say("desk.ratings.outcome"), how="area", hint=say("desk.ratings.outcome_hint"),
        most=MOST_WORDS,
    )  # fmt: skip
    form = Form(
        say("desk.ratings.mend"), say("desk.ratings.send"), (outcome,), asked.href("ratings"), "mend",
        (("station", rated.station), ("number", rated.number)),
    )  # fmt: skip
    back = Words([], links=[(asked.href("ratings"), say("desk.ratings.back"))])
    return [Facts(say("desk.ratings.one", number=rated.number), facts), form, back]


def _reasons(asked: Asked, rated: Rated) -> str:
    return asked.say("desk.ratings.between").join(asked.say(f"rate.reason.{one}") for one in rated.reasons)


def _mend(asked: Asked, form: Mapping[str, str]) -> Done:
    outcome = " ".join(form.get("outcome", "").split())[:MOST_WORDS]
    if not outcome:
        raise OutcomeNeeded
    mend(asked.district, form.get("station", ""), form.get("number", ""), outcome)
    return Done("mended")


RATINGS = PageOf(
    "ratings", "ratings", ratings,
    {"mend": Deed("mend", lambda form: f"{form.get('station', '')}/{form.get('number', '')}", _mend)},
)  # fmt: skip
