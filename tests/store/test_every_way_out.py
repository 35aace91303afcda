"""Every verb is a way out: each is tried in each role, or it says why it tells of nobody."""

import json
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from station_desk.cases.rights import may
from station_desk.cases.staff import ROLES, Role
from station_desk.core import paths
from station_desk.core.texts import Texts
from station_desk.counter.access import look_again
from station_desk.counter.access_log import Looks, looks
from station_desk.counter.closing_day import CloseDay, close_day_now
from station_desk.counter.day_shown import DaySheetKind, show_day
from station_desk.counter.desk import Desk
from station_desk.counter.destruction import records
from station_desk.counter.drafts import KeptDraft, keep, kept_drafts
from station_desk.counter.hall.board import board_of
from station_desk.counter.list_export import export_cases
from station_desk.counter.papers.journal import PrintPaper
from station_desk.counter.papers.print_paper import print_paper
from station_desk.counter.queue import TakeTicket, take_ticket
from station_desk.counter.resident_rights import person_here
from station_desk.counter.scan_finds import find_scanned
from station_desk.counter.scanned import read_scan
from station_desk.counter.seal_list import show_register
from station_desk.counter.today import today
from station_desk.main.grammar import parser
from station_desk.main.verbs import ROOMS
from station_desk.store.case_pages import OPEN_CASES
from station_desk.store.hall_file import HallFile
from tests.store.staffed import CLERK
from tests.store.test_ways_out import Told, _refused, _text, _verb, as_role, told
from tests.store.theft import unpacked

__all__ = ["told"]
TRIED: dict[str, tuple[str, ...]] = {
    "accept": ("accept --item LS-008 --form {form}", "accept --item LS-008 --form {form} --pdf {out}.pdf"),
    "receive": ("receive --item LS-008 --form {form}",),
    "bundle": ("bundle show {case}", "bundle accept --event nothing --form {form}"),
    "case": ("case {case} --contents --explain", "case {case} --unmask contact --contents"),
    "cases": ("cases", "cases --finished", "cases --due", "cases --transferred"),
    "find": ("find {name}", "find {id}", "find {phone}", "find {case}"),
    "print": tuple(f"print {kind} {{case}} --out {{out}}-{kind}.pdf" for kind in (
        "receipt", "application", "sheet", "notice", "completion", "delivery", "void", "refusal",
        "supplement", "posting", "intake", "certificate",
    )),
    "papers": ("papers list", "papers save {kept} --out {out}-kept.pdf"),
    "notice": ("notice show {case}", "notice post {case} --phone 010-1", "notice {case} --defect 缺页"),
    "certificates": (
        "certificates list", "certificates register", "certificates register --pdf {out}-register.pdf",
        "certificates issue {case} --approver 周",
    ),
    "verify-receipt": ("verify-receipt {case} --name {name}",),
    "ticket": ("ticket list", "ticket calls", "ticket take --item LS-008"),
    "supplement": ("supplement {case} --material id_card --until 2026-12-01",),
    "complete": ("complete {case} --all",),
    "take-on": ("take-on {case}",),
    "decline": ("decline {case} --reason 不在范围 --basis 某条",),
    "silence": ("silence",),
    "suspend": ("suspend {case} --reason 等待 --approver 周",),
    "continue": ("continue {case}",),
    "extend": ("extend {case} --limit 1 --reason 复杂 --approver 周",),
    "forward": ("forward {case} --body 区局 --signature 周",),
    "return": ("return {case} --signature 周",),
    "follow-up": ("follow-up {case} --material id_card --outcome brought",),
    "advance": ("advance {case}",),
    "step-back": ("step-back {case} --reason 误点",),
    "transfer": ("transfer {case} --to QSQ001.03 --out {out}.packet", "transfer {case} --take-back"),
    "finish": ("finish {case} --result 已办",),
    "deliver": ("deliver {case} --receiver 周",),
    "correct": ("correct {case} --set applicant.phone=13999999999 --reason 有误",),
    "resident": (
        "resident {case} --reason 本人 --out {out}.json", "resident {case} --reason 本人 --out {out}.pdf",
    ),
    "withdraw": ("withdraw {case} --reason 不办了",),
    "void": ("void {case} --reason 误办",),
    "erase": ("erase {case} --approver 周 --reason 本人申请",),
    "retention": ("retention due", "retention run --approver 周"),
    "access": ("access list", "access list --case {case} --out {out}.csv"),
    "report": (
        "report closing", "report daily", "report closing --pdf {out}-closing.pdf",
        "report daily --pdf {out}-daily.pdf",
    ),
    "callbacks": ("callbacks", "callbacks list", "callbacks answer {case} --done 已回访"),
    "status": ("status",),
    "verify": ("verify",),
    "dump": ("dump",),
    "diagnose": ("diagnose", "diagnose --out {out}.zip"),
    "settings": ("settings list",),
    "printers": ("printers list", "printers test receipt"),
    "sync": ("sync --once", "sync export-bundle {out}.sdc"),
    "staff": ("staff list",),
    "backup": ("backup list", "backup {out}-backup"),
}  # fmt: skip
ELSEWHERE = {
    "batch": "tried in test_ways_out, with every case",
    "take-over": "a packet of another counter, test_handover_packet",
    "init": "nobody is here yet", "demo": "made-up people in a folder of its own", "enroll": "keys",
    "restore": "the sealed profile, nothing of it is told",
    "key": "the key of the profile, the head's envelope",
    "items": "published items", "calendar": "published days", "public": "published items on paper",
    "hall": "a window of its own, what stands in it is asked below",
    "reader": "how a reader is set", "reader-simulator": "made-up cards",
    "district": "the district's own database: tests/district",
}  # fmt: skip
OPENS = (
    "case {case} --unmask",
    "resident",
    "print",
    "papers save",
    "accept --item LS-008 --form {form} --pdf",
)
"""What may say all of a person to whoever has the right for it; the log must have it."""
LOGGED = "SELECT count(*) FROM events WHERE kind LIKE 'access.%' OR kind LIKE 'paper.%' OR kind LIKE 'data.%'"
FACETS = ("conscription", "community_correction")


def test_every_verb_is_tried_or_tells_of_nobody() -> None:
    """A verb that is new is a new way out: it comes into one of the two lists."""
    every = {name for names in ROOMS.values() for name in names}
    assert every == {*TRIED, *ELSEWHERE}
    assert not set(TRIED) & set(ELSEWHERE)


def test_every_line_is_one_that_the_program_takes() -> None:
    """A line that it did not understand would let nothing out, and prove nothing."""
    grammar = parser(Texts(paths.RESOURCES / "i18n", "en"))
    for line in lines():
        assert grammar.parse_args(line.split(" ")).verb == line.split(" ")[0]


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("role", ROLES)
def test_no_verb_tells_more_than_the_table(told: Told, role: Role) -> None:
    """Whatever it says, refuses or writes into a file; what may say all stands in the log by then."""
    seen = as_role(told, role)
    worked(told)
    bad: dict[str, set[str]] = {}
    for line in lines():
        for facet in FACETS if "{" in line.replace("{out}", "").replace("{form}", "") else FACETS[:1]:
            leaks, logged = tried(seen, seen.cases[facet], line)
            if leaks and not (line.startswith(OPENS) and logged and may(role, "unmask")):
                bad[f"{line} ({facet})"] = leaks
    assert bad == {}


@pytest.mark.long
@pytest.mark.timeout(900)
def test_an_auditor_changes_nothing_by_any_verb(told: Told) -> None:
    """What is left behind are the looks alone; the same lines of a head change something."""
    worked(told)
    left = {}
    for role in ("auditor", "head"):
        seen = as_role(told, role)
        before = stands(seen)
        for line in lines():
            tried(seen, seen.cases["conscription"], line)
        left[role] = {name for name, there in stands(seen).items() if there != before[name]}
    assert left["auditor"] == set()
    assert {"cases", "events", "papers"} <= left["head"], "the control"


@pytest.mark.parametrize("role", ROLES)
def test_what_the_windows_ask_tells_no_more_than_the_table(told: Told, role: Role) -> None:
    seen = as_role(told, role)
    worked(told)
    ways = dict(asked_by_windows(seen))
    assert {way: found for way, text in ways.items() if (found := seen.leaks(text))} == {}


def test_a_verb_that_reads_as_the_head_is_found(told: Told) -> None:
    """The planted leak: the same verb for whoever may see less."""
    worked(told)
    number = told.cases["community_correction"]
    leaks, logged = tried(
        as_role(told, "head"), number, "resident {case} --reason 本人 --out {out}-file.json"
    )
    assert logged
    assert "CC-002 name in full" in leaks
    refused, _ = tried(as_role(told, "clerk"), number, "resident {case} --reason 本人 --out {out}.json")
    assert refused == set()


def lines() -> Iterator[str]:
    for words in TRIED.values():
        yield from words


def worked(told: Told) -> None:
    """A day with a ticket, kept papers, a draft of the clerk, and its closing sheet."""
    head = as_role(told, "head").desk
    take_ticket(head, TakeTicket("LS-008"), "ticket-of-the-day")
    for number in told.cases.values():
        print_paper(head, PrintPaper(number, "application"), f"print-{number}")
    who = told.desk.store.case(told.cases["conscription"]).applicant
    clerk = as_role(told, "clerk").desk
    keep(clerk, KeptDraft("draft-1", "LS-008", values={"applicant.name": who.name, "phone": who.phone}))
    close_day_now(head, CloseDay(head.clock().date().isoformat(), closed_by=CLERK), "closing")


def tried(seen: Told, number: str, line: str) -> tuple[set[str], bool]:
    """What a verb let out that it may not, and whether the log told of more when it had."""
    who = seen.desk.store.case(number).applicant
    out = seen.folder / f"out-{sum(1 for _ in seen.folder.iterdir())}"
    form = seen.folder / "form.json"
    form.write_text(json.dumps({"applicant": {"name": who.name, "id_number": who.id_number}}), "utf-8")
    values = {"case": number, "name": who.name, "id": who.id_number, "phone": who.phone, "out": out,
              "form": form, "kept": f"{number}-application-1"}  # fmt: skip
    before = seen.desk.store.read(LOGGED)
    # The one case as people read it, the other as programs do.
    for_programs = number == seen.cases["community_correction"]
    said = _verb(seen, [word.format_map(values) for word in line.split(" ")], (for_programs,))
    files = [file for file in seen.folder.rglob(f"{out.name}*") if file.is_file()]
    leaks = seen.leaks(" ".join([said, *(content_of(file) for file in files)]))
    return leaks, seen.desk.store.read(LOGGED) != before


def stands(seen: Told) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the tables but the looks at people, and what a sign-in leaves."""
    read = seen.desk.store.read
    tables = ("cases", "tickets", "papers", "drafts", "seals", "serials", "staff")
    there: dict[str, list[tuple[object, ...]]] = {name: read(f"SELECT * FROM {name}") for name in tables}
    there["events"] = read("SELECT hash FROM events WHERE kind NOT LIKE 'access.%'")
    there["about"] = read("SELECT key, value FROM about ORDER BY key")
    return there


def content_of(file: Path) -> str:
    """What somebody reads who opens the file, packed or not."""
    return " ".join(raw.decode("utf-8", "replace") for _, raw in unpacked(str(file), file.read_bytes()))


def asked_by_windows(seen: Told) -> Iterator[tuple[str, str]]:
    """What stands behind the pages and dialogs that have no verb of their own."""
    desk, day = seen.desk, seen.desk.clock().date()
    with closing(HallFile(desk.store.profile)) as hall:
        yield "hall", _text(board_of(hall.look(day.isoformat()), desk.catalogue, desk.clock(), desk.texts))
    yield "today", _text(today(desk))
    list_file = seen.folder / "list.csv"
    export_cases(desk, OPEN_CASES, list_file, desk.texts, lambda _done, _total: None)
    yield "export", content_of(list_file)
    yield "drafts", "" if desk.role == "clerk" else _text(kept_drafts(desk))
    yield "register", _refused(lambda: _pdf(show_register(desk, day.year).pdf))
    kinds: tuple[DaySheetKind, ...] = ("closing", "daily")
    for kind in kinds:
        yield kind, _pdf(show_day(desk, kind, day.isoformat()).pdf)
    for number in seen.cases.values():
        who = desk.store.case(number).applicant
        yield f"Ctrl+J {number}", _refused(partial(_person, desk, number))
        yield f"look again {number}", _text(look_again(desk, number))
        for asked in (number, who.id_number):
            scan = read_scan(asked, day)
            assert scan
            yield f"scan {asked}", _text(find_scanned(desk, scan))
    yield "looks", _refused(lambda: _text(looks(desk, Looks())))
    yield "records", _refused(lambda: _text(records(desk)))


def _person(desk: Desk, number: str) -> str:
    return _text(person_here(desk, number))


def _pdf(pdf: bytes) -> str:
    return " ".join(raw.decode("utf-8", "replace") for _, raw in unpacked("pdf", pdf))
