"""`diagnose`: what the bundle would hold, and the bundle itself."""

from station_desk.core.clock import now
from station_desk.core.errors import DeskError, RuleError
from station_desk.core.whole_file import write_whole
from station_desk.counter.desk import Desk
from station_desk.counter.diagnose import diagnosis, zipped
from station_desk.main.open_desk import Options, open_desk
from station_desk.main.said import Said
from station_desk.main.unlocking import key_of
from station_desk.store.trouble import disk_trouble


class FileThere(RuleError):
    """`file`: it would be overwritten."""

    code = "diagnose.file_there"


def diagnose_verb(options: Options, said: Said) -> int:
    """Lists what is in it; with `--out` writes it."""
    desk = _desk_or_why(options)
    try:
        bundle = diagnosis(options.profile, desk, now)
    finally:
        if isinstance(desk, Desk):
            desk.store.close()
    rows: list[tuple[object, str]] = [
        ({"file": name, "bytes": len(content)}, f"{name}  {len(content)}") for name, content in bundle.items()
    ]
    said.rows(rows, "diagnose.count", count=len(rows))
    if options.out:
        with disk_trouble(options.out):
            if options.out.exists():
                raise FileThere(file=options.out)
            write_whole(zipped(bundle), options.out)
        said.tell({"written": str(options.out)}, "diagnose.written", file=options.out)
    return 0


def _desk_or_why(options: Options) -> Desk | DeskError:
    try:
        return open_desk(options.profile, options.language, now, key=key_of(options))
    except DeskError as error:
        return error
