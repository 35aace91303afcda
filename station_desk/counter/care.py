"""How it stands with backups, drills and what came back from the district, in sentences for the head."""

from dataclasses import dataclass
from pathlib import Path

from station_desk.core.errors import TroubleError
from station_desk.core.texts import Say
from station_desk.counter.backing_up import BackupState, age_words, backup_state, known_backups
from station_desk.counter.call_backs import NOBODY_WAITS, Waiting, waiting_call_backs
from station_desk.counter.checks import checked_words
from station_desk.counter.day_close import close_of
from station_desk.counter.desk import Desk
from station_desk.store.backups.kept import Backup
from station_desk.store.log import RESTORED_LACKED, RESTORED_SEEN
from station_desk.store.parting import PARTED_AT, PARTED_EVENTS
from station_desk.store.taking_back import BACK_ASIDE, BACK_AT, BACK_BARE, BACK_EVENTS

MEGABYTE = 1_000_000
CLOSING_PRINTER = "papers"


@dataclass(frozen=True, slots=True)
class Cared:
    """What the page of backups and checks shows; `newest` (of `made`) is what a restore would take."""

    sentences: tuple[str, ...]
    backups: tuple[str, ...]
    newest: Path | None
    made: str
    calls: Waiting = NOBODY_WAITS


def care_now(desk: Desk) -> Cared:
    """How it stands, from the folders and the profile itself."""
    say, state, found = desk.texts, backup_state(desk), known_backups(desk)
    lines = tuple(backup_line(backup, say) for backup in found)
    newest = found[0] if found else None
    made = newest.manifest.at[:16].replace("T", " ") if newest else ""
    checked = checked_words(desk.store.about(), say, desk.clock())
    sentences = (*_state_words(state, say), checked, *_back_words(desk, say))
    return Cared(sentences, lines, newest.folder if newest else None, made, waiting_call_backs(desk))


def backup_line(backup: Backup, say: Say) -> str:
    """A backup on one line."""
    told = backup.manifest
    return say(
        "backup.line", at=told.at[:19].replace("T", " "), events=told.events, cases=told.cases,
        size=round(told.size / MEGABYTE, 1), folder=backup.folder,
    )  # fmt: skip


def print_closing(desk: Desk, day: str) -> str:
    """Prints the closing sheet of a day; the sentence says how that went. The day stays closed either way."""
    from datetime import date

    from station_desk.counter.day_papers import closing_pdf

    try:
        pdf = closing_pdf(desk, close_of(desk, date.fromisoformat(day)))
        desk.printer_for(CLOSING_PRINTER).send(pdf, f"closing-{day}")
    except TroubleError as trouble:
        return desk.texts.error(trouble)
    return desk.texts("backup.day.printed")


def _state_words(state: BackupState, say: Say) -> list[str]:
    told = [age_words(say, state)]
    if not state.on:
        told.append(say("backup.off"))
    if state.trouble:
        told.append(state.trouble)
    elif state.second_made:
        told.append(say("backup.second_at", at=state.second_made[:16].replace("T", " ")))
    drilled = state.drilled[:16].replace("T", " ")
    told.append(say("backup.drilled_at", at=drilled) if drilled else say("backup.never_drilled"))
    return told


def _back_words(desk: Desk, say: Say) -> list[str]:
    """What came back after a restore of this PC or of the district, and what did not."""
    about = desk.store.about()
    copied = []
    if about.get(RESTORED_SEEN):
        at, lacked = about[RESTORED_SEEN][:16].replace("T", " "), int(about.get(RESTORED_LACKED, "0"))
        copied.append(say("backup.district_restored", at=at, events=lacked))
    if about.get(PARTED_AT):
        at, events = about[PARTED_AT][:16].replace("T", " "), int(about.get(PARTED_EVENTS, "0"))
        copied.append(say("backup.cloned", at=at, events=events, writer=about["writer"]))
    if not about.get(BACK_AT):
        return copied
    bare, aside = about.get(BACK_BARE, "").split(), about.get(BACK_ASIDE, "").split()
    told = say(
        "backup.came_back", events=int(about[BACK_EVENTS]), bare=len(bare), aside=len(aside),
        numbers=say("ui.list").join(bare) or "-",
    )  # fmt: skip
    return [*copied, told]
