"""From nothing to the first receipt: by keys alone, interrupted anywhere, by the rules of `init`."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from station_desk.core import paths
from station_desk.core.clock import now
from station_desk.core.errors import RuleError
from station_desk.core.settings import keep_on_pc
from station_desk.core.texts import Texts
from station_desk.counter.key_words import together, words_of_counter
from station_desk.counter.set_up import SetUp, facts_of, word_fault
from station_desk.district.enrolment import new_enrol_code
from station_desk.main.district import Served
from station_desk.main.first_steps import FirstSteps
from station_desk.main.open_desk import open_desk, set_up_desk
from station_desk.main.screenshots import settle
from station_desk.ui.counter_page.request_panel import RequestPanel
from station_desk.ui.first_run.answers import FILE, STEPS
from station_desk.ui.first_run.fields import Fields
from station_desk.ui.first_run.flow import Flow
from station_desk.ui.shared.key_button import KeyButton
from tests.ui.conftest import ANSWERS, GOOD
from tests.ui.test_fits import cut_off
from tests.ui.test_reaching import FOCUS, spoken_name

Begin = Callable[..., FirstSteps]
KEY = Qt.Key
STATION = {"code": "QSQ001", "name": "青石桥社区公共服务站"}


@pytest.fixture
def begin(tmp_path: Path, qtbot: QtBot) -> Iterator[Begin]:
    """Begins the first run of a folder."""
    begun: list[FirstSteps] = []

    def begin(folder: str = "new", language: str = "zh-Hans") -> FirstSteps:
        place = tmp_path / folder
        place.mkdir(exist_ok=True)
        start = FirstSteps(place, Texts(paths.RESOURCES / "i18n", language))
        begun.append(start)
        wizard = start.first.flow.wizard
        wizard.activateWindow()
        qtbot.waitUntil(wizard.isActiveWindow)
        return start

    yield begin
    for start in begun:
        if start.start:
            start.start.shell.close()
        start.first.flow.wizard.close()
        start.close()


def rest(flow: Flow, qtbot: QtBot) -> None:
    """Waits until nothing is under way."""
    qtbot.waitUntil(flow.tasks.is_idle, timeout=20_000)
    # Without a window manager nobody gives the focus back when the lists of the step before are gone.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.wait(50)
    flow.wizard.activateWindow()
    qtbot.waitUntil(lambda: not flow.wizard.isVisible() or flow.wizard.isActiveWindow())


def shown(flow: Flow) -> Fields:
    """The step that is asked now."""
    assert flow.wizard.fields
    return flow.wizard.fields


def step(flow: Flow, qtbot: QtBot, **values: str) -> None:
    """Answers the step that is shown and goes on."""
    shown(flow).put(values)
    flow.wizard.on.emit()
    rest(flow, qtbot)


def to(flow: Flow, qtbot: QtBot, name: str) -> None:
    """Goes on to a step with the usual answers."""
    answers = {"station": STATION, "counter": {"counter": "2"}}
    for _ in STEPS:
        if flow.answers.step != name:
            step(flow, qtbot, **answers.get(flow.answers.step, {}))
    assert flow.answers.step == name, flow.wizard.hint.text()


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
def test_from_nothing_to_the_first_receipt_by_keys_alone(begin: Begin, qtbot: QtBot) -> None:
    began = monotonic()
    start = begin()
    flow, pressed = start.first.flow, 0

    def keys(text: str, *after: Qt.Key) -> None:
        nonlocal pressed
        window = start.start.shell if start.start else flow.wizard
        target = window.focusWidget()
        assert target is not None
        QTest.keyClicks(target, text)
        for key in after:
            QTest.keyClick(window.focusWidget(), key)
        pressed += len(text) + len(after)

    keys("QSQ001", KEY.Key_Return)
    keys("Qingshiqiao", KEY.Key_Return, KEY.Key_Return, KEY.Key_Return, KEY.Key_Return)
    keys("2", KEY.Key_Return)
    keys("Chen Lixin", KEY.Key_Return)
    for name in STEPS[2:]:
        rest(flow, qtbot)
        assert flow.answers.step == name
        keys("", KEY.Key_F9)
    qtbot.waitUntil(lambda: bool(start.start and start.start.at_work()), timeout=30_000)
    assert start.start
    window = start.start.at_work()
    assert window
    settle(window)
    panel = window.shell.counter.handling.area.current()
    assert panel
    assert "F9" in window.shell.banner.sentence()
    fill_by_keys(panel, keys)
    QTest.keyClick(window.shell, KEY.Key_F9)
    settle(window)
    papers = list(window.acts.desk.store.profile.papers.iterdir())
    assert len(papers) == 1, panel.hint.text()
    assert not (window.reports.parent / FILE).exists()
    assert monotonic() - began < 180
    assert pressed < 200, pressed
    print("first run:", pressed, "keys", round(monotonic() - began, 1), "s")


def fill_by_keys(panel: RequestPanel, keys: Callable[..., None]) -> None:
    """Types what the form asks for, as the focus leads through it."""
    form = panel.form
    for place, box in form.boxes.items():
        if box.isHidden() or not box.label.text().endswith("*"):
            continue
        box.take_focus()
        target = box.editor.targets()[0]
        if isinstance(target, QComboBox):
            keys("", KEY.Key_Down)
        elif isinstance(target, QLineEdit):
            ascii_only = {"applicant.name": "Wang Xiulan"}
            kind = panel._catalogue.fields.get(place)
            text = ascii_only.get(place) or GOOD.get(place) or ANSWERS[kind.kind if kind else "text"]
            keys(text if text.isascii() else "text")
        else:
            keys("text")
    for row in panel.beside.rows.values():
        row.tick.setFocus()
        keys(" ")


@pytest.mark.parametrize("name", STEPS)
def test_it_goes_on_where_it_was_left(begin: Begin, qtbot: QtBot, name: str) -> None:
    flow = begin().first.flow
    to(flow, qtbot, name)
    if name == "district":
        shown(flow).put({"way": "enrol", "server": "https://a.example", "code": "SECRET-1"})
    flow.wizard.close()
    kept = (flow.answers._file).read_text("utf-8")
    assert "SECRET" not in kept
    again = begin().first.flow
    assert again.answers.step == name
    assert (again.desk is not None) == (name not in ("station", "counter"))
    if name == "district":
        assert shown(again).values()["server"] == "https://a.example"
        shown(again).put({"way": "alone"})
    to(again, qtbot, "first")


def test_back_keeps_what_was_typed_and_closes_what_is_final(begin: Begin, qtbot: QtBot) -> None:
    flow = begin().first.flow
    to(flow, qtbot, "account")
    flow.wizard.back.emit()
    shown(flow).put({"clerk": "王五"})
    assert not shown(flow).boxes["counter"].isEnabled()
    flow.wizard.back.emit()
    assert shown(flow).values()["name"] == STATION["name"]
    assert not shown(flow).boxes["code"].isEnabled()
    step(flow, qtbot, name="新名称")
    step(flow, qtbot)
    assert flow.desk
    about = flow.desk.store.about()
    assert (about["name"], about["clerk"], about["station"]) == ("新名称", "王五", "QSQ001")


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_made(begin: Begin, qtbot: QtBot) -> None:
    start = begin()
    flow = start.first.flow
    step(flow, qtbot, code="QS", name="")
    assert flow.answers.step == "station"
    boxes = shown(flow).boxes
    assert "QS" in boxes["code"].fault.text()
    assert boxes["name"].fault.text()
    assert boxes["code"].has_focus()
    step(flow, qtbot, **STATION)
    step(flow, qtbot, counter="100")
    assert flow.answers.step == "counter"
    assert flow.desk is None


@pytest.mark.parametrize("part", ["code", "name", "phone", "address", "complaint_phone", "counter", "clerk"])
@pytest.mark.parametrize(
    "text", ["", " ", "QSQ001", "qsq001", "7", "07", "0", "00", "100", "𠮷" * 200, "a\u200bb"]
)
def test_it_refuses_what_init_refuses_and_nothing_else(part: str, text: str) -> None:
    wish = SetUp(**{"code": "AAA001", "name": "-", "counter": "1", part: text})
    try:
        facts_of(wish)
        refused = False
    except RuleError:
        refused = True
    assert (word_fault(part, text) is not None) == refused


def test_a_district_that_does_not_answer_is_said_and_alone_goes_on(begin: Begin, qtbot: QtBot) -> None:
    flow = begin().first.flow
    to(flow, qtbot, "district")
    step(flow, qtbot, way="enrol", server="http://127.0.0.1:1", code="ABCD")
    assert flow.answers.step == "district"
    assert "127.0.0.1:1" in flow.wizard.hint.text()
    step(flow, qtbot, way="alone")
    assert flow.answers.step == "edition"


def test_a_file_that_is_no_edition_is_said(begin: Begin, qtbot: QtBot, tmp_path: Path) -> None:
    flow = begin().first.flow
    to(flow, qtbot, "edition")
    (tmp_path / "x.zip").write_bytes(b"nothing")
    step(flow, qtbot, way="file", root="", file=str(tmp_path / "x.zip"))
    assert flow.answers.step == "edition"
    assert flow.wizard.hint.text()
    step(flow, qtbot, way="shipped")
    assert flow.answers.step == "first"


def test_a_file_may_be_chosen_instead_of_typed(begin: Begin, qtbot: QtBot, tmp_path: Path) -> None:
    flow = begin().first.flow
    to(flow, qtbot, "edition")
    shown(flow).put({"way": "file"})
    file = tmp_path / "2026.12.zip"
    file.write_bytes(b"nothing")
    browse = [button for button in shown(flow).boxes["file"].findChildren(KeyButton) if button.isVisible()]
    browse[0].click()
    (dialog,) = shown(flow).findChildren(QFileDialog)
    dialog.fileSelected.emit(str(file))
    dialog.close()
    assert shown(flow).values()["file"] == str(file)
    assert shown(flow).first_fault() == ""


def test_a_counter_made_by_init_is_not_asked_again(begin: Begin, tmp_path: Path, qtbot: QtBot) -> None:
    set_up_desk(tmp_path / "made", SetUp("QSQ001", "站", "3"), "zh-Hans", now).store.close()
    (tmp_path / "made" / FILE).write_text(json.dumps({"step": "station", "station": 5}), "utf-8")
    flow = begin("made").first.flow
    assert flow.answers.step == "account"
    to(flow, qtbot, "first")
    flow.wizard.later.emit()
    qtbot.waitUntil(lambda: not (tmp_path / "made" / FILE).exists(), timeout=10_000)
    desk = open_desk(tmp_path / "made", "zh-Hans", now)
    assert desk.station.counter == "03"
    desk.store.close()


def test_it_enrols_with_a_district_and_back_does_not_enrol_again(
    begin: Begin, qtbot: QtBot, tmp_path: Path
) -> None:
    with Served(f"sqlite:///{tmp_path / 'district.db'}") as district:
        flow = begin().first.flow
        to(flow, qtbot, "district")
        code = new_enrol_code(district.district, "QSQ001")
        step(flow, qtbot, way="enrol", server=district.url, code=code)
        assert flow.answers.step == "edition", flow.wizard.hint.text()
        assert flow.desk
        assert flow.desk.store.about()["district_url"] == district.url
        words = together(words_of_counter(flow.desk), flow.say())
        assert words in flow.wizard.hint.text()
        flow.wizard.back.emit()
        assert district.url in shown(flow).note.text()
        assert words in shown(flow).note.text()
        step(flow, qtbot)
        assert flow.answers.step == "edition"
        flow.close()


KILLED = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from station_desk.main.desk import run_desk
from station_desk.main.start import application

def look():
    for wizard in application().topLevelWidgets():
        if getattr(wizard, "fields", None):
            timer.stop()
            wizard.fields.put({"code": "QSQ001", "name": "青石桥"})
            QTimer.singleShot(900, lambda: os.kill(os.getpid(), 9))

timer = QTimer(application(), interval=20)
timer.timeout.connect(look)
timer.start()
run_desk(Path(sys.argv[1]), "zh-Hans")
"""


def test_a_power_cut_a_second_after_typing_loses_nothing(begin: Begin, tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path / "new")]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    assert done.returncode == -9
    assert shown(begin().first.flow).values()["name"] == "青石桥"


def test_each_place_of_the_focus_has_a_name(begin: Begin, qtbot: QtBot) -> None:
    flow = begin().first.flow
    for name in STEPS:
        to(flow, qtbot, name)
        nameless = [
            type(widget).__name__
            for widget in flow.wizard.findChildren(QWidget)
            if widget.isVisible() and widget.focusPolicy() & FOCUS and not spoken_name(widget)
        ]
        assert nameless == [], name


@pytest.mark.long
@pytest.mark.parametrize(("language", "factor"), [("zh-Hans", "1"), ("zh-Hant", "1.25"), ("en", "1.5")])
def test_no_word_is_cut_off(begin: Begin, qtbot: QtBot, language: str, factor: str) -> None:
    keep_on_pc({"look.text_size": factor, "language": language, "look.theme": "dark"})
    flow = begin(language=language).first.flow
    flow.wizard.resize(1366, 768)
    for name in STEPS:
        to(flow, qtbot, name)
        QApplication.processEvents()
        assert list(cut_off(flow.wizard)) == [], name
        assert (flow.wizard.width(), flow.wizard.height()) == (1366, 768)


def test_the_language_changes_with_what_is_typed(begin: Begin, qtbot: QtBot) -> None:
    flow = begin().first.flow
    shown(flow).put({"name": "青石桥"})
    flow.wizard.here.emit("language", "en")
    assert flow.wizard.windowTitle() == "First run"
    assert shown(flow).values()["name"] == "青石桥"
