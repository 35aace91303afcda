"""The head's envelope in the window: made, proved by two groups, put off with a strip that stays."""

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from station_desk.store.vault.ring import read_ring
from station_desk.store.vault.ring_file import write_ring
from station_desk.store.vault.telling import key_state
from station_desk.store.vault.typed import unlock
from station_desk.ui.first_run.envelope_step import ASKED, EnvelopeStep
from station_desk.ui.settings_page.envelope_dialog import EnvelopeDialog
from tests.ui.conftest import LANGUAGES, MakeDesk, OpenWindow
from tests.ui.test_first_run import Begin, begin, shown, step, to
from tests.ui.test_fits import cut_off

pypdfium2: Any = import_module("pypdfium2")

__all__ = ["begin"]


def groups_on(file: Path) -> list[str]:
    """What stands on the sheet, read as the head reads it."""
    text = pypdfium2.PdfDocument(file)[0].get_textpage().get_text_range()
    lines = [line.split() for line in text.splitlines()]
    return [line[1] for line in lines if len(line) == 2 and line[0] in "12345678" and len(line[1]) == 5]


def answer_from(file: Path, made: EnvelopeStep) -> None:
    """Types the two groups that are asked for."""
    groups = groups_on(file)
    made.put({key: groups[place].lower() for key, place in zip(ASKED, made._places, strict=True)})


def test_the_first_run_makes_the_envelope_and_lets_it_be_proved(
    begin: Begin, qtbot: QtBot, tmp_path: Path
) -> None:
    flow = begin().first.flow
    to(flow, qtbot, "envelope")
    step(flow, qtbot, way="save", file="")
    assert flow.answers.step == "envelope"
    assert flow.desk
    step(flow, qtbot, way="save", file=str(flow.desk.store.profile.folder / "x.pdf"))
    assert "x.pdf" in flow.wizard.hint.text()
    step(flow, qtbot, way="save", file=str(tmp_path / "usb/key.pdf"))
    made = shown(flow)
    assert isinstance(made, EnvelopeStep)
    step(flow, qtbot, first="00000", second="")
    assert flow.answers.step == "envelope"
    assert made.boxes["first"].fault.text()
    answer_from(tmp_path / "usb/key.pdf", made)
    step(flow, qtbot)
    assert flow.answers.step == "district"
    profile = flow.desk.store.profile
    assert key_state(profile).proved
    assert unlock(profile, "-".join(groups_on(tmp_path / "usb/key.pdf"))) == profile.key
    assert not any("00000" in file.read_text("latin-1") for file in profile.folder.glob("first-run*"))


def test_put_off_it_is_said_in_the_strip_until_it_is_made_in_the_settings(
    make_desk: MakeDesk, open_on: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = make_desk("zh-Hans")
    profile = desk.store.profile
    ring = read_ring(profile)
    write_ring(profile, replace(ring, wraps=ring.wraps[:1]))
    window = open_on(desk)
    assert "还没有站长的恢复密钥信封" in window.shell.notice.words.text()
    window.shell.show_page("settings")
    window.shell.settings.envelope.click()
    qtbot.waitUntil(lambda: bool(window.shell.settings.findChildren(EnvelopeDialog)), timeout=10_000)
    (dialog,) = window.shell.settings.findChildren(EnvelopeDialog)
    dialog.step.put({"way": "save", "file": str(tmp_path / "key.pdf")})
    dialog.on.click()
    qtbot.waitUntil(dialog.step.is_made, timeout=20_000)
    window.rhythm._minute = -1
    window.rhythm.tick()
    assert "尚未核对" in window.shell.notice.words.text()
    answer_from(tmp_path / "key.pdf", dialog.step)
    dialog.on.click()
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=20_000)
    window.rhythm._minute = -1
    window.rhythm.tick()
    assert not window.shell.notice.isVisible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_the_dialog_is_cut_off(
    make_desk: MakeDesk, open_on: OpenWindow, qtbot: QtBot, language: str
) -> None:
    window = open_on(make_desk(language))
    state = key_state(window.acts.desk.store.profile)
    dialog = EnvelopeDialog(window.acts, state, window.shell.say, window.shell.look, window.shell)
    dialog.step.put({"way": "save"})
    dialog.step.show_made(bytes(20))
    dialog.show()
    qtbot.waitExposed(dialog)
    dialog.grab()
    assert list(cut_off(dialog)) == []
