"""The verbs that look and change nothing: a case, lists, the state of the desk, is everything as written."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import msgspec

from station_desk.cases.case import OPEN_STATES, Case
from station_desk.cases.contents import Line
from station_desk.cases.explain import Explanation
from station_desk.cases.sight import seen_case, sight_of
from station_desk.cases.times import explained
from station_desk.core.clock import now, stamp
from station_desk.core.errors import IntegrityError
from station_desk.core.texts import Texts
from station_desk.counter.access import Unmask, contents_of, look_at_case, unmask
from station_desk.counter.access_words import line_words
from station_desk.counter.case_sync import (
    Standing,
    facts_of,
    held_words,
    reason_words,
    standing_of,
    unsettled,
)
from station_desk.counter.checks import (
    check_against_paper,
    check_deeply,
    check_quickly,
    finding_words,
)
from station_desk.counter.desk import Desk
from station_desk.counter.edition_state import edition_state, edition_warnings
from station_desk.counter.key_notices import key_notices
from station_desk.counter.key_words import together, words_of_counter
from station_desk.counter.notices import posting_words
from station_desk.counter.papers.journal import unprinted
from station_desk.counter.queue import queue_now
from station_desk.counter.storage_state import storage_notices, storage_state
from station_desk.counter.sync_state import acknowledged, sync_state
from station_desk.counter.told_editions import coming_notices, learnt_of
from station_desk.counter.wording import (
    due_explained,
    handed_words,
    redated_words,
    stage_words,
    state_words,
    step_name,
    worded,
)
from station_desk.main.open_desk import Options, command_id, desk_of
from station_desk.main.said import Said
from station_desk.store.case_pages import FINISHED_CASES, OPEN_CASES, CaseRow, every_case
from station_desk.store.find import find_cases
from station_desk.store.lists import (
    all_cases,
    case_count,
    transferred_cases,
)
from station_desk.store.unit import EVENT_COLUMNS
from station_desk.store.vault.telling import key_state

LINES = 10
"""So many lines tell how far a long check is."""
MOST_REFUSALS = 200
PRIVATE = (
    "answers", "token", "agent", "note", "receiver", "result", "void_reason", "away", "trips", "defects",
    "repeat_reason",
)  # fmt: skip
"""What a case holds of people in words of their own: in no list, no dump."""


def case_verb(options: Options, said: Said) -> int:
    """One case, personal data masked."""
    with desk_of(options) as desk:
        case = look_at_case(desk, options.case, "command")
        contents = _contents(desk, options, case)
        done = {step.id: step.ended for step in case.trail}
        steps: list[tuple[object, str]] = [
            (
                {},
                f"  {'✓' if s.id in done else '→' if s.id == case.stage else ' '} {step_name(s, desk.texts)}",
            )
            for s in case.steps
        ]
        why = explained(desk.calendar, case, stamp(desk.clock())) if options.explain else ()
        standing = standing_of(desk.store, case.number)
        facts: dict[str, object] = {
            **without_words(case), "contents": contents, "sync": facts_of(standing, desk.texts)
        }  # fmt: skip
        if options.explain:
            facts["explained"] = why
        said.tell(
            facts, "cli.case", number=case.number, item=worded(case.title, desk.texts),
            state=state_words(case.state, case.stage, desk.texts), stage=stage_words(case, desk.texts),
            promised=case.times.promised or "-", name=case.applicant.name,
        )  # fmt: skip
        told = (f"  {line_words(one, desk.catalogue, desk.texts)}" for one in contents)
        for line in (
            *(line for _, line in steps),
            *_sync_lines(standing, desk.texts),
            *_history(case, desk.texts),
            *told,
        ):
            said.progress(line)
        if options.explain:
            for line in _why(case, why, desk.texts):
                said.progress(line)
    return 0


def cases_verb(options: Options, said: Said) -> int:
    """All cases in progress, finished, or due."""
    with desk_of(options) as desk:
        match options.which:
            case "finished":
                rows = every_case(desk.store, FINISHED_CASES)
            case "transferred":
                rows = iter(transferred_cases(desk.store))
            case "due":
                rows = every_case(desk.store, replace(OPEN_CASES, due=now().date().isoformat()))
            case _:
                rows = every_case(desk.store, OPEN_CASES)
        _tell_rows(rows, said, desk.texts)
    return 0


def find_verb(options: Options, said: Said) -> int:
    """Cases that fit what was typed."""
    with desk_of(options) as desk:
        _tell_rows(iter(find_cases(desk.store, options.text)), said, desk.texts)
    return 0


def status_verb(options: Options, said: Said) -> int:
    """The station, the edition in use, what waits for the district, what was not printed."""
    with desk_of(options) as desk:
        state = sync_state(desk.store)
        counts = case_count(desk.store)
        today = desk.clock().date()
        storage = storage_state(desk)
        facts = {
            "station": desk.station.code, "name": desk.station.name, "counter": desk.station.counter,
            "edition": desk.catalogue.edition, "edition_state": edition_state(desk.edition, today),
            "editions_told": (learnt := learnt_of(desk.store.about())).took,
            "cases": counts, "cases_sync": _cases_sync(desk, said), "waiting": len(queue_now(desk)),
            "sync": state, "unprinted": unprinted(desk), "key_words": (words := words_of_counter(desk)),
            "key": key_state(desk.store.profile),
            "storage": storage,
        }  # fmt: skip
        said.tell(
            facts, "cli.status", name=desk.station.name, counter=desk.station.counter_name,
            open=sum(counts.get(state, 0) for state in OPEN_STATES), total=sum(counts.values()),
            sync=desk.texts(f"cli.sync.{state.how}"), events=state.events, dossiers=state.dossiers,
            unprinted=len(unprinted(desk)),
        )  # fmt: skip
        said.progress(desk.texts("cli.key_words", words=together(words, desk.texts)))
        in_use = desk.edition.forms.edition
        said.progress(desk.texts("edition.in_use", number=in_use.number, expires=in_use.expires))
        warnings = (*edition_warnings(desk.edition, today, desk.texts), *key_lines(desk))
        coming = coming_notices(learnt, desk.edition, today, desk.texts)
        for warning in (*storage_notices(storage, desk.texts), *warnings, *coming):
            said.progress(warning)
    return 0


def _cases_sync(desk: Desk, said: Said) -> dict[str, object]:
    """The cases that the district does not hold whole, counted; those it refused by number, with why."""
    found = unsettled(desk.store)
    counts = Counter(standing.how for standing in found.values())
    refused = [
        {"number": number, **facts_of(one, said.texts)}
        for number, one in found.items()
        if one.how == "refused"
    ]
    told = {how: counts[how] for how in ("alone", "waiting", "on_its_way", "refused")}
    return {**told, "refusals": refused[:MOST_REFUSALS]}


def _sync_lines(standing: Standing, texts: Texts) -> Iterator[str]:
    yield f"  {texts('case_sync.line', state=held_words(standing, texts))}"
    if reason := reason_words(standing, texts):
        yield f"  {reason}"


def key_lines(desk: Desk) -> list[str]:
    """How the data open, and what is to be done about it."""
    profile, say = desk.store.profile, desk.texts
    return [say(f"key.way.{key_state(profile).way}"), *key_notices(profile, say)]


def verify_verb(options: Options, said: Said) -> int:
    """Checks the log and the tables; each finding is a line."""
    with desk_of(options) as desk:
        deep: bool = options.deep

        told = 0

        def progress(done: int, total: int) -> None:
            nonlocal told
            if not total or done * LINES // total <= told:
                return
            told = done * LINES // total
            said.progress(desk.texts("cli.verify_progress", done=done, total=total))

        findings = check_deeply(desk, progress) if deep else check_quickly(desk)
        if options.head:
            findings += check_against_paper(desk, options.head)
        lines: list[tuple[object, str]] = [(found, finding_words(found, desk.texts)) for found in findings]
        said.rows(lines, "cli.verified" if not findings else "cli.verify_failed", count=len(findings))
    return IntegrityError.exit_code if findings else 0


def dump_verb(options: Options, said: Said) -> int:
    """The public log and the state of each case, a line of JSON each; no personal data."""
    with desk_of(options) as desk:
        names = EVENT_COLUMNS.split(", ")
        known, whole = acknowledged(desk.store)
        for source, order in (("events", "place"), ("events_aside", "writer, seq")):
            for row in desk.store.read(f"SELECT {EVENT_COLUMNS} FROM {source} ORDER BY {order}"):
                said.line({"event": dict(zip(names, row, strict=True))})
        for case in all_cases(desk.store):
            state = {"acknowledged": case.number in known, "dossier_acknowledged": case.number in whole}
            seen = seen_case(sight_of(desk.role, case), case)
            said.line({"case": {**without_words(seen), **state}})
    return 0


def without_words(case: Case) -> dict[str, object]:
    """A case that is masked already as facts: answers, token and opinions left out."""
    facts: dict[str, object] = msgspec.to_builtins(case)
    who = case.applicant
    facts["applicant"] = {
        "name": who.name, "id_kind": who.id_kind, "id_number": who.id_number, "phone": who.phone,
    }  # fmt: skip
    facts["postings"] = [
        {"start": up.start, "until": up.until, "ended": up.ended, "objections": up.objections}
        for up in case.postings
    ]
    facts["certificates"] = [
        {"seal": one.seal, "at": one.at, "copies": one.copies, "again": one.again, "voided": one.voided}
        for one in case.certificates
    ]
    facts["trail"] = [{"id": s.id, "began": s.began, "ended": s.ended} for s in case.trail]
    facts["steps_back"] = [{"step": s.step, "ended": s.ended, "at": s.at} for s in case.steps_back]
    for private in PRIVATE:
        del facts[private]
    return facts


def _contents(desk: Desk, options: Options, case: Case) -> tuple[Line, ...]:
    """What the case says of people: nothing unless it was asked for, masked, or in full with a reason."""
    if options.unmask:
        wish = Unmask(case.number, options.unmask, options.words, way="command")
        return unmask(desk, wish, command_id(options))
    return contents_of(desk, case.number, "command") if options.contents else ()


def _history(case: Case, texts: Texts) -> Iterator[str]:
    if case.bundle:
        others = (number for number in case.bundled if number != case.number)
        yield f"  {texts('bundle.line', bundle=case.bundle, others=' '.join(others))}"
    yield from (f"  {redated_words(line, texts)}" for line in case.redated)
    yield from (f"  {posting_words(posting, texts)}" for posting in case.postings)
    yield from (f"  {handed_words(handed, texts)}" for handed in case.handed)


def _why(case: Case, why: tuple[Explanation, ...], texts: Texts) -> Iterator[str]:
    if not case.accepted_at:
        yield texts("due.count.not_accepted")
    elif not why:
        yield texts("due.count.stands", since=case.stops[-1].start[:10])
    for key, explanation in zip(("promised", "statutory"), why, strict=False):
        yield texts(f"cli.explained.{key}", why=due_explained(explanation, texts))


def _tell_rows(rows: Iterator[CaseRow], said: Said, texts: Texts) -> None:
    """Row by row as they are read: a list may be longer than the memory."""
    count = 0
    for row in rows:
        said.either(row, _line(row, texts))
        count += 1
    said.progress(texts("cli.cases", count=count))


def _line(row: CaseRow, texts: Texts) -> str:
    state = state_words(row.state, row.stage, texts)
    return f"{row.number}  {row.item}  {state}  {row.promised}  {row.name}"
