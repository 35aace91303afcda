"""The papers that a case has now: the newest by one key, all others and the large ones in a menu."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from station_desk.catalogue.paper_kinds import PAPER_KINDS
from station_desk.core.texts import Texts
from station_desk.ui.look.look import Look
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of


class PaperOffer(QWidget):
    """Two buttons that are there only while there is something to print. `asked` carries kind and size.

    `certify`: a certificate is to be sealed, which may be done only where `offer_certificate` said so.
    """

    asked = Signal(str, bool)
    certify = Signal()

    def __init__(self, say: Texts, look: Look) -> None:
        super().__init__()
        self._say = say
        self._kinds: tuple[str, ...] = ()
        self._certifies = False
        self.newest = KeyButton("", key_of("case.paper"), look)
        self.more = KeyButton(say("papers.window.more"), key_of("case.papers"), look)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(10))
        row.addWidget(self.newest)
        row.addWidget(self.more)
        self.newest.clicked.connect(self._ask_newest)
        self.more.clicked.connect(self._open)
        self.offer(())

    def buttons(self) -> tuple[KeyButton, KeyButton]:
        """The newest paper, and the others."""
        return self.newest, self.more

    def offer(self, kinds: tuple[str, ...]) -> None:
        """Offers these kinds, what happened last first."""
        self._kinds = kinds
        self._certifies = False
        self.newest.setVisible(bool(kinds))
        self.more.setVisible(bool(self._entries()))
        if kinds:
            self.newest.say(
                self._say("papers.window.print", paper=self._name(kinds[0], large=False)), "plain"
            )

    def offer_certificate(self) -> None:
        """Offers that a certificate is sealed, until other kinds are offered."""
        self._certifies = True
        self.more.setVisible(True)

    def menu(self, parent: QWidget) -> QMenu:
        """All that the first button does not print."""
        menu = QMenu(parent)
        if self._certifies:
            menu.addAction(self._say("papers.certificate.offer")).triggered.connect(self.certify)
            if self._entries():
                menu.addSeparator()
        large_begun = False
        for kind, large in self._entries():
            if large and not large_begun:
                menu.addSeparator()
                large_begun = True
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
