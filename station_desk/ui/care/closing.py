"""The closing of a day in the window: which day, who closes it, who else confirms it."""

from uuid import uuid4

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from station_desk.core.errors import RuleError
from station_desk.core.texts import Texts
from station_desk.counter.answers import Printed
from station_desk.counter.care import print_closing
from station_desk.counter.closing_day import CloseDay, DayClosed, close_day_now, unclosed_days
from station_desk.counter.desk import Desk
from station_desk.ui.acts import Acts
from station_desk.ui.look.look import Look
from station_desk.ui.shared.editors import LineEditor
from station_desk.ui.shared.field_box import FieldBox
from station_desk.ui.shared.flow import flowing
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import section, set_tone, small, wrapping
from station_desk.ui.shared.surface import Surface


class ClosingCard(Surface):
    """Three fields and one button; what came of it is said below."""

    def __init__(self, acts: Acts, say: Texts, look: Look) -> None:
        super().__init__("card", look)
        self._acts, self._say, self._look = acts, say, look
        self.fields = {
            key: FieldBox(key, say(f"backup.day.field.{key}"), LineEditor(look, ""), look, required=True)
            for key in ("day", "closed_by", "confirmed_by")
        }
        self.hint = wrapping(small("", look))
        self.close_it = KeyButton(say("backup.day.close"), key_of("care.close_day"), look)
        self.sheet = KeyButton(say("backup.day.sheet"), key_of("care.sheet"), look)
        self.daily = KeyButton(say("backup.day.daily"), key_of("care.daily"), look)
        self._arrange()
        self.close_it.clicked.connect(self._close)
        self.sheet.clicked.connect(lambda: self._look_at("closing"))
        self.daily.clicked.connect(lambda: self._look_at("daily"))
        desk = acts.desk
        self.fields["closed_by"].put(desk.station.clerk)
        if desk.acting and desk.acting.role == "head":
            self.fields["confirmed_by"].put(desk.acting.name)
        acts.look(_first_day, self._show_day)

    def _show_day(self, seen: tuple[str, str]) -> None:
        day, open_days = seen
        self.fields["day"].put(day)
        if open_days:
            self.hint.setText(self._say("backup.day.open", days=open_days))
            set_tone(self.hint, "warn", self._look)

    def _close(self) -> None:
        asked = {key: box.value().strip() for key, box in self.fields.items()}
        wish = CloseDay(asked["day"], asked["confirmed_by"], asked["closed_by"])
        command = uuid4().hex
        self._acts.do(lambda desk: close_day_now(desk, wish, command), self._closed, refused=self._refuse)

    def _closed(self, told: DayClosed) -> None:
        self._acts.send(lambda desk: print_closing(desk, told.day), self._printed)
        self.hint.setText(
            self._say(
                "backup.day.closed", day=told.day, closed_by=told.closed_by, confirmed_by=told.confirmed_by,
                count=told.gaps, head=told.code[:40] + "…",
            )
        )  # fmt: skip
        set_tone(self.hint, "ok", self._look)

    def _look_at(self, kind: str) -> None:
        from station_desk.counter.day_shown import ShownDay, show_day
        from station_desk.ui.paper.preview import Preview

        def opened(shown: ShownDay) -> None:
            if self.isVisible():
                Preview(shown, self._sheet_printed, self._acts, self._say, self._look, self.window()).show()

        day = self.fields["day"].value()
        self._acts.make(
            lambda desk, _progress: show_day(desk, "closing" if kind == "closing" else "daily", day),
            opened, refused=self._refuse, title=self._say(f"backup.day.making_{kind}"),
        )  # fmt: skip

    def _sheet_printed(self, answer: Printed) -> None:
        self.hint.setText(self._say(f"backup.day.out_{answer.paper}"))
        set_tone(self.hint, "ok", self._look)

    def _printed(self, how: str) -> None:
        self.hint.setText(f"{self.hint.text()} {how}")

    def _refuse(self, error: RuleError) -> None:
        self.hint.setText(self._say.error(error))
        set_tone(self.hint, "bad", self._look)

    def _arrange(self) -> None:
        look = self._look
        row = QHBoxLayout()
        row.setSpacing(look.px(12))
        for box in self.fields.values():
            row.addWidget(box, 1)
        below = QHBoxLayout()
        below.addWidget(self.hint, 1)
        below.addWidget(flowing([self.sheet, self.daily, self.close_it], "right", look.px(10)))
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(14), look.px(10), look.px(14), look.px(12))
        column.setSpacing(look.px(8))
        column.addWidget(section(self._say("backup.day.title"), look))
        column.addLayout(row)
        column.addLayout(below)


def _first_day(desk: Desk) -> tuple[str, str]:
    """The day that is to be closed first, and all that are open before today."""
    open_days = unclosed_days(desk)
    first = open_days[0] if open_days else desk.clock().date()
    return first.isoformat(), desk.texts("ui.list").join(day.isoformat() for day in open_days)
