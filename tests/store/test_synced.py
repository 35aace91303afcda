"""What is called done lies on the disk: each file and each rename is synced before anybody is told."""

import os
from pathlib import Path

import pytest

from station_desk.core.whole_file import write_whole
from station_desk.counter.desk import Desk
from station_desk.store.backups.making import make_backup

Synced = list[int]


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> Synced:
    """The files and folders that were brought to the disk by Python, in order (by inode)."""
    seen: Synced = []
    honest = os.fsync

    def noting(handle: int) -> None:
        seen.append(os.fstat(handle).st_ino)
        honest(handle)

    monkeypatch.setattr(os, "fsync", noting)
    return seen


def inode(place: Path) -> int:
    return place.stat().st_ino


def test_a_whole_file_is_synced_and_then_its_name(tmp_path: Path, synced: Synced) -> None:
    write_whole(b"key", tmp_path / "key.json")
    assert synced == [inode(tmp_path / "key.json"), inode(tmp_path)]


def test_all_of_a_backup_is_synced_before_it_is_called_one(
    desk: Desk, tmp_path: Path, synced: Synced
) -> None:
    made = make_backup(desk.store, tmp_path / "stick" / "backup-1", desk.clock, lambda *_: None).folder
    inside = [made, *made.rglob("*")]
    assert len(inside) > 3
    assert [place.name for place in inside if inode(place) not in synced] == []
    # The last of all is the folder that knows it by its name.
    assert synced[-1] == inode(made.parent)
    assert synced[-3:-1] == [inode(made / "backup.json"), inode(made)]
