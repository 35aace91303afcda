"""No dialog is larger than a small screen and none cuts a word off, at the largest text, in each language."""

import ast

import pytest
from PySide6.QtWidgets import QDialog

from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from tests.house.tree import rooms
from tests.ui.conftest import LANGUAGES, MakeDesk, OpenWindow
from tests.ui.dialogs import dialog_named, openings, prepared
from tests.ui.test_case_pages import accepted
from tests.ui.test_fits import cut_off

SMALL = (1366, 768)
BY_THEMSELVES = {"BugPage", "CertificateDialog"}
"""Opened by what goes wrong, and only with items that make certificates: they have tests of their own."""


def fitting(window: Window, only: tuple[str, ...] = ()) -> list[str]:
    """What does not fit, of all dialogs."""
    window.shell.resize(*SMALL)
    prepared(window)
    faults = []
    for name, show in openings(window):
        if only and name not in only:
            continue
        show()
        settle(window)
        dialog = dialog_named(window, name)
        if dialog.width() > SMALL[0] or dialog.height() > SMALL[1]:
            faults.append(f"{name} is {dialog.width()} x {dialog.height()}")
        faults += [f"{name}: {one}" for one in cut_off(dialog)]
        dialog.done(QDialog.DialogCode.Rejected)
        settle(window)
    return faults


@pytest.mark.qt_log_ignore("does not support raise", "propagateSizeHints", extend=True)
def test_the_tallest_dialogs_fit(make_desk: MakeDesk, open_on: OpenWindow) -> None:
    window = open_on(make_desk("en"), "light", 1.5)
    assert fitting(window, ("CareDialog", "ResidentDialog", "StaffDialog", "Confirm")) == []


@pytest.mark.long
@pytest.mark.qt_log_ignore("does not support raise", "propagateSizeHints", extend=True)
@pytest.mark.parametrize("factor", [1.0, 1.25, 1.5])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_dialog_fits(make_desk: MakeDesk, open_on: OpenWindow, language: str, factor: float) -> None:
    window = open_on(make_desk(language), "contrast", factor)
    assert fitting(window) == []


def test_no_dialog_is_left_out(window: Window) -> None:
    made = {
        node.name
        for tree in rooms().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        and any(isinstance(one, ast.Name) and one.id == "QDialog" for one in node.bases)
    }
    assert made == {name for name, _ in openings(window)} | BY_THEMSELVES


def test_a_strip_above_leaves_room_for_a_row_and_every_act(make_desk: MakeDesk, open_on: OpenWindow) -> None:
    desk = make_desk("en")
    accepted(desk, "SA-001", "欧阳娜娜")
    window = open_on(desk, "light", 1.5)
    shell = window.shell
    shell.resize(*SMALL)
    shell.banner.tell(shell.say("backup.old", made="2026-03-02 08:00"), "warn")
    shell.show_page("progress")
    settle(window)
    assert list(cut_off(shell)) == []
    table = shell.progress.table
    # Its words whole; of what is under them a little may be gone.
    assert table.viewport().height() >= table.rowHeight(0) * 0.85
    assert shell.progress.panel.contents.toolTip(), "its key stands in the tip"
