"""The command line as a script uses it: one command, its exit code, what it printed."""

import json
from pathlib import Path
from typing import Any

import pytest

from station_desk.main.cli import main

FORM = {
    "applicant": {"name": "王秀兰", "id_number": "11010519491231002x", "phone": "13912345678"},
    "answers": {"payment_grade": "500", "payment_mode": "自行缴费"},
    "materials": {"id_card": "brought", "hukou": "shared", "app_form": "brought"},
}


class Run:
    """One command: its exit code and the JSON objects it printed."""

    def __init__(self, profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.profile = profile
        self._capsys = capsys

    def __call__(self, *words: str, code: int = 0) -> list[dict[str, Any]]:
        self._capsys.readouterr()
        assert main(["--profile", str(self.profile), "--json", *words]) == code, self._capsys.readouterr()
        said = self._capsys.readouterr()
        assert "Traceback" not in said.err
        return [json.loads(line) for line in said.out.splitlines()]

    def one(self, *words: str, code: int = 0) -> dict[str, Any]:
        return self(*words, code=code)[-1]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """A counter that was just set up."""
    made = Run(tmp_path / "profile", capsys)
    made(
        "init", "--station", "QSQ001", "--name", "青石桥社区公共服务站", "--counter", "2", "--clerk", "陈立新"
    )
    return made


@pytest.fixture
def form(tmp_path: Path) -> str:
    file = tmp_path / "form.json"
    file.write_text(json.dumps(FORM, ensure_ascii=False), "utf-8")
    return str(file)
