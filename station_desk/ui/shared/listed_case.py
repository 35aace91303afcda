"""A row of a list of cases: the case, and how it stands with the district."""

from dataclasses import dataclass

from station_desk.core.texts import Texts
from station_desk.counter.case_sync import How, Standing, held_words, standings
from station_desk.counter.desk import Desk
from station_desk.store.case_pages import CaseRow
from station_desk.ui.look.palette import Tone
from station_desk.ui.shared.table_model import Column

TONES: dict[How, Tone] = {
    "acknowledged": "ok", "on_its_way": "accent", "waiting": "warn", "refused": "bad", "alone": "plain",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListedCase:
    """A case and what the district said it holds of it."""

    case: CaseRow
    held: Standing


def read_listed(desk: Desk, rows: list[CaseRow]) -> list[ListedCase]:
    """The cases of a page, each with how it stands with the district."""
    held = standings(desk.store, [row.number for row in rows])
    return [ListedCase(row, held[row.number]) for row in rows]


def held_column(say: Texts) -> Column[ListedCase]:
    """The column that says it."""
    return Column(
        say("ui.column.held"), lambda row: held_words(row.held, say), lambda row: held_tone(row.held),
        sort="held",
    )  # fmt: skip


def held_tone(standing: Standing) -> Tone:
    """Its colour; the words say it too. What is held in part only is no cause for alarm."""
    part = standing.how == "acknowledged" and not standing.whole
    return "accent" if part else TONES[standing.how]
