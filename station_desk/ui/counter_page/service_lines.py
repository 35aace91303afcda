"""The items of one visit under the queue: what is done, what comes now, what still comes."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from station_desk.core.texts import Texts
from station_desk.store.first_look import ServiceRow, TicketRow
from station_desk.ui.look.look import Look
from station_desk.ui.look.palette import Tone
from station_desk.ui.shared.labels import set_tone, small, wrapping

MOST = 4


class ServiceLines(QWidget):
    """A line for each item of a visit that has several; nothing for one."""

    def __init__(self, say: Texts, look: Look) -> None:
        super().__init__()
        self._say = say
        self._look = look
        self._lines: list[QLabel] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.px(3))
        for _ in range(MOST + 1):
            line = wrapping(small("", look))
            line.hide()
            self._column.addWidget(line)
            self._lines.append(line)

    def show_services(self, ticket: TicketRow | None) -> None:
        """Shows the items of a ticket."""
        services = ticket.services if ticket and len(ticket.services) > 1 else ()
        told = [self._told(one, is_now=one is _now(services)) for one in services[:MOST]]
        if len(services) > MOST:
            told.append((self._say("ui.ticket.services_more", count=len(services) - MOST), "plain"))
        for line, (text, tone) in zip(self._lines, told, strict=False):
            line.setText(text)
            set_tone(line, tone, self._look)
        for n, line in enumerate(self._lines):
            line.setVisible(n < len(told))
        self.setVisible(bool(told))

    def texts(self) -> list[str]:
        """What the lines say."""
        return [line.text() for line in self._lines if not line.isHidden()]

    def _told(self, one: ServiceRow, *, is_now: bool) -> tuple[str, Tone]:
        name = one.title.get(self._say.language) or self._say("ui.queue.restricted")
        if one.quantity > 1:
            name = self._say("ui.ticket.times", name=name, done=one.done, quantity=one.quantity)
        if is_now:
            return self._say("ui.ticket.service_now", name=name), "accent"
        if one.left:
            return self._say("ui.ticket.service_left", name=name), "plain"
        return self._say(f"ui.ticket.service_{'next' if one.is_open() else 'done'}", name=name), (
            "plain" if one.is_open() else "ok"
        )


def _now(services: tuple[ServiceRow, ...]) -> ServiceRow | None:
    return next((one for one in services if one.is_open()), None)
