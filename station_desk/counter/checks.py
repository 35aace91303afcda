"""Checks of the whole profile in words: quick, deep, and against the code that a closing sheet carries."""

import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta

from station_desk.cases.event import Head
from station_desk.core.clock import moment, stamp
from station_desk.core.errors import RuleError, TroubleError
from station_desk.core.texts import Say
from station_desk.counter.desk import Desk
from station_desk.store.backups.drill import Drilled
from station_desk.store.verify import verify_fast
from station_desk.store.verifying.apart import verify_apart, verify_start
from station_desk.store.verifying.beside import ends_missing
from station_desk.store.verifying.finding import Finding

Progress = Callable[[int, int], None]
CHECKED_AT, CHECKED_FOUND, CHECKED_SECONDS = "checked_at", "checked_found", "checked_seconds"
CHECK_EVERY = timedelta(days=1)


class HeadNotUnderstood(RuleError):
    code = "verify.head_not_understood"


def check_quickly(desk: Desk) -> list[Finding]:
    """What a start looks at: pages, ends, counts, what others have seen."""
    return verify_fast(desk.store)


def check_at_start(desk: Desk, progress: Progress) -> list[Finding]:
    """The same beside a window: of a big profile in a process of its own, until `progress` stops it."""
    return verify_start(desk.store, progress)


def check_deeply(desk: Desk, progress: Progress) -> list[Finding]:
    """Every event and every row, in processes beside this one; how that went is kept for the head."""
    began = time.monotonic()
    found = verify_apart(desk.store, progress)
    told = {
        CHECKED_AT: stamp(desk.clock()), CHECKED_FOUND: str(len(found)),
        CHECKED_SECONDS: str(max(1, round(time.monotonic() - began))),
    }  # fmt: skip
    # A full or closed disk can be checked all the same.
    with suppress(TroubleError):
        desk.store.set_about(told)
    return found


def check_by_itself(desk: Desk, progress: Progress) -> list[Finding] | None:
    """The same when the last good check is a day old; None where it is not time yet."""
    about = desk.store.about()
    made = about.get(CHECKED_AT, "")
    if made and about.get(CHECKED_FOUND) == "0" and desk.clock() - moment(made) < CHECK_EVERY:
        return None
    return check_deeply(desk, progress)


def checked_words(about: Mapping[str, str], say: Say, now: datetime) -> str:
    """When everything was checked last, how long ago, and what came of it."""
    made = about.get(CHECKED_AT, "")
    if not made:
        return say("backup.never_checked")
    found, days = int(about.get(CHECKED_FOUND, "0")), max(0, (now - moment(made)).days)
    key = "backup.checked_wrong" if found else "backup.checked_at"
    return say(
        key,
        at=made[:16].replace("T", " "),
        days=days,
        seconds=int(about.get(CHECKED_SECONDS, "1")),
        count=found,
    )


def head_code(writer: str, head: Head) -> str:
    """The end of a log as a closing sheet carries it."""
    return f"{writer} {head.seq} {head.hash}"


def check_against_paper(desk: Desk, text: str) -> list[Finding]:
    """Whether the log still holds the end that a closing sheet tells. Raises HeadNotUnderstood."""
    words = text.split()
    if len(words) != 3 or not words[1].isdecimal() or len(words[2]) != 64:
        raise HeadNotUnderstood(text=text[:100])
    with desk.store.snapshot() as connection:
        return list(ends_missing(connection, "paper", {words[0]: Head(int(words[1]), words[2].lower())}))


def finding_words(finding: Finding, say: Say) -> str:
    """A finding as a sentence."""
    return say(f"verify.{finding.code}", what=finding.what, detail=finding.detail)


def drill_words(told: Drilled, say: Say) -> list[str]:
    """How a drill went: a sentence, and one for each thing that is wrong."""
    how = "backup.drill_deep" if told.deep else "backup.drill_fast"
    if told.findings:
        how = "backup.drill_wrong"
    sentence = say(
        "backup.drilled", made=told.made[:16].replace("T", " "), seconds=told.seconds, events=told.events,
        cases=told.cases, behind=told.behind, how=say(how, count=len(told.findings)),
    )  # fmt: skip
    return [sentence, *(finding_words(Finding(*one), say) for one in told.findings)]


def named(findings: Iterable[Finding], say: Say, most: int) -> list[str]:
    """The first findings as sentences, and how many more there are."""
    found = list(findings)
    return [finding_words(one, say) for one in found[:most]]
