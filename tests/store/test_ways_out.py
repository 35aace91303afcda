"""Every role, every facet, every way out: no value leaves that the table of rights does not let out."""

import argparse
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import openpyxl
import pytest

from station_desk.cases.case import Case
from station_desk.cases.parts import Agent
from station_desk.cases.rights import Field, facet_of, level_of
from station_desk.cases.sight import masked
from station_desk.cases.staff import ROLES, Acting, Role
from station_desk.core.clock import now
from station_desk.core.errors import AuthError, DeskError
from station_desk.core.texts import Texts
from station_desk.counter.accept import accept
from station_desk.counter.access import contents_of, look_at_case
from station_desk.counter.desk import Desk
from station_desk.counter.diagnose import diagnosis
from station_desk.counter.known_resident import known_people
from station_desk.counter.list_export import export_cases
from station_desk.counter.papers.journal import PrintPaper
from station_desk.counter.scan_finds import cases_of_person
from station_desk.counter.shown import show_paper
from station_desk.counter.staff.accounts import has_accounts
from station_desk.main.batch import run_batch
from station_desk.main.grammar import parser
from station_desk.main.said import Said
from station_desk.main.verbs import verb_named
from station_desk.store.case_pages import OPEN_CASES, every_case, page_before
from station_desk.store.find import find_cases, find_people
from tests.store.any_case import any_application, somebody
from tests.store.staffed import PASSWORDS, staffed
from tests.store.staffed import ROLES as STAFFED_ROLES

ITEMS = {
    "general": "HV-001", "civil_affairs": "SA-001", "labour_security": "LS-008", "family_planning": "HF-001",
    "floating_population": "FP-001", "conscription": "MC-001", "community_correction": "CC-002",
}  # fmt: skip


@dataclass
class Told:
    """A counter with a case of each facet, each of another person, seen in one role.

    `accepted` is what was told at first: it is looked for, also after a verb erased or corrected it.
    """

    desk: Desk
    cases: dict[str, str]
    accepted: dict[str, Case]
    folder: Path

    def leaks(self, text: str) -> set[str]:
        """What a text tells that the role may not see: in full, or masked where even that is hidden."""
        return {one for number in self.cases.values() for one in self._leaks_of(number, text)}

    def _leaks_of(self, number: str, text: str) -> Iterator[str]:
        case = self.accepted[number]
        for field, values in values_of(case).items():
            level = level_of(self.desk.role, case.category, case.sensitivity, field)
            for value in values:
                if value in text and level != "open":
                    yield f"{case.item} {field} in full"
                if level == "hidden" and field == "name" and masked(field, value) in text:
                    yield f"{case.item} {field} masked"


def values_of(case: Case) -> dict[Field, tuple[str, ...]]:
    """What of a case is to be looked for, by field."""
    who, agent = case.applicant, case.agent
    assert agent
    answers = tuple(value for value in case.answers.values() if value.startswith("家中"))
    return {
        "name": (who.name, agent.name), "id_number": (who.id_number, agent.id_number),
        "phone": (who.phone, agent.phone), "address": (who.address,), "answers": answers,
    }  # fmt: skip


@pytest.fixture
def told(desk: Desk, fresh: Callable[[], str], tmp_path: Path) -> Told:
    cases = {}
    for place, (facet, code) in enumerate(ITEMS.items()):
        item, who, son = desk.item(code), somebody(place), somebody(place + 100, "小川")
        agent = Agent(who.name[:2] + "小川", son.id_number, son.phone)
        form = any_application(desk, code, who, agent, f"家中情况之{place}号")
        cases[facet] = accept(desk, form, fresh()).answer.number
        assert facet_of(item.category, item.sensitivity) == facet
    return Told(desk, cases, {number: desk.store.case(number) for number in cases.values()}, tmp_path)


WHO = {role: name for name, role in STAFFED_ROLES.items()}


def as_role(told: Told, role: Role) -> Told:
    if not has_accounts(told.desk):
        staffed(told.desk)
    return replace(told, desk=replace(told.desk, acting=Acting(WHO[role], role)))


@pytest.mark.long
@pytest.mark.parametrize("role", ROLES)
def test_no_way_out_tells_more_than_the_table(told: Told, role: Role) -> None:
    seen = as_role(told, role)
    ways = dict(ways_out(seen))
    assert {way: found for way, text in ways.items() if (found := seen.leaks(text))} == {}
    assert "欧**轩" in ways["list"]
    assert ("尉**轩" in ways["list"]) == (role != "auditor")
    assert all(number in ways["list"] for number in told.cases.values())


def test_a_list_that_forgets_who_looks_is_found(told: Told) -> None:
    """The planted leak: lists read as the head sees them, shown to whoever may see less."""
    seen = as_role(told, "auditor")
    object.__setattr__(seen.desk, "store", seen.desk.store.seen_by("head"))
    assert seen.leaks(_text(list(every_case(seen.desk.store, OPEN_CASES)))) == {"CC-002 name masked"}
    assert seen.leaks(_text(find_cases(seen.desk.store, "尉迟明轩"))) == {"CC-002 name masked"}


@pytest.mark.parametrize("role", ROLES)
def test_a_raw_case_is_found(told: Told, role: Role) -> None:
    raw = msgspec.json.encode([told.desk.store.case(number) for number in told.cases.values()]).decode()
    assert len(as_role(told, role).leaks(raw)) >= len(ITEMS) * 4


def test_by_what_is_hidden_nobody_is_found(told: Told) -> None:
    auditor = as_role(told, "auditor").desk
    for facet, number in told.cases.items():
        who = told.desk.store.case(number).applicant
        hidden = facet == "community_correction"
        for asked in (who.name, who.id_number, who.phone, who.phone[-4:]):
            found = [row.number for row in find_cases(auditor.store, asked)]
            assert (number in found) != hidden, (facet, asked)
        assert [row.number for row in find_cases(auditor.store, number)] == [number]


def ways_out(told: Told) -> Iterator[tuple[str, str]]:
    """What each way out says to the role, by the way."""
    desk = told.desk
    yield "list", _text(list(every_case(desk.store, OPEN_CASES)))
    yield "list upwards", _text(page_before(desk.store, OPEN_CASES, None, 10))
    for kind in ("csv", "xlsx"):
        file = told.folder / f"list.{kind}"
        export_cases(desk, OPEN_CASES, file, desk.texts, lambda _done, _total: None)
        yield kind, _file(file)
    bundle = diagnosis(desk.store.profile.folder, desk, now)
    yield "diagnose", " ".join(part.decode("utf-8", "replace") for part in bundle.values())
    for number in told.cases.values():
        yield from _of_a_case(told, number)
    for words in VERBS:
        yield " ".join(words), _verb(told, list(words))


def _of_a_case(told: Told, number: str) -> Iterator[tuple[str, str]]:
    desk, who = told.desk, told.desk.store.case(number).applicant
    yield f"page {number}", _text(look_at_case(desk, number, "window"))
    yield f"contents {number}", _text(contents_of(desk, number, "window"))
    for asked in (number, who.name, who.id_number, who.phone):
        yield f"find {asked}", _text(find_cases(desk.store, asked))
        yield f"people {asked}", _text(find_people(desk.store, asked))
    yield f"known {number}", _text(known_people(desk, who.name, desk.item("LS-008")))
    yield f"of a person {number}", _text(cases_of_person(desk, number))
    lines = [json.dumps({"id": f"b{number}", "do": "advance", "with": {"number": number}}).encode()]
    answers: list[str] = []
    run_batch(desk, lines, answers.append)
    yield f"batch {number}", " ".join(answers)
    yield f"preview {number}", _refused(lambda: show_paper(desk, PrintPaper(number, "receipt")).number)
    yield f"case {number}", _verb(told, ["case", number, "--contents", "--explain"])
    yield f"find verb {number}", _verb(told, ["find", who.name])


VERBS = (
    ("cases",), ("cases", "--due"), ("dump",), ("status",), ("report", "daily"), ("report", "closing"),
    ("access", "list"), ("verify",), ("certificates", "register"), ("settings", "list"),
    ("diagnose",), ("ticket", "list"), ("ticket", "calls"), ("retention", "due"),
)  # fmt: skip


def _verb(told: Told, words: list[str], formats: tuple[bool, ...] = (False, True)) -> str:
    """What a verb says to the role, for people and for programs (`--json`)."""
    said, acting = "", told.desk.acting
    assert acting
    secret = told.folder / "secret"
    secret.write_text(PASSWORDS[acting.name], "utf-8")
    for as_json in formats:
        out = io.StringIO()
        say = Said("zh-Hans", lambda: told.desk.catalogue, as_json=as_json, out=out, err=out)
        options: argparse.Namespace = parser(Texts(say.texts._folder.parent, "zh-Hans")).parse_args(
            ["--profile", str(told.desk.store.profile.folder), "--as", acting.name,
             "--password-file", str(secret), *words]
        )  # fmt: skip
        try:
            verb_named(options.verb)(options, say)
        except AuthError:
            # Who is not let in at all would seem to see nothing: that is no test of his role.
            raise
        except DeskError as error:
            say.trouble(error)
        said += out.getvalue()
    return said


def _text(thing: object) -> str:
    return msgspec.json.encode(thing).decode()


def _refused(way: Callable[[], str]) -> str:
    try:
        return way()
    except DeskError as error:
        return str(error)


def _file(file: Path) -> str:
    if file.suffix == ".csv":
        return file.read_text("utf-8-sig")
    assert zipfile.is_zipfile(file)
    sheets = openpyxl.load_workbook(file).worksheets
    return " ".join(str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row)
