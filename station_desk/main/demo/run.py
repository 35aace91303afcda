"""The demonstration as one command: sets up a station and its district, tells the story, and reckons."""

import os
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from station_desk.catalogue.calendar import read_calendar
from station_desk.core import paths
from station_desk.core.errors import RuleError, TroubleError
from station_desk.counter.desk import Desk
from station_desk.counter.envelope import deliver_envelope, envelope_pdf
from station_desk.counter.set_up import SetUp
from station_desk.counter.sync_now import introduce, sync_or_raise
from station_desk.district.enrolment import new_enrol_code
from station_desk.main.demo.closing import read_back, reckon
from station_desk.main.demo.days import FIRST_DAY, SECOND_DAY, DemoClock, morning
from station_desk.main.demo.story import Story
from station_desk.main.demo.visits import VISITS
from station_desk.main.district import Served
from station_desk.main.open_desk import set_up_desk
from station_desk.main.said import Said
from station_desk.printing.printers.folder import FolderPrinter
from station_desk.printing.printers.printer import always
from station_desk.store.lists import case_count
from station_desk.store.profile import Profile
from station_desk.store.trouble import KeyMissing
from station_desk.store.vault.changes import Keeping, forget_profile, new_envelope, note_proved

MARK, ENVELOPE = ".station-desk-demo", "recovery-key.pdf"
STATION = SetUp(
    "QSQ001", "青石桥社区公共服务站", "2", "陈立新", "010-55550123", "青石桥路 18 号", "010-55550199"
)  # fmt: skip
STEPS = ("set_up", "queue", "work", "pictures", "sync", "read_back", "reckon")


class FolderNotWritable(TroubleError):
    code = "demo.folder_unwritable"


class FolderUsed(RuleError):
    code = "demo.folder_used"


def run_demo(out: Path, language: str, said: Said, *, may_open_window: bool) -> int:
    """Runs the demonstration into `out`; 0 when printed = stored = acknowledged, else 1.

    Raises FolderUsed for a folder that is neither empty nor left by an earlier demonstration.
    """
    began = time.monotonic()
    make_room(out)
    said.progress(said.texts("demo.begin", folder=out))
    with Served(f"sqlite:///{out.absolute() / 'district.db'}") as district:
        _step(said, "set_up")
        clock = DemoClock(morning(read_calendar(paths.FORMS), FIRST_DAY))
        desk = _enrolled_desk(out, language, said, district, clock)
        try:
            unequal = _tell_and_reckon(desk, clock, out, said)
        finally:
            desk.store.close()
        said.progress(said.texts("demo.where", papers=out / "papers", pictures=out / "pictures"))
        if unequal:
            said.tell({"ok": False, "unequal": unequal}, "demo.unequal", what=unequal)
            return 1
        said.tell({"ok": True}, "demo.equal", seconds=time.monotonic() - began)
        if may_open_window and is_seen():
            from station_desk.main.desk import run_desk

            said.progress(said.texts("demo.window"))
            return run_desk(out / "station", language)
    return 0


def is_seen() -> bool:
    """Whether somebody could see a window: a display is there and Qt does not paint into memory only."""
    from station_desk.main.desk import has_display

    return has_display() and os.environ.get("QT_QPA_PLATFORM", "") not in ("offscreen", "minimal")


def make_room(out: Path) -> None:
    """An empty folder for a demonstration. Raises FolderUsed, FolderNotWritable."""
    try:
        if out.exists() and any(out.iterdir()) and not (out / MARK).exists():
            raise FolderUsed(folder=out)
        with suppress(KeyMissing):
            forget_profile(Profile(out / "station"))
        for name in ("station", "papers", "pictures"):
            shutil.rmtree(out / name, ignore_errors=True)
        out.mkdir(parents=True, exist_ok=True)
        for left in out.glob("district.db*"):
            left.unlink()
        (out / ENVELOPE).unlink(missing_ok=True)
        (out / MARK).touch()
    except OSError as error:
        raise FolderNotWritable(folder=out, why=error.strerror or str(error)) from error


def _enrolled_desk(out: Path, language: str, said: Said, district: Served, clock: DemoClock) -> Desk:
    desk = set_up_desk(out / "station", STATION, language, clock, Keeping(way="file"))
    # The head's envelope, as the first run would have it made.
    write = deliver_envelope(desk, out / ENVELOPE)
    profile = desk.store.profile
    new_envelope(profile, profile.key, clock().date(), lambda secret: write(envelope_pdf(desk, secret)))
    note_proved(profile)
    enrolled, station = introduce(desk, district.url, new_enrol_code(district.district, STATION.code))
    said.progress(
        said.texts(
            "demo.set_up",
            name=station.name,
            counter=station.counter_name,
            url=district.url,
            device=enrolled.device,
        )
    )
    return replace(desk, station=station, printer_for=always(FolderPrinter(out / "papers")))


def _tell_and_reckon(desk: Desk, clock: DemoClock, out: Path, said: Said) -> str:
    story = Story(desk, clock, said)
    _step(said, "queue")
    second_day = morning(desk.calendar, SECOND_DAY)
    story.morning(tuple(visit for visit in VISITS if visit.until != "open"))
    _sync(desk, said)
    _step(said, "work")
    story.work(second_day)
    story.morning(tuple(visit for visit in VISITS if visit.until == "open"))
    story.work_until_now()
    counts = case_count(desk.store)
    said.progress(
        said.texts(
            "demo.worked",
            done=counts.get("delivered", 0),
            open=counts.get("processing", 0),
            refused=story.refused,
        )
    )
    story.queue_for_the_window()
    _step(said, "pictures")
    _take_pictures(out, desk.texts.language)
    _step(said, "sync")
    _sync(desk, said)
    _step(said, "read_back")
    read = []
    for paper in read_back(desk, out / "papers"):
        read.append(paper)
        qr = "✓" if paper.url else said.texts("demo.no_trace")
        key = "demo.page_wrong" if paper.wrong else "demo.page"
        stage = paper.stage if paper.url else "—"
        said.progress(said.texts(key, number=paper.case.number, qr=qr, stage=stage, why=paper.wrong))
    _step(said, "reckon")
    reckoning = reckon(desk, out / "papers", read)
    said.progress(said.texts("demo.table.head"))
    for key, row in (("cases", reckoning.cases), ("done", reckoning.dossiers)):
        printed, stored, known = row
        said.progress(said.texts(f"demo.table.{key}", printed=printed, stored=stored, acknowledged=known))
    return reckoning.unequal


def _sync(desk: Desk, said: Said) -> None:
    report = sync_or_raise(desk, lambda _: None)
    held = report.marks.marks.values()
    events, dossiers = sum(mark.head.seq for mark in held), sum(mark.dossiers for mark in held)
    said.progress(said.texts("demo.synced", events=events, dossiers=dossiers))


def _take_pictures(out: Path, language: str) -> None:
    # In a process of its own: Qt's platform is chosen once, and the window may yet open on a real display.
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [
        sys.executable,
        "-m",
        "station_desk.main.demo.pictures",
        str(out / "station"),
        str(out / "pictures"),
    ]
    subprocess.run([*command, language], env=environment, check=True)  # noqa: S603 - ourselves, no shell


def _step(said: Said, name: str) -> None:
    number = STEPS.index(name) + 1
    said.progress(said.texts("demo.step", step=number, of=len(STEPS), what=said.texts(f"demo.what.{name}")))
