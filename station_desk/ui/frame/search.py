"""Finding a case or an item from anywhere: what is typed in the top bar is looked up, Enter opens the hit."""

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from station_desk.catalogue.item import Item
from station_desk.core.texts import Texts
from station_desk.counter.receipt_codes import LookedAt, Verdict, look_at_receipt
from station_desk.counter.wording import state_words, worded
from station_desk.protocol.receipt_code import looks_like_code
from station_desk.store.lists import CaseRow, find_cases
from station_desk.ui.acts import Acts
from station_desk.ui.frame.search_box import SEARCH_KEY, SearchBox
from station_desk.ui.look.look import Look
from station_desk.ui.look.palette import Tone
from station_desk.ui.shared.case_words import item_name
from station_desk.ui.shared.item_finder import ItemFinder
from station_desk.ui.shared.labels import small, words
from station_desk.ui.shared.pill import Pill
from station_desk.ui.shared.surface import Surface

PAUSE_MS = 120
SHOWN = 8
ITEMS_SHOWN = 3
"""So many items are shown after the cases at most; more where fewer cases were found."""
TONES: dict[Verdict, Tone] = {
    "genuine": "ok", "altered": "bad", "unknown": "warn", "retired": "bad", "no_code": "warn",
}  # fmt: skip


class Search(QObject):
    """Joins the box with the list of hits. `chosen` carries the row of the case to open, `item_chosen` the
    code of the item whose guide is wanted.
    """

    chosen = Signal(object)
    item_chosen = Signal(str)

    def __init__(
        self, box: SearchBox, window: QWidget, acts: Acts, items: ItemFinder, say: Texts, look: Look
    ) -> None:
        super().__init__(window)
        self._box = box
        self._window = window
        self._acts = acts
        self._items = items
        self._say = say
        self._look = look
        self._asked = ""
        self._hits: list[CaseRow | Item] = []
        self.panel = HitPanel(window, say, look)
        self.panel.list.itemClicked.connect(lambda _item: self.open_first())
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._ask)
        box.textEdited.connect(lambda _text: self._pause.start())
        box.returnPressed.connect(self._enter)
        box.moved.connect(self.panel.move_choice)
        box.left.connect(self.leave)
        QShortcut(SEARCH_KEY, window, self._begin)

    def ask(self, text: str) -> None:
        """Looks a text up as if it had been typed."""
        self._box.setText(text)
        self._ask()

    def show_found(self, rows: list[CaseRow]) -> None:
        """Shows cases that were found another way, to choose one of them."""
        self._begin()
        self._box.clear()
        self._asked = ""
        self.panel.proof.hide()
        self._hits = list(rows[:SHOWN])
        lines = [self._line(hit) for hit in self._hits]
        self.panel.show_hits(
            lines, self._say("ui.search.found", shown=len(lines), found=len(rows)), self._box
        )

    def open_first(self) -> None:
        """Opens the hit that is chosen: the first, unless the arrow keys went on."""
        place = self.panel.list.currentRow()
        if 0 <= place < len(self._hits):
            hit = self._hits[place]
            self._hits = []
            self.leave()
            if isinstance(hit, Item):
                self.item_chosen.emit(hit.code)
            else:
                self.chosen.emit(hit)

    def leave(self) -> None:
        """Empties the search and goes back to work."""
        self._box.clear()
        self._asked = ""
        self.panel.hide()
        self._window.setFocus()

    def _begin(self) -> None:
        self._box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._box.selectAll()

    def _ask(self) -> None:
        asked = self._asked = self._box.text().strip()
        if not asked:
            self.panel.hide()
            return
        if looks_like_code(asked):
            self._acts.look(
                lambda desk: look_at_receipt(desk, asked), lambda looked: self._show_proof(asked, looked)
            )
            return
        self._acts.look(lambda desk: find_cases(desk.store, asked), lambda rows: self._show(asked, rows))

    def _show_proof(self, asked: str, looked: LookedAt) -> None:
        """A scanned receipt: whether it is genuine, and its case where that is here."""
        word, sentence = self._say(f"proof.word.{looked.verdict}"), f"proof.window.{looked.verdict}"
        self.panel.verdict.say(word, TONES[looked.verdict])
        self.panel.verdict_words.setText(self._say(sentence, **looked.values))
        unread = looked.verdict in ("altered", "no_code")
        self._show(asked, looked.rows, self._say("proof.not_read" if unread else "proof.not_here"))

    def _show(self, asked: str, rows: list[CaseRow], none: str = "") -> None:
        """The rows found; `none` says that there are none, for a scanned receipt."""
        if asked != self._asked:
            return
        self.panel.proof.setVisible(bool(none))
        items = self._items.find(asked)
        cases = rows[: SHOWN - min(len(items), ITEMS_SHOWN)]
        self._hits = [*cases, *items[: SHOWN - len(cases)]]
        lines = [self._line(hit) for hit in self._hits]
        found = self._say("ui.search.found", shown=len(lines), found=len(rows) + len(items))
        self.panel.show_hits(lines, found if lines else none or self._say("ui.search.none"), self._box)

    def _line(self, hit: CaseRow | Item) -> str:
        if isinstance(hit, Item):
            return self._say("ui.search.item", code=hit.code, item=worded(hit.name, self._say))
        return self._say(
            "ui.search.hit",
            number=hit.number,
            item=item_name(self._acts.desk, hit, self._say),
            name=hit.name,
            state=state_words(hit.state, hit.stage, self._say),
        )

    def _enter(self) -> None:
        if self._box.text().strip() == self._asked and self._hits:
            self.open_first()
        else:
            self._pause.stop()
            self._ask()


class HitPanel(Surface):
    """The hits, floating under the box inside the window."""

    def __init__(self, window: QWidget, say: Texts, look: Look) -> None:
        super().__init__("float", look)
        self.setParent(window)
        self._look = look
        self.list = QListWidget()
        self.list.setAccessibleName(say("ui.search.name"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.foot = small("", look)
        self.foot.setMargin(look.px(8))
        self.verdict = Pill("", "plain", look)
        self.verdict_words = words("", look)
        self.proof = _beside_one_another(self.verdict, self.verdict_words, look)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(1, look.px(4), 1, look.px(2))
        column.setSpacing(0)
        column.addWidget(self.proof)
        column.addWidget(self.list)
        column.addWidget(self.foot)
        self.hide()

    def show_hits(self, lines: list[str], foot: str, under: QWidget) -> None:
        """Shows the hits under the box, with a word below them on how many there are."""
        self.list.clear()
        self.list.addItems(lines)
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(lines))
        self.foot.setText(foot)
        width = max(
            under.width(),
            self.list.sizeHintForColumn(0) + self._look.px(24),
            self.foot.sizeHint().width(),
            0 if self.proof.isHidden() else self.proof.sizeHint().width(),
        )
        row = max(self.list.sizeHintForRow(0), 1)
        self.list.setFixedHeight(row * len(lines) + 2)
        self.adjustSize()
        self.resize(width + 4, self._column.sizeHint().height())
        left = under.mapTo(self.window(), QPoint(under.width() // 2, 0)).x() - self.width() // 2
        self.move(left, under.mapTo(self.window(), QPoint(0, under.height())).y() + self._look.px(4))
        self.show()
        self.raise_()

    def move_choice(self, step: int) -> None:
        """Goes to another hit."""
        if self.list.count():
            self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())


def _beside_one_another(pill: Pill, sentence: QWidget, look: Look) -> QWidget:
    strip = QWidget()
    row = QHBoxLayout(strip)
    row.setContentsMargins(look.px(10), look.px(6), look.px(10), look.px(6))
    row.setSpacing(look.px(8))
    row.addWidget(pill)
    row.addWidget(sentence, 1)
    return strip
