"""The reckoning and the caseload of a day in words, for the command line and for paper."""

from station_desk.cases.day_close import DayClose, Gap, Note
from station_desk.cases.papers import read_name
from station_desk.core.texts import Texts

COLUMNS = (
    "tickets", "served", "missed", "received", "accepted", "finished", "turned_away", "open", "overdue",
)  # fmt: skip
"""The figures of an item type, in the order in which they are told."""


def gap_words(gap: Gap, say: Texts) -> str:
    """What does not agree, and what to do."""
    told = say(f"report.gap.{gap.kind}", number=gap.number, paper=paper_words(gap.paper, say), copy=gap.copy)
    return with_clerk(told, gap.clerk, say)


def with_clerk(told: str, clerk: str, say: Texts) -> str:
    """A question with who answers for it."""
    return say("report.answers_for", told=told, clerk=clerk) if clerk else told


def note_words(note: Note, say: Texts) -> str:
    """What is in order and worth a look."""
    return say(
        f"report.note.{note.kind}", number=note.number, paper=paper_words(note.paper, say), copies=note.copies
    )


def paper_words(name: str, say: Texts) -> str:
    """A paper of the journal by the name of its kind."""
    return say(f"papers.kind.{read_name(name)[0]}") if name else ""


def acknowledged_words(close: DayClose, say: Texts) -> str:
    """What the district holds of the day."""
    if close.alone:
        return say("report.alone")
    return say("report.acknowledged", known=close.acknowledged, whole=close.whole, ended=close.ended)
