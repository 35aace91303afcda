"""Checks of the whole profile in words: quick, deep, and against the code that a closing sheet carries."""

from collections.abc import Callable, Iterable

from station_desk.cases.event import Head
from station_desk.core.errors import RuleError
from station_desk.core.texts import Say
from station_desk.counter.desk import Desk
from station_desk.store.backups.drill import Drilled
from station_desk.store.verify import verify_fast
from station_desk.store.verifying.apart import verify_apart
from station_desk.store.verifying.beside import ends_missing
from station_desk.store.verifying.finding import Finding

Progress = Callable[[int, int], None]


class HeadNotUnderstood(RuleError):
    code = "verify.head_not_understood"


def check_quickly(desk: Desk) -> list[Finding]:
    """What a start looks at: pages, ends, counts, what others have seen."""
    return verify_fast(desk.store)


def check_deeply(desk: Desk, progress: Progress) -> list[Finding]:
    """Every event and every row, in processes beside this one."""
    return verify_apart(desk.store, progress)


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
