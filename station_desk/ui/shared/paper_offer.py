"""The papers that a case has now: the newest by one key, all others and the large ones in a menu."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from station_desk.catalogue.paper_kinds import PAPER_KINDS
from station_desk.core.texts import Texts
from station_desk.ui.look.look import Look
from station_desk.ui.shared.key_button import KeyButton


class PaperOffer(QWidget):
    """Two buttons that are there only while there is something to print. `asked` carries kind and size."""

    asked = Signal(str, bool)

    def __init__(self, say: Texts, look: Look) -> None:
        super().__init__()
        self._say = say
        self._kinds: tuple[str, ...] = ()
        self.newest = KeyButton("", "Ctrl+P", look)
        self.more = KeyButton(say("papers.window.more"), "Ctrl+Shift+P", look)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(10))
        row.addWidget(self.newest)
        row.addWidget(self.more)
        self.newest.clicked.connect(self._ask_newest)
        self.more.clicked.connect(self._open)
        self.offer(())

    def offer(self, kinds: tuple[str, ...]) -> None:
        """Offers these kinds, what happened last first."""
        self._kinds = kinds
        self.newest.setVisible(bool(kinds))
        self.more.setVisible(bool(self._entries()))
        if kinds:
            self.newest.say(
                self._say("papers.window.print", paper=self._name(kinds[0], large=False)), "plain"
            )

    def menu(self, parent: QWidget) -> QMenu:
        """All that the first button does not print."""
        menu = QMenu(parent)
        for kind, large in self._entries():
            if large and not any(action.isSeparator() for action in menu.actions()):
                menu.addSeparator()
            action = menu.addAction(self._name(kind, large=large))
            action.triggered.connect(
                lambda _checked=False, kind=kind, large=large: self.asked.emit(kind, large)
            )
        return menu

    def _entries(self) -> list[tuple[str, bool]]:
        kept = [kind for kind in self._kinds if PAPER_KINDS[kind].kept]
        return [*((kind, False) for kind in self._kinds[1:]), *((kind, True) for kind in kept)]

    def _name(self, kind: str, *, large: bool) -> str:
        name = self._say(f"papers.kind.{kind}")
        return self._say("papers.window.large", paper=name) if large else name

    def _ask_newest(self) -> None:
        if self._kinds:
            self.asked.emit(self._kinds[0], False)

    def _open(self) -> None:
        menu = self.menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(QPoint(0, 0)) - QPoint(0, menu.sizeHint().height()))
        menu.setActiveAction(menu.actions()[0])
