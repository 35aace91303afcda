"""The clerk learns before accepting which characters of a name will not be on the paper."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from station_desk.counter.desk import Desk
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.ui.paper.preview import Preview
from tests.ui.conftest import LANGUAGES, MakeDesk, OpenWindow, fill, in_hand, open_request
from tests.ui.test_case_pages import accepted
from tests.ui.test_fits import cut_off

NOWHERE, LATER = "\U0002ebf5", "\U00031350"


def test_a_character_that_no_font_draws_is_named_at_its_field_before_accepting(window: Window) -> None:
    panel = open_request(window, "SA-001")
    assert not panel.undrawn.isVisibleTo(panel)
    panel.form.boxes["applicant.name"].put(f"王{NOWHERE}兰{NOWHERE}")
    panel.form.boxes["applicant.address"].put(f"青石桥{LATER}路")
    assert panel.undrawn.isVisibleTo(panel)
    assert "姓名 〓U+2EBF5、实际居住地址 〓U+31350。" in panel.undrawn.words.text()
    assert {fault.field for fault in panel.faults()} & {"applicant.name", "applicant.address"} == set()


def test_the_note_goes_when_the_character_goes_and_does_not_come_for_a_rare_one(window: Window) -> None:
    panel = open_request(window, "SA-001")
    box = panel.form.boxes["applicant.name"]
    box.put(NOWHERE)
    box.put("王𬭚𪚥·买买提")
    assert not panel.undrawn.isVisibleTo(panel)


def test_what_the_desk_itself_prints_is_named_too(desk: Desk, open_on: OpenWindow) -> None:
    renamed = replace(desk, station=replace(desk.station, clerk=f"王{NOWHERE}"))
    panel = open_request(open_on(renamed), "SA-001")
    assert panel.undrawn.isVisibleTo(panel)
    assert "经办人 〓U+2EBF5。" in panel.undrawn.words.text()
    panel.form.boxes["applicant.name"].put(LATER)
    assert "姓名 〓U+31350、经办人 〓U+2EBF5。" in panel.undrawn.words.text()


def test_the_note_stays_when_all_is_filled_in(window: Window) -> None:
    panel = open_request(window, "SA-001")
    fill(panel, window.acts.desk)
    panel.form.boxes["applicant.address"].put(f"青石桥 {NOWHERE} 路 8 号")
    assert "〓U+2EBF5" in panel.undrawn.words.text()
    assert panel.undrawn.isVisibleTo(panel)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_note_has_room_for_all_it_says(make_desk: MakeDesk, open_on: OpenWindow, language: str) -> None:
    window = open_on(make_desk(language))
    window.shell.resize(1366, 768)
    panel = open_request(window, "SA-001")
    panel.form.boxes["applicant.name"].put("😀🎉👍🙏🎂" + NOWHERE)
    panel.form.boxes["applicant.address"].put("".join(map(chr, range(0x1F600, 0x1F640))))
    settle(window)
    said = in_hand(window).undrawn.words.text()
    assert "〓U+1F600" in said
    assert "70" in said
    assert list(cut_off(window.shell)) == []
    assert (window.shell.width(), window.shell.height()) == (1366, 768)


def test_the_notice_page_names_it_before_the_notice_is_printed(window: Window) -> None:
    panel = open_request(window, "LS-008")
    fill(panel, window.acts.desk)
    QTest.keyClick(window.shell, Qt.Key.Key_F8)
    page = panel.notice.page
    assert not page.undrawn.isVisibleTo(page)
    page.other.put(f"户口簿上的{NOWHERE}字与身份证不一致")
    assert page.undrawn.isVisibleTo(page)
    assert "〓U+2EBF5" in page.undrawn.words.text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_preview_lists_what_stands_on_its_paper(
    make_desk: MakeDesk, open_on: OpenWindow, language: str
) -> None:
    desk = make_desk(language)
    accepted(desk, "SA-001", f"王{NOWHERE}兰{LATER}😀🎉👍🙏🎂秀")
    window = open_on(desk)
    window.shell.resize(1366, 768)
    dialogs = {}
    for paper in ("application", "receipt"):
        window.shell.show_page("progress")
        settle(window)
        window.shell.progress.panel.papers.asked.emit(paper, False)
        settle(window)
        (dialogs[paper],) = (one for one in window.shell.findChildren(Preview) if one.isVisible())
        assert list(cut_off(dialogs[paper])) == []
        if paper == "application":
            assert "〓U+2EBF5" in dialogs[paper].undrawn.text()
            assert "7" in dialogs[paper].undrawn.text()
        else:
            assert not dialogs[paper].undrawn.isVisible(), "the receipt masks the name"
        dialogs[paper].reject()
        settle(window)


def test_a_guide_sheet_with_one_is_looked_at_before_it_is_printed(desk: Desk, open_on: OpenWindow) -> None:
    station = replace(desk.station, name=f"青{NOWHERE}桥社区公共服务站")
    window = open_on(replace(desk, station=station))
    window.shell.show_page("guide")
    settle(window)
    window.shell.guide.choose("SA-003")
    settle(window)
    window.shell.guide.card.papers.sheet.click()
    settle(window)
    (dialog,) = (one for one in window.shell.findChildren(Preview) if one.isVisible())
    assert "〓U+2EBF5" in dialog.undrawn.text()
    assert not desk.store.profile.papers.exists()
