"""Where everybody is in the window: the page, the requests in hand, the chosen cases, and what is typed."""

from dataclasses import dataclass
from pathlib import Path

from station_desk.ui.counter_page.handling import Lying
from station_desk.ui.keeping import Kept, keep, put_back
from station_desk.ui.shell import Shell


@dataclass(frozen=True, slots=True)
class ShellState:
    """Taken down before the pages are made anew, put back after."""

    page: str
    lying: Lying
    chosen: tuple[str, str]
    guide: str
    calendar: Path | None
    kept: Kept


def state_of(shell: Shell) -> ShellState:
    """How the window stands now."""
    chosen = (shell.progress.wanted(), shell.finished.wanted())
    lying, kept = shell.counter.handling.lying(), keep(shell.body())
    return ShellState(shell.page(), lying, chosen, shell.guide.list.chosen(), shell.calendar.file, kept)


def bring_back(shell: Shell, state: ShellState) -> None:
    """Brings the new pages to where the old ones stood; `put_typed` follows once their lists are read."""
    shell.counter.handling.lay_again(state.lying)
    for page, number in zip((shell.progress, shell.finished), state.chosen, strict=True):
        if number:
            page.choose(number)
    shell.show_page(state.page)
    if state.calendar is not None:
        shell.calendar.read_file(state.calendar)
    put_typed(shell, state)


def put_typed(shell: Shell, state: ShellState) -> None:
    """Puts back what was typed, ticked and marked, and the focus."""
    put_back(shell.body(), state.kept)
    if state.guide and shell.guide.list.choose(state.guide):
        shell.guide.card.show_item(state.guide)
