"""A start that cannot open the data asks calmly, in three languages, and opens with what was typed."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from station_desk.core import paths
from station_desk.core.clock import now
from station_desk.core.texts import Texts
from station_desk.counter.set_up import SetUp
from station_desk.main.locked_start import LockedStart
from station_desk.main.open_desk import set_up_desk
from station_desk.main.start import Start
from station_desk.store.first_look import first_look
from station_desk.store.profile import Profile
from station_desk.store.vault.changes import Keeping, new_envelope
from station_desk.store.vault.opening import read_key
from station_desk.store.vault.recovery_key import written
from station_desk.store.vault.trouble import KeyAway, PassphraseNeeded
from station_desk.store.vault.typed import unlock
from tests.ui.conftest import LANGUAGES
from tests.ui.test_fits import cut_off
from tests.ui.test_reaching import FOCUS, spoken_name

Lock = Callable[..., LockedStart]
WORDS = "青石桥的桂花开了三遍"


@pytest.fixture(autouse=True)
def own_halves(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Halves of this test alone: it throws them away."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))


@pytest.fixture
def lock(tmp_path: Path, qtbot: QtBot) -> Iterator[Lock]:
    """Starts a profile that was set up with a passphrase, or lost its half of the key."""
    begun: list[LockedStart] = []

    def lock(passphrase: str = "", language: str = "zh-Hans") -> LockedStart:
        folder = tmp_path / "p"
        if not folder.exists():
            wish = SetUp("QSQ001", "青石桥社区公共服务站", "2")
            set_up_desk(folder, wish, "zh-Hans", now, Keeping(passphrase)).store.close()
        say = Texts(paths.RESOURCES / "i18n", language)
        needed: KeyAway | PassphraseNeeded
        try:
            Start(folder, say)
        except (KeyAway, PassphraseNeeded) as error:
            needed = error
        start = LockedStart(folder, needed, say, lambda key, say: Start(folder, say, key=key))
        begun.append(start)
        start.page.activateWindow()
        qtbot.waitUntil(start.page.isActiveWindow)
        return start

    yield lock
    for start in begun:
        if isinstance(start.start, Start):
            start.start.shell.close()
        start.page.close()
        start.close()


def answer(start: LockedStart, qtbot: QtBot, text: str) -> None:
    """Types something and lets it be tried."""
    start.page.line.setText(text)
    QTest.keyClick(start.page.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: start.start is not None or start.page.line.isEnabled(), timeout=20_000)


def at_work(start: LockedStart, qtbot: QtBot) -> None:
    qtbot.waitUntil(
        lambda: isinstance(start.start, Start) and start.start.at_work() is not None, timeout=30_000
    )
    assert not start.page.isVisible()


def test_a_passphrase_opens_the_window_and_a_wrong_one_says_so(lock: Lock, qtbot: QtBot) -> None:
    start = lock(WORDS)
    assert start.page.line.echoMode() is QLineEdit.EchoMode.Password
    answer(start, qtbot, "wrong from the start")
    assert start.start is None
    assert "不对" in start.page.said.text()
    answer(start, qtbot, WORDS)
    at_work(start, qtbot)
    with pytest.raises(PassphraseNeeded):
        read_key(Profile(Path(start._profile.folder)))


def test_the_envelope_opens_it_and_this_pc_opens_by_itself_again(
    lock: Lock, qtbot: QtBot, tmp_path: Path
) -> None:
    set_up_desk(tmp_path / "p", SetUp("QSQ001", "青石桥", "2"), "zh-Hans", now).store.close()
    profile = Profile(tmp_path / "p")
    secret = new_envelope(profile, read_key(profile), date(2026, 11, 20), lambda _secret: None)
    shutil.rmtree(paths.user_keys())
    start = lock()
    groups = written(secret).split("-")
    groups[2] = ("0" if groups[2][0] != "0" else "1") + groups[2][1:]
    answer(start, qtbot, " ".join(groups))
    assert "第 3 组" in start.page.said.text()
    answer(start, qtbot, written(bytes(20)))
    assert "不对" in start.page.said.text()
    answer(start, qtbot, written(secret).lower().replace("-", " "))
    at_work(start, qtbot)
    assert first_look(profile.folder, "2026-11-20").about["name"] == "青石桥"
    assert unlock(profile, written(secret)) == read_key(profile)


def test_the_language_changes_with_what_is_typed_and_nobody_is_named(lock: Lock) -> None:
    start = lock(WORDS)
    start.page.line.setText("half typ")
    start.page.spoken.emit("en")
    assert start.page.windowTitle() == "Open the data"
    assert start.page.line.text() == "half typ"
    texts = [label.text() for label in start.page.findChildren(QWidget) if hasattr(label, "text")]
    assert not any("青石桥" in str(text) for text in texts)


@pytest.mark.parametrize("passphrase", ["", WORDS])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_cut_off_and_each_place_has_a_name(
    lock: Lock, tmp_path: Path, language: str, passphrase: str
) -> None:
    if not passphrase:
        set_up_desk(tmp_path / "p", SetUp("QSQ001", "青石桥", "2"), "zh-Hans", now).store.close()
        shutil.rmtree(paths.user_keys())
    page = lock(passphrase, language).page
    page.resize(1366, 768)
    page.grab()
    assert list(cut_off(page)) == []
    nameless = [
        type(widget).__name__
        for widget in page.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & FOCUS and not spoken_name(widget)
    ]
    assert nameless == []
