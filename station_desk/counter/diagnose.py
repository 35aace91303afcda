"""The diagnostics bundle: what whoever helps from afar must know, and nothing of a resident or of staff.

Texts that people typed are told by their length, places by their kind. Each part stands for itself: what
does not open any more is told by its error, the rest is there all the same.
"""

import io
import platform
import shutil
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import msgspec

from station_desk import __version__
from station_desk.core.clock import Clock, stamp
from station_desk.core.diary import pages
from station_desk.core.errors import DeskError
from station_desk.counter.desk import Desk
from station_desk.counter.edition_state import edition_state
from station_desk.counter.printers import chosen_printers, found_printers
from station_desk.counter.settings import settings_now
from station_desk.counter.sync_state import sync_state
from station_desk.printing.printers.address import read_address
from station_desk.store.verify import verify_fast

LIBRARIES = (
    "PySide6", "SQLAlchemy", "alembic", "sqlcipher3", "msgspec", "reportlab", "qrcode", "python-barcode",
    "httpx2", "cryptography", "pypinyin", "pypdfium2", "numpy", "pillow",
)  # fmt: skip
COUNTED = ("events", "cases", "tickets", "dossiers", "commands", "papers")
MOST_REPORTS = 20
TOLD = ("choice", "whole", "list", "hours")
"""The kinds of settings whose values nobody wrote in words."""

Bundle = dict[str, bytes]


def diagnosis(folder: Path, desk: Desk | DeskError | None, clock: Clock) -> Bundle:
    """The files of the bundle by name; `desk` is the error when it could not be opened."""
    parts: dict[str, Callable[[], Any]] = {
        "versions.json": _versions,
        "disk.json": lambda: _disk(folder),
        "clock.json": lambda: {"now": stamp(clock()), "utc": time.time(), "zone": time.tzname},
        "sizes.json": lambda: _sizes(folder, desk),
        "settings.json": lambda: _settings(desk),
        "printers.json": lambda: _printers(_opened(desk)),
        "edition.json": lambda: _edition(_opened(desk)),
        "sync.json": lambda: _sync(_opened(desk)),
        "verify.json": lambda: _verify(_opened(desk)),
    }
    made = {name: _json(_safely(part)) for name, part in parts.items()}
    made["diary.log"] = pages(folder).encode()
    for report in sorted((folder / "reports").glob("bug-*.txt"))[-MOST_REPORTS:]:
        with suppress(OSError):
            made[f"reports/{report.name}"] = report.read_bytes()
    return made


def zipped(bundle: Bundle) -> bytes:
    """The bundle as one file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in bundle.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _opened(desk: Desk | DeskError | None) -> Desk:
    if isinstance(desk, DeskError):
        raise desk
    if desk is None:
        raise LookupError
    return desk


def _safely(part: Callable[[], Any]) -> Any:
    try:
        return part()
    except DeskError as error:
        return {"trouble": error.code}
    except (OSError, LookupError, ValueError) as error:
        return {"trouble": type(error).__name__}


def _versions() -> dict[str, str]:
    found = {"station-desk": __version__, "python": platform.python_version(), "system": platform.platform()}
    for name in LIBRARIES:
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


def _disk(folder: Path) -> dict[str, int]:
    total, _, free = shutil.disk_usage(folder)
    return {"total": total, "free": free}


def _sizes(folder: Path, desk: Desk | DeskError | None) -> dict[str, Any]:
    files = {name: (folder / name).stat().st_size for name in _databases(folder)}
    papers = [paper.stat().st_size for paper in (folder / "papers").glob("*") if paper.is_file()]
    rows: dict[str, Any] = {}
    if isinstance(desk, Desk):
        there = {name for (name,) in desk.store.read("SELECT name FROM sqlite_master WHERE type = 'table'")}
        rows = {
            name: desk.store.read(f"SELECT count(*) FROM {name}")[0][0] for name in COUNTED if name in there
        }
    return {"files": files, "papers": len(papers), "papers_bytes": sum(papers), "rows": rows}


def _databases(folder: Path) -> list[str]:
    return [file.name for file in folder.glob("desk*.db*") if file.is_file()]


def _settings(desk: Desk | DeskError | None) -> dict[str, Any]:
    shown = settings_now(desk if isinstance(desk, Desk) else None)
    return {one.setting.key: one.value if one.setting.kind in TOLD else len(one.value) for one in shown}


def _printers(desk: Desk) -> dict[str, Any]:
    chosen = [
        {
            "kind": one.kind,
            "own": one.own,
            "place": read_address(one.setting.address).kind,
            **{key: value for key, value in msgspec.to_builtins(one.setting).items() if key != "address"},
        }
        for one in chosen_printers(desk)
        if one.setting
    ]
    return {"chosen": chosen, "found": len(found_printers(desk))}


def _edition(desk: Desk) -> Any:
    return edition_state(desk.edition, desk.clock().date())


def _sync(desk: Desk) -> dict[str, Any]:
    state = sync_state(desk.store)
    return {"how": state.how, "events": state.events, "dossiers": state.dossiers, "since": state.since}


def _verify(desk: Desk) -> dict[str, Any]:
    return {"findings": dict(Counter(finding.code for finding in verify_fast(desk.store)))}


def _json(facts: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(facts, enc_hook=str), indent=1)
