"""Everything that can be done now, as the search offers it: each with its words, its key and what it does.

What a button says is read at the button. The table of acts (`ui/shared/key_table.py`) says which of them are
reached from anywhere, and on which page they are done; those of the page in sight come of themselves.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtWidgets import QAbstractButton, QPushButton, QWidget

from station_desk.core.settings import kept_on_pc, setting_named, value_in
from station_desk.ui.shared.heard import Heard
from station_desk.ui.shared.key_table import ACTS, act_named, key_of
from station_desk.ui.shared.keyed import Keyed
from station_desk.ui.shared.painting import key_words

if TYPE_CHECKING:
    from station_desk.ui.shell import Shell

Group = Literal["here", "anywhere", "go", "set"]
KEPT = 5
"""So many commands are remembered as used last."""

SET = ("language", "look.theme", "look.text_size")
"""The settings of this PC that are changed from anywhere."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A command that is possible now."""

    name: str
    group: Group
    words: str
    key: str
    do: Callable[[], None]


class Commands:
    """The commands of one window, those used last first."""

    def __init__(self, shell: "Shell") -> None:
        self._shell = shell
        self._used: list[str] = []

    def offers(self) -> list[Offer]:
        """All that is possible now, by group."""
        listed = {act.name: self._doer(act.name) for act in ACTS if act.page}
        return [*self._here(listed), *self._anywhere(listed), *self._go(), *self._set()]

    def recent(self, offers: list[Offer]) -> list[Offer]:
        """Those of them that were used last, the last one first."""
        by_name = {offer.name: offer for offer in offers}
        return [by_name[name] for name in self._used if name in by_name]

    def do(self, offer: Offer) -> None:
        """Does it, and remembers that it was used."""
        self._used = [offer.name, *(name for name in self._used if name != offer.name)][:KEPT]
        offer.do()

    def _doer(self, name: str) -> object:
        """The button of an act, or its key where it has no button."""
        shell = self._shell
        buttons: dict[str, object] = {
            "queue.call": shell.counter.queue.call, "queue.take": shell.counter.queue.take,
            "parked.direct": shell.counter.handling.area.parked.start, "window.sync": shell.sync,
            "window.printers": shell.status.printer, "window.hall": shell.status.hall,
            "window.care": getattr(shell.status, "care", None), "cases.register": shell.register,
            "window.lock": getattr(shell, "lock_button", None),
        }  # fmt: skip
        keys = shell.body().findChildren(Heard)
        return buttons.get(name) or next((heard for heard in keys if heard.act == name), None)

    def _here(self, listed: dict[str, object]) -> Iterator[Offer]:
        """The buttons and keys of the page in sight that are not reached from anywhere already."""
        elsewhere = {id(doer) for doer in listed.values()}
        page = self._shell.pages.currentWidget()
        for button in page.findChildren(Keyed) if page else ():
            words = button.text()
            if words and button.isVisible() and button.isEnabled() and id(button) not in elsewhere:
                yield Offer(f"here.{button.key}.{words}", "here", words, key_words(button.key), button.click)
        for heard in page.findChildren(Heard) if page else ():
            inside = heard.parent()
            seen = isinstance(inside, QWidget) and inside.isVisible() and heard.is_possible()
            if seen and id(heard) not in elsewhere:
                yield self._heard("here", heard)

    def _anywhere(self, listed: dict[str, object]) -> Iterator[Offer]:
        for name, doer in listed.items():
            words, page = self._shell.say(f"act.do.{name}"), act_named(name).page
            match doer:
                case QPushButton() if doer.isEnabled():
                    yield Offer(name, "anywhere", words, key_words(key_of(name)), self._clicking(page, doer))
                case Heard() if doer.is_possible():
                    yield self._heard("anywhere", doer)

    def _heard(self, group: Group, heard: Heard) -> Offer:
        words = self._shell.say(f"act.do.{heard.act}")
        return Offer(heard.act, group, words, key_words(key_of(heard.act)), heard.press)

    def _go(self) -> Iterator[Offer]:
        for button in self._shell.rail.buttons():
            if button.isHidden():
                continue
            words = self._shell.say("command.go", page=button.text())
            yield Offer(f"go.{button.name}", "go", words, key_words(button.key), button.click)

    def _set(self) -> Iterator[Offer]:
        """Another language, other colours, another size of text."""
        say, kept = self._shell.say, kept_on_pc()
        for key in SET:
            now = value_in(kept, key)
            for value in setting_named(key).choices:
                if value != now:
                    said = say(f"settings.choice.{key}.{value}")
                    words = say("command.set", name=say(f"settings.name.{key}"), value=said)
                    yield Offer(f"set.{key}.{value}", "set", words, "", self._setting(key, value))

    def _setting(self, key: str, value: str) -> Callable[[], None]:
        return lambda: self._shell.settings.change(key, value)

    def _clicking(self, page: str, button: QAbstractButton) -> Callable[[], None]:
        def click() -> None:
            if page != "-":
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
