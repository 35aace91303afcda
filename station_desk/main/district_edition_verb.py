"""`district trust`: whose signatures an edition needs at the district, set where the database is."""

from contextlib import closing

from station_desk.catalogue.edition.root import fingerprint, root_text
from station_desk.core import paths
from station_desk.core.errors import RuleError
from station_desk.district.district import open_district
from station_desk.district.edition_root import trust_root
from station_desk.main.edition_verbs import FileNotReadable
from station_desk.main.open_desk import Options
from station_desk.main.said import Said


class RootFileNeeded(RuleError):
    code = "district.root_file_needed"


def trust_verb(options: Options, said: Said) -> int:
    """Sets the list of keys; a later one must be signed by those of the one before."""
    if options.file is None:
        raise RootFileNeeded
    try:
        text = options.file.read_text("utf-8-sig", "replace")
    except OSError as error:
        raise FileNotReadable(file=options.file, why=error.strerror or str(error)) from error
    with closing(open_district(options.db)) as district:
        done = trust_root(district, text, options.forms or paths.FORMS)
    mark = fingerprint(root_text(done))
    facts = {
        "version": done.version, "threshold": done.threshold, "keys": [key.name for key in done.key],
        "fingerprint": mark,
    }  # fmt: skip
    said.tell(
        facts, "edition.trusted", version=done.version, threshold=done.threshold, count=len(done.key),
        names=", ".join(key.name for key in done.key), fingerprint=mark,
    )  # fmt: skip
    return 0
