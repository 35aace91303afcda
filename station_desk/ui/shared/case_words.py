"""What a row of a case says in the words of the catalogue."""

from station_desk.catalogue.item import Step
from station_desk.core.texts import Texts
from station_desk.counter.desk import Desk
from station_desk.counter.wording import state_words, worded
from station_desk.store.case_pages import CaseRow


def item_name(desk: Desk, row: CaseRow, say: Texts) -> str:
    """The name of the item; its code when the catalogue has it no more."""
    item = desk.catalogue.items.get(row.item)
    return worded(item.name, say) if item else row.item


def stage_name(desk: Desk, row: CaseRow, say: Texts) -> str:
    """The present step by name, or the state when no step is under way."""
    step = present_step(desk, row)
    return (
        worded(step.name, say)
        if step and row.state == "processing"
        else state_words(row.state, row.stage, say)
    )


def present_step(desk: Desk, row: CaseRow) -> Step | None:
    """The present step as it is published now."""
    item = desk.catalogue.items.get(row.item)
    return next((step for step in item.step if step.id == row.stage), None) if item else None
