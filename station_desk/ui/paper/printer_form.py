"""The printer of one kind of paper as a form: which one, copies, sides and sheet; for tickets the roll."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from station_desk.core.texts import Texts
from station_desk.counter.printers import PAPERS, TICKET, Chosen, usual_copies
from station_desk.printing.printers.setting import (
    LETTERS,
    MOST_COPIES,
    ROLLS,
    SHEETS,
    SIDES,
    PrinterSetting,
)
from station_desk.ui.look.look import Look
from station_desk.ui.shared.check_word import CheckWord
from station_desk.ui.shared.editors import ChoiceEditor, LineEditor, Option
from station_desk.ui.shared.field_box import FieldBox
from station_desk.ui.shared.labels import small, wrapping

NONE, OTHER = "none", "other"
"""No printer of its own; one that is typed."""


class PrinterForm(QWidget):
    """Built anew for each kind: what can be chosen depends on it."""

    def __init__(self, say: Texts, look: Look) -> None:
        super().__init__()
        self._say = say
        self._look = look
        self._kind = ""
        self.fields: dict[str, FieldBox] = {}
        self.answers = CheckWord(say("printer.dialog.answers"), look)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._body = QWidget()
        self._column.addWidget(self._body)

    def show_kind(self, chosen: Chosen, found: Sequence[str]) -> None:
        """Shows the printer of a kind, and the printers of the system to choose from."""
        self._kind = chosen.kind
        setting = chosen.setting or PrinterSetting()
        own = chosen.own or chosen.kind == PAPERS
        places = self._places(found)
        stands = setting.address if own else NONE
        place = stands if stands in dict(places) else OTHER
        self._make(places)
        self.fields["place"].put(place)
        self.fields["address"].put(setting.address if place == OTHER else "")
        self.fields["copies"].put(str(setting.copies if own else usual_copies(chosen.kind)))
        for key, value in (("sides", setting.sides), ("size", setting.size), ("letters", setting.letters)):
            if key in self.fields:
                self.fields[key].put(value)
        self.answers.setChecked(setting.answers)
        self._on_place()

    def values(self) -> dict[str, str]:
        """What stands in the fields."""
        return {key: box.value() for key, box in self.fields.items()}

    def put(self, values: Mapping[str, str]) -> None:
        """Writes into the fields what stood in them."""
        for key, value in values.items():
            self.fields[key].put(value)

    def setting(self) -> PrinterSetting | None:
        """What the form says; None for a kind that shall have no printer of its own."""
        place = self.fields["place"].value()
        if place == NONE:
            return None
        said = self.values()
        return PrinterSetting(
            address=said["address"].strip() if place == OTHER else place,
            copies=int(said["copies"]),
            sides=next((sides for sides in SIDES if sides == said.get("sides")), "one"),
            size=next((size for size in (*SHEETS, *ROLLS) if size == said["size"]), ""),
            letters=next((letters for letters in LETTERS if letters == said.get("letters")), "gb18030"),
            answers=self.answers.isChecked(),
        )

    def _places(self, found: Sequence[str]) -> list[Option]:
        say = self._say
        none = {PAPERS: [], TICKET: [(NONE, say("printer.place.none"))]}
        options = none.get(self._kind, [(NONE, say("printer.dialog.as_papers"))])
        options.append(("folder", say("printer.place.folder")))
        options += [(f"system:{name}", name) for name in found]
        return [*options, (OTHER, say("printer.dialog.other"))]

    def _make(self, places: Sequence[Option]) -> None:
        look, say = self._look, self._say
        body, self.fields = QWidget(), {}
        sizes = ROLLS if self._kind == TICKET else SHEETS
        own = say("printer.size.roll" if self._kind == TICKET else "printer.size.own")
        rows: list[list[tuple[str, ChoiceEditor | LineEditor]]] = [
            [("place", ChoiceEditor(look, places, ""))],
            [("address", LineEditor(look, "tcp://10.0.0.9:9100"))],
            [
                ("copies", self._choice([(str(n), str(n)) for n in range(1, MOST_COPIES + 1)])),
                ("size", self._choice([(size, size or own) for size in sizes])),
            ],
            [self._last()],
        ]
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(10))
        for row in rows:
            column.addLayout(self._row(row))
        if self._kind == TICKET:
            column.addWidget(self.answers)
        self.help = wrapping(small(say("printer.dialog.help"), look))
        self.help.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column.addWidget(self.help)
        column.addStretch(1)
        self.answers.setVisible(self._kind == TICKET)
        self._column.replaceWidget(self._body, body)
        self._body.deleteLater()
        self._body = body
        self.fields["place"].edited.connect(self._on_place)

    def _last(self) -> tuple[str, ChoiceEditor]:
        say = self._say
        if self._kind == TICKET:
            return "letters", self._choice([(x, say(f"printer.letters.{x}")) for x in LETTERS])
        return "sides", self._choice([(x, say(f"printer.sides.{x}")) for x in SIDES])

    def _choice(self, options: Sequence[Option]) -> ChoiceEditor:
        return ChoiceEditor(self._look, options, "")

    def _row(self, row: Sequence[tuple[str, ChoiceEditor | LineEditor]]) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(self._look.px(12))
        for key, editor in row:
            label = self._say(f"printer.dialog.field.{key}")
            self.fields[key] = FieldBox(key, label, editor, self._look, required=False)
            self.fields[key].setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
            line.addWidget(self.fields[key], 1)
        return line

    def _on_place(self) -> None:
        place = self.fields["place"].value()
        self.fields["address"].setVisible(place == OTHER)
        self.help.setVisible(place == OTHER)
        for key, box in self.fields.items():
            if key not in ("place", "address"):
                box.setVisible(place != NONE)
        self.answers.setVisible(self._kind == TICKET and place == OTHER)
