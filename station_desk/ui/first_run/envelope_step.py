"""The step of the head's envelope: onto paper, then two of its groups typed back, or later."""

import secrets
from collections.abc import Mapping

from PySide6.QtCore import Signal

from station_desk.core.errors import RuleError
from station_desk.core.settings import ValueNeeded
from station_desk.core.texts import Texts
from station_desk.store.vault.recovery_key import GROUPS, group_fault, groups_of, typed_groups
from station_desk.store.vault.trouble import GroupWrong
from station_desk.ui.first_run.fields import Fields
from station_desk.ui.look.look import Look
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of

PRINT, SAVE, LATER = "print", "save", "later"
ASKED = ("first", "second")


class EnvelopeStep(Fields):
    """How the envelope is made. `make` asks for it; `show_made` then asks for two of its groups."""

    make = Signal()

    def __init__(self, say: Texts, look: Look, *, printer: bool, there: str) -> None:
        super().__init__("envelope", self._fault, say, look)
        self._places: tuple[int, ...] = ()
        self._groups: tuple[str, ...] = ()
        self.button = KeyButton(say("first_run.envelope.make"), key_of("envelope.make"), look)
        self.button.clicked.connect(self.make)
        ways = (PRINT, SAVE, LATER) if printer else (SAVE, LATER)
        options = [(way, say(f"first_run.envelope.way_{way}")) for way in ways]
        self.add_choice("way", options, value=PRINT if printer else LATER)
        self.add_line("file", hint="/media/usb/recovery-key.pdf")
        self.add_widget(self.button)
        for key in ASKED:
            self.add_line(key)
        self.end()
        if there:
            self.tell(say("first_run.envelope.there", day=there), good=True)

    def is_made(self) -> bool:
        """Whether the envelope was made in this step."""
        return bool(self._groups)

    def show_made(self, secret: bytes) -> None:
        """It is on its way: two groups, drawn by lot, are to be typed from the paper."""
        places = list(range(GROUPS))
        self._groups = groups_of(secret)
        self._places = tuple(sorted(places.pop(secrets.randbelow(len(places))) for _ in ASKED))
        first, second = (place + 1 for place in self._places)
        self.tell(self._say("first_run.envelope.type_back", first=first, second=second), good=True)
        # They are new: an empty one is no fault before it was left.
        self._touched.difference_update(ASKED)
        for key in ASKED:
            self.boxes[key].put("")
        self.look_again()
        self.take_focus(ASKED[0])

    def look_again(self) -> None:
        way = self.boxes["way"].value()
        asked = ASKED if self._groups and way != LATER else ()
        self.show_only("way", *(["file"] if way == SAVE else []), *asked)
        self.button.setVisible(way != LATER)
        super().look_again()

    def _fault(self, key: str, values: Mapping[str, str]) -> RuleError | None:
        text = values[key].strip()
        if key == "file":
            return None if text else ValueNeeded(key=key)
        if key not in ASKED or not self._places:
            return None
        place = self._places[ASKED.index(key)]
        typed = "".join(typed_groups(text))
        if typed == self._groups[place]:
            return None
        return group_fault(typed, place) or GroupWrong(place=place + 1, group=typed)
