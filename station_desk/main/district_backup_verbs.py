"""`district backup FILE`, `restore FILE`, `verify FILE`: a district in one file and back."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from station_desk.core.errors import RuleError
from station_desk.district.backup import Backup, back_up, check
from station_desk.district.backup_key import new_backup_key
from station_desk.district.backup_seal import KeyNeeded, Unlock, by_recovery_key
from station_desk.district.district import open_existing_district
from station_desk.district.restore import restore
from station_desk.main.open_desk import Options
from station_desk.main.said import Said
from station_desk.main.unlocking import asked_for, secret_in


class KeyActUnknown(RuleError):
    code = "district.backup_key_act"


class BackupNeeded(RuleError):
    code = "district.backup_needed"


def back_up_district(options: Options, said: Said) -> int:
    """Writes a backup while the server works, proved by reading it back."""
    file = _file(options)
    with closing(open_existing_district(options.db)) as district:
        backup = back_up(district, file)
    return _told(backup, file, "cli.district_backed_up", said)


def restore_district(options: Options, said: Said) -> int:
    """Makes the district of a backup in an empty database."""
    file = _file(options)
    backup = _opened(options, said, lambda unlock: restore(file, options.db, unlock))
    return _told(backup, file, "cli.district_restored", said)


def check_backup(options: Options, said: Said) -> int:
    """Proves a backup without any database."""
    file = _file(options)
    backup = _opened(options, said, lambda unlock: check(file, unlock))
    return _told(backup, file, "cli.district_backup_checked", said)


def backup_key(options: Options, said: Said) -> int:
    """Makes the recovery key for which backups are sealed, and shows it this once."""
    if options.file not in (None, Path("new")):
        raise KeyActUnknown(act=options.file)
    with closing(open_existing_district(options.db)) as district:
        key = new_backup_key(district, another=options.file is not None)
    said.tell(key, "cli.district_backup_key", key=key.written, mark=key.mark)
    return 0


def _opened(options: Options, said: Said, work: Callable[[Unlock], Backup]) -> Backup:
    """Does it with the recovery key of the key file; else asks for it on the terminal when it is needed."""
    if options.key_file:
        return work(by_recovery_key(secret_in(options.key_file)))
    try:
        return work(by_recovery_key(""))
    except KeyNeeded as needed:
        typed = asked_for(said.texts.error(needed), said.texts("key.prompt_district"))
        if not typed:
            raise
    return work(by_recovery_key(typed))


def _told(backup: Backup, file: Path, key: str, said: Said) -> int:
    facts = {
        "file": file, "made_at": backup.heading.made_at, "schema": backup.heading.schema,
        "rows": backup.rows, "marks": backup.marks,
    }  # fmt: skip
    events, dossiers = backup.rows.get("event", 0), backup.rows.get("dossier", 0)
    said.tell(
        facts, key, file=file, events=events, dossiers=dossiers, logs=len(backup.marks),
        made_at=backup.heading.made_at,
    )  # fmt: skip
    return 0


def _file(options: Options) -> Path:
    if options.file is None:
        raise BackupNeeded
    file: Path = options.file
    return file
