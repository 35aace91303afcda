"""A page of a list is the same piece of the sorted whole from whatever side, and costs an index only."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from station_desk.cases.case import OPEN_STATES
from station_desk.core.clock import now
from station_desk.counter.case_sync import standings, unsettled
from station_desk.counter.daily_report import daily_report
from station_desk.counter.day_close import close_of
from station_desk.counter.desk import Desk
from station_desk.counter.held_lists import FIRST, held_list
from station_desk.counter.list_export import export_cases
from station_desk.counter.sync_state import acknowledged
from station_desk.counter.today import today
from station_desk.store import held_pages as h
from station_desk.store.case_pages import (
    FINISHED_CASES,
    OPEN_CASES,
    CaseRow,
    Held,
    Sort,
    Wanted,
    count_cases,
    every_case,
    key_of,
    marks,
    page_after,
    page_before,
    place_of,
)
from station_desk.store.desk_store import DeskStore
from station_desk.store.find import find_cases, find_people
from station_desk.store.lists import case_count, transferred_cases
from station_desk.ui.shared.paging import Edges
from tests.bench.many_cases import CLERKS, make_profile

CASES = 1200
SORTS: tuple[tuple[str, Sort], ...] = (
    ("open", "due"), ("open", "number"), ("done", "finished"), ("done", "number"),
)  # fmt: skip
LISTS = [replace(OPEN_CASES if which == "open" else FINISHED_CASES, sort=sort, down=down)
         for which, sort in SORTS for down in (False, True)]  # fmt: skip
HELD: tuple[Held, ...] = ("", "unsettled", "waiting", "refused", "acknowledged")
STATES = ("", "processing", "finished", "delivered", "voided", "withdrawn", "noticed")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A counter with more cases than fit a few pages; many share a due day or the second of their end."""
    desk = make_profile(tmp_path_factory.mktemp("many") / "profile", CASES, waiting=3)
    with desk.store.writing() as unit:
        unit.connection.execute(
            "UPDATE cases SET finished_at = substr(finished_at, 1, 11) || '10:00:00+08:00'"
            " WHERE finished_at <> '' AND place % 2"
        )
        unit.connection.execute(
            "UPDATE marks SET dossiers = dossiers - 9, (seq, hash) ="
            " (SELECT o.seq, o.hash FROM events o WHERE o.writer = marks.writer AND o.seq = marks.seq - 40)"
        )
    yield desk
    desk.store.close()


def all_rows(store: DeskStore) -> list[CaseRow]:
    return [row for which in (OPEN_CASES, FINISHED_CASES) for row in every_case(store, which, 5000)]


def plainly(rows: list[CaseRow], wanted: Wanted) -> list[CaseRow]:
    """The list by a plain look at every row."""
    kept = [
        row
        for row in rows
        if (row.state in OPEN_STATES) == (wanted.which == "open")
        and wanted.state in ("", row.state)
        and wanted.category in ("", row.category)
        and wanted.clerk in ("", row.clerk)
        and (not wanted.due or (row.promised and row.promised[:10] <= wanted.due))
    ]
    return sorted(kept, key=lambda row: key_of(wanted, row), reverse=wanted.down)


def narrowed(data: st.DataObject, rows: list[CaseRow]) -> Wanted:
    """Any list, narrowed and sorted anyhow."""
    wanted = data.draw(st.sampled_from(LISTS))
    categories = ["", *sorted({row.category for row in rows})]
    days = ["", *sorted({row.promised[:10] for row in rows})]
    return replace(
        wanted,
        state=data.draw(st.sampled_from(STATES)),
        category=data.draw(st.sampled_from(categories)),
        clerk=data.draw(st.sampled_from(("", *CLERKS, "nobody"))),
        due=data.draw(st.sampled_from(days)) if wanted.which == "open" else "",
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_every_way_to_a_page_leads_to_the_same_piece_of_the_list(many: Desk, data: st.DataObject) -> None:
    rows = all_rows(many.store)
    wanted = narrowed(data, rows)
    expected = plainly(rows, wanted)
    assert count_cases(many.store, wanted) == len(expected)
    size = data.draw(st.integers(1, 40))
    known = marks(many.store, wanted) if data.draw(st.booleans()) else []
    edges: Edges[tuple[str, str]] = Edges(len(expected), size, marks=known)
    pages = range(-(-len(expected) // size))
    for page in data.draw(st.lists(st.sampled_from(pages), max_size=8)) if pages else ():
        way = edges.approach(page)
        read = page_before if way.backwards else page_after
        got = read(many.store, wanted, way.key, way.most, way.skip)
        assert got == expected[page * size : (page + 1) * size]
        edges.note(page, key_of(wanted, got[0]), key_of(wanted, got[-1]))
    if expected:
        place = data.draw(st.integers(0, len(expected) - 1))
        assert place_of(many.store, wanted, expected[place].number) == place


@pytest.mark.parametrize("wanted", LISTS, ids=lambda wanted: f"{wanted.which}-{wanted.sort}-{wanted.down}")
def test_going_on_page_by_page_reads_every_case_once(many: Desk, wanted: Wanted) -> None:
    assert list(every_case(many.store, wanted, 7)) == plainly(all_rows(many.store), wanted)


def test_a_case_of_another_list_has_no_place_in_this_one(many: Desk) -> None:
    (first, *_) = page_after(many.store, OPEN_CASES, None, 1)
    assert place_of(many.store, FINISHED_CASES, first.number) is None
    assert place_of(many.store, OPEN_CASES, "no such number") is None


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(1, CASES), max_size=6), st.integers(1, 30))
def test_what_stays_is_read_once_while_other_rows_come_and_go(
    many: Desk, places: list[int], size: int
) -> None:
    """Between two pages cases leave the list and come back: nobody sees the others twice or not at all."""
    with changed_back(many):
        before = {row.number for row in every_case(many.store, OPEN_CASES, 5000)}
        seen: list[str] = []
        page = page_after(many.store, OPEN_CASES, None, size)
        while page:
            seen += [row.number for row in page]
            with many.store.writing() as unit:
                for place in places[len(seen) % 7 :]:
                    unit.connection.execute(
                        "UPDATE cases SET state = CASE state WHEN 'processing' THEN 'suspended'"
                        " WHEN 'suspended' THEN 'transferred' ELSE state END"
                        " WHERE place = ? AND state <> 'delivered'",
                        (place,),
                    )
            page = page_after(many.store, OPEN_CASES, key_of(OPEN_CASES, page[-1]), size)
        after = {row.number for row in every_case(many.store, OPEN_CASES, 5000)}
        assert len(seen) == len(set(seen))
        assert before & after <= set(seen) <= before | after


@contextmanager
def changed_back(desk: Desk) -> Iterator[None]:
    states = desk.store.read("SELECT state, place FROM cases")
    try:
        yield
    finally:
        with desk.store.writing() as unit:
            unit.connection.executemany("UPDATE cases SET state = ? WHERE place = ?", states)


def test_no_question_looks_at_every_case(many: Desk, tmp_path: Path) -> None:
    """Each statement that lists, finds, counts and reports ask, as the database would carry it out."""
    asked: set[str] = set()
    for connection in (pooled := [many.store.engine.raw_connection() for _ in range(4)]):
        driver: Any = connection.driver_connection
        driver.set_trace_callback(asked.add)
    for connection in pooled:
        connection.close()
    for wanted, state, category, clerk, due in product(
        LISTS, STATES, ("", "floating_population"), ("", CLERKS[1]), ("", "2026-12-01")
    ):
        if not (due and wanted.which == "done"):
            ask_list(many.store, replace(wanted, state=state, category=category, clerk=clerk, due=due))
    for typed in ("王", "王伟", "wxl", "5678", "345678", "11010519491231002X", "13912345678", "QSQ001", "3"):
        find_cases(many.store, typed)
        find_people(many.store, typed)
    for wanted in (OPEN_CASES, FINISHED_CASES, replace(FINISHED_CASES, sort="number")):
        ask_list(many.store, replace(wanted, unsettled=True))
    case_count(many.store)
    transferred_cases(many.store)
    today(many)
    daily_report(many, now().date())
    close_of(many, now().date())
    standings(many.store, [row.number for row in page_after(many.store, FINISHED_CASES, None, 5)])
    export_cases(many, OPEN_CASES, tmp_path / "open.csv", many.texts, lambda _done, _all: None)
    assert [sql for sql in asked if " cases " in sql and looks_at_all(many.store, sql)] == []
    assert len(asked) > 500


def ask_list(store: DeskStore, wanted: Wanted) -> None:
    count_cases(store, wanted)
    page = page_after(store, wanted, None, 5) + page_before(store, wanted, None, 5)
    for row in page[:1]:
        page_after(store, wanted, key_of(wanted, row), 5, 10)
        page_before(store, wanted, key_of(wanted, row), 5)
        place_of(store, wanted, row.number)


def looks_at_all(store: DeskStore, sql: str) -> bool:
    """Whether it goes through all cases: not those of a small index, not a page from its top."""
    plan = [line for *_, line in store.read(f"EXPLAIN QUERY PLAN {sql}")]
    scans = [line for line in plan if line.startswith(("SCAN c", "SCAN cases")) and "CONSTANT" not in line]
    large = [line for line in scans if "cases_open" not in line and "cases_transferred" not in line]
    is_page = "LIMIT" in sql and all("cases_done" in line for line in large)
    return bool(large) and not (is_page and not any("TEMP B-TREE" in line for line in plan))


def test_the_district_is_said_to_hold_the_same_of_a_page_as_of_all(many: Desk) -> None:
    rows = page_after(many.store, FINISHED_CASES, None, 50) + page_after(many.store, OPEN_CASES, None, 50)
    numbers = [row.number for row in rows]
    known, whole = acknowledged(many.store)
    many.store.set_about({"district_url": "https://district.example"})
    held = standings(many.store, numbers)
    assert {number for number, one in held.items() if one.how == "acknowledged"} == known & set(numbers)
    assert {number for number, one in held.items() if one.how == "acknowledged" and one.whole} == (
        whole & set(numbers)
    )
    assert whole & set(numbers)
    for listed in (OPEN_CASES, FINISHED_CASES):
        every = list(every_case(many.store, listed))
        held = standings(many.store, [row.number for row in every])
        late = [
            row
            for row in every
            if held[row.number].how != "acknowledged" or (row.dossier and not held[row.number].whole)
        ]
        wanted = replace(listed, unsettled=True)
        assert list(every_case(many.store, wanted, 3)) == late
        assert count_cases(many.store, wanted) == len(late)


def by_standing(desk: Desk, wanted: Wanted) -> list[CaseRow]:
    """The same list by looking at every case."""
    base = replace(wanted, held="", held_first=False)
    rows = list(every_case(desk.store, base))
    held = standings(desk.store, [row.number for row in rows])
    late = unsettled(desk.store)
    assert wanted.which == "open" or 0 < sum(row.number in late for row in rows) < len(rows)
    match wanted.held:
        case "unsettled":
            rows = [row for row in rows if row.number in late]
        case "acknowledged":
            rows = [row for row in rows if row.number not in late]
        case "refused" | "waiting":
            refused = wanted.held == "refused"
            rows = [
                row for row in rows
                if row.number in late and (held[row.number].how == "refused") == refused
            ]  # fmt: skip
        case _:
            pass
    if not wanted.held_first:
        return rows
    ahead = sorted(
        (row for row in rows if row.number in late),
        key=lambda row: (FIRST.index(late[row.number].how), row.number),
    )
    return ahead + [row for row in rows if row.number not in late]


@pytest.mark.parametrize("held_first", [False, True])
@pytest.mark.parametrize("held", HELD)
@pytest.mark.parametrize("listed", [OPEN_CASES, FINISHED_CASES], ids=["open", "done"])
def test_by_its_standing_too_a_page_is_the_same_piece_of_the_whole(
    many: Desk, listed: Wanted, held: Held, held_first: bool
) -> None:
    asked = replace(listed, held=held, held_first=held_first)
    many.store.set_about({"district_url": "https://district.example"})
    whole, wanted, store = by_standing(many, asked), held_list(many, asked), many.store
    assert list(h.every_case(store, wanted, 200)) == whole
    assert h.count_cases(store, wanted) == len(whole)
    ahead = len(wanted.first)
    places = [None, *{n for n in (0, ahead - 1, ahead, len(whole) - 1) if 0 <= n < len(whole)}]
    for place, skip in product(places, (0, 5)):
        after = None if place is None else h.key_of(wanted, whole[place])
        start = 0 if place is None else place + 1
        assert h.page_after(store, wanted, after, 6, skip) == whole[start + skip : start + skip + 6]
        end = max((len(whole) if place is None else place) - skip, 0)
        assert h.page_before(store, wanted, after, 6, skip) == whole[max(end - 6, 0) : end]
        if place is not None:
            assert h.place_of(store, wanted, whole[place].number) == place
