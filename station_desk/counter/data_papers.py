"""Papers of the rights of residents: the destruction record (销毁清册), and all that is known of one."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from station_desk.cases.data_rights import DESTROYED, DestroyedPublic
from station_desk.core.errors import RuleError
from station_desk.core.whole_file import write_whole
from station_desk.counter.access_log import what_words, why_words
from station_desk.counter.access_words import place_words, value_words
from station_desk.counter.desk import Desk
from station_desk.counter.destruction import line_cells
from station_desk.counter.resident_file import KnownCase, ResidentFile
from station_desk.counter.wording import worded
from station_desk.printing.letterhead import Edition
from station_desk.printing.seal_register import RegisterSheet, register_sheet_pdf
from station_desk.store.trouble import disk_trouble

RECORD_COLUMNS = ("no", "case", "item", "category", "ended", "years")
RECORD_SHARES = (12, 58, 80, 50, 34, 33)
FILE_COLUMNS = ("case", "label", "value")
FILE_SHARES = (58, 70, 139)
BETWEEN = " · "


class RecordUnknown(RuleError):
    code = "erase.record_unknown"


def destruction_record(desk: Desk, number: str) -> tuple[str, DestroyedPublic]:
    """When a record was made, and what it says. Raises RecordUnknown."""
    for event, _ in desk.store.log_of(number.strip().upper()):
        if event.kind == DESTROYED:
            return event.at, msgspec.json.decode(event.public, type=DestroyedPublic)
    raise RecordUnknown(record=number)


def record_pdf(desk: Desk, number: str) -> bytes:
    """The record on A4, to be signed and kept. Raises RecordUnknown."""
    say = desk.texts
    at, record = destruction_record(desk, number)
    rows = [(str(place), *line_cells(desk, line)) for place, line in enumerate(record.lines, 1)]
    told = say(
        "access.record.sentence", record=record.record, day=at[:10], count=len(rows),
        approver=record.approver, ground=say(f"access.record.ground.{record.ground}"),
    )  # fmt: skip
    return _sheet(desk, say("access.record.title"), told, RECORD_COLUMNS, "record", rows, RECORD_SHARES)


def keep_record(desk: Desk, number: str, folder: str) -> Path:
    """Keeps the record as PDF in a folder of the profile. Raises disk trouble."""
    file = desk.store.profile.folder / folder / f"{number}.pdf"
    with disk_trouble(file):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(record_pdf(desk, number), file)
    return file


def resident_pdf(desk: Desk, file: ResidentFile) -> bytes:
    """What is known of a resident, for himself."""
    say = desk.texts
    rows = [row for known in file.cases for row in _case_rows(desk, known)]
    rows += _rows_beside(desk, file)
    told = say("access.file.sentence", day=file.made[:10], count=len(file.cases), looks=len(file.looks))
    return _sheet(desk, say("access.file.title"), told, FILE_COLUMNS, "file", rows, FILE_SHARES)


def _sheet(
    desk: Desk, title: str, sentence: str, columns: tuple[str, ...], area: str,
    rows: list[tuple[str, ...]], shares: tuple[int, ...],
) -> bytes:  # fmt: skip
    say = desk.texts
    sheet = RegisterSheet(
        station=desk.station.name, title=title, sentence=sentence,
        titles=[say(f"access.{area}.column.{name}") for name in columns], rows=rows,
        empty=say("access.none"), left=say(f"access.{area}.left"), right=say(f"access.{area}.right"),
        edition=Edition(desk.catalogue.edition, desk.catalogue.digest), shares=shares,
    )  # fmt: skip
    return register_sheet_pdf(sheet, say)


def _case_rows(desk: Desk, known: KnownCase) -> list[tuple[str, ...]]:
    say, case = desk.texts, known.case
    facts = [
        (say("access.file.item"), worded(case.title, say)),
        (say("access.file.state"), say(f"term.state.{case.state}")),
        (say("access.file.received"), case.received_at[:16].replace("T", " ")),
    ]
    said = [(place_words(line, desk.catalogue, say), value_words(line, say)) for line in known.lines]
    papers = [
        (say("access.file.paper"), BETWEEN.join((_moment(at), say(f"papers.kind.{kind}"), str(copy))))
        for kind, copy, at in known.papers
    ]
    happened = [
        (
            say("access.file.history"),
            BETWEEN.join((_moment(one.at), one.kind, one.actor, *_spoken(one.private))),
        )
        for one in known.events
    ]
    return [(case.number, label, value) for label, value in (*facts, *said, *papers, *happened)]


def _rows_beside(desk: Desk, file: ResidentFile) -> list[tuple[str, ...]]:
    """Where he acted for others, what was typed and never accepted, and who looked at what."""
    say = desk.texts
    acted = [
        (one.number, say("access.file.agent"), BETWEEN.join(
            (one.received[:10], one.agent.name, one.agent.id_number, one.agent.phone)
        ))
        for one in file.acted_for
    ]  # fmt: skip
    drafts = [("", say("access.file.draft"), BETWEEN.join(_spoken(one))) for one in file.drafts]
    looked = [
        (" ".join(row.cases), say("access.file.look"), BETWEEN.join(
            (_moment(row.at), row.actor, what_words(row, say), why_words(row, say))
        ))
        for row in file.looks
    ]  # fmt: skip
    return [*acted, *drafts, *looked]


def _moment(at: str) -> str:
    return at[:16].replace("T", " ")


def _spoken(said: msgspec.Raw | None) -> list[str]:
    """Every word in a part of the log, in its order, without the names of its fields."""
    return list(_words_in(msgspec.json.decode(said))) if said else []


def _words_in(value: object) -> Iterator[str]:
    match value:
        case str():
            if value:
                yield value
        case dict():
            for one in value.values():
                yield from _words_in(one)
        case list():
            for one in value:
                yield from _words_in(one)
        case _:
            pass
