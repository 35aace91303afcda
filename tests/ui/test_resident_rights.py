"""What a resident may ask about his data, in the window: a copy, a correction, erasure with its record."""

import csv
import io
import json
from pathlib import Path
from uuid import uuid4

import pikepdf
import pytest
from pytestqt.qtbot import QtBot

from station_desk.counter.advance import Advance, advance
from station_desk.counter.desk import Desk
from station_desk.counter.finish import Finish, finish
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.ui.resident.dialog import ResidentDialog
from station_desk.ui.resident.records import RecordsDialog
from station_desk.ui.shared.confirm import Confirm
from tests.store.staffed import CLERK, HEAD, PASSWORDS, staffed
from tests.ui.conftest import OpenWindow
from tests.ui.test_case_pages import accepted
from tests.ui.test_lock import sign_in


@pytest.fixture
def ended(desk: Desk) -> str:
    """A case that is over."""
    number = accepted(desk, "LS-001", "李建国")
    while desk.store.case(number).stage:
        advance(desk, Advance(number), uuid4().hex)
    finish(desk, Finish(number, "granted", "已登记"), uuid4().hex)
    return number


def asked(window: Window, number: str) -> ResidentDialog:
    """The dialog, from the case that the search found."""
    shell = window.shell
    shell.show_page("finished")
    shell.finished.choose(number)
    settle(window)
    shell.finished.panel.resident.click()
    settle(window)
    (dialog,) = shell.findChildren(ResidentDialog)
    return dialog


def as_head(desk: Desk, open_on: OpenWindow, qtbot: QtBot, name: str = HEAD) -> Window:
    window = open_on(staffed(desk))
    sign_in(window, name, PASSWORDS[name], qtbot)
    return window


def test_a_resident_gets_all_that_is_known_of_him(
    desk: Desk, open_on: OpenWindow, qtbot: QtBot, ended: str, tmp_path: Path
) -> None:
    window = as_head(desk, open_on, qtbot)
    dialog = asked(window, ended)
    dialog.export.click()
    assert dialog.hint.text() == desk.texts("resident.reason_first")
    dialog.reason.put("本人书面申请")
    dialog.export_to(tmp_path / "a.pdf")
    settle(window)
    with pikepdf.open(tmp_path / "a.pdf") as paper:
        assert len(paper.pages) >= 1
    told = json.loads((tmp_path / "a.json").read_bytes())
    assert [one["case"]["number"] for one in told["cases"]] == [ended]
    assert "李建国" in (tmp_path / "a.json").read_text("utf-8")
    kinds = desk.store.read("SELECT kind FROM events WHERE kind = 'access.exported'")
    assert len(kinds) == 1


def test_a_value_is_put_right_and_a_refusal_said(
    desk: Desk, open_on: OpenWindow, qtbot: QtBot, ended: str
) -> None:
    window = as_head(desk, open_on, qtbot)
    dialog = asked(window, ended)
    card = dialog.correcting
    card.do.click()
    assert dialog.hint.text() == desk.texts("resident.place_first")
    card.choice.put("applicant.phone")
    card.value.put("139")
    dialog.reason.put("本人书面申请")
    card.do.click()
    settle(window)
    assert dialog.hint.text() not in ("", desk.texts("resident.place_first"))
    card.value.put("13800001111")
    card.do.click()
    settle(window)
    assert desk.store.case(ended).applicant.phone == "13800001111"
    assert dialog.hint.text() == desk.texts("access.corrected", number=ended, count=1)
    assert card.choice.value() == "applicant.phone"


def test_what_goes_and_what_stays_is_said_before_and_the_record_after(
    desk: Desk, open_on: OpenWindow, qtbot: QtBot, ended: str, tmp_path: Path
) -> None:
    open_case = accepted(desk, "LS-001", "李建国")
    window = as_head(desk, open_on, qtbot)
    dialog = asked(window, ended)
    erasing = dialog.erasing
    erasing.do.click()
    assert dialog.hint.text() == desk.texts("resident.reason_first")
    dialog.reason.put("本人要求删除")
    assert erasing.approver.value() == HEAD
    erasing.do.click()
    (sure,) = dialog.findChildren(Confirm)
    assert HEAD in sure.sentence.text()
    assert sure.leave.isDefault()
    sure.leave.click()
    settle(window)
    assert desk.store.case(ended).applicant.name == "李建国"
    erasing.do.click()
    sure = dialog.findChildren(Confirm)[-1]
    sure.do.click()
    settle(window)
    assert desk.store.case(ended).applicant.name == ""
    assert desk.store.case(open_case).applicant.name == "李建国"
    assert not erasing.do.isEnabled()
    assert list((desk.store.profile.folder / "records").glob("*.pdf"))
    dialog.close()
    window.shell.show_page("access")
    window.shell.access.records.click()
    settle(window)
    (shown,) = window.shell.findChildren(RecordsDialog)
    chosen = shown.chosen()
    assert chosen is not None
    assert chosen.said.approver == HEAD
    assert [row[0] for row in shown.lines_model.rows()] == [ended]
    shown.export_csv(tmp_path / "r.csv")
    shown.export_pdf(tmp_path / "r.pdf")
    settle(window)
    rows = list(csv.reader(io.StringIO((tmp_path / "r.csv").read_text("utf-8-sig"))))
    assert [ended in row for row in rows] == [False, True]
    assert "李建国" not in (tmp_path / "r.csv").read_text("utf-8-sig")
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")


def test_a_clerk_corrects_and_does_nothing_else(
    desk: Desk, open_on: OpenWindow, qtbot: QtBot, ended: str
) -> None:
    dialog = asked(as_head(desk, open_on, qtbot, CLERK), ended)
    assert dialog.correcting.do.isEnabled()
    for button in (dialog.export, dialog.erasing.do):
        assert not button.isEnabled()
        assert desk.texts("staff.role.head") in button.toolTip()
