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

from station_desk.cases.rights import FIELDS, Field, facet_of, level_of
from station_desk.cases.sight import masked
from station_desk.cases.staff import ROLES, Acting, Role
from station_desk.core.clock import now
from station_desk.core.errors import DeskError
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
from station_desk.main.batch import run_batch
from station_desk.main.grammar import parser
from station_desk.main.said import Said
from station_desk.main.verbs import verb_named
from station_desk.store.case_pages import OPEN_CASES, every_case, page_before
from station_desk.store.find import find_cases, find_people
from tests.store.any_case import SAID, SON, WHO, any_application

ITEMS = {
    "general": "HV-001", "civil_affairs": "SA-001", "labour_security": "LS-008", "family_planning": "HF-001",
    "floating_population": "FP-001", "conscription": "MC-001", "community_correction": "CC-002",
}  # fmt: skip
PERSON: dict[Field, tuple[str, ...]] = {
    "name": (WHO.name, SON.name),
    "id_number": (WHO.id_number, SON.id_number),
    "phone": (WHO.phone, SON.phone),
    "address": (WHO.address,),
    "answers": (SAID,),
}


@dataclass
class Told:
    """A counter with one case of one facet, seen in one role."""

    desk: Desk
    number: str
    category: str
    sensitivity: str
    folder: Path

    def leaks(self, text: str) -> list[str]:
        """The values in a text that the role may not see: in full, or masked where even that is hidden."""
        case = self.desk.store.case(self.number)
        found = []
        for field, values in PERSON.items():
            level = level_of(self.desk.role, case.category, case.sensitivity, field)
            for value in values:
                if value in text and level != "open":
                    found.append(f"{field} in full")
                if level == "hidden" and field in FIELDS[:3] and masked(field, value) in text:
                    found.append(f"{field} masked")
        return found


@pytest.fixture(params=ITEMS)
def told(request: pytest.FixtureRequest, desk: Desk, fresh: Callable[[], str], tmp_path: Path) -> Told:
    item = desk.item(ITEMS[request.param])
    number = accept(desk, any_application(desk, item.code, agent=SON), fresh()).answer.number
    assert facet_of(item.category, item.sensitivity) == request.param
    return Told(desk, number, item.category, item.sensitivity, tmp_path)


def as_role(told: Told, role: Role) -> Told:
    return replace(told, desk=replace(told.desk, acting=Acting("某人", role)))


@pytest.mark.parametrize("role", ROLES)
def test_no_way_out_tells_more_than_the_table(told: Told, role: Role) -> None:
    seen = as_role(told, role)
    ways = dict(ways_out(seen))
    assert {way: found for way, text in ways.items() if (found := seen.leaks(text))} == {}
    if role != "auditor":
        assert told.number in ways["find"]
        assert masked("name", WHO.name) in ways["list"]


def test_a_list_that_forgets_who_looks_is_found(told: Told) -> None:
    """The planted leak: lists read as the head sees them, shown to whoever may see less."""
    seen = as_role(told, "auditor")
    object.__setattr__(seen.desk, "store", seen.desk.store.seen_by("head"))
    found = [way for way, text in ways_out(seen) if seen.leaks(text)]
    hidden = (
        level_of("auditor", told.category, seen.desk.store.case(told.number).sensitivity, "name") == "hidden"
    )
    assert bool(found) == hidden


def test_a_raw_case_is_found(told: Told) -> None:
    raw = msgspec.json.encode(told.desk.store.case(told.number)).decode()
    for role in ROLES:
        assert len(as_role(told, role).leaks(raw)) >= len(PERSON)


def test_by_what_is_hidden_nobody_is_found(told: Told) -> None:
    auditor, case = as_role(told, "auditor").desk, told.desk.store.case(told.number)
    hidden = facet_of(case.category, case.sensitivity) == "community_correction"
    for asked in (WHO.name, WHO.id_number, WHO.phone, WHO.phone[-4:], "oymx"):
        assert bool(find_cases(auditor.store, asked)) != hidden, asked
    assert [row.number for row in find_cases(auditor.store, told.number)] == [told.number]


def ways_out(told: Told) -> Iterator[tuple[str, str]]:
    """What each way out says to the role, by the way."""
    desk, number = told.desk, told.number
    yield "list", _text(list(every_case(desk.store, OPEN_CASES)))
    yield "list upwards", _text(page_before(desk.store, OPEN_CASES, None, 10))
    yield "page of a case", _text(look_at_case(desk, number, "window"))
    yield "contents", _text(contents_of(desk, number, "window"))
    for way, asked in (
        ("find", number),
        ("find name", WHO.name),
        ("find number", WHO.id_number),
        ("find phone", WHO.phone),
    ):
        yield way, _text(find_cases(desk.store, asked))
        yield f"people by {way}", _text(find_people(desk.store, asked))
    yield "known people", _text(known_people(desk, WHO.name, desk.item("LS-008")))
    yield "of a person", _text(cases_of_person(desk, number))
    for kind in ("csv", "xlsx"):
        file = told.folder / f"list.{kind}"
        export_cases(desk, OPEN_CASES, file, desk.texts, lambda _done, _total: None)
        yield kind, _file(file)
    yield (
        "diagnose",
        " ".join(
            part.decode("utf-8", "replace")
            for part in diagnosis(desk.store.profile.folder, desk, now).values()
        ),
    )
    answers: list[str] = []
    run_batch(
        desk, [json.dumps({"id": "b", "do": "advance", "with": {"number": number}}).encode()], answers.append
    )
    yield "batch", " ".join(answers)
    yield "preview", _refused(lambda: _text(show_paper(desk, PrintPaper(number, "receipt")).number))
    for words in VERBS:
        yield (
            " ".join(words),
            _verb(told, [word.replace("CASE", number).replace("NAME", WHO.name) for word in words]),
        )


VERBS = (
    ("case", "CASE"), ("case", "CASE", "--contents"), ("case", "CASE", "--explain"), ("cases",),
    ("cases", "--due"), ("find", "CASE"), ("find", "NAME"), ("dump",), ("status",), ("report", "daily"),
    ("report", "closing"), ("access", "list"), ("verify", "--deep"), ("certificates", "register"),
    ("settings", "list"), ("diagnose",), ("ticket", "list"), ("ticket", "calls"),
    ("notice", "show", "CASE"), ("retention", "due"),
)  # fmt: skip


def _verb(told: Told, words: list[str]) -> str:
    """What a verb says to the role, for people and for programs."""
    said = ""
    for as_json in (False, True):
        out = io.StringIO()
        say = Said("zh-Hans", lambda: told.desk.catalogue, as_json=as_json, out=out, err=out)
        options: argparse.Namespace = parser(Texts(say.texts._folder.parent, "zh-Hans")).parse_args(
            ["--profile", str(told.desk.store.profile.folder), *words]
        )
        options.acting = told.desk.acting
        try:
            verb_named(options.verb)(options, say)
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
