"""One request in hand: head, form, materials, guide, and the one action that ends it."""

from collections.abc import Iterator, Mapping
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from station_desk.cases.parts import How
from station_desk.core.texts import Texts
from station_desk.counter.application import Application, Fault
from station_desk.counter.bundles import partners_of
from station_desk.counter.drafts import KeptDraft
from station_desk.counter.known_resident import KnownResident
from station_desk.counter.one_time_notice import NoticeNow, fault_words
from station_desk.counter.wording import field_label
from station_desk.ui.acts import Acts
from station_desk.ui.counter_page import draft as d
from station_desk.ui.counter_page import prefill as known_rules
from station_desk.ui.counter_page.action_words import action_words
from station_desk.ui.counter_page.card_fill import CardFill
from station_desk.ui.counter_page.clear_button import ClearButton
from station_desk.ui.counter_page.focus_place import place_of
from station_desk.ui.counter_page.known_strip import KnownStrip
from station_desk.ui.counter_page.materials_view import MaterialsView
from station_desk.ui.counter_page.notice_mode import NoticeMode
from station_desk.ui.counter_page.people_finder import PeopleFinder
from station_desk.ui.counter_page.repeat_strip import RepeatStrip
from station_desk.ui.counter_page.request_card import arranged
from station_desk.ui.counter_page.request_keys import RequestKeys
from station_desk.ui.counter_page.request_parts import RequestParts
from station_desk.ui.counter_page.small_request import SmallRequest
from station_desk.ui.counter_page.together_strip import TogetherStrip
from station_desk.ui.counter_page.undrawn_note import UndrawnNote, printed_by_desk
from station_desk.ui.look.look import Look
from station_desk.ui.shared.cursor import put_cursor
from station_desk.ui.shared.heard import Heard
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import capital, small, wrapping
from station_desk.ui.shared.later_pages import LaterPages
from station_desk.ui.shared.tab_strip import TabStrip

TABS = ("form", "materials", "guide")
FORM, MATERIALS, GUIDE, NOTICE = range(4)
ID_NUMBER = "applicant.id_number"


class RequestPanel(QWidget):
    """Everything about one request. `accepting` asks for the acceptance, `noticing` for the one-time notice;
    `touched` comes with the first answer, `changed` with each and with each move of the cursor, `joined` with
    the items that are to be handed in together with this one.
    """

    accepting = Signal()
    noticing = Signal()
    touched = Signal()
    changed = Signal()
    joined = Signal(str, object)

    def __init__(self, parts: RequestParts, acts: Acts, say: Texts, look: Look) -> None:
        super().__init__(parts.place)
        self.draft = parts.draft
        self.parts = parts
        self._acts = acts
        self._catalogue = acts.desk.edition.forms.catalogue
        self._say = say
        self._look = look
        self._was_touched = False
        self._lists: list[MaterialsView] = []
        self._steps = self._made()

    def make(self) -> Iterator[None]:
        """Makes what is not there yet, a little a step: only then it may be shown."""
        yield from self._steps

    def _made(self) -> Iterator[None]:
        yield from self._begun()
        yield from arranged(self, self._form_page, self._pages, self._look)
        yield from self.form.make()
        yield from self.beside.make()
        self.people.watch()
        self.repeat.reason.put(self.draft.repeat_reason)
        yield
        yield from self._connect()
        self.small = SmallRequest(self, MATERIALS, self._look)
        yield
        self.look_again()

    def _begun(self) -> Iterator[None]:
        """Its parts in the order in which the keys go through them."""
        draft, parts, say, look = self.draft, self.parts, self._say, self._look
        self.head = parts.head_in(self)
        yield
        self.together = self._together()
        self._form_page = QWidget(self)
        self.form = parts.form_in(self._form_page)
        yield
        self.beside = parts.papers_beside(self._form_page)
        yield
        self.hint = wrapping(small("", look))
        self.card = CardFill(self.form, say, look)
        yield
        self.tabs = TabStrip(tuple(say(f"ui.tab.{name}") for name in TABS), say("ui.tab.name"), look)
        self.saved = small("", look)
        yield
        self.clear = ClearButton(draft, say, look)
        self.known = KnownStrip(say, look)
        yield
        self.repeat = RepeatStrip(say, look)
        yield
        self.notice = NoticeMode(draft.item, self._acts.desk, say, look)
        yield
        self._keys = RequestKeys(self)
        self.people = PeopleFinder(draft, self.form, self._acts, say, look)
        self.undrawn = UndrawnNote(say, look, printed_by_desk(self._acts.desk, draft.item, say))
        yield
        self.accept = KeyButton("", key_of("request.accept"), look, "soft")
        self._pages = LaterPages(
            (lambda: self._form_page, lambda: self.materials, lambda: parts.guide, lambda: self.notice.page),
            self,
        )
        yield

    def made(self) -> "RequestPanel":
        """The same with all that it shows."""
        for _ in self.make():
            pass
        return self

    def is_untouched(self) -> bool:
        """Whether nobody ever wrote anything here: it can be made anew as it is."""
        return not self._was_touched and self.draft.is_untouched

    def application(self) -> Application:
        """The application as it stands."""
        return d.application_of(self.draft, self._catalogue)

    def faults(self) -> tuple[Fault, ...]:
        """What is wrong now, in the order of the form."""
        return d.faults_in(self.draft, self._catalogue, self._today())

    def look_again(self) -> None:
        """Checks the whole form and says what it found, beside each field and on the button."""
        faults = self.faults()
        sentences = {fault.field: fault_words(fault, self._say) for fault in faults}
        self.form.show_faults(faults, sentences, self._today())
        for view in self._lists:
            view.show_ways(self.draft, self._today())
        waiting = sum(fault.code == "unconfirmed" for fault in faults)
        newest = max(self.draft.known.values(), key=lambda known: known.day, default=None)
        self.known.show_count(waiting, known_rules.papers_offered(self.draft), newest, self._today())
        self.repeat.show_repeats(() if self.notice.is_open else self.draft.repeats)
        ready, of = d.papers_ready(self.draft)
        lacking = any(f.blocks and f.field.startswith("material.") for f in faults)
        self.tabs.show_count(MATERIALS, f"{ready} / {of}" if of else "", "warn" if lacking else "ok")
        self._say_action([fault for fault in faults if fault.blocks])
        self.undrawn.look_at({self.name_of(place): text for place, text in self.draft.values.items()})

    def start(self) -> None:
        """Puts the focus where typing begins."""
        self.tabs.setCurrentIndex(FORM)
        self.form.take_focus("applicant.id_number")

    def resume(self, body: KeptDraft) -> None:
        """The request was taken up from its draft: the focus and the cursor are where they were."""
        place = body.focus
        papers = {f"material.{key}" for key in self.beside.rows}
        if place in {*self.form.boxes, *papers, d.REPEAT}:
            self.go_to(place)
        if place in self.form.boxes:
            put_cursor(self.form.boxes[place].editor.targets()[0], body.cursor)
        self.saved.setText(self._say("ui.request.taken_up", at=body.changed[5:16].replace("T", " ")))
        self.people.look_again()

    def kept(self) -> KeptDraft | None:
        """The request as it goes into the profile; None while nobody has typed anything."""
        return None if self.draft.is_untouched else d.kept(self.draft, *self.place_in_focus())

    def place_in_focus(self) -> tuple[str, int]:
        """The place that has the focus, or had it last, and where its cursor stands."""
        boxes = {**self.form.boxes, d.REPEAT: self.repeat.reason}
        return place_of(self.focusWidget(), boxes, self._lists)

    def tell_kept(self, at: str) -> None:
        """Says when the draft was written."""
        self.saved.setText(self._say("ui.request.saved", at=at[11:19]))

    def take_known(self, place: str, known: KnownResident) -> None:
        """What earlier cases say of the resident who was looked up at a place."""
        known_rules.prefill(self.draft, known, self._catalogue, place)
        self.form.show_values()
        self._on_edited()

    def confirm_known(self) -> None:
        """F12: the resident was asked, everything known is so; the next thing missing is gone to."""
        known_rules.confirm_all(self.draft)
        self._on_edited()
        if blocking := [fault for fault in self.faults() if fault.blocks]:
            self.go_to(blocking[0].field)

    def show_all_needed(self) -> None:
        """Every paper that must be there was seen."""
        known_rules.tick_needed(self.draft)
        self._on_edited()

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
        self.notice.leave()
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
        if said.get("id_number") == self.form.boxes[ID_NUMBER].value():
            self.people.ask(ID_NUMBER, said["id_number"])
        return bool(self.card.offers)

    def go_to(self, place: str) -> None:
        """Leads to a field or a material."""
        self.tabs.setCurrentIndex(FORM)
        if place == d.REPEAT:
            self.repeat.take_focus()
        elif place.startswith("material."):
            self.small.show_paper(place.removeprefix("material."))
        else:
            self.form.take_focus(place)

    def tell(self, sentence: str) -> None:
        """Says something beside the action: what a rule wants, or that work is under way."""
        self.hint.setText(sentence)

    def set_busy(self, sentence: str) -> None:
        """The acceptance is under way: the action waits, the form stays as it is."""
        for button in (self.accept, self.notice.tell):
            button.setEnabled(not sentence)
        self.tell(sentence)

    def set_free(self) -> None:
        """What was asked is answered: the actions can be pressed again."""
        for button in (self.accept, self.notice.tell):
            button.setEnabled(True)

    def press_notice(self) -> None:
        """F8: collects everything that is wrong; once it was looked through, tells it."""
        if self.draft.values.get("applicant.name", "").strip():
            self.notice.press(self.faults())
        else:
            self.tell(self._say("ui.notice_page.name_first"))
            self.go_to("applicant.name")

    def prepare_notice(self) -> None:
        """Makes the page of the notice, for what was typed there before."""
        self._pages.prepare(NOTICE)

    def notice_wish(self) -> NoticeNow:
        """The notice as it would be given now."""
        found = self.notice.defects()
        return NoticeNow(self.application(), found.materials, found.words, self.notice.until())

    def _follow(self) -> None:
        """The keys go to another place."""
        self._keys.hear()
        self.changed.emit()

    def confirm_at(self, watched: QObject) -> None:
        """Enter in a field that was filled from an earlier case says that it is so."""
        for key, box in self.form.boxes.items():
            if watched in box.editor.targets() and known_rules.confirm(self.draft, key):
                self._on_edited()

    def _connect(self) -> Iterator[None]:
        self.form.edited.connect(self._on_edited)
        self.form.left.connect(self.look_again)
        self._watch_list(self.beside)
        self.tabs.currentChanged.connect(self._show_page)
        self.tabs.tabBarClicked.connect(self._show_page)
        self.accept.clicked.connect(self.press)
        self.notice.tell.clicked.connect(self.press_notice)
        self.notice.opened.connect(self._show_notice)
        self.notice.left.connect(self._leave_notice)
        self.notice.given.connect(self.noticing)
        self.clear.rewritten.connect(self._on_rewritten)
        self.known.confirmed.connect(self.confirm_known)
        self.repeat.edited.connect(self._on_reason)
        self.people.found.connect(self.take_known)
        self.people.looked.connect(self.look_again)
        Heard("request.tab", self, self._next_tab)
        for box in (*self.form.boxes.values(), self.repeat.reason):
            box.came.connect(self._follow)
            for target in box.editor.targets():
                if isinstance(target, QLineEdit | QPlainTextEdit):
                    target.cursorPositionChanged.connect(lambda *_: self.changed.emit())
            yield

    @property
    def materials(self) -> MaterialsView:
        """The papers in full."""
        view = self.parts.materials
        if view not in self._lists:
            self._watch_list(view)
            view.show_ways(self.draft, self._today())
        return view

    def _watch_list(self, view: MaterialsView) -> None:
        self._lists.append(view)
        view.shown.connect(self._on_shown)
        view.all_shown.connect(self.show_all_needed)
        for row in view.rows.values():
            row.tick.came.connect(self._follow)

    def _together(self) -> TogetherStrip | None:
        partners = partners_of(self._catalogue, self.draft.item.code)
        if partners is None:
            return None
        strip = TogetherStrip(partners, self.draft.together, self._say, self._look)
        strip.chosen.connect(lambda codes: self.joined.emit(partners.event.code, codes))
        self.head.add(strip)
        return strip

    def _show_page(self, place: int) -> None:
        self.notice.leave()
        self._pages.bring(place)

    def _show_notice(self) -> None:
        """One primary action a screen: while the notice is looked through it is the notice."""
        self._pages.bring(NOTICE)
        self.accept.hide()
        self.look_again()
        self.tell("")

    def _leave_notice(self) -> None:
        self._pages.bring(self.tabs.currentIndex())
        self.accept.show()
        self.look_again()
        self.take_focus()

    def _next_tab(self) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + 1) % self.tabs.count())

    def _on_edited(self) -> None:
        if not self._was_touched:
            self._was_touched = True
            self.touched.emit()
        self.clear.note_edit()
        self.look_again()
        self.changed.emit()

    def _on_rewritten(self) -> None:
        """The form was emptied, or filled again with what stood there."""
        self.form.show_values()
        self.repeat.reason.put(self.draft.repeat_reason)
        self.people.forget()
        self._on_edited()
        self.start()

    def _on_reason(self, reason: str) -> None:
        self.draft.repeat_reason = reason
        self._on_edited()

    def _on_shown(self, key: str, how: How) -> None:
        self.draft.ways[key] = how
        self.draft.on_file.pop(key, None)
        self._on_edited()

    def _say_action(self, blocking: list[Fault]) -> None:
        self.small.say_action(action_words(blocking, self.name_of, self._say))

    def name_of(self, place: str) -> str:
        """A field or material as the form calls it."""
        if place in self.form.boxes:
            return self.form.boxes[place].name
        if place == d.REPEAT:
            return self.repeat.reason.name
        return capital(field_label(place, self._catalogue, self._say))

    def _today(self) -> date:
        return self._acts.desk.clock().date()
