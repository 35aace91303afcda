"""A folder is changed as a whole or not at all, whatever breaks in between."""

import itertools
import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from station_desk.core.all_or_nothing import JOURNAL, ChangeUnderWay, change_all, is_broken_off, undo

OLD = {
    "a.toml": b"old a",
    "items/x/b.toml": b"old b",
    "items/x/gone.toml": b"old gone",
    "c.toml": b"stays",
}
CHANGES: Mapping[str, bytes | None] = {
    "a.toml": b"new a",
    "items/x/b.toml": b"new b",
    "items/x/gone.toml": None,
    "items/y/fresh.toml": b"new",
}
NEW = {"a.toml": b"new a", "items/x/b.toml": b"new b", "items/y/fresh.toml": b"new", "c.toml": b"stays"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lay(tmp_path)
    return tmp_path


def lay(folder: Path) -> None:
    for name, content in OLD.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def standing(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def test_all_changes_are_made_and_nothing_else_is_left(folder: Path) -> None:
    (folder / "a.toml").chmod(0o640)
    change_all(folder, CHANGES)
    assert standing(folder) == NEW
    assert stat.S_IMODE((folder / "a.toml").stat().st_mode) == 0o640
    assert not is_broken_off(folder)


def test_no_change_is_no_trouble(folder: Path) -> None:
    change_all(folder, {})
    assert standing(folder) == OLD


def test_a_change_that_cannot_be_made_leaves_everything_as_it_was(folder: Path) -> None:
    with pytest.raises(OSError, match=r"b\.toml"):
        change_all(folder, {**CHANGES, "items/x/b.toml/below.toml": b"a file is no folder"})
    assert standing(folder) == OLD


@pytest.mark.parametrize("room", range(9))
def test_a_full_disk_leaves_everything_as_it_was(
    folder: Path, room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = itertools.count()

    def fill(_: int) -> None:
        if next(written) >= room:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fill)
    with pytest.raises(OSError, match="No space"):
        change_all(folder, CHANGES)
    monkeypatch.undo()
    undo(folder)
    assert standing(folder) == OLD


@pytest.mark.long
@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a copy of this very process")
def test_killed_at_any_step_the_folder_is_old_or_new_once_it_was_looked_at(folder: Path) -> None:
    seen: list[dict[str, bytes]] = []
    for step in itertools.count(1):
        finished = changed_unless_killed_at(step, folder)
        assert is_broken_off(folder) or standing(folder) in (OLD, NEW) or not_begun(folder)
        undo(folder)
        seen.append({name: content for name, content in standing(folder).items() if name in {**OLD, **NEW}})
        for name in NEW:
            (folder / name).unlink(missing_ok=True)
        lay(folder)
        if finished:
            break
    assert len(seen) > 30
    assert all(files in (OLD, NEW) for files in seen)
    assert (seen[0], seen[-1]) == (OLD, NEW)
    change_all(folder, CHANGES)
    assert standing(folder) == NEW, "what was left half-way is cleared away"


def not_begun(folder: Path) -> bool:
    """Whether only hidden files tell that somebody was there."""
    return {name: content for name, content in standing(folder).items() if not name.startswith(".")} in (
        OLD,
        NEW,
    )


def changed_unless_killed_at(step: int, folder: Path) -> bool:
    """Changes the folder in a copy of this process, which dies before it touches it for the step-th time."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    touched = 0

    def die(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal touched
        if event.startswith(("open", "os.", "shutil.")) and str(folder) in f"{arguments}":
            touched += 1
            if touched == step:
                os._exit(9)

    try:
        sys.addaudithook(die)
        change_all(folder, CHANGES)
        os._exit(0)
    finally:
        os._exit(1)


def test_an_undoing_that_was_broken_off_is_gone_on_with(folder: Path) -> None:
    change_all(folder, CHANGES)
    journal = folder / JOURNAL
    (journal / "old" / "items" / "x").mkdir(parents=True)
    (journal / "old" / "items" / "x" / "b.toml").write_bytes(b"old b")
    (journal / "names").write_text("old a.toml\nold items/x/b.toml\nnew items/y/fresh.toml\n", "utf-8")
    assert undo(folder)
    assert standing(folder) == {"a.toml": b"new a", "items/x/b.toml": b"old b", "c.toml": b"stays"}
    assert not undo(folder)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a lock is between two processes")
def test_two_do_not_change_a_folder_at_once(folder: Path) -> None:
    ready, go_on = os.pipe(), os.pipe()
    child = os.fork()
    if not child:

        def wait(event: str, arguments: tuple[object, ...]) -> None:
            if event == "os.rename" and JOURNAL in f"{arguments}" and "part" in f"{arguments}":
                os.write(ready[1], b".")
                os.read(go_on[0], 1)

        sys.addaudithook(wait)
        change_all(folder, CHANGES)
        os._exit(0)
    os.read(ready[0], 1)
    with pytest.raises(ChangeUnderWay):
        change_all(folder, {"c.toml": b"mine"})
    os.write(go_on[1], b".")
    assert os.waitpid(child, 0)[1] == 0
    assert standing(folder) == NEW
    for end in (*ready, *go_on):
        os.close(end)
