"""Search-and-do: what is typed in the top bar finds cases, items and commands; Enter opens or does it."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from station_desk.catalogue.item import Item
from station_desk.catalogue.readings import readings_of
from station_desk.core.texts import Texts
from station_desk.counter.certificate_codes import look_at_certificate
from station_desk.counter.receipt_codes import LookedAt, Verdict, look_at_receipt
from station_desk.counter.scan_finds import cases_of_person
from station_desk.counter.wording import state_words, worded
from station_desk.protocol.certificate_code import looks_like_certificate
from station_desk.protocol.receipt_code import looks_like_code
from station_desk.store.case_pages import CaseRow
from station_desk.store.find import PersonRow, find_all
from station_desk.ui.acts import Acts
from station_desk.ui.frame.commands import Commands, Offer, spells
from station_desk.ui.frame.hit_panel import HitPanel
from station_desk.ui.frame.search_box import SearchBox
from station_desk.ui.look.look import Look
from station_desk.ui.look.palette import Tone
from station_desk.ui.shared.case_words import item_name
from station_desk.ui.shared.choice_list import Choice, Heading, Line
from station_desk.ui.shared.heard import Heard
from station_desk.ui.shared.item_finder import ItemFinder

SHOWN = 8
MOST_FOUND = SHOWN + 1
"""Of more cases nobody counts how many there are: it says so. Each that is counted is read from the disk."""

PEOPLE_SHOWN, ITEMS_SHOWN, COMMANDS_SHOWN = 2, 3, 5
"""So many residents, items and commands are shown beside cases; more where fewer cases were found."""

Hit = CaseRow | PersonRow | Item | Offer
Readings = tuple[tuple[str, ...], ...]
TONES: dict[Verdict, Tone] = {
    "genuine": "ok", "altered": "bad", "unknown": "warn", "retired": "bad", "no_code": "warn",
}  # fmt: skip


class Search(QObject):
    """Joins the box with the list of hits. `chosen` carries the row of the case to open, `item_chosen` the
    code of the item whose guide is wanted; a command is done at once.
    """

    chosen = Signal(object)
    item_chosen = Signal(str)

    def __init__(
        self,
        box: SearchBox,
        window: QWidget,
        acts: Acts,
        items: ItemFinder,
        commands: Commands,
        say: Texts,
        look: Look,
    ) -> None:
        super().__init__(window)
        self.box = box
        self._window = window
        self._acts = acts
        self._items = items
        self._say = say
        self._asked = ""
        self._hits: dict[str, Hit] = {}
        self._before: QWidget | None = None
        self._readings: dict[str, Readings] = {}
        self.commands = commands
        self.panel = HitPanel(window, say, look)
        self.panel.list.clicked.connect(lambda _index: self.open_first())
        self._asking = False
        self._shown = ""
        box.textEdited.connect(lambda _text: self._ask())
        box.returnPressed.connect(self._enter)
        box.moved.connect(self.panel.move_choice)
        box.left.connect(self.leave)
        Heard("window.search", window, self.begin)

    def ask(self, text: str) -> None:
        """Looks a text up as if it had been typed."""
        self.box.setText(text)
        self._ask()

    def begin(self) -> None:
        """The box takes the focus; while it is empty, all that can be done now is listed."""
        focus: QWidget | None = QApplication.focusWidget()
        if focus is not self.box:
            self._before = focus
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()
        self._ask()

    def show_found(self, rows: list[CaseRow]) -> None:
        """Shows cases that were found another way, to choose one of them."""
        self.begin()
        self.box.clear()
        self._asked = self._shown = ""
        self.panel.proof.hide()
        lines = self._lines("cases", rows[:SHOWN])
        self._show_lines(lines, self._say("ui.search.found", shown=min(SHOWN, len(rows)), found=len(rows)))

    def open_first(self) -> None:
        """Opens or does the hit that is chosen: the first, unless the arrow keys went on."""
        hit = self._hits.get(self.panel.list.chosen())
        if hit is None:
            return
        self._hits = {}
        self.leave()
        match hit:
            case Item(code=code):
                self.item_chosen.emit(code)
            case Offer():
                self.commands.do(hit)
            case PersonRow(case_number=number):
                self._acts.look(lambda desk: cases_of_person(desk, number), self._show_cases_of)
            case row:
                self.chosen.emit(row)

    def leave(self) -> None:
        """Empties the search and goes back to where work was."""
        self.box.clear()
        self._asked = self._shown = ""
        self.panel.hide()
        before, self._before = self._before, None
        (before if before is not None and isValid(before) else self._window).setFocus()

    def _show_cases_of(self, rows: list[CaseRow]) -> None:
        """The cases of a resident: the only one is opened, of several one is chosen."""
        if len(rows) == 1:
            self.chosen.emit(rows[0])
        else:
            self.show_found(rows)

    def _ask(self) -> None:
        asked = self._asked = self.box.text().strip()
        if not asked:
            self._shown = ""
            self.panel.proof.hide()
            self._show_commands()
        elif not self._asking:
            self._find()

    def _find(self) -> None:
        """One question is under way at a time: fast typing and scanning ask for the last word only."""
        self._asking, asked = True, self._asked

        def ended() -> None:
            self._asking = False
            if self._asked not in ("", asked):
                self._find()

        if looks_like_code(asked) or looks_like_certificate(asked):
            look_at = look_at_certificate if looks_like_certificate(asked) else look_at_receipt
            self._acts.look(
                lambda desk: look_at(desk, asked), lambda looked: self._show_proof(asked, looked),
                ended=ended,
            )  # fmt: skip
        else:
            self._acts.look(
                lambda desk: find_all(desk.store, asked, MOST_FOUND, PEOPLE_SHOWN),
                lambda found: self._show(asked, found.cases, found.people),
                ended=ended,
            )

    def _show_commands(self) -> None:
        """Nothing is asked yet: what was used last, and everything that is possible now."""
        offers = self.commands.offers()
        lines = self._lines("recent", recent := self.commands.recent(offers))
        rest = [offer for offer in offers if offer not in recent]
        for group in ("here", "anywhere", "go", "set"):
            lines += self._lines(group, [offer for offer in rest if offer.group == group], kept=bool(lines))
        self._show_lines(lines, self._say("command.foot"))
        self._read_aloud(offers)

    def _read_aloud(self, offers: list[Offer]) -> None:
        """How the commands are read, for finding them by pinyin: made beside, once for each."""
        new = [offer.words for offer in offers if offer.words not in self._readings]
        if new and self._say.language != "en":
            self._acts.look(lambda _desk: readings_of(new), self._readings.update)

    def _show_proof(self, asked: str, looked: LookedAt) -> None:
        """A scanned receipt or certificate: whether it is genuine, and its case where that is here."""
        of_receipt = looked.paper == "receipt"
        what = looked.verdict if of_receipt else looked.paper
        word, sentence = self._say(f"proof.word.{what}"), f"proof.window.{what}"
        self.panel.verdict.say(word, "warn" if what == "over" else TONES[looked.verdict])
        self.panel.verdict_words.setText(self._say(sentence, **looked.values))
        unread = looked.verdict in ("altered", "no_code")
        self._show(asked, looked.rows, [], self._say("proof.not_read" if unread else "proof.not_here"))

    def _show(self, asked: str, rows: list[CaseRow], people: list[PersonRow], none: str = "") -> None:
        """The hits; `none` says that there are no cases, for a receipt."""
        if asked != self._asked:
            return
        self.panel.proof.setVisible(bool(none))
        self._shown = asked
        items = self._items.find(asked)
        offers = [] if none else [offer for offer in self.commands.offers() if self._fits(asked, offer)]
        commands = offers[:COMMANDS_SHOWN]
        cases = rows[: max(SHOWN - min(len(items), ITEMS_SHOWN) - len(commands) - len(people), 1)]
        lines = self._lines("cases", cases)
        lines += self._lines("people", people, kept=True)
        lines += self._lines("items", items[: max(SHOWN - len(cases) - len(commands), 1)], kept=True)
        lines += self._lines("commands", commands, kept=True)
        shown = len(self._hits)
        more = "+" if len(rows) == MOST_FOUND else ""
        count = f"{len(rows) + len(items) + len(offers)}{more}"
        found = self._say("ui.search.found", shown=shown, found=count)
        self._show_lines(lines, found if lines else none or self._say("ui.search.none"))

    def _fits(self, asked: str, offer: Offer) -> bool:
        low = asked.lower()
        return low in offer.words.lower() or spells(low, self._readings.get(offer.words, ()))

    def _lines(self, heading: str, hits: Iterable[Hit], *, kept: bool = False) -> list[Line]:
        """The lines of some hits under their heading; `kept` adds them to the hits that there are."""
        if not kept:
            self._hits = {}
        found = {_key(hit): hit for hit in hits}
        self._hits |= found
        lines: list[Line] = [self._line(key, hit) for key, hit in found.items()]
        return [Heading(self._say(f"command.heading.{heading}"), len(lines)), *lines] if lines else []

    def _show_lines(self, lines: list[Line], foot: str) -> None:
        self.panel.show_hits(lines, foot, self.box)

    def _line(self, key: str, hit: Hit) -> Choice:
        match hit:
            case Item():
                return Choice(key, worded(hit.name, self._say), note=hit.code)
            case Offer():
                return Choice(key, hit.words, note=hit.key)
            case PersonRow():
                known = self._say("command.person", name=hit.name, number=hit.id_number or hit.phone)
                return Choice(key, known, note=hit.seen_at[:10])
            case row:
                name = item_name(self._acts.desk, row, self._say)
                state = state_words(row.state, row.stage, self._say)
                title = self._say("command.case", number=row.number, item=name, name=row.name)
                return Choice(key, title, note=state)

    def _enter(self) -> None:
        if self.box.text().strip() == self._shown and self._hits:
            self.open_first()
        else:
            self._ask()


def _key(hit: Hit) -> str:
    match hit:
        case Item(code=code):
            return f"item {code}"
        case Offer(name=name):
            return f"do {name}"
        case PersonRow(case_number=number):
            return f"of {number}"
        case row:
            return f"case {row.number}"
