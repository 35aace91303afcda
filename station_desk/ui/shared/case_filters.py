"""What a list of cases is narrowed to and how it is sorted: whose, which type, in which state, due when."""

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from station_desk.cases.times import days_left
from station_desk.catalogue.calendar import WorkingCalendar
from station_desk.core.texts import Texts
from station_desk.counter.wording import worded
from station_desk.store.case_pages import Held, Sort, Wanted
from station_desk.ui.acts import Acts
from station_desk.ui.look.look import Look
from station_desk.ui.shared.editors import ChoiceEditor, Option
from station_desk.ui.shared.flow import Flow
from station_desk.ui.shared.painting import rounded

STATES = {
    "open": ("received", "noticed", "processing", "supplement", "suspended"),
    "done": ("finished", "delivered", "declined", "withdrawn", "voided"),
}
SORTS: dict[str, tuple[str, ...]] = {
    "open": ("due", "due_down", "number_down", "number", "held"),
    "done": ("finished_down", "finished", "number_down", "number", "held"),
}
HELD: tuple[Held, ...] = ("unsettled", "refused", "waiting", "acknowledged")
SOON_DAYS = 3
LEAST = 92


class FilterChoice(ChoiceEditor):
    """A choice with a frame of its own; what is narrowed stands out by its colour and its words."""

    def __init__(self, name: str, options: list[Option], look: Look) -> None:
        super().__init__(look, options, "")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(look.px(32))
        self.setCurrentIndex(0)

    def sizeHint(self) -> QSize:
        # As wide as what is chosen, not as the longest choice: the list stands higher for it.
        px = self._look.px
        width = self.fontMetrics().horizontalAdvance(self.currentText()) + px(46)
        return QSize(max(width, px(LEAST)), super().sizeHint().height() + px(8))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent, /) -> None:
        colours, look = self._look.palette, self._look
        painter = QPainter(self)
        narrowed = self.currentIndex() > 0
        border = colours.accent if self.hasFocus() else colours.strong_line
        ground = colours.accent_soft if narrowed else colours.surface
        rounded(painter, self.rect(), ground, border, 6, 2 if self.hasFocus() else 1)
        painter.setFont(self.font())
        painter.setPen(QColor(colours.ink))
        room = self.rect().adjusted(look.px(10), 0, -look.px(22), 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.currentText())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.muted), 1.5))
        right, middle, half = self.width() - look.px(10), self.height() / 2, look.px(4)
        painter.drawPolyline(
            [QPointF(right - 2 * half, middle - half / 2), QPointF(right - half, middle + half / 2),
             QPointF(right, middle - half / 2)]
        )  # fmt: skip


class CaseFilters(QWidget):
    """The choices in a row. `changed` comes when the list is another one."""

    changed = Signal()

    def __init__(self, listed: Wanted, acts: Acts, say: Texts, look: Look) -> None:
        super().__init__()
        self._listed = listed
        self._acts = acts
        self.choices = {
            name: FilterChoice(say(f"ui.cases.{name}"), options, look)
            for name, options in self._options(say).items()
        }
        row = Flow("left", look.px(8))
        self.setLayout(row)
        for choice in self.choices.values():
            row.addWidget(choice)
            choice.edited.connect(lambda _place: self.changed.emit())

    def wanted(self) -> Wanted:
        """The list as it is narrowed and sorted now."""
        told = {name: choice.value() for name, choice in self.choices.items()}
        sort, _, down = told["sort"].partition("_")
        return replace(
            self._listed,
            sort=self._listed.sort if sort == "held" else _sort(sort),
            down=self._listed.down if sort == "held" else bool(down),
            held_first=sort == "held",
            state=told["state"],
            category=told["category"],
            clerk=told["clerk"],
            due=self._until(told.get("due", "")),
            held=_held(told["held"]),
        )

    def is_narrowed(self) -> bool:
        """Whether some cases are left out."""
        return any(choice.value() for name, choice in self.choices.items() if name != "sort")

    def sort_by(self, sort: str) -> None:
        """Sorts by a heading: as it is offered first, asked again the other way round."""
        choice = self.choices["sort"]
        ways = [way for way in SORTS[self._listed.which] if way.partition("_")[0] == sort]
        # An order that has no other way round is left again.
        other = ways[1] if len(ways) > 1 else SORTS[self._listed.which][0]
        choice.put(other if choice.value() == ways[0] else ways[0])

    def _options(self, say: Texts) -> dict[str, list[Option]]:
        desk = self._acts.desk
        states = [(state, say(f"term.state.{state}")) for state in STATES[self._listed.which]]
        types = [(code, worded(one.name, say)) for code, one in desk.catalogue.categories.items()]
        held: list[Option] = [
            ("", say("ui.cases.every.held")),
            *((one, say(f"ui.cases.held_{one}")) for one in HELD),
        ]
        found = {
            "clerk": [("", say("ui.cases.every.clerk")), (desk.actor, say("ui.cases.mine"))],
            "category": [("", say("ui.cases.every.category")), *types],
            "state": [("", say("ui.cases.every.state")), *states],
            "due": [(due, say(f"ui.cases.due_{due or 'any'}")) for due in ("", "late", "today", "soon")],
            "held": [("", say("ui.cases.every.held")), *held],
            "sort": [(way, say(f"ui.cases.by.{way}")) for way in SORTS[self._listed.which]],
        }
        if self._listed.which == "done":
            del found["due"]
        return found

    def _until(self, due: str) -> str:
        desk = self._acts.desk
        today = desk.clock().date()
        match due:
            case "late":
                return (today - timedelta(days=1)).isoformat()
            case "today":
                return today.isoformat()
            case "soon":
                return last_day(desk.calendar, today, SOON_DAYS).isoformat()
            case _:
                return ""


def last_day(calendar: WorkingCalendar, today: date, days: int) -> date:
    """The last day until which no more than so many working days remain."""
    day = today
    while (days_left(calendar, (day + timedelta(days=1)).isoformat(), today) or 0) <= days:
        day += timedelta(days=1)
    return day


def _held(name: str) -> Held:
    return next((one for one in HELD if one == name), "")


def _sort(name: str) -> Sort:
    match name:
        case "due" | "finished":
            return name
        case _:
            return "number"
