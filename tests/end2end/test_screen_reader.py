"""A clerk who cannot see the window hears what is in it and can work it: on a real bus and a real screen."""

import subprocess
from pathlib import Path

import pytest

from tests.end2end.accessible_window import DESK, read_aloud, when

pytestmark = pytest.mark.long


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """A counter at which somebody waits."""
    profile = tmp_path / "profile"
    begin = ["init", "--station", "QSQ001", "--name", "青石桥社区公共服务站", "--counter", "2"]
    for command in (begin, ["ticket", "take", "--item", "SA-001"]):
        subprocess.run([DESK, "--profile", str(profile), *command], check=True, capture_output=True)
    return profile


@pytest.mark.timeout(240)
def test_the_counter_page_is_read_aloud_and_worked_without_being_seen(profile: Path) -> None:
    with read_aloud(profile) as reader:
        when(reader, "push button", "单机办理")
        said = when(reader, "list item", "A001")
        assert said.name == "station-desk"
        windows = [part for part in said.parts if part.showing]
        assert [(one.role, one.name.split(" · ")[0]) for one in windows] == [
            ("frame", "青石桥社区公共服务站")
        ]
        assert said.named("list") == ["排队"]
        waits = next(name for name in said.named("list item") if name.startswith("A001"))
        assert "最低生活保障" in waits
        assert "等候" in waits
        buttons = said.named("push button")
        assert "" not in buttons
        call = next(one for one in said.all() if one.role == "push button" and one.name == "叫下一位")
        reader.press(call)
        said = when(reader, "text", "公民身份号码")
        assert "" not in said.named("text")
        assert any(name.startswith("还差 9 项") for name in said.named("push button"))
