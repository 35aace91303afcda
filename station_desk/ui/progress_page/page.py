"""The list of cases in progress, the one due first at the top; the next step of the chosen one is done below
it.
"""

from station_desk.cases.times import days_left
from station_desk.core.texts import Texts
from station_desk.counter.desk import Desk
from station_desk.store.case_pages import OPEN_CASES, CaseRow
from station_desk.ui.acts import Acts
from station_desk.ui.look.look import Look
from station_desk.ui.look.palette import Tone
from station_desk.ui.shared.case_list import CaseListing, CaseListPage
from station_desk.ui.shared.case_words import item_name, present_step, stage_name
from station_desk.ui.shared.listed_case import ListedCase, held_column, read_listed
from station_desk.ui.shared.table_model import Column

SOON_DAYS = 3
"""From so many working days on a case is due soon."""


def progress_page(acts: Acts, say: Texts, look: Look) -> CaseListPage:
    """The page of the cases in progress."""
    columns = progress_columns(acts, say)
    listing = CaseListing("progress", columns, OPEN_CASES, read_listed, lambda row: row.case)
    return CaseListPage(listing, acts, say, look)


def progress_columns(acts: Acts, say: Texts) -> tuple[Column[ListedCase], ...]:
    """What the list says of each case."""
    desk = acts.desk

    def left(listed: ListedCase) -> int | None:
        # Asked anew each time: a calendar year may have been entered since.
        return days_left(acts.desk.calendar, listed.case.promised, desk.clock().date())

    return (
        Column(say("ui.column.number"), _number, sort="number"),
        Column(say("ui.column.item"), lambda row: item_name(desk, row.case, say), wide=True),
        Column(say("ui.column.name"), lambda row: row.case.name),
        Column(say("ui.column.stage"), lambda row: stage_name(desk, row.case, say), gives_way=1),
        Column(say("ui.column.role"), lambda row: _role(desk, row.case, say), gives_way=2),
        Column(
            say("ui.column.left"),
            lambda row: left_words(left(row), say),
            lambda row: left_tone(left(row)),
            sort="due",
        ),
        Column(say("ui.column.accepted"), lambda row: row.case.accepted_at[:10], gives_way=3),
        held_column(say),
    )


def left_words(left: int | None, say: Texts) -> str:
    """How much time is left, in words: colour alone says nothing to many."""
    if left is None:
        return say("ui.left.stands")
    if left < 0:
        return say("ui.left.late", days=-left)
    return say("ui.left.days", days=left) if left else say("ui.left.today")


def left_tone(left: int | None) -> Tone:
    """The traffic light of the time left."""
    if left is None:
        return "plain"
    if left < 0:
        return "bad"
    return "warn" if left <= SOON_DAYS else "ok"


def _number(row: ListedCase) -> str:
    return row.case.number


def _role(desk: Desk, row: CaseRow, say: Texts) -> str:
    step = present_step(desk, row)
    return say(f"term.role.{step.role}") if step else say("term.role.clerk")
