"""F1 opens the handbook where somebody is, in the language of the window, without a network."""

import re

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from station_desk.core.paths import RESOURCES
from station_desk.core.texts import LANGUAGES, Texts
from station_desk.main.screenshots import settle
from station_desk.main.start import application
from station_desk.main.window import Window
from station_desk.ui.handbook.book import TOPICS, Book
from station_desk.ui.handbook.sections import sections
from station_desk.ui.look.qt_words import say_qt_words
from station_desk.ui.shared.key_table import PAGES

BUTTONS = QMessageBox.StandardButton


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_and_dialog_has_its_section_and_every_link_leads_somewhere(language: str) -> None:
    known = sections(Texts(RESOURCES / "i18n", language))
    marks = [section.mark for section in known]
    assert len(set(marks)) == len(marks)
    assert set(PAGES) | set(TOPICS.values()) <= set(marks)
    links = {link for section in known for link in re.findall(r"\]\(#([^)]+)\)", section.text)}
    assert links <= set(marks)
    assert marks == [section.mark for section in sections(Texts(RESOURCES / "i18n", "en"))]


@pytest.mark.qt_log_ignore("does not support raise", "propagateSizeHints", extend=True)
def test_it_opens_where_somebody_is_with_search_links_and_back(window: Window) -> None:
    shell = window.shell
    shell.show_page("finished")
    settle(window)
    shell.open_handbook()
    book = shell.body().findChild(Book)
    assert book is not None
    assert book.mark() == "finished"
    book.text.anchorClicked.emit(QUrl("#printers"))
    assert book.mark() == "printers"
    book.back.click()
    assert book.mark() == "finished"
    book.search.setText("F10")
    assert 0 < book.list.count() < len(sections(shell.say))
    book.search.setText("没有的词语")
    assert not book.none.isHidden()
    book.close()


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_qt_speaks_the_language_of_the_window(qtbot: QtBot, language: str) -> None:
    app = application()
    say_qt_words(app, Texts(RESOURCES / "i18n", language))
    try:
        line = QLineEdit("x")
        qtbot.addWidget(line)
        said = [action.text().split("\t")[0] for action in line.createStandardContextMenu().actions()]
        kinds = BUTTONS.Ok | BUTTONS.Cancel | BUTTONS.Save | BUTTONS.Yes | BUTTONS.No | BUTTONS.Close
        box = QMessageBox(QMessageBox.Icon.Question, "", "", kinds)
        qtbot.addWidget(box)
        said += [button.text() for button in box.buttons()]
        dialog = QFileDialog()
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        qtbot.addWidget(dialog)
        said += [label.text() for label in dialog.findChildren(QLabel)]
        said += dialog.nameFilters()
        english = [word for word in said if re.search(r"[A-Za-z]{2}", word)]
        assert english == []
        assert len([word for word in said if word.strip()]) > 15
        assert any(word in " ".join(said) for word in ("复制", "複製"))
    finally:
        say_qt_words(app, Texts(RESOURCES / "i18n", "en"))
        QApplication.processEvents()
