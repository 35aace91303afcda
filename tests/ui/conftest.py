"""What the tests of the windows stand on: a real counter in a folder, with the published catalogue, and its
window.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from pytestqt.qtbot import QtBot

from station_desk.cases.parts import Priority
from station_desk.core.clock import now
from station_desk.counter.desk import Desk
from station_desk.counter.queue import TakeTicket, take_ticket
from station_desk.counter.set_up import SetUp
from station_desk.main.desk import open_window
from station_desk.main.open_desk import set_up_desk
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.store.vault.changes import new_envelope, note_proved
from station_desk.ui.counter_page.request_panel import RequestPanel
from station_desk.ui.look.palette import Theme
from tests.ui.hall_stage import open_hall, recorder

__all__ = ["open_hall", "recorder"]

LANGUAGES = ("zh-Hans", "zh-Hant", "en")
QUEUE: tuple[tuple[str, Priority], ...] = (
    ("SA-001", "elderly"),
    ("SA-005", "normal"),
    ("LS-001", "normal"),
    ("FP-001", "emergency"),
    ("HF-001", "pregnant"),
    ("CC-001", "normal"),
    ("DE-009", "disabled"),
)

GOOD = {
    "applicant.id_number": "11010519491231002X",
    "applicant.name": "王秀兰",
    "applicant.phone": "13912345678",
    "applicant.address": "青石桥社区 3 组 12 号",
}
ANSWERS = {
    "text": "说明",
    "long_text": "说明",
    "date": "2026-01-05",
    "integer": "1",
    "money": "600",
    "yes_no": "yes",
    "phone": "13912345678",
    "citizen_id": "11010519491231002X",
}

MakeDesk = Callable[[str], Desk]
OpenWindow = Callable[..., Window]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The screenless platform warns that it has no window manager to tell the smallest size to."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))


def with_envelope(desk: Desk) -> None:
    """The head has the envelope in the safe: nothing stands in the strip."""
    profile = desk.store.profile
    new_envelope(profile, profile.key, desk.clock().date(), lambda _secret: None)
    note_proved(profile)


@pytest.fixture
def make_desk(tmp_path: Path) -> Iterator[MakeDesk]:
    """Sets up a counter that speaks a language, with a queue of real items."""
    made: list[Desk] = []

    def make(language: str) -> Desk:
        wish = SetUp("QSQ001", "青石桥社区公共服务站", "2", "陈立新", "0518-85550101", "青石桥路 8 号")
        desk = set_up_desk(tmp_path / f"profile-{language}", wish, language, now)
        with_envelope(desk)
        made.append(desk)
        return desk

    yield make
    for desk in made:
        desk.store.close()


@pytest.fixture
def desk(make_desk: MakeDesk) -> Desk:
    """A counter with nobody in its queue."""
    return make_desk("zh-Hans")


@pytest.fixture
def open_on(qtbot: QtBot) -> Iterator[OpenWindow]:
    """Opens the window of a desk and lets it come to rest."""
    opened: list[Window] = []

    def open_on(desk: Desk, theme: Theme = "light", factor: float = 1.0) -> Window:
        window = open_window(desk, theme, factor)
        opened.append(window)
        window.shell.activateWindow()
        settle(window)
        return window

    yield open_on
    for window in opened:
        window.shell.close()
        reports = list(window.reports.glob("*"))
        assert reports == [], f"the window met a mistake of ours: {[file.read_text() for file in reports]}"
        window.shell.deleteLater()


@pytest.fixture
def window(desk: Desk, open_on: OpenWindow) -> Window:
    """The window of a counter with people waiting."""
    fill_queue(desk)
    return open_on(desk)


def fill_queue(desk: Desk) -> None:
    """People come for real items, some with priority."""
    for item, priority in QUEUE:
        take_ticket(desk, TakeTicket(item, priority), uuid4().hex)


def in_hand(window: Window) -> RequestPanel:
    """The request that lies on the counter."""
    panel = window.shell.counter.handling.area.current()
    assert panel is not None
    return panel


def open_request(window: Window, item: str) -> RequestPanel:
    """Lays a request for an item on the counter, without a ticket."""
    window.shell.counter.handling.begin_without_ticket(item, with_agent=False)
    settle(window)
    return in_hand(window)


def fill(panel: RequestPanel, desk: Desk) -> None:
    """Fills everything that must be filled, as a resident with all papers would."""
    for key, text in GOOD.items():
        panel.form.boxes[key].put(text)
    for asked in panel.draft.item.field:
        kind = desk.catalogue.fields[asked.key]
        if asked.required and asked.key in panel.form.boxes:
            panel.form.boxes[asked.key].put(ANSWERS.get(kind.kind) or kind.choices[0].hans)
    for key in panel.beside.rows:
        panel.beside.rows[key].tick.click()
