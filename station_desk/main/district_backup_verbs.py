"""`district backup FILE`, `restore FILE`, `verify FILE`: a district in one file and back."""

from contextlib import closing
from pathlib import Path

from station_desk.core.errors import RuleError
from station_desk.district.backup import Backup, back_up, check
from station_desk.district.district import open_existing_district
from station_desk.district.restore import restore
from station_desk.main.open_desk import Options
from station_desk.main.said import Said


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
    return _told(restore(file, options.db), file, "cli.district_restored", said)


def check_backup(options: Options, said: Said) -> int:
    """Proves a backup without any database."""
    file = _file(options)
    return _told(check(file), file, "cli.district_backup_checked", said)


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
