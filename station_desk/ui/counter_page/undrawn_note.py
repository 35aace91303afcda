"""Says before accepting which typed characters no font can draw, so that no name is a surprise on paper."""

from collections.abc import Mapping
from itertools import groupby

import msgspec
from PySide6.QtWidgets import QHBoxLayout

from station_desk.catalogue.item import Item
from station_desk.core.texts import Texts
from station_desk.counter.desk import Desk
from station_desk.printing.characters import UNDRAWABLE, Said, missing
from station_desk.ui.look.look import Look
from station_desk.ui.shared.labels import set_tone, small, wrapping
from station_desk.ui.shared.surface import Surface

SHOWN = 6
"""How many are named before the rest is only counted."""


def printed_by_desk(desk: Desk, item: Item, say: Texts) -> dict[str, Said]:
    """What the desk itself puts on the papers of a request, by the names that people know."""
    station = desk.station
    return {
        say("settings.name.station.name"): station.name,
        say("settings.name.station.address"): station.address,
        say("settings.name.station.clerk"): desk.actor,
        say("ui.column.item"): msgspec.to_builtins(item),
    }


class UndrawnNote(Surface):
    """A strip that is there only when there is something to say. `beside` is printed too, and stays."""

    def __init__(self, say: Texts, look: Look, beside: Mapping[str, Said] | None = None) -> None:
        super().__init__("warn", look)
        self._say = say
        self._beside = _lost(beside or {})
        self.words = wrapping(small("", look))
        set_tone(self.words, "warn", look)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), look.px(7), look.px(16), look.px(8))
        row.addWidget(self.words)
        self.hide()

    def look_at(self, typed: Mapping[str, str]) -> None:
        """Names what cannot be drawn, each at its field; the typed texts by the names of their fields."""
        found = _lost(typed) + self._beside
        named = groupby(found[:SHOWN], key=lambda one: one[0])
        chars = (" ".join((name, *(UNDRAWABLE + code for _, code in codes))) for name, codes in named)
        key = "ui.request.undrawn_more" if len(found) > SHOWN else "ui.request.undrawn"
        self.words.setText(self._say(key, chars=self._say("ui.list").join(chars), count=len(found)))
        self.setVisible(bool(found))


def _lost(said: Mapping[str, Said]) -> list[tuple[str, str]]:
    return [(name, lost.code) for name, text in said.items() for lost in missing(text)]
