"""To the district on a stick: `sync export-bundle`, `district import-bundle`, `sync import-answer`."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from station_desk.core.errors import RuleError, TroubleError
from station_desk.core.texts import Say
from station_desk.core.whole_file import write_whole
from station_desk.counter.sync_state import sync_state
from station_desk.main.open_desk import Options, desk_of
from station_desk.main.said import Said
from station_desk.protocol.courier import MOST_BYTES


class FileNeeded(RuleError):
    code = "courier.file_needed"


class FileNotReadable(RuleError):
    code = "courier.not_readable"


class FileNotWritten(TroubleError):
    code = "courier.not_written"


def export_bundle(options: Options, said: Said) -> int:
    """Writes the file for the district with all that it does not hold yet."""
    # The server does without the desk's libraries: what speaks to a district is none of its own.
    from station_desk.counter.courier import make_courier_file

    target = _file(options)
    with desk_of(options) as desk:
        progress = _told(said, desk.texts, "cli.courier_packing")
        brought = make_courier_file(desk, progress, everything=options.all)
    _write(brought.content, target)
    facts = {"file": target, "events": brought.events, "dossiers": brought.dossiers}
    said.tell(facts, "cli.courier_packed", **facts)
    return 0


def import_answer(options: Options, said: Said) -> int:
    """Notes what the district answered in a file."""
    from station_desk.counter.courier import take_answer

    raw = _read(_file(options))
    with desk_of(options) as desk:
        held = take_answer(desk, raw).marks.values()
        state = sync_state(desk.store)
    events, dossiers = sum(mark.head.seq for mark in held), sum(mark.dossiers for mark in held)
    facts = {"events": events, "dossiers": dossiers, "state": state}
    said.tell(facts, "cli.courier_answered", events=events, dossiers=dossiers, waiting=state.events)
    return 0


def import_bundle(options: Options, said: Said) -> int:
    """Takes the file of a station into the district's database, and writes the answer beside it."""
    # The desk's own verbs do without the server's libraries.
    from station_desk.district.courier import take_in
    from station_desk.district.district import open_existing_district

    source = _file(options)
    raw = _read(source)
    with closing(open_existing_district(options.db)) as district:
        taken = take_in(district, raw, _told(said, said.texts, "cli.courier_reading"))
    answer = options.answer or source.with_name(f"{source.stem}.answer.json")
    _write(taken.answer, answer)
    facts = {
        "station": taken.cover.station, "counter": taken.cover.counter, "messages": taken.messages,
        "events": taken.events, "dossiers": taken.dossiers, "answer": answer,
    }  # fmt: skip
    said.tell(facts, "cli.courier_taken_in", **facts)
    return 0


def _told(said: Said, say: Say, key: str) -> Callable[[int, int], None]:
    return lambda done, total: said.progress(say(key, done=done, total=total))


def _file(options: Options) -> Path:
    if options.file is None:
        raise FileNeeded
    file: Path = options.file
    return file


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise FileNotReadable(file=file, why=f"> {MOST_BYTES // 1024**2} MB")
        return file.read_bytes()
    except OSError as error:
        raise FileNotReadable(file=file, why=error.strerror or str(error)) from error


def _write(content: bytes, file: Path) -> None:
    try:
        write_whole(content, file)
    except OSError as error:
        raise FileNotWritten(file=file, why=error.strerror or str(error)) from error
