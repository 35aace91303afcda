"""`public sheet|poster|hall|booklet|basics|rules`: the papers of the catalogue, for hands and walls."""

from pathlib import Path

from station_desk.catalogue.public_paper import WallSize
from station_desk.core import paths
from station_desk.core.clock import now
from station_desk.core.errors import RuleError
from station_desk.counter.public_papers import (
    Basics,
    Press,
    Rules,
    basics_of,
    booklet_of,
    hall_set,
    poster_of,
    rules_of,
    sheet_of,
)
from station_desk.counter.public_texts import read_text
from station_desk.main.open_desk import Options, desk_of, published_for
from station_desk.main.paper_verbs import OneFile
from station_desk.main.said import Said
from station_desk.printing.proof import page_count
from station_desk.printing.public.guide_sheet import Where
from station_desk.store.editions import shipped_forms
from station_desk.store.profile import Profile

PROGRESS_EVERY = 10


class FileNeeded(RuleError):
    code = "public.file_needed"


def public_verb(options: Options, said: Said) -> int:
    """Makes one of the papers of the catalogue and writes it into a file."""
    if not options.out:
        raise FileNeeded
    press = _press(options, said)
    pdf = _made(options, press, said)
    OneFile(options.out).send(pdf, options.out.name)
    pages = page_count(pdf)
    facts = {"file": str(options.out), "pages": pages, "bytes": len(pdf)}
    said.tell(facts, "public.written", file=options.out, count=pages)
    return 0


def _made(options: Options, press: Press, said: Said) -> bytes:
    size: WallSize = options.size

    def progress(done: int, count: int) -> None:
        if done % PROGRESS_EVERY == 0 or done == count:
            said.progress(said.texts("public.progress", done=done, count=count))

    match options.what:
        case "sheet":
            return sheet_of(press, options.which, large=options.large)
        case "poster":
            return poster_of(press, options.which, size)
        case "hall":
            basics = read_text(Path(options.which), Basics) if options.which else None
            return hall_set(press, size, basics, progress)
        case "basics":
            return basics_of(press, read_text(Path(options.which), Basics), size)
        case "rules":
            return rules_of(press, read_text(Path(options.which), Rules), size)
        case _:
            return booklet_of(press, progress)


def _press(options: Options, said: Said) -> Press:
    profile = Profile(options.profile)
    where = Where()
    if profile.database.exists():
        with desk_of(options) as desk:
            station = desk.station
            where = Where(station.name, station.address, station.phone, station.public_url)
    return Press(
        published_for(options.profile, now).forms,
        lambda: shipped_forms(profile, paths.FORMS),
        where,
        said.texts,
    )
