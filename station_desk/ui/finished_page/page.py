"""The list of finished cases, the newest first, each with what the district acknowledged; delivery is done
below it.
"""

from dataclasses import dataclass
from typing import Literal

from station_desk.core.texts import Texts
from station_desk.counter.desk import Desk
from station_desk.counter.sync_state import How, acknowledged_of, sync_state
from station_desk.counter.wording import state_words
from station_desk.store.case_pages import FINISHED_CASES, CaseRow
from station_desk.ui.acts import Acts
from station_desk.ui.look.look import Look
from station_desk.ui.look.palette import Tone
from station_desk.ui.shared.case_list import CaseListing, CaseListPage
from station_desk.ui.shared.case_words import item_name
from station_desk.ui.shared.table_model import Column

Held = Literal["whole", "part", "waiting", "refused", "alone"]
"""The district holds the case whole, its progress only, not yet all of it, refuses it, or is not there."""

HELD_TONES: dict[Held, Tone] = {
    "whole": "ok", "part": "accent", "waiting": "warn", "refused": "bad", "alone": "plain",
}  # fmt: skip
STATE_TONES: dict[str, Tone] = {"finished": "accent", "delivered": "ok", "voided": "plain"}


@dataclass(frozen=True, slots=True)
class FinishedRow:
    """A finished case and what the district said it holds of it."""

    case: CaseRow
    held: Held


def finished_page(acts: Acts, say: Texts, look: Look) -> CaseListPage:
    """The page of the finished cases."""
    columns = finished_columns(acts.desk, say)
    listing = CaseListing("finished", columns, FINISHED_CASES, read_finished, lambda row: row.case)
    return CaseListPage(listing, acts, say, look)


def read_finished(desk: Desk, rows: list[CaseRow]) -> list[FinishedRow]:
    """Finished cases with what the district acknowledged of each."""
    known, whole = acknowledged_of(desk.store, [row.number for row in rows])
    how = sync_state(desk.store).how
    return [FinishedRow(row, _held(row.number, known, whole, how)) for row in rows]


def finished_columns(desk: Desk, say: Texts) -> tuple[Column[FinishedRow], ...]:
    """What the list says of each case."""
    return (
        Column(say("ui.column.number"), _number, sort="number"),
        Column(say("ui.column.item"), lambda row: item_name(desk, row.case, say), wide=True),
        Column(say("ui.column.name"), lambda row: row.case.name),
        Column(
            say("ui.column.finished"),
            lambda row: row.case.finished_at[:16].replace("T", " "),
            sort="finished",
            gives_way=1,
        ),
        Column(
            say("ui.column.state"),
            lambda row: state_words(row.case.state, row.case.stage, say),
            lambda row: STATE_TONES.get(row.case.state, "plain"),
        ),
        Column(
            say("ui.column.held"), lambda row: say(f"ui.held.{row.held}"), lambda row: HELD_TONES[row.held]
        ),
        Column(say("ui.column.clerk"), lambda row: row.case.clerk, gives_way=2),
    )


def _held(number: str, known: frozenset[str], whole: frozenset[str], how: How) -> Held:
    if number in whole:
        return "whole"
    if number in known:
        return "part"
    return how if how in ("alone", "refused") else "waiting"


def _number(row: FinishedRow) -> str:
    return row.case.number
