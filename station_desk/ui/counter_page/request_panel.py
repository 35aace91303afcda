"""One request in hand: head, form, materials, guide, and the one action that ends it."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from station_desk.cases.parts import How
from station_desk.catalogue.edition.published import PublishedForms
from station_desk.catalogue.guide_page import guide_page
from station_desk.core.clock import Clock
from station_desk.core.texts import Texts
from station_desk.counter.application import Application, Fault
from station_desk.counter.bundles import partners_of
from station_desk.counter.wording import field_label, language_of
from station_desk.counter.workflow_words import workflow_of
from station_desk.ui.counter_page import draft as d
from station_desk.ui.counter_page.card_fill import CardFill
from station_desk.ui.counter_page.form_view import FormView
from station_desk.ui.counter_page.header_card import HeaderCard
from station_desk.ui.counter_page.materials_view import MaterialsView, in_full, in_short
from station_desk.ui.counter_page.together_strip import TogetherStrip
from station_desk.ui.counter_page.undrawn_note import UndrawnNote
from station_desk.ui.look.look import Look
from station_desk.ui.shared.action_bar import action_bar
from station_desk.ui.shared.guide_view import GuideView
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.labels import capital, set_tone, small, wrapping
from station_desk.ui.shared.surface import Surface
from station_desk.ui.shared.tab_strip import TabStrip

FORM, MATERIALS, GUIDE = range(3)
MATERIALS_WIDTH = 310
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RequestPanel(QWidget):
    """Everything about one request. `accepting` asks for the acceptance, `touched` comes with the first
    answer, `joined` with the items that are to be handed in together with this one.
    """

    accepting = Signal()
    touched = Signal()
    joined = Signal(str, object)

    def __init__(
        self,
        draft: d.Draft,
        ticket_number: str,
        forms: PublishedForms,
        clock: Clock,
        say: Texts,
        look: Look,
    ) -> None:
        super().__init__()
        self.draft = draft
        self._forms = forms
        self._catalogue = catalogue = forms.catalogue
        self._clock = clock
        self._say = say
        self._look = look
        self._was_touched = False
        self.head = HeaderCard(draft.item, ticket_number, say, look)
        self.together = self._together()
        self.form = FormView(draft, catalogue, say, look)
        self.card = CardFill(self.form, say, look)
        self.beside = MaterialsView(draft, catalogue, in_short, say, look, left=4)
        self.beside.setMinimumWidth(look.px(MATERIALS_WIDTH))
        self.materials = MaterialsView(draft, catalogue, in_full, say, look, left=12)
        names = tuple(say(f"ui.tab.{name}") for name in ("form", "materials", "guide"))
        self.tabs = TabStrip(names, say("ui.tab.name"), look)
        self.hint = QLabel()
        self.undrawn = UndrawnNote(say, look)
        self.accept = KeyButton("", "F9", look, "soft")
        self._arrange()
        self._connect()
        self.look_again()

    def application(self) -> Application:
        """The application as it stands."""
        return d.application_of(self.draft, self._catalogue)

    def faults(self) -> tuple[Fault, ...]:
        """What is wrong now, in the order of the form."""
        return d.faults_in(self.draft, self._catalogue, self._today())

    def look_again(self) -> None:
        """Checks the whole form and says what it found, beside each field and on the button."""
        faults = self.faults()
        sentences = {fault.field: self._sentence(fault) for fault in faults}
        self.form.show_faults(faults, sentences, self._today())
        for view in (self.beside, self.materials):
            view.show_ways(self.draft.ways)
        ready, of = d.papers_ready(self.draft)
        lacking = any(f.blocks and f.field.startswith("material.") for f in faults)
        self.tabs.show_count(MATERIALS, f"{ready} / {of}" if of else "", "warn" if lacking else "ok")
        self._say_action([fault for fault in faults if fault.blocks])
        self.undrawn.look_at({self.name_of(place): text for place, text in self.draft.values.items()})

    def start(self) -> None:
        """Puts the focus where typing begins."""
        self.tabs.setCurrentIndex(FORM)
        self.form.take_focus("applicant.id_number")

    def take_focus(self) -> None:
        """Puts the focus where it was when this request was last worked on."""
        last: QWidget | None = self.focusWidget()
        if last:
            last.setFocus()
        else:
            self.start()

    def press(self) -> None:
        """F9: accept, or go to the first thing missing."""
        blocking = [fault for fault in self.faults() if fault.blocks]
        if blocking:
            self.form.ask_all()
            self.look_again()
            self.go_to(blocking[0].field)
        else:
            self.accepting.emit()

    def fill_from_card(self, said: Mapping[str, str]) -> bool:
        """Fills in what a card says; True when some of it is only offered, beside what was typed."""
        self.tabs.setCurrentIndex(FORM)
        self.card.fill(said)
        return bool(self.card.offers)

    def go_to(self, place: str) -> None:
        """Leads to a field or a material."""
        self.tabs.setCurrentIndex(FORM)
        if place.startswith("material."):
            self.beside.take_focus(place.removeprefix("material."))
        else:
            self.form.take_focus(place)

    def tell(self, sentence: str) -> None:
        """Says something beside the action: what a rule wants, or that work is under way."""
        self.hint.setText(sentence)

    def set_busy(self, sentence: str) -> None:
        """The acceptance is under way: the action waits, the form stays as it is."""
        self.accept.setEnabled(not sentence)
        self.tell(sentence)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in ENTER:
            alone = not isinstance(watched, QPlainTextEdit)
            if alone or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.focusNextChild()
                return True
        return False

    def _connect(self) -> None:
        self.form.edited.connect(self._on_edited)
        self.form.left.connect(self.look_again)
        for view in (self.beside, self.materials):
            view.shown.connect(self._on_shown)
        self.tabs.currentChanged.connect(self._show_page)
        self.accept.clicked.connect(self.press)
        QShortcut("Ctrl+Tab", self, self._next_tab)
        for box in self.form.boxes.values():
            for target in box.editor.targets():
                target.installEventFilter(self)
        for row in (*self.beside.rows.values(), *self.materials.rows.values()):
            row.tick.installEventFilter(self)

    def _together(self) -> TogetherStrip | None:
        partners = partners_of(self._catalogue, self.draft.item.code)
        if partners is None:
            return None
        strip = TogetherStrip(partners, self.draft.together, self._say, self._look)
        strip.chosen.connect(lambda codes: self.joined.emit(partners.event.code, codes))
        self.head.add(strip)
        return strip

    def _show_page(self, place: int) -> None:
        if place == GUIDE and self.guide.page() is None:
            say, forms = self._say, self._forms
            page = guide_page(self.draft.item, forms.catalogue, forms.edition, say, language_of(say))
            self.guide.show_guide(page, workflow_of(self.draft.item, say))
        self._pages.setCurrentIndex(place)

    def _next_tab(self) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + 1) % self.tabs.count())

    def _on_edited(self) -> None:
        if not self._was_touched:
            self._was_touched = True
            self.touched.emit()
        self.look_again()

    def _on_shown(self, key: str, how: How) -> None:
        self.draft.ways[key] = how
        self._on_edited()

    def _say_action(self, blocking: list[Fault]) -> None:
        if blocking:
            first = self.name_of(blocking[0].field)
            self.accept.say(self._say("ui.request.first", name=first, count=len(blocking)), "soft")
            names = self._say("ui.list").join(self.name_of(fault.field) for fault in blocking[:3])
            more = len(blocking) > 3
            self.tell(self._say("ui.request.missing_more" if more else "ui.request.missing", names=names))
        else:
            self.accept.say(self._say("ui.request.accept"), "primary")
            self.tell(self._say("ui.request.complete"))

    def name_of(self, place: str) -> str:
        """A field or material as the form calls it."""
        if place in self.form.boxes:
            return self.form.boxes[place].name
        return capital(field_label(place, self._catalogue, self._say))

    def _sentence(self, fault: Fault) -> str:
        values = {name: self._say.spoken(value) for name, value in fault.values.items()}
        if "how" in values:
            values["how"] = self._say(f"term.how.{values['how']}")
        return self._say(f"form.{fault.code}", **values)

    def _today(self) -> date:
        return self._clock().date()

    def _arrange(self) -> None:
        look = self._look
        self.hint = wrapping(small("", look))
        set_tone(self.hint, "plain", self._look)
        self.hint.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        form_page = QWidget()
        beside = QHBoxLayout(form_page)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(self.form, 9)
        beside.addWidget(self.beside, 4)
        self.guide = GuideView(self._say, look)
        self._pages = QStackedWidget()
        for page in (form_page, self.materials, self.guide):
            self._pages.addWidget(page)
        card = Surface("card", look)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(1, look.px(3), 1, look.px(3))
        inner.setSpacing(0)
        inner.addWidget(self._tab_row())
        inner.addWidget(self._pages, 1)
        inner.addWidget(self.undrawn)
        inner.addWidget(action_bar(self.hint, [self.accept], look))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(10))
        column.addWidget(self.head)
        column.addWidget(card, 1)

    def _tab_row(self) -> QFrame:
        frame = Surface("bottom", self._look)
        row = QHBoxLayout(frame)
        row.setContentsMargins(self._look.px(6), 0, self._look.px(6), 0)
        row.addWidget(self.tabs)
        row.addStretch()
        return frame
