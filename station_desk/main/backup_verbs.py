"""`backup [OUT|list|drill]` and `restore [IN]`: copies of the profile made, listed, tried, and put back."""

from contextlib import suppress
from pathlib import Path

from station_desk.core import paths
from station_desk.core.clock import now
from station_desk.core.errors import DeskError, IntegrityError
from station_desk.core.texts import Texts
from station_desk.counter.backing_up import BackedUp, back_up, back_up_to, drill_now, known_backups
from station_desk.counter.care import MEGABYTE, backup_line
from station_desk.counter.checks import drill_words
from station_desk.main.open_desk import Options, desk_of
from station_desk.main.said import Said
from station_desk.main.unlocking import typed_for
from station_desk.store.backups.kept import Backup, chosen, place_of
from station_desk.store.backups.restoring import Restored, restore
from station_desk.store.profile import Profile
from station_desk.store.vault.trouble import KeyAway, PassphraseNeeded
from station_desk.store.vault.typed import unlock


def backup_verb(options: Options, said: Said) -> int:
    """Makes a backup, lists them, or tries whether the last one can be restored."""
    match options.what:
        case "list":
            return _list(options, said)
        case "drill":
            return _drill(options, said)
        case "":
            with desk_of(options) as desk:
                _tell(back_up(desk, _unheard), said)
        case out:
            with desk_of(options) as desk:
                _tell(back_up_to(desk, Path(out), _unheard), said)
    return 0


def restore_verb(options: Options, said: Said) -> int:
    """Puts a backup in the place of the profile, or of another folder."""
    source = Path(options.source) if options.source else place_of(options.profile)
    target: Path = options.to or options.profile
    told = _restored(chosen(source), target, options)
    say = Texts(paths.RESOURCES / "i18n", options.language)
    said.tell(
        told, "backup.restored", made=told.made[:16].replace("T", " "), events=told.events, cases=told.cases,
        seconds=told.seconds, mark=told.mark,
    )  # fmt: skip
    if told.aside:
        said.progress(say("backup.aside", folder=target / told.aside))
    return 0


def _restored(backup: Backup, target: Path, options: Options) -> Restored:
    try:
        return restore(backup, target, now, _unheard)
    except (PassphraseNeeded, KeyAway) as needed:
        typed = typed_for(options, needed)
        if typed is None:
            raise
    return restore(backup, target, now, _unheard, _unlocked(typed, Profile(target), Profile(backup.folder)))


def _unlocked(typed: str, there: Profile, kept: Profile) -> str:
    """The key by the passphrase or envelope of now, else by the one of when the backup was made."""
    with suppress(DeskError):
        return unlock(there, typed)
    return unlock(kept, typed)


def _list(options: Options, said: Said) -> int:
    with desk_of(options) as desk:
        found = known_backups(desk)
    rows: list[tuple[object, str]] = [
        ({"folder": str(backup.folder), "manifest": backup.manifest}, backup_line(backup, said.texts))
        for backup in found
    ]
    said.rows(rows, "backup.lines", count=len(found))
    return 0


def _drill(options: Options, said: Said) -> int:
    with desk_of(options) as desk:
        told = drill_now(desk, _unheard)
    said.either(told, "\n".join(drill_words(told, said.texts)))
    return IntegrityError.exit_code if told.findings else 0


def _tell(made: BackedUp, said: Said) -> None:
    said.tell(
        made, "backup.made", folder=made.folder, events=made.events, cases=made.cases,
        size=round(made.size / MEGABYTE, 1), seconds=made.seconds,
    )  # fmt: skip
    if made.second:
        said.progress(said.texts("backup.second_made") if made.second == "made" else made.trouble)


def _unheard(_done: int, _total: int) -> None:
    """For those who only hear the end."""
