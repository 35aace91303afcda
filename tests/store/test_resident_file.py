"""What a resident gets of his data is all of it: no table knows more of him than the file says."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from typing import Any

import msgspec
import pytest

from station_desk.cases.parts import Agent
from station_desk.counter.accept import accept
from station_desk.counter.access import Unmask, unmask
from station_desk.counter.correct import CorrectCase, correct_case
from station_desk.counter.data_papers import resident_pdf
from station_desk.counter.desk import Desk
from station_desk.counter.drafts import KeptDraft, keep
from station_desk.counter.papers.journal import PrintPaper
from station_desk.counter.papers.print_paper import print_paper
from station_desk.counter.queue import CallNext, TakeTicket, call_next, take_ticket
from station_desk.counter.resident_file import ExportResident, ResidentFile, as_json, export_resident
from tests.store.any_case import any_application, somebody
from tests.store.test_erase import WHO, ended

pypdfium2: Any = import_module("pypdfium2")
Fresh = Callable[[], str]
NOTHING_OF_PEOPLE = {
    "alembic_version", "about", "writers", "serials", "case_counts", "case_days", "counter_keys", "marks",
    "staff", "staff_secrets", "staff_tries", "staff_presence", "calls", "dossiers", "commands",
}  # fmt: skip
"""Keys, counts and ends of logs, accounts of the staff; the answers to commands repeat what the log says."""
HOW_IT_IS_KEPT = re.compile(
    r"[0-9a-f]{32,}|[0-9]+|T[0-9]{6}-[A-Z]?[0-9]+|QSQ001[.][0-9]+|command-[0-9]+|opened:.*|zgmx|"
)
"""Hashes, salts, places in a table, names of logs, tickets and commands, the initials of his name."""


@pytest.fixture
def file(desk: Desk, fresh: Fresh) -> ResidentFile:
    """A resident with two cases, one corrected, a visit, papers, a draft, and a case as agent."""
    ticket = take_ticket(desk, TakeTicket("LS-008"), fresh()).answer.id
    call_next(desk, CallNext(), fresh())
    served = any_application(desk, "LS-008", WHO, None, "蹊跷的家事")
    first = accept(desk, msgspec.structs.replace(served, ticket=ticket), fresh()).answer.number
    ended(desk, "CC-002", fresh)
    correct_case(desk, CorrectCase(first, {"applicant.phone": "13800138009"}, "证件登记有误"), fresh())
    print_paper(desk, PrintPaper(first, "receipt"), fresh())
    unmask(desk, Unmask(first, "dispute", "打电话约时间"), fresh())
    acts = Agent(WHO.name, WHO.id_number, "13600006666")
    accept(desk, any_application(desk, "HV-001", somebody(4), acts, "别人的家事"), fresh())
    keep(
        desk,
        KeptDraft("draft-1", "SA-001", values={"applicant.id_number": WHO.id_number, "reason": "想问低保"}),
    )
    keep(desk, KeptDraft("draft-2", "SA-001", values={"applicant.id_number": somebody(5).id_number}))
    return export_resident(desk, ExportResident(first, "本人到窗口"), fresh())


def test_no_table_knows_more_of_him(desk: Desk, file: ResidentFile) -> None:
    told = as_json(file).decode()
    numbers = [known.case.number for known in file.cases]
    missing = {(t, word) for t, word in said_of(desk, numbers) if word not in told}
    assert sorted(missing) == []


def test_a_part_that_is_left_out_is_found(desk: Desk, file: ResidentFile) -> None:
    """The control: without the events, the visits or the drafts the same look is red."""
    numbers = [known.case.number for known in file.cases]
    for less in (
        replace(file, cases=tuple(replace(one, events=()) for one in file.cases)),
        replace(file, cases=tuple(replace(one, visits=()) for one in file.cases)),
        replace(file, drafts=()),
    ):
        told = as_json(less).decode()
        assert [word for _, word in said_of(desk, numbers) if word not in told]


def test_others_stay_out_of_it_and_the_paper_says_as_much(desk: Desk, file: ResidentFile) -> None:
    told = as_json(file).decode()
    assert len(file.acted_for) == len(file.drafts) == 1
    for other in (somebody(4), somebody(5)):
        assert not [word for word in (other.name, other.id_number, other.phone) if word in told]
    assert "别人的家事" not in told
    pages = pypdfium2.PdfDocument(resident_pdf(desk, file))
    paper = "".join(page.get_textpage().get_text_range() for page in pages)
    paper = "".join(paper.split())
    for word in (WHO.name, WHO.id_number, WHO.phone, "13800138009", "蹊跷的家事", "13600006666", "想问低保",
                 "打电话约时间", "证件登记有误", "回执"):  # fmt: skip
        assert word in paper, word


def said_of(desk: Desk, numbers: list[str]) -> set[tuple[str, str]]:
    """Every word in any row of any table in which he or a case of his is named."""
    marks = (*numbers, WHO.id_number)
    found = set()
    tables = desk.store.read(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'case_words%'"
    )
    for (table,) in tables:
        if table in NOTHING_OF_PEOPLE or table.startswith("sqlite_"):
            continue
        for row in desk.store.read(f"SELECT * FROM {table}"):
            cells = [cell.decode() if isinstance(cell, bytes) else str(cell or "") for cell in row]
            if any(mark in cell for cell in cells for mark in marks) and not _of_another(cells, numbers):
                found |= {(table, word) for cell in cells for word in _words(cell)}
    return found


def _of_another(cells: list[str], numbers: list[str]) -> bool:
    """A case in which he is only the agent: of that just what it says of him is his."""
    return somebody(4).id_number in " ".join(cells) and not any(n in " ".join(cells) for n in numbers)


def _words(cell: str) -> set[str]:
    words = set(_values(msgspec.json.decode(cell))) if cell.startswith(("{", "[")) else {cell}
    return {word for word in words if not HOW_IT_IS_KEPT.fullmatch(word)}


def _values(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict() | list():
            for one in value.values() if isinstance(value, dict) else value:
                yield from _values(one)
        case _:
            pass
