"""A disk that loses its power: what was not synced is dropped, torn or comes in another order.

The model: a sync of a file brings what was written to it before, and its size. A sync of a folder, or of any
file, brings the names that were made, changed or taken away before it, in their order; of later ones a random
first part survives, as a journal of the file system keeps them.
"""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.faults.system_log import Call

SECTOR = 512
LUCK = (0.0, 0.1, 0.5, 0.9, 1.0)
"""With which chance each unsynced write of a cut survives: none, few, half, most, all."""


@dataclass(slots=True)
class Inode:
    """A file: its content as the program sees it is `synced` with the calls of `waiting` upon it."""

    synced: bytearray = field(default_factory=bytearray)
    waiting: list[Call] = field(default_factory=list)


@dataclass(slots=True)
class Disk:
    """Names and files on the platter, and what waits in memory to get there."""

    platter: dict[str, Inode] = field(default_factory=dict)
    names: dict[str, Inode] = field(default_factory=dict)
    waiting: list[tuple[Call, Inode | None]] = field(default_factory=list)

    def do(self, call: Call) -> None:
        """What one call of the program changes in memory and on the platter."""
        match call.what:
            case "made" if call.path not in self.names:
                self.names[call.path] = made = Inode()
                self.waiting.append((call, made))
            case "write" | "size":
                self.names[call.path].waiting.append(call)
            case "unlink":
                self.names.pop(call.path, None)
                self.waiting.append((call, None))
            case "rename":
                self.names[call.other] = moved = self.names.pop(call.path)
                self.waiting.append((call, moved))
            case "sync":
                self._sync(call.path)
            case "unknown" if call.path in self.names:
                raise AssertionError(f"the model of the disk does not know {call.data!r}")
            case _:
                pass

    def _sync(self, path: str) -> None:
        for call, inode in self.waiting:
            _rename(self.platter, call, inode)
        self.waiting.clear()
        if inode := self.names.get(path):
            for call in inode.waiting:
                _write(inode.synced, call)
            inode.waiting.clear()

    def after_cut(self, dice: Random) -> dict[str, bytes]:
        """The files as they are found when the power is back."""
        found = dict(self.platter)
        for call, inode in self.waiting[: dice.randint(0, len(self.waiting))]:
            _rename(found, call, inode)
        luck = dice.choice(LUCK)
        return {path: bytes(_survived(inode, luck, dice)) for path, inode in found.items()}


def disk_of(folder: Path) -> Disk:
    """A disk on which everything in the folder was brought down long ago."""
    names = {
        str(file.resolve()): Inode(bytearray(file.read_bytes()))
        for file in folder.rglob("*")
        if file.is_file()
    }
    return Disk(dict(names), dict(names))


def cuts(
    calls: Sequence[Call], base: Path, wanted: int, dice: Random
) -> Iterator[tuple[dict[str, bytes], bytes]]:
    """What is found after so many cuts at random moments, and what the program had said by then."""
    moments = sorted(dice.choices(range(1, len(calls) + 1), k=wanted))
    disk, said, done = disk_of(base), b"", 0
    for moment in moments:
        for call in calls[done:moment]:
            disk.do(call)
            said += call.data if call.what == "said" else b""
        done = moment
        yield disk.after_cut(dice), said


def lying(calls: Sequence[Call]) -> list[Call]:
    """The same run on a disk that only says that it has synced."""
    return [call for call in calls if call.what != "sync"]


def lay(files: dict[str, bytes], base: Path, folder: Path) -> None:
    """Makes `folder` what was found of `base`."""
    shutil.rmtree(folder, ignore_errors=True)
    for path, content in files.items():
        target = folder / Path(path).relative_to(base.resolve())
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _survived(inode: Inode, luck: float, dice: Random) -> bytearray:
    content = bytearray(inode.synced)
    chosen = [call for call in inode.waiting if dice.random() < luck]
    # What was not synced may reach the platter in any order.
    dice.shuffle(chosen)
    for call in chosen:
        _write(content, _torn(call, dice) if dice.random() < 0.3 else call)
    return content


def _torn(call: Call, dice: Random) -> Call:
    """Only the first, or only the last sectors of a write."""
    if call.what != "write" or len(call.data) <= SECTOR:
        return call
    middle = dice.randrange(SECTOR, len(call.data), SECTOR)
    if dice.random() < 0.5:
        return Call("write", call.path, call.at, call.data[:middle])
    return Call("write", call.path, call.at + middle, call.data[middle:])


def _write(content: bytearray, call: Call) -> None:
    if call.what == "size":
        del content[call.at :]
        content.extend(bytes(call.at - len(content)))
        return
    if len(content) < call.at:
        content.extend(bytes(call.at - len(content)))
    content[call.at : call.at + len(call.data)] = call.data


def _rename(names: dict[str, Inode], call: Call, inode: Inode | None) -> None:
    match call.what:
        case "made" if inode:
            names[call.path] = inode
        case "unlink":
            names.pop(call.path, None)
        case "rename" if inode:
            names.pop(call.path, None)
            names[call.other] = inode
        case _:
            pass
