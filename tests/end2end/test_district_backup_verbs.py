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
    made = run.one("district", "backup", file, "--db", old)
    assert (made["file"], made["rows"]["event"], made["marks"]) == (file, 0, {})
    assert run.one("district", "verify", file)["made_at"] == made["made_at"]
    assert run.one("district", "backup", file, "--db", old, code=3)["error"] == "district.backup_taken"
    assert run.one("district", "backup", "--db", old, code=3)["error"] == "district.backup_needed"
    assert run.one("district", "restore", file, "--db", old, code=3)["error"] == "district.not_empty"
    run.one("district", "restore", file, "--db", new)
    with closing(open_district(new)) as district:
        assert district.name == "青石区"
        assert district.epoch != epoch
    Path(file).write_bytes(Path(file).read_bytes()[:-20])
    assert run.one("district", "verify", file, code=6)["error"] == "district.backup_damaged"
    assert run.one("district", "verify", file + "x", code=5)["error"] == "district.backup_not_readable"
