"""One year: where it comes from, what it comes to, its picture, and what its marks mean."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from station_desk.catalogue.calendar import CalendarYear, working_calendar, working_days_of
from station_desk.core.texts import Texts
from station_desk.counter.day_words import DayWords
from station_desk.ui.calendar_page.year_days import DayKind, counts_of, months_of
from station_desk.ui.calendar_page.year_picture import Mark, YearPicture
from station_desk.ui.look.look import Look
from station_desk.ui.shared.flow import flowing
from station_desk.ui.shared.labels import small, title, words, wrapping
from station_desk.ui.shared.pill import Pill
from station_desk.ui.shared.surface import Surface

LEGEND: tuple[DayKind, ...] = ("work", "weekend", "rest", "moved_work")


class YearCard(QWidget):
    """Shows a year that is known, or one that is about to be entered beside what was known of it."""

    def __init__(self, say: Texts, look: Look) -> None:
        super().__init__()
        self._say = say
        self._look = look
        self.name = title("", look)
        self.status = Pill("", "ok", look)
        self.origin = Pill("", "plain", look)
        self.facts: list[QLabel] = []
        self.picture = YearPicture(say, look)
        self.legend = {kind: small("", look) for kind in LEGEND}
        self.changed = small(say("calendar_page.legend.differs"), look)
        self._mark = Mark("work", look, differs=True)
        self._arrange()

    def show_year(self, year: CalendarYear, origin: str, before: CalendarYear | None = None) -> None:
        """Shows a year; days that are otherwise than in `before` carry a dot."""
        say = self._say
        self.name.setText(say("calendar_page.year", year=year.year))
        self.status.say(say(f"cli.calendar.{year.status}"), "ok" if year.status == "official" else "warn")
        self.origin.say(say(f"calendar_page.origin.{origin}") if origin else "", "plain")
        self._show_facts(list(_facts(year, say)))
        counts = counts_of(year)
        for kind, label in self.legend.items():
            label.setText(say(f"calendar_page.legend.{kind}", count=counts[kind]))
        self.picture.show_months(months_of(year, before), self.name.text(), _described(year, say))
        for widget in (self.changed, self._mark):
            widget.setVisible(before is not None)

    def _show_facts(self, facts: list[tuple[str, str]]) -> None:
        for label in self.facts:
            self._grid.removeWidget(label)
            label.deleteLater()
        self.facts = []
        for row, (name, said) in enumerate(facts):
            label, text = small(name, self._look), wrapping(words(said, self._look))
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(label, row, 0)
            self._grid.addWidget(text, row, 1)
            self.facts += [label, text]

    def _arrange(self) -> None:
        look = self._look
        head = Surface("bottom", look)
        row = QHBoxLayout(head)
        row.setContentsMargins(look.px(18), look.px(10), look.px(18), look.px(10))
        row.setSpacing(look.px(10))
        row.addWidget(self.name)
        row.addWidget(self.status)
        row.addWidget(self.origin)
        row.addStretch()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(look.px(20))
        self._grid.setVerticalSpacing(look.px(4))
        self._grid.setColumnStretch(1, 1)
        page = QWidget()
        page.setProperty("ground", "none")
        inner = QVBoxLayout(page)
        inner.setContentsMargins(look.px(18), look.px(12), look.px(18), look.px(12))
        inner.setSpacing(look.px(12))
        inner.addLayout(self._grid)
        inner.addWidget(self._legend_row())
        inner.addWidget(self.picture)
        inner.addStretch()
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(self._say("calendar_page.picture"))
        self.area.setWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.area, 1)

    def _legend_row(self) -> QWidget:
        look = self._look
        pairs: list[QWidget] = []
        marks = [(Mark(kind, look), label) for kind, label in self.legend.items()]
        for mark, label in [*marks, (self._mark, self.changed)]:
            pair = QWidget()
            row = QHBoxLayout(pair)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(look.px(4))
            row.addWidget(mark)
            row.addWidget(label)
            pairs.append(pair)
        return flowing(pairs, "left", look.px(14))


def _facts(year: CalendarYear, say: Texts) -> Iterator[tuple[str, str]]:
    notice = " · ".join(filter(None, (year.number, year.notice.isoformat() if year.notice else "")))
    count = working_days_of(working_calendar([year]), year.year)
    yield say("calendar_page.worked"), say("cli.calendar.working_days", count=count)
    yield say("calendar_page.notice"), notice or say("calendar_page.no_notice")
    yield say("calendar_page.source"), year.source
    if year.note:
        yield say("calendar_page.note"), year.note


def _described(year: CalendarYear, say: Texts) -> str:
    days = DayWords(say, year.year)
    return "\n".join(
        say(f"cli.calendar.{key}", days=days.joined(map(days.day, sorted(getattr(year, key)))) or "-")
        for key in ("rest_weekdays", "work_weekends")
    )
