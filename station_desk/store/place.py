"""Where a profile must not lie: in a network folder, whose locks lie, or where a cloud copies its files.

Named by what the system says of the mount, by the names that cloud programs give their folders, and by the
files they leave in them. SQLite's log needs shared memory, which no network folder has.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from station_desk.core.errors import RuleError, TroubleError

NETWORK_KINDS = frozenset({
    "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "ncp", "afs", "afpfs", "coda", "ceph",
    "glusterfs", "lustre", "gpfs", "davfs", "webdav", "fuse.sshfs", "fuse.davfs", "fuse.davfs2",
    "fuse.rclone", "fuse.gvfsd-fuse", "fuse.glusterfs", "fuse.smbnetfs", "fuse.s3fs", "fuse.curlftpfs",
    "fuse.nfs", "fuse.cifs", "fuse.juicefs", "fuse.google-drive-ocamlfuse",
})  # fmt: skip
CLOUD_NAMES: Mapping[str, str] = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "iclouddrive": "iCloud",
    "icloud drive": "iCloud",
    "mobile documents": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "坚果云": "坚果云",
    "我的坚果云": "坚果云",
    "nutstore": "坚果云",
    "nutstore files": "坚果云",
    "百度网盘": "百度网盘",
    "百度云": "百度网盘",
    "百度网盘同步空间": "百度网盘",
    "baidunetdisk": "百度网盘",
    "baidunetdiskworkspace": "百度网盘",
    "baidusyncdisk": "百度网盘",
    "阿里云盘": "阿里云盘",
    "aliyundrive": "阿里云盘",
    "腾讯微云": "腾讯微云",
    "微云同步助手": "腾讯微云",
    "weiyun": "腾讯微云",
    "wps云盘": "WPS 云盘",
    "wpsdrive": "WPS 云盘",
    "wps cloud files": "WPS 云盘",
    "天翼云盘": "天翼云盘",
    "360云盘": "360 云盘",
    "synologydrive": "Synology Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
}
"""Names of folders in small letters, and the cloud they belong to; companies append theirs to OneDrive."""
CLOUD_MARKS: Mapping[str, str] = {
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
    ".dropbox.cache": "Dropbox",
    ".stfolder": "Syncthing",
    ".owncloudsync.log": "ownCloud",
    ".nextcloudsync.log": "Nextcloud",
    ".SynologyWorkingDirectory": "Synology Drive",
}
"""What such programs leave at the top of the folder they carry away. Dropbox and 坚果云 keep folders named
`.dropbox` and `.nutstore` in a home that is not carried away: those are no marks.
"""
CLOUD_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
MOUNTS = Path("/proc/self/mountinfo")
UNC = ("\\\\", "//") if sys.platform == "win32" else "\\\\"
REMOTE_DRIVE = 4


class NetworkFolder(RuleError):
    code = "store.network_folder"


class CloudFolder(RuleError):
    code = "store.cloud_folder"


class OnNetwork(TroubleError):
    code = "store.on_network"


def require_own_disk(folder: Path) -> None:
    """Before a profile is made. Raises NetworkFolder, CloudFolder."""
    if kind := network_kind(folder):
        raise NetworkFolder(path=folder, kind=kind)
    if cloud := cloud_of(folder):
        raise CloudFolder(path=folder, cloud=cloud)


def require_no_network(folder: Path) -> None:
    """Before a profile is opened: in a network folder two PCs could write at once. Raises OnNetwork."""
    if kind := network_kind(folder):
        raise OnNetwork(path=folder, kind=kind)


def network_kind(folder: Path) -> str:
    """Over which protocol a folder is reached, empty on a disk of this PC."""
    if str(folder).startswith(UNC):
        return "UNC"
    place = os.path.realpath(folder)
    if sys.platform == "win32":
        return "SMB" if _is_remote_drive(place) else ""
    try:
        kind = mount_kind(place, MOUNTS.read_text("utf-8", errors="surrogateescape"))
    except OSError:
        return ""
    return kind if kind in NETWORK_KINDS else ""


def mount_kind(place: str, mounts: str) -> str:
    """The kind of file system that a place lies on, as the list of mounts tells it."""
    best, found = -1, ""
    for line in mounts.splitlines():
        left, separator, right = line.partition(" - ")
        words = left.split(" ")
        if not separator or len(words) < 5:
            continue
        point = _unescaped(words[4])
        inside = place == point or place.startswith(point.rstrip("/") + "/")
        # A later mount on the same point hides the earlier one.
        if inside and len(point) >= best:
            best, found = len(point), right.split(" ")[0]
    return found


def cloud_of(folder: Path) -> str:
    """Which cloud program carries a folder away, empty when none is known to."""
    place = Path(os.path.realpath(folder))
    for above in (place, *place.parents):
        name = above.name.casefold()
        if cloud := CLOUD_NAMES.get(name) or ("OneDrive" if name.startswith("onedrive - ") else ""):
            return cloud
        for mark, cloud in CLOUD_MARKS.items():
            if _is_there(above / mark):
                return cloud
    return "OneDrive" if any(place.is_relative_to(root) for root in _cloud_roots()) else ""


def _cloud_roots() -> Iterator[Path]:
    for variable in CLOUD_VARIABLES:
        if root := os.environ.get(variable):
            yield Path(os.path.realpath(root))


def _is_there(mark: Path) -> bool:
    try:
        return mark.exists()
    except OSError:
        return False


def _unescaped(point: str) -> str:
    for code, sign in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        point = point.replace(code, sign)
    return point


def _is_remote_drive(place: str) -> bool:
    import ctypes

    windows = getattr(ctypes, "windll", None)
    return windows is not None and windows.kernel32.GetDriveTypeW(place[:3]) == REMOTE_DRIVE
