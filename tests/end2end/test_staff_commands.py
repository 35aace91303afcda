"""Accounts by the command line: who acts is proved, or nothing is done and the exit code is 7."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HEAD, CLERK, AUDITOR = "陈立新", "王小梅", "周审"
SECRETS = {HEAD: "river-lamp-oak", CLERK: "three-old-boats", AUDITOR: "quiet-blue-door"}


class Station:
    """The program run on one profile, as another program would run it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.run("init", "--station", "QSQ001", "--name", "青石桥社区公共服务站", "--counter", "2")

    def run(self, *words: str, said: str = "", **environment: str) -> tuple[int, list[dict[str, Any]]]:
        """The exit code, and what was said as JSON."""
        done = subprocess.run(
            [sys.executable, "-m", "station_desk", "--profile", str(self.folder / "p"), "--json", *words],
            capture_output=True, text=True, check=False, input=said, env={**os.environ, **environment},
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]

    def as_(self, name: str, *words: str, said: str = "") -> tuple[int, list[dict[str, Any]]]:
        """The same, signed in by a password file."""
        file = self.folder / "secret"
        file.write_text(SECRETS[name] + "\n", "utf-8")
        return self.run("--as", name, "--password-file", str(file), *words, said=said)

    def add(self, name: str, role: str, by: str = "") -> int:
        """A new account."""
        new = self.folder / "new"
        new.write_text(SECRETS[name], "utf-8")
        words = ("staff", "add", name, "--role", role, "--new-password-file", str(new))
        return (self.as_(by, *words) if by else self.run(*words))[0]


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return Station(tmp_path)


@pytest.mark.long
def test_accounts_from_the_first_to_the_auditor(station: Station) -> None:
    assert station.run("ticket", "take", "--item", "SA-001")[0] == 0
    assert station.run("staff", "list") == (0, [{"accounts": []}])
    assert station.add(CLERK, "clerk") == 3
    assert station.add(HEAD, "head") == 0
    assert station.add(CLERK, "clerk") == 7
    assert station.add(CLERK, "clerk", by=HEAD) == 0
    assert station.add(AUDITOR, "auditor", by=HEAD) == 0

    code, (told,) = station.run("ticket", "take", "--item", "SA-001")
    assert (code, told["error"]) == (7, "staff.sign_in_first")
    assert station.run("cases")[0] == 7
    assert station.run("dump")[0] == 7
    assert station.run("status")[0] == 0
    assert station.run("verify", "--deep")[0] == 0

    assert station.as_(CLERK, "ticket", "call")[0] == 0
    code, (told,) = station.as_(AUDITOR, "ticket", "take", "--item", "SA-001")
    assert (code, told["error"]) == (3, "rights.not_allowed")
    assert station.as_(AUDITOR, "cases")[0] == 0
    code, (told,) = station.as_(CLERK, "staff", "disable", AUDITOR)
    assert (code, told["error"]) == (3, "staff.only_the_head")
    code, (told,) = station.run("staff", "recover", HEAD)
    assert (code, told["error"]) == (7, "staff.envelope_needed")


def test_a_batch_signs_in_once_and_the_log_says_who(station: Station) -> None:
    station.add(HEAD, "head")
    station.add(CLERK, "clerk", by=HEAD)
    line = json.dumps({"id": "a", "do": "take_ticket", "with": {"item": "SA-001"}}) + "\n"
    assert station.run("batch", said=line)[0] == 7
    code, (done,) = station.as_(CLERK, "batch", said=line)
    assert (code, done["ok"]) == (0, True)
    told = station.run("dump", STATION_DESK_AS=HEAD, STATION_DESK_PASSWORD=SECRETS[HEAD])[1]
    events = [one["event"] for one in told if "event" in one]
    assert [one["actor"] for one in events if one["kind"] == "ticket.taken"] == [CLERK]
    assert not any(secret in json.dumps(told, ensure_ascii=False) for secret in SECRETS.values())


@pytest.mark.long
def test_wrong_passwords_wait_and_the_head_unlocks(station: Station) -> None:
    station.add(HEAD, "head")
    station.add(CLERK, "clerk", by=HEAD)
    codes = [
        station.run("cases", STATION_DESK_AS=CLERK, STATION_DESK_PASSWORD="not-it-at-all") for _ in range(6)
    ]
    assert [code for code, _ in codes] == [7] * 6
    assert [told[0]["error"] for _, told in codes] == ["staff.not_right"] * 4 + ["staff.wait_first"] * 2
    assert station.as_(CLERK, "cases")[1][0]["error"] == "staff.wait_first"
    assert station.as_(HEAD, "staff", "unlock", CLERK)[0] == 0
    assert station.as_(CLERK, "cases")[0] == 0
    code, (told,) = station.run("--as", CLERK, "cases")
    assert (code, told["error"]) == (7, "staff.secret_needed")
