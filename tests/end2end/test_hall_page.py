"""The page of the hall in a real browser: nothing cut off, nobody hindered, each call shown and said."""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from station_desk.core import paths
from station_desk.core.clock import now
from station_desk.counter.desk import Desk
from station_desk.counter.hall.content import content_of
from station_desk.counter.hall.watch import HallWatch
from station_desk.counter.queue import CallNext, MoveTicket, TakeTicket, call_next, move_ticket, take_ticket
from station_desk.counter.set_up import SetUp
from station_desk.main.hall.state import HallState
from station_desk.main.hall.web import HallServer
from station_desk.main.open_desk import set_up_desk

pytestmark = pytest.mark.long

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
VIOLATIONS = "axe.run().then(r => r.violations.map(v => [v.id, v.nodes.slice(0, 3).map(n => n.html)]))"
SCREENS = ((1920, 1080), (1366, 768), (3840, 2160), (1080, 1920))
WISHES = ("lang=zh-Hans", "lang=zh-Hant&theme=light", "lang=en&theme=contrast")
CUT_OFF = """() => {
  const unit = Math.min(innerWidth, innerHeight) / 100, bad = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode, range = document.createRange(), owner = text.parentElement;
    if (!text.textContent.trim() || !owner.offsetParent) continue;
    range.selectNodeContents(text);
    const box = owner.closest("section, footer, body").getBoundingClientRect();
    for (const r of range.getClientRects()) {
      const sideways = r.left < box.left - 1 || r.right > box.right + 1;
      if (sideways || r.top < box.top - 1 || r.bottom > box.bottom + unit)
        bad.push(["beyond", text.textContent]);
    }
    const size = parseFloat(getComputedStyle(owner).fontSize);
    if (size < 2.3 * unit) bad.push(["small", text.textContent, size / unit]);
  }
  for (const li of document.querySelectorAll("#steps li, #bring li")) {
    const half = li.parentElement.parentElement.getBoundingClientRect();
    const box = li.getBoundingClientRect();
    if (!li.hidden && box.bottom > half.bottom + 1) bad.push(["below", li.textContent]);
  }
  return bad;
}"""
NEWEST = """() => parseFloat(getComputedStyle(document.getElementById("number")).fontSize)
  / Math.min(innerWidth, innerHeight)"""
FADE = """() => {
  const front = document.getElementById("front");
  front.className = "fading";
  front.hidden = false;
  return getComputedStyle(front).animationName; }"""


@contextmanager
def serving(desk: Desk, port: int = 0) -> Iterator[HallServer]:
    """The page of a desk, in threads of this process."""
    content = content_of(desk.store.profile.folder, desk.catalogue, "zh-Hans", paths.RESOURCES / "i18n")
    state = HallState(content, now)
    watch = HallWatch(desk.store.profile, now, state.on_rows, state.on_trouble)
    server = HallServer("127.0.0.1", port, "", state)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    watch.start()
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        watch.stop()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    wish = SetUp(
        "QSQ001", "青石桥社区公共服务站", "2", "陈立新", "0518-85550101", "青石桥路 8 号", "0518-85550199"
    )
    made = set_up_desk(tmp_path_factory.mktemp("hall") / "profile", wish, "zh-Hans", now)
    made.store.set_about({"public_url": "https://district.example"})
    folder = made.store.profile.folder / "hall"
    folder.mkdir()
    (folder / "hall.toml").write_text(
        'languages = ["zh-Hans", "zh-Hant", "en"]\nhours = "8:30–12:00 14:00–17:30"\npage_seconds = 120\n'
        '[[notice]]\ntext = "十一月二十五日上午停电，来办事的居民请改在当天下午。"\n', "utf-8",
    )  # fmt: skip
    for item in ("SA-001", "LS-001", "HF-001", "FP-001", "DE-009", "CC-001", "CE-001", "HV-001", "SA-002"):
        take_ticket(made, TakeTicket(item), uuid4().hex)
    for number in range(4):
        called = call_next(made, CallNext(), uuid4().hex).answer
        if number == 1:
            move_ticket(made, MoveTicket(called.id, "missed"), uuid4().hex)
    yield made
    made.store.close()


@pytest.fixture(scope="module")
def served(desk: Desk) -> Iterator[str]:
    with serving(desk) as server:
        yield f"http://127.0.0.1:{server.server_port}/"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium")
    assert program, "Chromium is missing; `python3 installer/dev.py test` installs it"
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=arguments)
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    opened: list[Page] = []

    def open_page(url: str, size: tuple[int, int] = (1366, 768)) -> Page:
        page = browser.new_page(viewport={"width": size[0], "height": size[1]})
        opened.append(page)
        page.goto(url)
        wait(page, "document.getElementById('number').textContent !== ''")
        page.evaluate("document.fonts.ready")
        return page

    yield open_page
    for page in opened:
        page.close()


@pytest.mark.parametrize("wish", WISHES)
@pytest.mark.parametrize("size", SCREENS, ids=lambda size: f"{size[0]}x{size[1]}")
def test_nobody_is_kept_out_and_nothing_is_cut_off(
    served: str, open_page: Callable[..., Page], size: tuple[int, int], wish: str
) -> None:
    page = open_page(f"{served}?{wish}", size)
    troubles: list[str] = []
    page.on("console", lambda said: troubles.append(said.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.evaluate(AXE)
    assert page.evaluate(VIOLATIONS) == []
    assert page.evaluate(NEWEST) >= 0.14
    for _ in range(8):
        assert page.evaluate(CUT_OFF) == []
        page.keyboard.press("Space")
    assert troubles == []


def test_a_call_comes_to_the_front_and_is_said_after_one_gesture(
    desk: Desk, served: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(served + "?lang=zh-Hans")
    sounds: list[str] = []
    page.on("request", lambda asked: sounds.append(asked.url) if "/sound/" in asked.url else None)
    page.locator("#speak").click()
    wait(page, "document.getElementById('speak').hidden")
    called = call_next(desk, CallNext(), uuid4().hex).answer
    wait(page, "!document.getElementById('front').hidden")
    assert page.locator("#front-number").inner_text() == called.number
    assert page.locator("#front-where").inner_text() == "请到 2 号窗口"
    assert page.evaluate(CUT_OFF) == []
    page.wait_for_timeout(500)
    assert [url for url in sounds if url.endswith(f"/sound/{called.number}-02.wav")] != []
    move_ticket(desk, MoveTicket(called.id, "done"), uuid4().hex)
    wait(page, "document.getElementById('front').hidden")


def test_a_lost_connection_is_told_and_healed(desk: Desk, open_page: Callable[..., Page]) -> None:
    with serving(desk) as server:
        port = server.server_port
        page = open_page(f"http://127.0.0.1:{port}/?lang=zh-Hans")
        page.route("**/board.json*", lambda route: route.abort())
        take_ticket(desk, TakeTicket("SA-001"), uuid4().hex)
        wait(page, "document.getElementById('foot').className === 'trouble'")
        assert "连接中断" in page.locator("#foot-text").inner_text()
        page.unroute("**/board.json*")
        wait(page, "document.getElementById('foot').className === ''")


def test_whoever_wants_no_movement_gets_none(served: str, browser: Browser) -> None:
    page = browser.new_page(reduced_motion="reduce")
    page.goto(served)
    assert page.evaluate(FADE) == "none"
    page.close()


def test_no_old_browser_is_shut_out_by_new_words() -> None:
    script = (Path(paths.RESOURCES) / "web" / "hall.js").read_text("utf-8")
    assert [
        word for word in ("=>", "let ", "const ", "`", "fetch(", "async ", "...", "?.") if word in script
    ] == []
    style = (Path(paths.RESOURCES) / "web" / "hall.css").read_text("utf-8")
    assert [word for word in ("var(", "grid", "clamp(", "gap:") if word in style] == []


def wait(page: Page, expression: str) -> None:
    """Until it is so. The page forbids what playwright itself would wait by."""
    until = time.monotonic() + 15
    while not page.evaluate(expression):
        assert time.monotonic() < until, expression
        page.wait_for_timeout(30)
