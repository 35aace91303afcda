"""The top bar: which station and counter, the search, how we stand with the district, who works here."""

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from station_desk.core.texts import Texts
from station_desk.ui.look.look import Look
from station_desk.ui.shared.giving_way import RowGivesWay
from station_desk.ui.shared.labels import section, small, words
from station_desk.ui.shared.pill import Pill
from station_desk.ui.shared.surface import Surface


class TopBar(Surface):
    """The bar; what stands in it comes from the profile. Search and sync come with the desk (`complete`)."""

    def __init__(self, station: str, counter: str, clerk: str, say: Texts, look: Look) -> None:
        super().__init__("bottom", look)
        self.setFixedHeight(look.px(52))
        self._left, self._right = _row(look), _row(look)
        self._left.addWidget(section(station, look))
        self._left.addWidget(Pill(say("ui.top.counter", counter=counter), "plain", look))
        self._left.addStretch()
        self._right.addStretch()
        # Where nobody was named, the counter acts: its number stands at the left already.
        self._name = words("" if clerk == counter else clerk, look)
        self._role = small(say("ui.top.role"), look)
        self._right.addWidget(self._name)
        self._right.addWidget(self._role)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(look.px(16), 0, look.px(16), 0)
        self._grid.addLayout(self._left, 0, 0)
        self._grid.addLayout(self._right, 0, 2)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(2, 1)
        self._grid.setHorizontalSpacing(look.px(12))
        self._giving = RowGivesWay(self, (self._role,), lambda _part: self._role.text())

    def complete(self, search: QWidget, sync: QWidget) -> None:
        """Puts the search in the middle, and how we stand with the district before the clerk's name."""
        self._grid.addWidget(search, 0, 1)
        self._right.insertWidget(1, sync)

    def show_acting(self, name: str, role: str, button: QWidget) -> None:
        """Who is signed in, in which role, and the way to lock the window."""
        self._name.setText(name)
        self._name.setToolTip(role)
        self._name.setAccessibleDescription(role)
        # Beside a lock there is no room for the role in large text on a small screen.
        self._put_for_role(button)

    def show_no_accounts(self, button: QWidget) -> None:
        """Nobody signs in here yet: in the place of a role it says so, and leads to the accounts."""
        self._put_for_role(button)

    def _put_for_role(self, button: QWidget) -> None:
        self._giving.leave_out(self._role)
        self._right.replaceWidget(self._role, button)
        self._role.deleteLater()


def _row(look: Look) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(look.px(12))
    return row
