"""In progress and finished: the next step of a case is done where the case stands."""

from importlib import import_module
from typing import Any
from uuid import uuid4

import pytest
from pytestqt.qtbot import QtBot

from station_desk.cases.parts import Applicant
from station_desk.counter.accept import accept
from station_desk.counter.application import Application
from station_desk.counter.desk import Desk
from station_desk.counter.handover import HandOver, hand_over
from station_desk.counter.interrupt import Suspend, Withdraw, suspend, withdraw
from station_desk.counter.kept_papers import kept_papers
from station_desk.counter.notices import PostNotice, post_notice
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.store.find import find_cases
from station_desk.ui.look.palette import Tone
from station_desk.ui.paper.preview import Preview
from station_desk.ui.progress_page.page import left_tone, left_words
from station_desk.ui.shared.case_next import next_of
from station_desk.ui.shared.listed_case import ListedCase
from tests.ui.conftest import ANSWERS, GOOD, OpenWindow

pypdfium2: Any = import_module("pypdfium2")


def accepted(desk: Desk, code: str, name: str) -> str:
    """A case accepted with all its papers."""
    item = desk.item(code)
    kinds = {f.key: desk.catalogue.fields[f.key] for f in item.field if f.required}
    answers = {key: ANSWERS.get(kind.kind) or kind.choices[0].hans for key, kind in kinds.items()}
    who = Applicant(name, "citizen_id", GOOD["applicant.id_number"], "13912345678", "青石桥 3 组")
    application = Application(code, who, answers, {m.key: "brought" for m in item.material})
    return accept(desk, application, uuid4().hex).answer.number


def test_a_case_goes_from_step_to_step_to_the_resident(desk: Desk, open_on: OpenWindow) -> None:
    number = accepted(desk, "LS-001", "李建国")
    window = open_on(desk)
    shell = window.shell
    shell.show_page("progress")
    settle(window)
    panel = shell.progress.panel
    panel.fields["opinion"].put("情况属实")
    while next_of(desk.store.case(number)) == "advance":
        panel.press()
        settle(window)
    assert desk.store.case(number).trail[-1].id == desk.store.case(number).steps[-1].id
    assert "情况属实" in [step.opinion for step in desk.store.case(number).trail]
    panel.press()
    settle(window)
    assert desk.store.case(number).state == "finished"
    assert shell.progress.model.rows() == ()
    shell.show_page("finished")
    settle(window)
    assert shell.finished.panel.fields["receiver"].value() == ""
    shell.finished.panel.press()
    settle(window)
    assert desk.store.case(number).state == "delivered"
    (row,) = shell.finished.model.rows()
    assert isinstance(row, ListedCase)
    assert row.held.how == "alone"


def test_a_finished_case_stays_in_sight_below_the_list(desk: Desk, open_on: OpenWindow) -> None:
    number = accepted(desk, "FP-001", "王秀兰")
    window = open_on(desk)
    window.shell.show_page("progress")
    settle(window)
    while desk.store.case(number).state == "processing":
        window.shell.progress.panel.press()
        settle(window)
    shown = window.shell.progress.panel.case()
    assert shown is not None
    assert (shown.number, shown.state) == (number, "finished")


def test_a_reprint_is_numbered(desk: Desk, open_on: OpenWindow) -> None:
    number = accepted(desk, "LS-001", "李建国")
    window = open_on(desk)
    window.shell.show_page("progress")
    settle(window)
    panel = window.shell.progress.panel
    for copy in (1, 2):
        panel.papers.newest.click()
        settle(window)
        (preview,) = window.shell.findChildren(Preview)
        preview.print.click()
        settle(window)
        assert panel.hint.text() == ("受理回执已打印" if copy == 1 else "受理回执已补打（第 2 次）")
    printed = sorted(file.name for file in desk.store.profile.papers.iterdir())
    assert printed == [f"{number}-receipt-1.pdf.sealed", f"{number}-receipt-2.pdf.sealed"]


def test_what_was_stored_and_not_printed_is_offered_at_the_start(desk: Desk, open_on: OpenWindow) -> None:
    number = accepted(desk, "LS-001", "李建国")
    window = open_on(desk)
    assert number in window.shell.banner.sentence()


def test_an_empty_list_says_what_to_do(window: Window, desk: Desk) -> None:
    window.shell.show_page("progress")
    settle(window)
    assert window.shell.progress.empty.isVisible()
    assert window.shell.progress.empty.text() == desk.texts("ui.progress.empty")


@pytest.mark.parametrize(
    ("left", "words", "tone"),
    [
        (None, "计时暂停", "plain"),
        (-2, "超期 2 个工作日", "bad"),
        (0, "今天到期", "warn"),
        (3, "剩 3 个工作日", "warn"),
        (4, "剩 4 个工作日", "ok"),
    ],
)
def test_the_time_left_is_said_in_words_and_tone(
    desk: Desk, left: int | None, words: str, tone: Tone
) -> None:
    assert (left_words(left, desk.texts), left_tone(left)) == (words, tone)


def test_names_in_lists_are_masked(desk: Desk, open_on: OpenWindow) -> None:
    accepted(desk, "LS-001", "李建国")
    window = open_on(desk)
    model = window.shell.progress.model
    assert [model.index(0, column).data() for column in (1, 2)] == ["失业登记", "李*国"]
    assert "李建国" not in window.shell.progress.panel.name.text()


def test_a_case_is_found_by_initials_and_opened(desk: Desk, open_on: OpenWindow) -> None:
    number = accepted(desk, "LS-001", "单小红")
    window = open_on(desk)
    shell = window.shell
    shell.search.ask("sxh")
    settle(window)
    assert shell.search.panel.isVisible()
    shell.search.open_first()
    settle(window)
    shown = shell.progress.panel.case()
    assert shown is not None
    assert shown.number == number
    assert shell.pages.currentWidget() is shell.progress


def test_the_day_is_counted_in_the_status_bar(desk: Desk, open_on: OpenWindow) -> None:
    accepted(desk, "LS-001", "李建国")
    window = open_on(desk)
    window.rhythm.look()
    settle(window)
    assert window.shell.status.counts.text() == "今日受理 1 · 办结 0 · 超期 0"


def test_the_papers_of_a_case_are_offered_the_newest_first(desk: Desk, open_on: OpenWindow) -> None:
    number = accepted(desk, "LS-001", "李建国")
    window = open_on(desk)
    window.shell.show_page("progress")
    settle(window)
    papers = window.shell.progress.panel.papers
    assert papers.newest.text() == "打印受理回执"
    names = [action.text() for action in papers.menu(window.shell).actions() if not action.isSeparator()]
    assert names == ["流转单", "申请表", "受理回执（大字版）"]
    papers.newest.click()
    suspend(desk, Suspend(number, "等待核对", "", "周站长"), uuid4().hex)
    window.shell.progress.choose(number)
    settle(window)
    assert papers.newest.text() == "打印中止通知书"


def test_a_large_print_comes_out_of_the_menu(desk: Desk, open_on: OpenWindow) -> None:
    number = accepted(desk, "LS-001", "李建国")
    window = open_on(desk)
    window.shell.show_page("progress")
    settle(window)
    panel = window.shell.progress.panel
    panel.papers.menu(window.shell).actions()[-1].trigger()
    settle(window)
    (preview,) = window.shell.findChildren(Preview)
    preview.print.click()
    settle(window)
    (name,) = kept_papers(desk.store).names()
    with pypdfium2.PdfDocument(kept_papers(desk.store).paper(name)) as document:
        assert document[0].get_height() > document[0].get_width()
    assert number in name


def test_what_goes_with_an_act_is_printed_with_it(desk: Desk, open_on: OpenWindow) -> None:
    number = accepted(desk, "FP-001", "王秀兰")
    window = open_on(desk)
    window.shell.show_page("progress")
    settle(window)
    while desk.store.case(number).state == "processing":
        window.shell.progress.panel.press()
        settle(window)
    assert [file.name for file in desk.store.profile.papers.iterdir()] == [
        f"{number}-completion-1.pdf.sealed"
    ]


def test_a_public_notice_stands_under_the_workflow_of_its_case(desk: Desk, open_on: OpenWindow) -> None:
    number = accepted(desk, "HV-002", "王秀兰")
    post_notice(desk, PostNotice(number, "公告栏", "010-55550199"), uuid4().hex)
    window = open_on(desk)
    window.shell.show_page("progress")
    settle(window)
    panel = window.shell.progress.panel
    assert panel.history.text().startswith("公示中：")
    panel.press()
    settle(window)
    assert "请先登记撤下" in panel.hint.text()


def test_a_case_that_was_handed_over_is_found_and_nothing_is_done_with_it(
    desk: Desk, open_on: OpenWindow
) -> None:
    number = accepted(desk, "LS-001", "李建国")
    hand_over(desk, HandOver(number, "3"), uuid4().hex)
    window = open_on(desk)
    (row,) = find_cases(desk.store, "李建国")
    window.shell.open_case(row)
    settle(window)
    panel = window.shell.progress.panel
    assert "由 2 号窗口转交 3 号窗口" in panel.history.text()
    assert not panel.primary.isVisibleTo(panel)
    assert not panel.papers.newest.isVisibleTo(panel)
    assert window.shell.progress.model.rows() == ()


def test_cases_that_ended_at_the_door_stand_in_the_list_of_the_finished(
    desk: Desk, open_on: OpenWindow
) -> None:
    number = accepted(desk, "LS-001", "李建国")
    withdraw(desk, Withdraw(number, "本人撤回"), uuid4().hex)
    window = open_on(desk)
    window.shell.show_page("finished")
    settle(window)
    assert len(window.shell.finished.model.rows()) == 1


def test_the_row_that_the_focus_comes_to_is_chosen_whole(
    desk: Desk, open_on: OpenWindow, qtbot: QtBot
) -> None:
    for name in ("欧阳娜娜", "王秀兰"):
        accepted(desk, "SA-001", name)
    window = open_on(desk)
    window.shell.show_page("progress")
    rows = window.shell.progress.table.selectionModel().selectedRows
    qtbot.waitUntil(lambda: [index.row() for index in rows()] == [0])


def test_a_list_is_narrowed_and_sorted_by_what_the_district_said(desk: Desk, open_on: OpenWindow) -> None:
    held = accepted(desk, "LS-001", "李建国")
    with desk.store.writing() as unit:
        unit.connection.execute(
            "INSERT INTO marks SELECT writer, seq, hash, 0 FROM events ORDER BY seq DESC LIMIT 1"
        )
    waits = accepted(desk, "LS-001", "王秀兰")
    window = open_on(desk)
    window.rhythm.stop()
    desk.store.set_about({"district_url": "https://district.example"})
    page = window.shell.progress

    def numbers() -> list[str]:
        settle(window)
        return [row.case.number for row in page.model.rows()]

    choice = page.filters.choices["held"]
    for value, wanted in (
        ("waiting", [waits]), ("unsettled", [waits]), ("acknowledged", [held]), ("refused", []),
    ):  # fmt: skip
        choice.put(value)
        assert numbers() == wanted, value
        assert page.model.rowCount() == len(wanted)
    choice.put("")
    assert numbers() == [held, waits]
    page.table.sorted_by.emit("held")
    assert numbers() == [waits, held]
    page.table.sorted_by.emit("held")
    assert numbers() == [held, waits], "another press leaves it again"
