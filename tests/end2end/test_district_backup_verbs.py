"""`district backup`, `restore` and `verify FILE` by command line: what they say, and their exit codes."""

from contextlib import closing
from pathlib import Path

import pytest

from station_desk.district.district import open_district
from tests.end2end.conftest import Run


def test_a_district_goes_into_a_file_and_out_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Run(tmp_path / "profile", capsys)
    old, new, file = str(tmp_path / "old.db"), str(tmp_path / "new.db"), str(tmp_path / "one.backup")
    with closing(open_district(old, name="青石区")) as district:
        epoch = district.epoch
    missing = run.one("district", "backup", file, "--db", old, code=3)
    assert missing["error"] == "district.backup_key_missing"
    told = run.one("district", "backup-key", "--db", old)
    key, paper = str(told["written"]), tmp_path / "paper"
    paper.write_text(f"{key.lower()}\n", "utf-8")
    opened = ("--key-file", str(paper))
    again = run.one("district", "backup-key", "--db", old, code=3)
    assert (again["error"], told["mark"] in str(again)) == ("district.backup_key_there", True)
    assert run.one("district", "backup-key", "x", "--db", old, code=3)["error"] == "district.backup_key_act"
    made = run.one("district", "backup", file, "--db", old)
    assert (made["file"], made["rows"]["event"], made["marks"]) == (file, 0, {})
    assert run.one(*opened, "district", "verify", file)["made_at"] == made["made_at"]
    assert run.one("district", "backup", file, "--db", old, code=3)["error"] == "district.backup_taken"
    assert run.one("district", "backup", "--db", old, code=3)["error"] == "district.backup_needed"
    assert run.one(*opened, "district", "restore", file, "--db", old, code=3)["error"] == "district.not_empty"
    run.one(*opened, "district", "restore", file, "--db", new)
    with closing(open_district(new)) as district:
        assert district.name == "青石区"
        assert district.epoch != epoch
    needed = run.one("district", "verify", file, code=3)
    assert (needed["error"], str(told["mark"]) in str(needed)) == ("district.recovery_key_needed", True)
    paper.write_text(f"{key[:-1]}{'1' if key[-1] != '1' else '2'}", "utf-8")
    assert run.one(*opened, "district", "verify", file, code=3)["error"] == "key.group_wrong"
    paper.write_text(key, "utf-8")
    Path(file).write_bytes(Path(file).read_bytes()[:-20])
    assert run.one(*opened, "district", "verify", file, code=6)["error"] == "district.backup_damaged"
    assert run.one("district", "verify", file + "x", code=5)["error"] == "district.backup_not_readable"
