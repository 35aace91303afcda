"""What a card says goes into the request in hand: into fields that are empty, or that a card filled before.

Where somebody typed something else, nothing is changed: what the card says is offered under the field.
"""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from station_desk.core.texts import Texts
from station_desk.ui.counter_page.form_view import FormView
from station_desk.ui.look.look import Look
from station_desk.ui.shared.field_box import FieldBox
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import small, wrapping


class CardOffer(QWidget):
    """A word under a field: what the card says, and a button that takes it."""

    taken = Signal()

    def __init__(self, value: str, say: Texts, look: Look) -> None:
        super().__init__()
        self.value = value
        self.words = wrapping(small(say("scan.card.says", value=value), look))
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.take = KeyButton(say("scan.card.take"), key_of("request.card"), look, "quiet")
        self.take.setAccessibleDescription(self.words.text())
        self.take.clicked.connect(self.taken)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 0, 0)
        row.setSpacing(look.px(8))
        row.addWidget(self.words)
        row.addWidget(self.take)


class CardFill:
    """Remembers of one form which fields a card filled, and what it offers."""

    def __init__(self, form: FormView, say: Texts, look: Look) -> None:
        self._form = form
        self._say = say
        self._look = look
        self._given: dict[str, str] = {}
        self.offers: dict[str, CardOffer] = {}

    def fill(self, said: Mapping[str, str]) -> None:
        """Fills in what a card says of a person; the agent's block when the focus is there."""
        boxes = self._form.boxes
        in_agent = any(key.startswith("agent.") and box.has_focus() for key, box in boxes.items())
        whose = "agent" if in_agent else "applicant"
        known = {
            place: value for part, value in said.items() if value and (place := f"{whose}.{part}") in boxes
        }
        for place, value in known.items():
            self._put(boxes[place], value)
        empty = (place for place in boxes if place.startswith(whose) and not boxes[place].value())
        self._form.take_focus(next(empty, next(iter(known))))

    def _put(self, box: FieldBox, value: str) -> None:
        self._forget_offer(box.key)
        now = box.value().strip()
        if now and now not in (value, self._given.get(box.key)):
            self._offer(box, value)
            return
        self._given[box.key] = value
        if box.key == "applicant.id_number":
            # Only a citizen's card has such a number.
            self._form.boxes["applicant.id_kind"].put("citizen_id")
        box.put(value)

    def _offer(self, box: FieldBox, value: str) -> None:
        offer = self.offers[box.key] = CardOffer(value, self._say, self._look)
        offer.taken.connect(lambda: self._take(box, value))
        box.add_below(offer)

    def _take(self, box: FieldBox, value: str) -> None:
        self._given[box.key] = box.value().strip()
        self._put(box, value)
        box.take_focus()

    def _forget_offer(self, place: str) -> None:
        if offer := self.offers.pop(place, None):
            offer.hide()
            offer.deleteLater()
