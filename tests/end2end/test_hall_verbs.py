"""The page of the hall as it is served: least data, nobody from elsewhere, a call there within a second."""

import json
import os
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from station_desk.core import paths
from station_desk.counter.hall.voice import announcement
from station_desk.main.hall_verbs import CODE, HallCodeWeak, code_for, is_loopback
from tests.end2end.conftest import Run

SERVE_SECONDS = 60


class Page:
    """A served page as a television sees it."""

    def __init__(self, url: str, said: list[str]) -> None:
        self.url = url
        self.said = said

    def get(self, name: str = "", **headers: str) -> tuple[int, bytes, dict[str, str]]:
        asked = urllib.request.Request(self.url + name, headers=headers)
        try:
            with urllib.request.urlopen(asked, timeout=30) as answer:
                return answer.status, answer.read(), dict(answer.headers)
        except urllib.error.HTTPError as error:
            return error.code, error.read(), dict(error.headers)

    def json(self, name: str) -> Any:
        return json.loads(self.get(name)[1])


@contextmanager
def served(profile: Path, *more: str) -> Iterator[Page]:
    """The verb in a process of its own, ended as a service manager does it.

    Not by SIGINT: whoever was started in the background by a shell ignores that, and so do its children.
    """
    command = [
        sys.executable,
        "-m",
        "station_desk",
        "--profile",
        str(profile),
        "hall",
        "--serve",
        "--port",
        "0",
    ]
    process = subprocess.Popen(
        [*command, *more, "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout
    late = threading.Timer(SERVE_SECONDS, process.kill)
    late.start()
    said = process.stdout.readline()
    try:
        yield Page(json.loads(said)["url"], [said])
    finally:
        process.terminate()
        rest, trouble = process.communicate(timeout=30)
        late.cancel()
        assert (process.returncode, rest, trouble) == (0, "", "")


def test_a_call_of_another_process_is_on_the_page_within_a_second(run: Run) -> None:
    run.one("ticket", "take", "--item", "SA-001")
    run.one("ticket", "take", "--item", "CC-001")
    with served(run.profile) as page:
        board = seen_by(page, lambda board: board["boards"]["zh-Hans"]["groups"])
        assert [group["count"] for group in board["boards"]["zh-Hans"]["groups"]] == [1]
        told: list[tuple[float, Any]] = []

        def wait() -> None:
            said = page.json(f"board.json?seen={board['version']}")
            told.append((time.time(), said))

        waiting = threading.Thread(target=wait)
        waiting.start()
        time.sleep(0.3)
        run.one("ticket", "call", "--category", "social_assistance")
        called = time.time()
        waiting.join(timeout=20)
        at, said = told[0]
        assert [call["number"] for call in said["boards"]["zh-Hans"]["calls"]] == ["A001"]
        print(
            f"from the end of the call's process to the page: {(at - called) * 1000:.0f} ms (asked for: 1000)"
        )
        assert "CC-001" not in json.dumps(said)


def test_the_page_asks_nothing_from_outside_and_may_not_be_framed(run: Run) -> None:
    with served(run.profile) as page:
        status, body, headers = page.get()
        policy = headers["Content-Security-Policy"]
        assert (status, "default-src 'none'" in policy, "frame-ancestors 'none'" in policy) == (
            200,
            True,
            True,
        )
        assert (headers["Referrer-Policy"], headers["X-Content-Type-Options"]) == ("no-referrer", "nosniff")
        assert b"http://" not in body.replace(b"http://www.w3.org", b"")
        assert b"<script>" not in body
        assert b" style=" not in body
        for name in ("hall.css", "hall.js", "pages.json", "NotoSansSC-Common-Bold.ttf", "icon.svg"):
            assert page.get(name)[0] == 200, name
        for name in (
            "../desk.db",
            "hall.html",
            "qr.svg",
            "sound/A012.wav",
            "sound/../x.wav",
            "%2e%2e/key.json",
            "x",
        ):
            assert page.get(name)[0] == 404, name
        assert page.get("hall.css?theme=light")[1] != page.get("hall.css")[1]
        assert page.get(Host="elsewhere.example")[0] == 404


def test_the_sound_of_the_page_is_the_sound_of_the_window(run: Run) -> None:
    with served(run.profile) as page:
        _, sound, headers = page.get("sound/A012-3.wav")
        assert headers["Content-Type"] == "audio/wav"
        assert sound == announcement(paths.RESOURCES / "sounds", "A012", "3", ("cmn",), 80)
        with wave.open(BytesIO(page.get("sound/chime.wav")[1])) as chime:
            assert chime.getnframes() / chime.getframerate() == pytest.approx(1.25, abs=0.01)


def test_beyond_this_machine_every_address_begins_with_a_code(run: Run) -> None:
    with served(run.profile, "--host", "0.0.0.0", "--code", "our-hall-2026") as page:
        assert page.url.endswith("/our-hall-2026/")
        port = page.url.split("/")[2].rpartition(":")[2]
        near = Page(f"http://127.0.0.1:{port}/our-hall-2026/", [])
        assert near.get(Host="192.168.1.9:8471")[0] == 200
        for wrong in ("", "our-hall-2025/", "our-hall-2026", "pages.json"):
            assert Page(f"http://127.0.0.1:{port}/{wrong}", []).get()[0] == 404, wrong


def test_a_code_is_made_where_none_is_asked_for_and_a_weak_one_refused() -> None:
    assert code_for("127.0.0.1", "") == code_for("::1", "") == code_for("localhost", "") == ""
    made = {code_for("0.0.0.0", "") for _ in range(50)}
    assert len(made) == 50
    assert all(CODE.fullmatch(code) for code in made)
    assert not is_loopback("192.168.1.9")
    for weak in ("1234567", "with space", "a/b/c/d/e", "中文中文中文中文"):
        with pytest.raises(HallCodeWeak):
            code_for("127.0.0.1", weak)


def test_a_mistake_is_told_in_a_sentence(run: Run, tmp_path: Path) -> None:
    assert run("hall", "--serve", "--port", "99999", code=5)[0]["error"] == "hall.port_taken"
    folder = run.profile / "hall"
    folder.mkdir()
    (folder / "hall.toml").write_text("theme = 7\n", "utf-8")
    assert run("hall", "--serve", "--port", "0", code=3)[0]["error"] == "hall.settings_unreadable"


def test_without_a_screen_the_window_says_so(run: Run) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb"}
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "station_desk", "--profile", str(run.profile), "hall"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, bool(done.stderr)) == (5, "", True)


def seen_by(page: Page, good: Any) -> Any:
    board = page.json("board.json")
    until = time.monotonic() + 20
    while not good(board) and time.monotonic() < until:
        board = page.json(f"board.json?seen={board['version']}")
    return board
