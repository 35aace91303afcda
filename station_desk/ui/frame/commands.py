"""Everything that can be done now, as the search offers it: each with its words, its key and what it does.

What a button does is declared at the button: its words and its key are read there. This table says which
buttons are reached from anywhere, and on which page they stand; those of the page in sight come of
themselves.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtWidgets import QAbstractButton, QPushButton

from station_desk.ui.shared.keyed import Keyed
from station_desk.ui.shared.painting import key_words

if TYPE_CHECKING:
    from station_desk.ui.shell import Shell

Group = Literal["here", "anywhere", "go"]
KEPT = 5
"""So many commands are remembered as used last."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A command that is possible now."""

    name: str
    group: Group
    words: str
    key: str
    do: Callable[[], None]


COMMANDS = {
    "call": "counter",
    "take": "counter",
    "direct": "counter",
    "sync": "",
    "printers": "",
    "register": "finished",
}
"""What is reached from anywhere, with the page on which its button stands; none: it is always in sight."""


class Commands:
    """The commands of one window, those used last first."""

    def __init__(self, shell: "Shell") -> None:
        self._shell = shell
        self._used: list[str] = []

    def offers(self) -> list[Offer]:
        """All that is possible now, by group."""
        listed = {name: self._button(name) for name in COMMANDS}
        return [*self._here(listed), *self._anywhere(listed), *self._go()]

    def recent(self, offers: list[Offer]) -> list[Offer]:
        """Those of them that were used last, the last one first."""
        by_name = {offer.name: offer for offer in offers}
        return [by_name[name] for name in self._used if name in by_name]

    def do(self, offer: Offer) -> None:
        """Does it, and remembers that it was used."""
        self._used = [offer.name, *(name for name in self._used if name != offer.name)][:KEPT]
        offer.do()

    def _button(self, name: str) -> object:
        shell = self._shell
        match name:
            case "call":
                return shell.counter.queue.call
            case "take":
                return shell.counter.queue.take
            case "direct":
                return shell.counter.handling.area.parked.start
            case "sync":
                return shell.sync
            case "register":
                return shell.register
            case _:
                return shell.status.printer

    def _here(self, listed: dict[str, object]) -> Iterator[Offer]:
        """The buttons of the page in sight that are not reached from anywhere already."""
        elsewhere = {id(button) for button in listed.values()}
        page = self._shell.pages.currentWidget()
        for button in page.findChildren(Keyed) if page else ():
            words = button.text()
            if words and button.isVisible() and button.isEnabled() and id(button) not in elsewhere:
                yield Offer(f"here.{button.key}.{words}", "here", words, key_words(button.key), button.click)

    def _anywhere(self, listed: dict[str, object]) -> Iterator[Offer]:
        for name, button in listed.items():
            if isinstance(button, QPushButton) and button.isEnabled():
                page, key = COMMANDS[name], button.key if isinstance(button, Keyed) else ""
                words = self._shell.say(f"command.{name}")
                yield Offer(name, "anywhere", words, key_words(key), self._clicking(page, button))

    def _go(self) -> Iterator[Offer]:
        for button in self._shell.rail.buttons():
            words = self._shell.say("command.go", page=button.text())
            yield Offer(f"go.{button.name}", "go", words, key_words(button.key), button.click)

    def _clicking(self, page: str, button: QAbstractButton) -> Callable[[], None]:
        def click() -> None:
            if page:
                self._shell.show_page(page)
            button.click()

        return click


def spells(asked: str, readings: tuple[tuple[str, ...], ...]) -> bool:
    """Whether typed letters are the pinyin of some characters in a row, in full or by their first letters."""
    return any(_spells_from(asked, readings[start:]) for start in range(len(readings)))


def _spells_from(asked: str, readings: tuple[tuple[str, ...], ...]) -> bool:
    if not asked or not readings:
        return not asked
    rest = readings[1:]
    return any(
        reading.startswith(asked)
        or (asked.startswith(reading) and _spells_from(asked[len(reading) :], rest))
        or (reading[:1] == asked[0] and _spells_from(asked[1:], rest))
        for reading in readings[0]
    )
