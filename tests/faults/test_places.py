"""A counter is made on the PC's own disk only: network folders and what a cloud carries away are named."""

from pathlib import Path

import pytest

from station_desk.core.clock import now
from station_desk.main.open_desk import open_desk
from station_desk.store import place
from station_desk.store.desk_store import create_store
from station_desk.store.place import CloudFolder, cloud_of, mount_kind, network_kind
from station_desk.store.profile import Profile
from tests.faults.desk_process import said

MOUNTS = r"""
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:40 / /home/desk/Office\040share rw,relatime shared:2 - nfs4 10.1.2.3:/export rw,vers=4.2
31 22 0:41 / /mnt/district rw,relatime - cifs //district/share rw
32 31 8:2 / /mnt/district/local rw - ext4 /dev/sdb1 rw
33 22 0:42 / /mnt/twice rw - ext4 /dev/sdc1 rw
34 33 0:43 / /mnt/twice rw - fuse.sshfs host:/ rw
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/desk/profile", "ext4"),
        ("/home/desk/Office share/profile", "nfs4"),
        ("/home/desk/Office share", "nfs4"),
        ("/home/desk/Office shared", "ext4"),
        ("/mnt/district/p", "cifs"),
        ("/mnt/district/local/p", "ext4"),
        ("/mnt/twice", "fuse.sshfs"),
    ],
)
def test_the_nearest_and_newest_mount_tells(folder: str, kind: str) -> None:
    assert mount_kind(folder, MOUNTS) == kind


def test_a_unc_path_is_a_network_folder() -> None:
    assert network_kind(Path(r"\\server\share\profile")) == "UNC"


def test_this_disk_is_no_network_and_no_cloud(tmp_path: Path) -> None:
    assert (network_kind(tmp_path / "not yet there"), cloud_of(tmp_path / "not yet there")) == ("", "")


@pytest.mark.parametrize(
    ("folder", "cloud"),
    [
        ("OneDrive/profile", "OneDrive"),
        ("OneDrive - 青石桥街道/desk/profile", "OneDrive"),
        ("Dropbox/profile", "Dropbox"),
        ("iCloudDrive/profile", "iCloud"),
        ("Library/Mobile Documents/com~apple~CloudDocs/p", "iCloud"),
        ("坚果云/profile", "坚果云"),
        ("我的坚果云/a/b/c", "坚果云"),
        ("Nutstore/1/我的坚果云", "坚果云"),
        ("百度网盘/profile", "百度网盘"),
        ("BaiduNetdiskWorkspace/profile", "百度网盘"),
        ("Google Drive/p", "Google Drive"),
        ("WPS云盘/p", "WPS 云盘"),
        ("my dropbox notes/profile", ""),
        ("desk/profile", ""),
    ],
)
def test_the_folder_of_a_cloud_is_known_by_its_name(tmp_path: Path, folder: str, cloud: str) -> None:
    assert cloud_of(tmp_path / folder) == cloud


@pytest.mark.parametrize("mark", place.CLOUD_MARKS)
def test_a_renamed_one_is_known_by_what_lies_in_it(tmp_path: Path, mark: str) -> None:
    (tmp_path / "own name" / mark).mkdir(parents=True)
    assert cloud_of(tmp_path / "own name" / "a" / "profile") == place.CLOUD_MARKS[mark]


def test_windows_tells_where_its_onedrive_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "work"))
    assert (cloud_of(tmp_path / "work" / "p"), cloud_of(tmp_path / "p")) == ("OneDrive", "")


def test_a_link_into_a_cloud_is_followed(tmp_path: Path) -> None:
    (tmp_path / "Dropbox" / "real").mkdir(parents=True)
    (tmp_path / "desk").symlink_to(tmp_path / "Dropbox" / "real")
    with pytest.raises(CloudFolder):
        create_store(tmp_path / "desk", {}, "w", now)
    assert list((tmp_path / "Dropbox" / "real").iterdir()) == []


def test_init_refuses_and_makes_nothing(tmp_path: Path) -> None:
    wish = ("init", "--station", "QSQ001", "--name", "x", "--counter", "1")
    code, _, errors = said(tmp_path / "坚果云" / "profile", *wish)
    assert (code, "坚果云" in errors, "own disk" in errors) == (3, True, True)
    assert list(tmp_path.iterdir()) == []


def test_one_that_came_into_a_cloud_later_opens_and_warns(counter: Profile, tmp_path: Path) -> None:
    moved = tmp_path / "OneDrive" / "profile"
    moved.parent.mkdir()
    counter.folder.rename(moved)
    open_desk(moved, "en", now).store.close()
    code, output, _ = said(moved, "status")
    assert (code, "OneDrive" in output) == (0, True)
