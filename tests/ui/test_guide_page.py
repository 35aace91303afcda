"""The guide page: every item by type, by life event, as it is searched; its whole guide beside it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from station_desk.catalogue.guide_page import GROUPS, guide_page, unknown_elements
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.ui.guide_page.page import GuideBook
from station_desk.ui.shared.choice_list import Choice, ChoiceList, Heading
from station_desk.ui.shared.guide_view import GuideView
from tests.ui.conftest import in_hand, open_request


@pytest.fixture
def book(window: Window) -> GuideBook:
    window.shell.show_page("guide")
    settle(window)
    return window.shell.guide


def codes(shown: ChoiceList) -> list[str]:
    return [line.key for line in shown.choices.lines() if isinstance(line, Choice)]


def headings(shown: ChoiceList) -> Iterator[tuple[str, int]]:
    return ((line.text, line.count) for line in shown.choices.lines() if isinstance(line, Heading))


def said(view: GuideView) -> str:
    return view.area.above.toPlainText() + view.area.below.toPlainText()


def test_every_item_stands_once_under_its_type_with_the_counts(window: Window, book: GuideBook) -> None:
    catalogue = window.acts.desk.catalogue
    assert sorted(codes(book.list)) == sorted(catalogue.items)
    assert [name for name, _ in headings(book.list)] == [c.short.hans for c in catalogue.categories.values()]
    assert sum(count for _, count in headings(book.list)) == len(catalogue.items)
    assert book.count.text() == f"办事指南 {len(catalogue.items)}"


def test_by_life_event_the_items_stand_in_the_order_of_their_use(window: Window, book: GuideBook) -> None:
    book.ways.setCurrentIndex(1)
    events = list(window.acts.desk.catalogue.life_events.values())
    assert list(headings(book.list)) == [(event.name.hans, len(event.items)) for event in events]
    assert codes(book.list) == [code for event in events for code in event.items]
    notes = [line.note for line in book.list.choices.lines() if isinstance(line, Choice)]
    assert notes[:3] == ["可一并办理", "", "可一并办理"]


def test_what_is_typed_finds_and_the_arrow_keys_go_through_it(window: Window, book: GuideBook) -> None:
    assert QApplication.focusWidget() is book.search
    QTest.keyClicks(book.search, "dibao")
    settle(window)
    assert (codes(book.list), book.count.text()) == (["SA-001", "SA-004"], "找到 2")
    assert book.card.code() == "SA-001"
    QTest.keyClick(book.search, Qt.Key.Key_Down)
    assert book.card.code() == "SA-004"
    QTest.keyClick(book.search, Qt.Key.Key_Down)
    QTest.keyClick(book.search, Qt.Key.Key_Return)
    assert (book.card.code(), QApplication.focusWidget()) == ("SA-004", book.card.guide.area)
    QTest.keyClick(book.search, Qt.Key.Key_Escape)
    assert len(codes(book.list)) == len(window.acts.desk.catalogue.items)
    assert book.list.chosen() == "SA-004", "what was looked at stays"


def test_what_fits_nothing_says_what_now(window: Window, book: GuideBook) -> None:
    book.search.setText("qqqq")
    settle(window)
    assert (book.count.text(), book.card.isVisible(), book.list.isVisible()) == ("找到 0", False, False)
    book.search.clear()
    assert book.card.isVisible()


def test_all_fourteen_groups_are_shown_and_what_is_not_known_is_counted(
    window: Window, book: GuideBook
) -> None:
    desk = window.acts.desk
    book.choose("SA-002")
    page = guide_page(desk.item("SA-002"), desk.catalogue, desk.edition.forms.edition, desk.texts, "zh-Hans")
    assert codes(book.card.guide.contents) == list(GROUPS)
    text = said(book.card.guide)
    lines = [line for group in page.groups for line in group.lines]
    missing = [
        part for line in lines for part in (line.label, *line.texts) if part.split("\n")[0] not in text
    ]
    assert missing == []
    unknown = unknown_elements(page)
    assert unknown > 0
    assert text.count("暂未公布") == unknown
    assert book.card.hint.text() == f"{unknown} 项要素暂未公布"
    notes = [line.note for line in book.card.guide.contents.choices.lines() if isinstance(line, Choice)]
    assert sum(int(note.split()[0]) for note in notes if note) == unknown


def test_the_workflow_is_drawn_among_the_groups(window: Window, book: GuideBook) -> None:
    book.choose("SA-002")
    settle(window)
    area = book.card.guide.area
    assert area.above.geometry().bottom() < area.diagram.geometry().top()
    assert area.diagram.geometry().bottom() < area.below.geometry().top()
    assert area.diagram.height() >= area.diagram.heightForWidth(area.diagram.width()) > 0
    steps = window.acts.desk.item("SA-002").step
    assert all(step.name.hans in area.diagram.accessibleDescription() for step in steps)


def test_a_group_is_gone_to_from_the_contents(window: Window, book: GuideBook) -> None:
    guide = book.card.guide
    bar = guide.area.verticalScrollBar()
    places = []
    for key in GROUPS:
        guide.contents.choose(key)
        places.append(bar.value())
    assert places == sorted(places)
    assert places[0] < 40 < places[5]
    book.choose("LS-001")
    assert bar.value() == 0, "another item is read from its beginning"


def test_the_words_are_whole_at_every_width(window: Window, book: GuideBook) -> None:
    for width in (1366, 1920, 1366):
        window.shell.resize(width, 768)
        settle(window)
        for text in (book.card.guide.area.above, book.card.guide.area.below):
            assert text.height() >= text.document().size().height() - 1
            assert text.document().idealWidth() <= text.width()


def test_the_guide_can_be_copied_whole(window: Window, book: GuideBook) -> None:
    book.choose("SA-001")
    QTest.keyClick(
        book, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("最低生活保障审核确认\n\n基本信息\n")
    assert "承诺时限：25 个工作日" in copied
    QGuiApplication.clipboard().clear()
    QTest.keyClick(book.card.guide.area, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == copied


def test_a_request_begins_from_the_guide_by_one_key(window: Window, book: GuideBook) -> None:
    book.choose("DE-007")
    QTest.keyClick(book, Qt.Key.Key_F9)
    settle(window)
    assert window.shell.pages.currentWidget() is window.shell.counter
    assert in_hand(window).draft.item.code == "DE-007"


def test_the_request_in_hand_shows_the_same_guide(window: Window, book: GuideBook) -> None:
    book.choose("SA-002")
    panel = open_request(window, "SA-002")
    window.shell.show_page("counter")
    panel.tabs.setCurrentIndex(2)
    settle(window)
    assert said(panel.parts.guide) == said(book.card.guide)


def test_the_search_in_the_top_bar_leads_to_an_item(window: Window) -> None:
    search = window.shell.search
    search.ask("sydj")
    settle(window)
    search.ask("生育登")
    settle(window)
    assert "生育登记" in search.panel.titles()[0]
    search.open_first()
    settle(window)
    assert window.shell.pages.currentWidget() is window.shell.guide
    assert window.shell.guide.card.code() == "HF-001"


def test_a_restricted_item_says_so(window: Window, book: GuideBook) -> None:
    book.choose("CC-001")
    assert (book.card.restricted.text(), book.card.restricted.isVisible()) == ("专项事项", True)
    book.choose("SA-001")
    assert not book.card.restricted.isVisible()
