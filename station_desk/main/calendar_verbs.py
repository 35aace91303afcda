"""`calendar`: the years by which everything is counted; a new one is entered when its notice is out."""

from datetime import date
from pathlib import Path

from station_desk.catalogue.calendar import CalendarYear, working_days_of
from station_desk.catalogue.check.year_file import YearFaulty, read_year
from station_desk.core.errors import RuleError
from station_desk.core.texts import Texts
from station_desk.counter.calendar_years import ImportYear, import_year
from station_desk.counter.day_words import DayWords
from station_desk.counter.desk import Desk
from station_desk.main.items_verbs import tell_findings
from station_desk.main.open_desk import Options, command_id, desk_of
from station_desk.main.said import Said
from station_desk.store.years import imported_years


class CalendarMissing(RuleError):
    code = "calendar.missing"


class YearNeeded(RuleError):
    code = "calendar.year_needed"


class YearFileNeeded(RuleError):
    code = "calendar.file_needed"


def calendar_verb(options: Options, said: Said) -> int:
    """Lists the years, shows one, or enters one from a file."""
    with desk_of(options) as desk:
        match options.what:
            case "list":
                rows: list[tuple[object, str]] = [
                    (_facts(desk, year), _line(desk, year)) for year in desk.calendar.years
                ]
                said.rows(rows, "cli.calendar.years", count=len(rows))
                return 0
            case "show":
                return _show(desk, options.which, said)
            case _:
                return _import(desk, options, said)


def _show(desk: Desk, which: str, said: Said) -> int:
    if not which.isdecimal():
        raise YearNeeded
    year = desk.calendar.year(int(which))
    if year is None:
        raise CalendarMissing(year=int(which))
    facts = {**_facts(desk, year), "rest_weekdays": year.rest_weekdays, "work_weekends": year.work_weekends}
    said.tell(facts, "cli.calendar.year", line=_line(desk, year), source=year.source, note=year.note or "-")
    for key, days in (("rest_weekdays", year.rest_weekdays), ("work_weekends", year.work_weekends)):
        said.progress(desk.texts(f"cli.calendar.{key}", days=_days(days, year.year, desk.texts)))
    return 0


def _import(desk: Desk, options: Options, said: Said) -> int:
    if not options.which:
        raise YearFileNeeded
    try:
        year = read_year(Path(options.which))
    except YearFaulty as faulty:
        tell_findings(faulty.findings, said, "cli.calendar.faulty")
        return faulty.exit_code
    done = import_year(desk, ImportYear(year), command_id(options)).answer
    key = "imported" if done.status == "official" else "imported_provisional"
    said.tell(done, f"cli.calendar.{key}", year=done.year, looked=done.looked, changed=done.changed)
    return 0


def _facts(desk: Desk, year: CalendarYear) -> dict[str, object]:
    return {
        "year": year.year, "status": year.status, "number": year.number, "notice": year.notice,
        "source": year.source, "note": year.note, "working_days": working_days_of(desk.calendar, year.year),
        "origin": "entered" if year in imported_years(desk.store) else "shipped",
    }  # fmt: skip


def _line(desk: Desk, year: CalendarYear) -> str:
    facts, say = _facts(desk, year), desk.texts
    told = [
        say(f"cli.calendar.{year.status}"),
        say("cli.calendar.working_days", count=facts["working_days"]),
        " ".join(filter(None, (year.number, year.notice.isoformat() if year.notice else ""))),
        say(f"cli.calendar.{facts['origin']}"),
    ]
    return f"{year.year}  " + "  ".join(filter(None, told))


def _days(days: tuple[date, ...], year: int, texts: Texts) -> str:
    say = DayWords(texts, year)
    return say.joined(map(say.day, sorted(days))) or "-"
