"""A case's contents in the window: masked, in full for a while after a reason, gone at leaving."""

from uuid import uuid4

import pytest

from station_desk.counter.access_log import Looks, looks
from station_desk.counter.desk import Desk
from station_desk.counter.finish import VoidCase, void_case
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.ui.shared.confirm import Confirm
from station_desk.ui.shared.contents_dialog import OPEN_SECONDS, ContentsDialog
from tests.ui.conftest import GOOD, OpenWindow
from tests.ui.test_case_pages import accepted

NUMBER = GOOD["applicant.id_number"]


def contents(window: Window) -> ContentsDialog:
    window.shell.progress.panel.contents.click()
    settle(window)
    dialog = window.shell.findChild(ContentsDialog)
    assert dialog is not None
    return dialog


Opened = tuple[Window, ContentsDialog]


def said(dialog: ContentsDialog) -> str:
    return "\n".join(label.text() for label in dialog.values.values())


@pytest.fixture
def opened(desk: Desk, open_on: OpenWindow) -> Opened:
    accepted(desk, "LS-001", "李建国")
    window = open_on(desk)
    window.shell.show_page("progress")
    settle(window)
    return window, contents(window)


def test_contents_are_masked_until_a_reason_is_given(desk: Desk, opened: Opened) -> None:
    window, dialog = opened
    assert "李*国" in said(dialog)
    assert "李建国" not in said(dialog)
    assert NUMBER not in said(dialog)
    dialog.press()
    settle(window)
    assert not dialog.is_open()
    assert [row.kind for row in looks(desk, Looks())] == []
    dialog.reason.put("identity")
    dialog.press()
    settle(window)
    assert dialog.is_open()
    assert "李建国" in said(dialog)
    assert NUMBER in said(dialog)
    (row,) = looks(desk, Looks())
    assert (row.kind, row.why, row.way) == ("access.unmasked", "identity", "window")


def test_what_was_opened_is_covered_by_time_and_by_leaving(desk: Desk, opened: Opened) -> None:
    window, dialog = opened
    for how in ("time", "leaving"):
        dialog.reason.put("contact")
        dialog.press()
        settle(window)
        assert "李建国" in said(dialog)
        if how == "time":
            for _ in range(OPEN_SECONDS):
                dialog._clock.timeout.emit()
        else:
            window.shell.activateWindow()
            dialog.cover()
        assert "李建国" not in said(dialog)
        assert dialog.reason.value() == ""
    assert len(looks(desk, Looks())) == 2


def test_the_receiver_is_the_applicant_without_his_name_in_sight(desk: Desk, open_on: OpenWindow) -> None:
    number = accepted(desk, "LS-001", "李建国")
    window = open_on(desk)
    window.shell.show_page("progress")
    settle(window)
    panel = window.shell.progress.panel
    while (case := panel.case()) is not None and case.state == "processing":
        assert "李建国" not in case.applicant.name
        panel.press()
        settle(window)
    window.shell.show_page("finished")
    settle(window)
    assert window.shell.finished.panel.fields["receiver"].value() == ""
    window.shell.finished.panel.press()
    settle(window)
    assert desk.store.case(number).receiver == "李建国"


def test_the_head_sees_who_looked_and_narrows_the_list(desk: Desk, opened: Opened) -> None:
    window, dialog = opened
    dialog.reason.put("dispute")
    dialog.words.put("电话投诉")
    dialog.press()
    settle(window)
    dialog.close()
    window.shell.show_page("access")
    settle(window)
    page = window.shell.access
    (row,) = page.model.rows()
    assert (row.actor, row.words) == ("陈立新", "电话投诉")
    page.fields["actor"].put("没有这个人")
    page.reload()
    settle(window)
    assert page.model.rows() == ()
    page.fields["actor"].put("")
    page.reload()
    settle(window)
    file = desk.store.profile.folder / "looks.csv"
    page.export_to(file)
    settle(window)
    assert "电话投诉" in file.read_text("utf-8-sig")


def test_what_is_past_its_term_is_destroyed_with_a_record(desk: Desk, open_on: OpenWindow) -> None:
    number = accepted(desk, "LS-001", "李建国")
    void_case(desk, VoidCase(number, "测试"), uuid4().hex)
    window = open_on(desk)
    window.shell.show_page("access")
    settle(window)
    bar = window.shell.access.destroying
    assert bar.button.isHidden()
    later = desk.clock().replace(year=desk.clock().year + 11, day=1)
    object.__setattr__(window.acts.desk, "clock", lambda: later)
    bar.reload()
    settle(window)
    assert not bar.button.isHidden()
    bar.button.click()
    settle(window)
    assert desk.store.case(number).applicant.name == "李建国"
    bar.approver.put("周站长")
    bar.button.click()
    (sure,) = bar.findChildren(Confirm)
    assert "周站长" in sure.sentence.text()
    sure.do.click()
    settle(window)
    assert desk.store.case(number).applicant.name == ""
    assert list((desk.store.profile.folder / "records").glob("*.pdf"))
