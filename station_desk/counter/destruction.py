"""The destruction records of this counter: which there are, what each says, as rows for a file."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from station_desk.cases.data_rights import DestroyedLine, DestroyedPublic
from station_desk.core.texts import Say
from station_desk.counter.access_log import sheet_of
from station_desk.counter.desk import Desk
from station_desk.counter.wording import worded
from station_desk.store.access import destruction_events

FOLDER = "records"
"""Where in the profile the records are kept as PDF."""

HEAD_OF_LINE = ("record", "day", "ground", "approver", "clerk")
LINE = ("case", "item", "category", "ended", "years")


@dataclass(frozen=True, slots=True)
class Record:
    """One record (销毁清册): when, by whom, and what it says. Nothing of a person is in it."""

    at: str
    actor: str
    said: DestroyedPublic


def records(desk: Desk) -> tuple[Record, ...]:
    """All of them, the newest first. Raises NotAllowed."""
    desk.require("audit")
    return tuple(
        Record(one.event.at, one.event.actor, msgspec.json.decode(one.event.public, type=DestroyedPublic))
        for one in destruction_events(desk.store)
    )


def line_cells(desk: Desk, line: DestroyedLine) -> tuple[str, ...]:
    """A case on a record, as it stands on the paper and in the file."""
    say, item = desk.texts, desk.catalogue.items.get(line.item)
    category = desk.catalogue.categories.get(line.category)
    return (
        line.case, worded(item.name, say) if item else line.item,
        worded(category.name, say) if category else line.category, line.ended, str(line.years),
    )  # fmt: skip


def ground_words(record: Record, say: Say) -> str:
    """Why the data were destroyed."""
    return say(f"access.record.ground.{record.said.ground}")


def records_csv(desk: Desk, told: Sequence[Record]) -> bytes:
    """Records for office programs, a row for each case."""
    say = desk.texts
    head = [
        *(say(f"access.records.{name}") for name in HEAD_OF_LINE),
        *(say(f"access.record.column.{name}") for name in LINE),
    ]
    rows = (
        (one.said.record, one.at[:10], ground_words(one, say), one.said.approver, one.actor,
         *line_cells(desk, line))
        for one in told
        for line in one.said.lines
    )  # fmt: skip
    return sheet_of(head, rows)
