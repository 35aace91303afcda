"""The list of finished cases, the newest first, each with what the district acknowledged; delivery is done
below it.
"""

from station_desk.core.texts import Texts
from station_desk.counter.desk import Desk
from station_desk.counter.wording import state_words
from station_desk.store.case_pages import FINISHED_CASES
from station_desk.ui.acts import Acts
from station_desk.ui.look.look import Look
from station_desk.ui.look.palette import Tone
from station_desk.ui.shared.case_list import CaseListing, CaseListPage
from station_desk.ui.shared.case_words import item_name
from station_desk.ui.shared.listed_case import ListedCase, held_column, read_listed
from station_desk.ui.shared.table_model import Column

STATE_TONES: dict[str, Tone] = {"finished": "accent", "delivered": "ok", "voided": "plain"}


def finished_page(acts: Acts, say: Texts, look: Look) -> CaseListPage:
    """The page of the finished cases."""
    columns = finished_columns(acts.desk, say)
    listing = CaseListing("finished", columns, FINISHED_CASES, read_listed, lambda row: row.case)
    return CaseListPage(listing, acts, say, look)


def finished_columns(desk: Desk, say: Texts) -> tuple[Column[ListedCase], ...]:
    """What the list says of each case."""
    return (
        Column(say("ui.column.number"), lambda row: row.case.number, sort="number"),
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
        held_column(say),
        Column(say("ui.column.clerk"), lambda row: row.case.clerk, gives_way=2),
    )
