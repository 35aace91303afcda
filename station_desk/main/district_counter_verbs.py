"""`district health|quarantine`: how the counters stand, and what of revoked ones waits for a decision."""

from contextlib import closing

from station_desk.district.district import open_existing_district
from station_desk.district.health import health_of
from station_desk.district.quarantine import Kept, accept, kept, reject
from station_desk.main.open_desk import Options
from station_desk.main.said import Said

LONGEST_REASON = 200


def health(options: Options, said: Said) -> int:
    """When each counter was in step last, and what waits there since when."""
    with closing(open_existing_district(options.db)) as district:
        found = health_of(district, options.station)
    never = said.texts("cli.health_never")
    lines: list[tuple[object, str]] = [
        (
            one,
            said.texts(
                "cli.health_line", station=one.station, counter=one.counter, events=one.events,
                dossiers=one.dossiers, complete=one.complete_at[:16].replace("T", " ") or never,
                oldest=one.oldest_at[:16].replace("T", " ") or "-",
            ),
        )
        for one in found
    ]  # fmt: skip
    late = sum(bool(one.events or one.dossiers) for one in found)
    said.rows(lines, "cli.health", count=len(found), late=late)
    return 0


def quarantine(options: Options, said: Said) -> int:
    """Lists what revoked counters sent; with `--decide`, receives all of one counter or lets it not count."""
    counter = options.counter.strip().rjust(2, "0")
    with closing(open_existing_district(options.db)) as district:
        if not options.decide:
            return _list(said, kept(district, options.station))
        if options.decide == "accept":
            events, dossiers = accept(district, options.station, counter)
        else:
            reason = options.reason.strip()[:LONGEST_REASON]
            events, dossiers = reject(district, options.station, counter, reason)
    facts = {"decided": options.decide, "events": events, "dossiers": dossiers}
    key = f"cli.quarantine_{options.decide}ed"
    said.tell(facts, key, station=options.station, counter=counter, events=events, dossiers=dossiers)
    return 0


def _list(said: Said, found: tuple[Kept, ...]) -> int:
    lines: list[tuple[object, str]] = [
        (
            one,
            said.texts(
                "cli.quarantine_line", station=one.station, counter=one.counter, events=one.events,
                dossiers=one.dossiers, at=one.received_at[:16].replace("T", " "), name=one.name,
            ),
        )
        for one in found
    ]  # fmt: skip
    said.rows(lines, "cli.quarantine", count=len(found))
    return 0
