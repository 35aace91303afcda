"""Where the parts of a request stand: the head, and under it the card with the tabs, what is behind them, the
strips about it and the actions.

Each thing is put into what stands in the window already: Qt works out the look of a whole part anew with
every place it is moved to.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from station_desk.ui.look.look import Look
from station_desk.ui.shared.action_bar import action_bar
from station_desk.ui.shared.surface import Surface
from station_desk.ui.shared.tab_strip import tab_row

if TYPE_CHECKING:
    from station_desk.ui.counter_page.request_panel import RequestPanel


def arranged(panel: "RequestPanel", form_page: QWidget, pages: QWidget, look: Look) -> Iterator[None]:
    """Gives the parts of a request their places, a little a step."""
    card = Surface("card", look, panel)
    inner = QVBoxLayout(card)
    inner.setContentsMargins(1, look.px(3), 1, look.px(3))
    inner.setSpacing(0)
    column = QVBoxLayout(panel)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(look.px(10))
    column.addWidget(panel.head)
    column.addWidget(card, 1)
    yield
    beside = QHBoxLayout(form_page)
    beside.setContentsMargins(0, 0, 0, 0)
    beside.setSpacing(look.px(8))
    beside.addWidget(panel.form, 9)
    beside.addWidget(panel.beside, 4)
    inner.addWidget(tab_row(panel.tabs, [panel.saved, panel.clear], look))
    yield
    inner.addWidget(panel.known)
    inner.addWidget(pages, 1)
    yield
    inner.addWidget(panel.undrawn)
    inner.addWidget(panel.repeat)
    yield
    inner.addWidget(action_bar(panel.hint, [panel.notice.back, panel.notice.tell, panel.accept], look))
    yield
