"""The calendar page: the years with their notices and pictures, and a new year entered from its file."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from station_desk.catalogue.calendar import CalendarYear, working_days_of
from station_desk.catalogue.check.year_file import YearFaulty, read_year
from station_desk.core.errors import RuleError
from station_desk.core.texts import Texts
from station_desk.counter.answers import YearEntered
from station_desk.counter.calendar_years import ImportYear, YearPreview, import_year, preview_year, renewed
from station_desk.counter.desk import Desk
from station_desk.store.years import imported_years
from station_desk.ui.acts import Acts, new_command
from station_desk.ui.calendar_page.faults_view import FaultsView
from station_desk.ui.calendar_page.year_card import YearCard
from station_desk.ui.look.look import Look
from station_desk.ui.look.palette import Tone
from station_desk.ui.shared.action_bar import action_bar
from station_desk.ui.shared.choice_list import Choice, ChoiceList
from station_desk.ui.shared.giving_way import column_gives_way
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import set_tone, small, title, wrapping
from station_desk.ui.shared.surface import Surface
from station_desk.ui.tasks import Task

YEAR, FAULTS = range(2)
Known = tuple[Desk, frozenset[int]]
"""The desk as it counts now, and the years that were entered here."""


class CalendarPage(QWidget):
    """Shows what is known; a chosen file is proof-read, then previewed, then entered or left."""

    def __init__(self, acts: Acts, say: Texts, look: Look) -> None:
        super().__init__()
        self._acts = acts
        self._say = say
        self._look = look
        self.file: Path | None = None
        self._entered: frozenset[int] = frozenset()
        self._pending: CalendarYear | None = None
        self._command = new_command()
        self.count = title("", look)
        self.list = ChoiceList(say("calendar_page.years"), look)
        self.card = YearCard(say, look)
        self.faults = FaultsView(say, look)
        self.hint = wrapping(small("", look))
        self.leave = KeyButton(say("calendar_page.leave"), key_of("calendar.leave"), look)
        self.primary = KeyButton("", key_of("calendar.enter"), look)
        self._arrange()
        self.list.picked.connect(self._on_picked)
        self.leave.clicked.connect(lambda: self._rest(""))
        self.primary.clicked.connect(self._press)
        self._say_actions()

    def take_focus(self) -> None:
        """Looks at the years again and puts the focus on their list."""
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self._pending is None and self._stack.currentIndex() == YEAR:
            self._acts.look(_known, self._show_known)

    def read_file(self, file: Path) -> None:
        """Proof-reads a year file and shows what entering it would do. Nothing is written."""
        self.file = file

        def work(task: Task[tuple[CalendarYear, YearPreview]]) -> tuple[CalendarYear, YearPreview]:
            year = read_year(file)
            return year, preview_year(self._acts.desk, year, task.progress)

        self._acts.tasks.run_counted(
            work, self._on_previewed, refused=self._on_refused, title=self._say("calendar_page.reading")
        )

    def _on_picked(self, number: str) -> None:
        """Another year is looked at: what was about to be entered is left."""
        if self._pending is not None or self._stack.currentIndex() == FAULTS:
            self._pending = self.file = None
            self._stack.setCurrentIndex(YEAR)
            self._tell("", "plain")
            self._say_actions()
        self._show_year(number)

    def _press(self) -> None:
        if self._pending is None:
            self._choose_file()
        else:
            self._enter(self._pending)

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, self._say("calendar_page.choose"), "", "TOML (*.toml)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda file: self.read_file(Path(file)))
        dialog.open()

    def _enter(self, year: CalendarYear) -> None:
        wish, command = ImportYear(year), self._command
        self.primary.setEnabled(False)
        self._acts.do_counted(
            lambda desk, progress: import_year(desk, wish, command, progress),
            self._on_entered,
            refused=self._on_refused,
            ended=lambda: self.primary.setEnabled(True),
            title=self._say("calendar_page.entering"),
        )

    def _on_previewed(self, read: tuple[CalendarYear, YearPreview]) -> None:
        year, preview = read
        self._pending, self._command = year, new_command()
        before = self._acts.desk.calendar.year(year.year)
        self.card.show_year(year, "", before or CalendarYear(year.year, "provisional", "-", (), ()))
        self._stack.setCurrentIndex(YEAR)
        values = {"year": year.year, "looked": preview.looked, "changed": preview.changed}
        self._tell(self._say("calendar_page.preview", **values), "accent")
        self._say_actions()

    def _on_entered(self, answer: YearEntered) -> None:
        key = "imported" if answer.status == "official" else "imported_provisional"
        values = {"year": answer.year, "looked": answer.looked, "changed": answer.changed}
        self._pending = None
        self._rest(self._say(f"cli.calendar.{key}", **values), str(answer.year))

    def _on_refused(self, error: RuleError) -> None:
        self._pending = None
        if isinstance(error, YearFaulty):
            self.faults.show_faults(error)
            self._stack.setCurrentIndex(FAULTS)
            self.faults.list.setFocus()
            self._tell(self._say("calendar_page.not_entered"), "warn")
        else:
            self._stack.setCurrentIndex(YEAR)
            self._tell(self._say.error(error), "warn")
            self._show_year(self.list.chosen())
        self._say_actions()

    def _rest(self, sentence: str, year: str = "") -> None:
        """Back to what is known; a year that was entered is shown."""
        self._pending = self.file = None
        self._stack.setCurrentIndex(YEAR)
        self._tell(sentence, "ok")
        self._say_actions()
        self._acts.look(_known, lambda known: self._show_known(known, year))
        self.list.setFocus()

    def _show_known(self, known: Known, year: str = "") -> None:
        self._acts.desk, self._entered = known
        calendar, say = self._acts.desk.calendar, self._say
        self.count.setText(say("calendar_page.count", count=len(calendar.years)))
        chosen = year or self.list.chosen() or str(self._acts.desk.clock().year)
        self.list.show_lines(
            [
                Choice(
                    str(one.year), say("calendar_page.year", year=one.year),
                    say("cli.calendar.working_days", count=working_days_of(calendar, one.year)),
                    say(f"cli.calendar.{one.status}"),
                )
                for one in reversed(calendar.years)
            ]
        )  # fmt: skip
        self.list.choose(chosen)
        self._show_year(self.list.chosen())

    def _show_year(self, number: str) -> None:
        year = self._acts.desk.calendar.year(int(number)) if number else None
        if year and self._pending is None:
            self.card.show_year(year, "entered" if year.year in self._entered else "shipped")

    def _tell(self, sentence: str, tone: Tone) -> None:
        self.hint.setText(sentence)
        set_tone(self.hint, tone, self._look)

    def _say_actions(self) -> None:
        year = self._pending
        self.leave.setVisible(year is not None or self._stack.currentIndex() == FAULTS)
        self.leave.say(self._say("calendar_page.leave" if year else "calendar_page.back"), "plain")
        if year:
            self.primary.say(self._say("calendar_page.enter", year=year.year), "primary")
        else:
            self.primary.say(self._say("calendar_page.import"), "primary")

    def _arrange(self) -> None:
        look = self._look
        years = Surface("card", look)
        inner = QVBoxLayout(years)
        inner.setContentsMargins(1, look.px(4), 1, look.px(4))
        inner.addWidget(self.list)
        left = QWidget()
        column_gives_way(left, self, look)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(10))
        column.addWidget(self.count)
        column.addWidget(years, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.card)
        self._stack.addWidget(self.faults)
        card = Surface("card", look)
        whole = QVBoxLayout(card)
        whole.setContentsMargins(1, look.px(3), 1, look.px(3))
        whole.setSpacing(0)
        whole.addWidget(self._stack, 1)
        whole.addWidget(action_bar(self.hint, [self.leave, self.primary], look))
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(12), look.px(12), look.px(12), look.px(12))
        row.setSpacing(look.px(12))
        row.addWidget(left)
        row.addWidget(card, 1)


def _known(desk: Desk) -> Known:
    return renewed(desk), frozenset(year.year for year in imported_years(desk.store))
