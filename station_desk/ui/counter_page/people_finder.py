"""Finds the resident while the applicant's block is typed: number, name, initials or phone; Enter takes him.

Beside that it says what does not fit earlier cases, and which cases this one would repeat.
"""

from PySide6.QtCore import QModelIndex, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station_desk.core.identifiers import normal
from station_desk.core.texts import Texts
from station_desk.counter.application import Fault
from station_desk.counter.known_resident import (
    FoundPerson,
    KnownResident,
    OpenKnown,
    identity_remarks,
    known_people,
    open_known,
)
from station_desk.counter.repeats import Repeat, repeats_of
from station_desk.counter.wording import worded
from station_desk.ui.acts import Acts, new_command
from station_desk.ui.counter_page.draft import Draft, application_of
from station_desk.ui.counter_page.form_view import FormView
from station_desk.ui.look.look import Look
from station_desk.ui.shared.choice_list import Choice, ChoiceList
from station_desk.ui.shared.field_box import FieldBox
from station_desk.ui.shared.labels import small
from station_desk.ui.shared.surface import Surface

PLACES = ("applicant.id_number", "applicant.name", "applicant.phone")
PAUSE_MS = 120
FEWEST = 2
WHOLE_NUMBER = 18


class PeopleList(Surface):
    """The residents found, floating under the field."""

    def __init__(self, say: Texts, look: Look) -> None:
        super().__init__("float", look)
        self._look = look
        self.list = ChoiceList(say("ui.people.name"), look)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        foot = small(say("ui.people.hint"), look)
        foot.setMargin(look.px(6))
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(1, look.px(4), 1, look.px(2))
        column.setSpacing(0)
        column.addWidget(self.list)
        column.addWidget(foot)
        self.hide()

    def show_under(self, box: QWidget, lines: list[Choice], *, first: bool) -> None:
        """Shows the lines under a field; the first is chosen already where there is no doubt."""
        window = box.window()
        self.setParent(window)
        self.list.show_lines(lines)
        if not first:
            self.list.setCurrentIndex(QModelIndex())
        width = max(box.width(), self._look.px(430))
        self.list.setFixedWidth(width - 2)
        self.list.room = width - 2
        self.list.doItemsLayout()
        self.list.setFixedHeight(sum(self.list.sizeHintForRow(n) for n in range(len(lines))) + 2)
        self._column.activate()
        self.resize(width, self._column.sizeHint().height())
        corner = box.mapTo(window, QPoint(0, box.height()))
        self.move(min(corner.x(), window.width() - self.width() - self._look.px(12)), corner.y())
        self.show()
        self.raise_()


class PeopleFinder(QObject):
    """`found` carries the place where somebody was looked up and what is known of him; `looked` says that
    remarks and repeats of the draft may have changed.
    """

    found = Signal(str, object)
    looked = Signal()

    def __init__(self, draft: Draft, form: FormView, acts: Acts, say: Texts, look: Look) -> None:
        super().__init__(form)
        self._draft = draft
        self._form = form
        self._acts = acts
        self._say = say
        self._box: FieldBox | None = None
        self._rows: dict[str, FoundPerson] = {}
        self._about = ""
        self._is_open = True
        self._look = look
        self._list: PeopleList | None = None
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._ask)

    def watch(self) -> None:
        """From now on whoever is typed is looked up."""
        for place in PLACES:
            box = self._form.boxes[place]
            box.edited.connect(lambda box=box: self._typed(box))
            box.left.connect(self._leave)

    @property
    def list(self) -> PeopleList:
        """The list: made when somebody is found first."""
        if self._list is None:
            self._list = PeopleList(self._say, self._look)
            self._list.list.clicked.connect(lambda _index: self._take())
        return self._list

    def close(self) -> None:
        """Takes the list away with its form."""
        self.stop()
        if self._list:
            self._list.deleteLater()

    def stop(self) -> None:
        """Nobody is looked up any more."""
        self._is_open = False
        self._pause.stop()
        self._hide()

    def ask(self, place: str, text: str) -> None:
        """Looks up whom a scanner or a card reader named at a place; the focus goes there if he is known."""
        box, item = self._form.boxes[place], self._draft.item

        def came(rows: tuple[FoundPerson, ...]) -> None:
            if rows and self._is_open and box.value().strip() == text:
                self._form.take_focus(place)
                self._box = box
                self._show(box, text, rows)

        if self._is_open and place not in self._draft.known:
            self._acts.look(lambda desk: known_people(desk, text, item), came)

    def takes(self, event: QKeyEvent) -> bool:
        """Whether the key is for the list: the arrows, Enter on a line, Esc."""
        if self._list is None or not self._list.isVisible():
            return False
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                self._step(1 if event.key() == Qt.Key.Key_Down else -1)
            case Qt.Key.Key_Escape:
                self._hide()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.list.list.chosen():
                self._take()
            case _:
                return False
        return True

    def look_again(self) -> None:
        """Looks whether earlier cases fit the applicant, and whether this one repeats any."""
        application = application_of(self._draft, self._acts.desk.catalogue)
        who = application.applicant
        about = f"{who.id_number}|{who.name}|{who.phone}"
        if about == self._about:
            return
        self._about = about
        whole = len(who.id_number) == WHOLE_NUMBER or bool(who.name and (who.phone or who.id_number))
        if not whole:
            self._show_looked(about, (), ())
            return
        self._acts.look(
            lambda desk: (repeats_of(desk, application), identity_remarks(desk, who)),
            lambda looked: self._show_looked(about, *looked),
        )

    def forget(self) -> None:
        """The next look asks again, whatever was asked before."""
        self._about = ""

    def _hide(self) -> None:
        if self._list:
            self._list.hide()

    def _typed(self, box: FieldBox) -> None:
        self._box = box if box.has_focus() else None
        if self._is_open:
            self._pause.start()

    def _leave(self) -> None:
        self._hide()

    def _ask(self) -> None:
        self.look_again()
        box = self._box
        text = box.value().strip() if box else ""
        if box is None or len(text) < FEWEST or box.key in self._draft.known:
            self._hide()
            return
        item = self._draft.item
        self._acts.look(lambda desk: known_people(desk, text, item), lambda rows: self._show(box, text, rows))

    def _show(self, box: FieldBox, text: str, rows: tuple[FoundPerson, ...]) -> None:
        # The form may be gone by the time an answer lands.
        if not self._is_open or box is not self._box or box.value().strip() != text or not box.has_focus():
            return
        self._rows = {row.case: row for row in rows}
        if not rows:
            self._hide()
            return
        initials = box.key == "applicant.name" and text.isascii()
        sure = len(rows) == 1 and (initials or len(normal(text)) == WHOLE_NUMBER)
        self.list.show_under(box, [self._line(row) for row in rows], first=sure)

    def _line(self, row: FoundPerson) -> Choice:
        item = self._acts.desk.catalogue.items.get(row.item)
        name = worded(item.name, self._say) if item else row.item
        title = "  ".join(part for part in (row.name, row.id_number, row.phone) if part)
        return Choice(row.case, title, self._say("ui.people.last", day=row.day, item=name))

    def _step(self, by: int) -> None:
        if self.list.list.currentIndex().isValid():
            self.list.list.step(by)
        elif by > 0:
            self.list.list.setCurrentIndex(self.list.list.choices.first())

    def _take(self) -> None:
        row, box = self._rows.get(self.list.list.chosen()), self._box
        self._hide()
        if row is None or box is None:
            return
        item, wish = self._draft.item, OpenKnown(row.case, self._draft.item.code, self._draft.ticket)
        command = new_command()
        self._acts.do(
            lambda desk: open_known(desk, item, wish, command), lambda known: self._tell(box, known)
        )

    def _tell(self, box: FieldBox, known: KnownResident) -> None:
        if self._is_open:
            self.found.emit(box.key, known)

    def _show_looked(self, about: str, repeats: tuple[Repeat, ...], remarks: tuple[Fault, ...]) -> None:
        draft = self._draft
        if self._is_open and about == self._about and (repeats, remarks) != (draft.repeats, draft.remarks):
            draft.repeats, draft.remarks = repeats, remarks
            self.looked.emit()
