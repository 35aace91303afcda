"""How much work there is: by station, item type, item and day, beside the time before."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta

from station_desk.district.desk.asked import Asked, PageOf
from station_desk.district.desk.bars import Pair, bars
from station_desk.district.desk.blocks import Block, Cell, Chart, Choice, Field, Figure, Figures, Form, Table
from station_desk.district.desk.counts import ACCEPTED, ENDED, Line, counted, total
from station_desk.district.desk.entered import By, Range
from station_desk.district.desk.links import files_of, station_choices, station_names
from station_desk.district.desk.words import category_name, item_name

PERIODS = (7, 30, 90, 365)
USUAL = 30
MOST_DAYS_DRAWN = 40
COLUMNS = ("accepted", "before", "trend", "ended", "otherwise", "open", "late")


def caseload(asked: Asked) -> Sequence[Block]:
    """The figures of the wanted days; a station or an item type leads to what it is made of."""
    days = next((days for days in PERIODS if f"{days}" == asked.one("days")), USUAL)
    station, category = asked.one("station"), asked.one("category")
    first = asked.today - timedelta(days=days - 1)
    now = Range(first, asked.today, station, category)
    then = Range(first - timedelta(days=days), first - timedelta(days=1), station, category)
    names = station_names(asked)
    below: By = "item" if category else "category"
    by_station, by_kind, by_day = asked.district.read(
        lambda connection: counted(connection, now, then, below, asked.today)
    )
    kept = {"days": f"{days}", "station": station, "category": category}
    stations = _table(asked, "station", by_station, kept, names)
    return [
        _figures(asked, total(by_station)), _find(asked, days, names), _chart(asked, now, by_day), stations,
        _table(asked, below, by_kind, kept, names),
    ]  # fmt: skip


def _figures(asked: Asked, sum_: Line) -> Figures:
    say = asked.say
    return Figures(
        (
            Figure(say("desk.caseload.accepted"), f"{sum_.accepted}"),
            Figure(say("desk.caseload.ended"), f"{sum_.ended}"),
            Figure(say("desk.caseload.trend"), _trend(sum_)),
            Figure(say("desk.caseload.open"), f"{sum_.open}"),
            Figure(say("desk.caseload.late"), f"{sum_.late}", "bad" if sum_.late else "ok"),
        )
    )


def _find(asked: Asked, days: int, names: Mapping[str, str]) -> Form:
    say = asked.say
    periods = [Choice(f"{n}", say("desk.caseload.days", days=n)) for n in PERIODS]
    known = asked.forms().catalogue.categories
    kinds = [Choice(code, category_name(asked, code)) for code in known]
    wanted = asked.one("category")
    if wanted and wanted not in known:
        kinds.append(Choice(wanted, wanted))
    fields = (
        Field("days", say("desk.caseload.period"), f"{days}", choices=periods),
        Field("station", say("desk.station"), asked.one("station"), choices=station_choices(asked, names)),
        Field(
            "category", say("desk.caseload.category"), wanted,
            choices=[Choice("", say("desk.caseload.all_categories")), *kinds],
        ),
    )  # fmt: skip
    return Form(say("desk.caseload.find"), say("desk.show"), fields, asked.href("caseload"))


def _chart(asked: Asked, now: Range, by_day: Mapping[str, Counter[str]]) -> Chart:
    say = asked.say
    weekly = (now.last - now.first).days >= MOST_DAYS_DRAWN
    pairs = _spans(now, by_day, 7 if weekly else 1)
    peak = max(pairs, key=lambda pair: pair.first)
    told = say(
        "desk.caseload.told", first=now.first, last=now.last, accepted=sum(pair.first for pair in pairs),
        ended=sum(pair.second for pair in pairs), most=peak.label, peak=peak.first,
    )  # fmt: skip
    names = (say("desk.caseload.accepted"), say("desk.caseload.ended"))
    title = say("desk.caseload.chart_weeks" if weekly else "desk.caseload.chart")
    short = [Pair(pair.label[5:], pair.first, pair.second) for pair in pairs]
    rows = [(Cell(p.label), Cell(f"{p.first}", number=True), Cell(f"{p.second}", number=True)) for p in pairs]
    numbers = Table(say("desk.caseload.numbers"), (say("desk.caseload.day"), *names), rows, "")
    return Chart(title, bars(short, names, told), told, numbers)


def _spans(now: Range, by_day: Mapping[str, Counter[str]], length: int) -> list[Pair]:
    """The days, or whole weeks that end today, each under its first day."""
    pairs = []
    start = now.first
    while start <= now.last:
        days = [(start + timedelta(days=n)).isoformat() for n in range(length)]
        sums = [by_day.get(day, Counter[str]()) for day in days]
        pairs.append(Pair(days[0], sum(c[ACCEPTED] for c in sums), sum(c[ENDED] for c in sums)))
        start += timedelta(days=length)
    return pairs


def _table(
    asked: Asked, by: str, lines: Mapping[str, Line], kept: Mapping[str, str], names: Mapping[str, str]
) -> Table:
    say = asked.say
    head = {"station": "desk.station", "category": "desk.caseload.category", "item": "desk.caseload.item"}[by]
    rows = []
    for code, line in lines.items():
        href = "" if by == "item" else asked.href("caseload", **{**kept, by: code})
        rows.append((Cell(_name(asked, by, code, names), href), *_cells(line)))
    if len(rows) > 1:
        rows.append((Cell(say("desk.caseload.sum")), *_cells(total(lines))))
    return Table(
        say(f"desk.caseload.by_{by}"), (say(head), *(say(f"desk.caseload.{name}") for name in COLUMNS)), rows,
        say("desk.caseload.empty"), files=files_of(asked, "caseload", **kept) if by == "station" else (),
    )  # fmt: skip


def _name(asked: Asked, by: str, code: str, names: Mapping[str, str]) -> str:
    match by:
        case "station":
            return f"{code} {names.get(code, '')}".strip()
        case "category":
            return category_name(asked, code)
        case _:
            return item_name(asked, code)


def _cells(line: Line) -> tuple[Cell, ...]:
    late = Cell(f"{line.late}", mark="bad" if line.late else "", number=True)
    told = (line.accepted, line.before, _trend(line), line.ended, line.otherwise, line.open)
    return (*(Cell(f"{value}", number=True) for value in told), late)


def _trend(line: Line) -> str:
    """More or less than in the time before, in per cent; without one there is nothing to compare."""
    if not line.before:
        return "–"
    change = round(100 * (line.accepted - line.before) / line.before)
    return f"{change:+d} %" if change else "±0 %"


CASELOAD = PageOf("caseload", "see", caseload, {})
