"""What a program asked of the system while it ran: its writes and syncs in a folder, and what it said.

Taken with strace, so that nothing of the program under trial is touched.
"""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

TRACED = (
    "openat,open,creat,write,writev,pwrite64,pwritev,ftruncate,fsync,fdatasync,sync_file_range,fallocate,"
    "rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,link,linkat,copy_file_range,sendfile"
)
CALL = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
PLACE = re.compile(r"^(-?\d+|AT_FDCWD)<((?:\\x[0-9a-f]{2})*)>")
NEVER_NEEDED = ("-shm", "/reserve.part", "/reserve.bin")
"""The shared index lies in memory only and is made anew at each opening; the reserve holds nothing."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call: `what` is made, write, size, sync, rename, unlink or said.

    `data` is what was written at `at`; of a rename, `other` is the new name.
    """

    what: str
    path: str
    at: int = 0
    data: bytes = b""
    other: str = ""


def has_strace() -> bool:
    """Whether calls can be watched here: some containers forbid it."""
    if not shutil.which("strace"):
        return False
    return subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], check=False).returncode == 0


def watched(folder: Path, arguments: list[str], given: bytes, log: Path) -> list[Call]:
    """Runs `station-desk` with these arguments and answers what it did within the folder, and said."""
    command = ["strace", "-f", "-qq", "-xx", "-y", "-s", "4194304", "--seccomp-bpf", "-o", str(log)]
    command += ["-e", f"trace={TRACED}", sys.executable, "-m", "station_desk", *arguments]
    done = subprocess.run(command, input=given, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return calls_in(log.read_text("ascii"), str(folder.resolve()))


def calls_in(log: str, folder: str) -> list[Call]:
    """The calls of a log that concern a folder, and what was said on standard output."""
    found = []
    for line in log.splitlines():
        match = CALL.match(line)
        if not match or "unfinished" in line:
            assert "+++" in line or "---" in line, f"not understood: {line[:200]}"
            continue
        if match[3].startswith("-"):
            continue
        call = _call(match[1], match[2], int(match[3]))
        if call and (call.what == "said" or call.path.startswith(folder)):
            found.append(call)
    return found


def _call(name: str, words: str, result: int) -> Call | None:
    texts = [_text(found) for found in TEXT.findall(words)]
    place = PLACE.match(words)
    path = _text(place[2]).decode(errors="replace").removesuffix(" (deleted)") if place else ""
    if path.endswith(NEVER_NEEDED):
        return None
    match name:
        case "openat" | "open" | "creat":
            named = _joined(path, texts[-1])
            made = "O_CREAT" in words or name == "creat"
            return Call("made", named) if made and not named.endswith(NEVER_NEEDED) else None
        case "write" if place and place[1] == "1":
            return Call("said", "", data=texts[-1])
        case "pwrite64":
            return Call("write", path, int(words.rsplit(", ", 1)[1]), texts[-1][:result])
        case "ftruncate":
            return Call("size", path, int(words.rsplit(", ", 1)[1]))
        case "fsync" | "fdatasync":
            return Call("sync", path)
        case "rename" | "renameat" | "renameat2":
            old, new = (text.decode() for text in texts[-2:])
            return None if old.endswith(NEVER_NEEDED) else Call("rename", old, other=new)
        case "unlink" | "unlinkat":
            named = _joined(path, texts[-1])
            return None if named.endswith(NEVER_NEEDED) else Call("unlink", named)
        case "mkdir" | "mkdirat":
            return Call("folder", _joined(path, texts[-1]))
        case _:
            return Call("unknown", path, data=name.encode())


def _joined(folder: str, name: bytes) -> str:
    return str(Path(folder) / name.decode(errors="replace"))


def _text(written: str | bytes) -> bytes:
    plain = written if isinstance(written, str) else written.decode()
    return bytes.fromhex(plain.replace("\\x", ""))
