"""Nobody sees a resident's data in full without a reason, and the log has it before the eye has."""

import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from station_desk.cases.contents import Line
from station_desk.cases.staff import Acting
from station_desk.core.clock import now
from station_desk.counter.accept import accept
from station_desk.counter.access import (
    AccessReasonNeeded,
    Unmask,
    contents_of,
    look_again,
    look_at_case,
    unmask,
)
from station_desk.counter.access_log import Looks, as_csv, looks
from station_desk.counter.advance import Advance, advance
from station_desk.counter.application import Application
from station_desk.counter.desk import Desk, NotAllowed
from station_desk.counter.finish import Deliver, Finish, deliver, finish
from station_desk.counter.kept_papers import take_out
from station_desk.counter.papers.journal import PrintPaper
from station_desk.counter.papers.print_paper import possible_papers, print_paper
from station_desk.counter.shown import show_paper
from station_desk.main.open_desk import open_desk
from station_desk.store.verify import verify_deep
from tests.store.any_case import any_application
from tests.store.conftest import ID_NUMBER, pension_application
from tests.store.staffed import CLERK, HEAD, acting_as, staffed
from tests.store.theft import unpacked

Fresh = Callable[[], str]
CHILD = """
import os, signal, sys
from station_desk.core.clock import now
from station_desk.counter.access import Unmask, unmask
from station_desk.main.open_desk import open_desk
from pathlib import Path
desk = open_desk(Path(sys.argv[1]), "zh-Hans", now)
for n in range(int(sys.argv[3]), int(sys.argv[4])):
    lines = unmask(desk, Unmask(sys.argv[2], "identity", f"shown {n}"), f"kill-{n}")
    sys.stdout.write(f"{n} {next(line.value for line in lines if line.field == 'id_number')}\\n")
    sys.stdout.flush()
    if sys.argv[5] == "yes":
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def case(desk: Desk, pension: Application, fresh: Fresh) -> str:
    return accept(desk, pension, fresh()).answer.number


@pytest.fixture
def restricted(desk: Desk, fresh: Fresh) -> str:
    form = {"visit_date": "2026-11-20", "situation": "生活平稳"}
    who = pension_application().applicant
    return accept(desk, Application("CC-002", who, form), fresh()).answer.number


def value(lines: tuple[Line, ...], place: str) -> str:
    return next(line.value for line in lines if line.place == place)


def kinds(desk: Desk) -> list[str]:
    rows = desk.store.read("SELECT kind FROM events WHERE kind LIKE 'access.%' ORDER BY place")
    return [kind for (kind,) in rows]


def test_a_case_is_masked_until_it_is_opened_with_a_reason(desk: Desk, case: str, fresh: Fresh) -> None:
    lines = contents_of(desk, case, "window")
    told = {line.place: line.value for line in lines}
    assert told["applicant.name"] == "王*兰"
    assert told["applicant.id_number"] == "1101**********002X"
    assert told["applicant.address"] == told["payment_grade"] == "***"
    opened = unmask(desk, Unmask(case, "contact", "约定上门时间"), fresh())
    assert value(opened, "applicant.id_number") == ID_NUMBER
    assert value(opened, "payment_grade") == "500"
    assert value(contents_of(desk, case, "window"), "applicant.name") == "王*兰"


def test_only_the_fields_that_were_asked_for_are_opened(desk: Desk, case: str, fresh: Fresh) -> None:
    lines = unmask(desk, Unmask(case, "contact", fields=("phone",)), fresh())
    assert value(lines, "applicant.phone") == "13912345678"
    assert value(lines, "applicant.name") == "王*兰"
    (row,) = looks(desk, Looks())
    assert (row.kind, row.cases, row.detail, row.why) == ("access.unmasked", (case,), ("phone",), "contact")


@pytest.mark.parametrize("wish", [("", ""), ("because", ""), ("other", " "), ("other", "\u202e")])
def test_without_a_reason_nothing_is_shown_or_written(
    desk: Desk, case: str, fresh: Fresh, wish: tuple[str, str]
) -> None:
    with pytest.raises(AccessReasonNeeded):
        unmask(desk, Unmask(case, *wish), fresh())
    assert kinds(desk) == []


def test_the_log_names_who_when_why_and_no_resident(desk: Desk, case: str, fresh: Fresh) -> None:
    staffed(desk, HEAD, CLERK)
    signed = acting_as(desk, CLERK)
    unmask(signed, Unmask(case, "dispute", "对王秀兰的投诉"), fresh())
    (row,) = looks(desk, Looks(actor=CLERK))
    assert (row.at[:16], row.words) == ("2026-11-20T09:30", "对王秀兰的投诉")
    ((public,),) = desk.store.read("SELECT public FROM events WHERE kind = 'access.unmasked'")
    assert "王" not in public
    assert looks(desk, Looks(actor="陈立新")) == []
    assert looks(desk, Looks(case=case, since="2026-11-20", until="2026-11-20")) == [row]
    assert looks(desk, Looks(since="2026-11-21")) == []
    assert CLERK in as_csv([row], desk.texts).decode("utf-8-sig")
    assert verify_deep(desk.store, lambda _done, _total: None) == []


def test_a_restricted_case_is_written_down_with_every_look(desk: Desk, restricted: str, case: str) -> None:
    look_at_case(desk, case, "window")
    assert kinds(desk) == []
    look_at_case(desk, restricted, "window")
    look_again(desk, restricted)
    assert kinds(desk) == ["access.read"]
    contents_of(desk, restricted, "window")
    assert kinds(desk) == ["access.read"] * 2


def test_the_contents_of_a_sensitive_case_are_written_down(desk: Desk, fresh: Fresh) -> None:
    assert desk.item("MC-001").sensitivity == "S2"
    number = accept(desk, any_application(desk, "MC-001"), fresh()).answer.number
    look_at_case(desk, number, "window")
    assert kinds(desk) == []
    contents_of(desk, number, "command")
    assert kinds(desk) == ["access.read"]


def test_a_paper_that_says_all_of_a_person_is_written_down(desk: Desk, case: str) -> None:
    show_paper(desk, PrintPaper(case, "receipt"))
    assert kinds(desk) == []
    show_paper(desk, PrintPaper(case, "application"))
    (row,) = looks(desk, Looks())
    assert row.detail == ("paper", "application")


def test_every_paper_in_which_a_name_stands_in_full_is_written_down(
    desk: Desk, case: str, fresh: Fresh
) -> None:
    """Read from the paper itself, so that a published one with other words is found as well."""
    while desk.store.case(case).stage:
        advance(desk, Advance(case), fresh())
    finish(desk, Finish(case, "granted", "参保登记结果"), fresh())
    deliver(desk, Deliver(case, "counter", "王秀兰"), fresh())
    seen = {}
    for kind in possible_papers(desk, case):
        before = len(kinds(desk))
        pdf = show_paper(desk, PrintPaper(case, kind)).pdf
        text = " ".join(raw.decode("utf-8", "replace") for _, raw in unpacked("pdf", pdf))
        seen[kind] = ("王秀兰" in text, len(kinds(desk)) - before)
    assert seen["completion"] == seen["delivery"] == seen["application"] == (True, 1)
    assert seen["receipt"] == (False, 0)
    assert [kind for kind, (in_full, logged) in seen.items() if in_full and not logged] == []


def test_a_kept_paper_is_taken_out_after_it_was_written_down(desk: Desk, case: str, fresh: Fresh) -> None:
    print_paper(desk, PrintPaper(case, "application"), fresh())
    assert kinds(desk) == []
    assert take_out(desk, f"{case}-application-1").startswith(b"%PDF")
    (row,) = looks(desk, Looks())
    assert (row.cases, row.detail) == ((case,), ("paper", "application"))
    with pytest.raises(NotAllowed):
        take_out(replace(desk, acting=Acting("审计", "auditor")), f"{case}-application-1")


def test_an_auditor_reads_the_list_and_opens_nothing(desk: Desk, case: str, fresh: Fresh) -> None:
    auditor = replace(desk, acting=Acting("审计", "auditor"))
    with pytest.raises(NotAllowed):
        unmask(auditor, Unmask(case, "contact"), fresh())
    with pytest.raises(NotAllowed):
        show_paper(auditor, PrintPaper(case, "application"))
    assert looks(auditor, Looks()) == []
    with pytest.raises(NotAllowed):
        looks(replace(desk, acting=Acting("周敏", "clerk")), Looks())


def test_the_same_command_again_is_a_look_of_its_own(desk: Desk, case: str) -> None:
    for _ in range(2):
        assert value(unmask(desk, Unmask(case, "contact"), "once"), "applicant.phone") == "13912345678"
    assert kinds(desk) == ["access.unmasked", "access.read"]


@pytest.mark.long
def test_100_looks_in_full_each_logged_before_shown_though_killed_right_after(
    desk: Desk, case: str, tmp_path: Path
) -> None:
    folder = desk.store.profile.folder
    desk.store.close()
    shown = []
    for first, last, kill in [*((n, n + 1, "yes") for n in range(10)), (10, 100, "no")]:
        words = [sys.executable, "-c", CHILD, str(folder), case, str(first), str(last), kill]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        assert done.returncode == (-signal.SIGKILL if kill == "yes" else 0), done.stderr
        shown += done.stdout.splitlines()
    assert len(shown) == 100
    assert all(line.endswith(ID_NUMBER) for line in shown)
    again = open_desk(folder, "zh-Hans", now)
    try:
        rows = looks(again, Looks(case=case))
        assert {row.words for row in rows} == {f"shown {n}" for n in range(100)}
        assert verify_deep(again.store, lambda _done, _total: None) == []
    finally:
        again.store.close()
