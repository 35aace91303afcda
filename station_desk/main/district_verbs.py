"""`district`: serves it, makes enrolment codes, checks and dumps what it holds."""

from collections.abc import Callable, Mapping
from contextlib import closing

from station_desk.core.errors import IntegrityError, RuleError
from station_desk.district.district import open_district, open_existing_district
from station_desk.district.dump import dump
from station_desk.district.enrolment import new_enrol_code, revoke
from station_desk.district.ratings import grades, mend, open_ratings
from station_desk.district.verify import verify
from station_desk.main.courier_verbs import import_bundle
from station_desk.main.district_backup_verbs import (
    back_up_district,
    backup_key,
    check_backup,
    restore_district,
)
from station_desk.main.district_counter_verbs import health, quarantine
from station_desk.main.district_edition_verb import trust_verb
from station_desk.main.district_migrate_verb import migrate_district
from station_desk.main.district_serve_verb import serve_district
from station_desk.main.district_staff_verbs import staff_verb
from station_desk.main.open_desk import Options
from station_desk.main.said import Said

LONGEST_REASON = 200


class DatabaseNeeded(RuleError):
    code = "district.database_needed"


def district_verb(options: Options, said: Said) -> int:
    """Runs one of the verbs of the district server on its database."""
    if not options.db and not (options.what == "verify" and options.file):
        raise DatabaseNeeded
    return _VERBS[options.what](options, said)


def _enrol_code(options: Options, said: Said) -> int:
    with closing(open_district(options.db)) as district:
        code = new_enrol_code(district, options.station)
    facts = {"station": options.station, "code": code}
    said.tell(facts, "cli.enroll_code", station=options.station, code=code)
    return 0


def _revoke(options: Options, said: Said) -> int:
    counter = options.counter.strip().rjust(2, "0")
    with closing(open_existing_district(options.db)) as district:
        revoke(district, options.station, counter, options.reason.strip()[:LONGEST_REASON])
    facts = {"station": options.station, "counter": counter}
    said.tell(facts, "cli.revoked", station=options.station, counter=counter)
    return 0


def _dump(options: Options, said: Said) -> int:
    with closing(open_existing_district(options.db)) as district:
        for line in dump(district):
            said.line(line)
    return 0


def _ratings(options: Options, said: Said) -> int:
    """How residents rated, and who waits to be called back; with `--case` and `--reason`, notes that call."""
    with closing(open_existing_district(options.db)) as district:
        if options.case:
            mend(district, options.station, options.case, options.reason.strip()[:LONGEST_REASON])
        counted, waiting = grades(district, options.station), open_ratings(district, options.station)
    say = said.texts
    lines: list[tuple[object, str]] = [
        ({"grade": grade, "count": count}, f"{say(f'rate.grade.{grade}')}  {count}")
        for grade, count in counted.items()
    ]
    lines += [
        (one, say("cli.rating_open", number=one.number, grade=say(f"rate.grade.{one.grade}"), by=one.mend_by))
        for one in waiting
    ]
    said.rows(lines, "cli.ratings", count=sum(counted.values()), waiting=len(waiting))
    return 0


def _verify(options: Options, said: Said) -> int:
    if options.file:
        return check_backup(options, said)
    with closing(open_existing_district(options.db)) as district:
        problems = verify(district)
    lines: list[tuple[object, str]] = [(problem, f"{problem}") for problem in problems]
    said.rows(
        lines, "cli.district_verify_failed" if problems else "cli.district_verified", count=len(problems)
    )
    return IntegrityError.exit_code if problems else 0


_VERBS: Mapping[str, Callable[[Options, Said], int]] = {
    "serve": serve_district,
    "enroll-code": _enrol_code,
    "revoke": _revoke,
    "import-bundle": import_bundle,
    "health": health,
    "migrate": migrate_district,
    "quarantine": quarantine,
    "ratings": _ratings,
    "staff": staff_verb,
    "trust": trust_verb,
    "dump": _dump,
    "backup": back_up_district,
    "backup-key": backup_key,
    "restore": restore_district,
    "verify": _verify,
}
