"""The settings page, built from the one table of settings."""

from collections.abc import Callable, Generator, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from station_desk.core.settings import SETTINGS
from station_desk.core.texts import Texts
from station_desk.counter.desk import Desk
from station_desk.counter.settings import Shown, change_setting, reset_setting, setting_words, settings_now
from station_desk.ui.acts import Acts
from station_desk.ui.look.look import Look
from station_desk.ui.settings_page.row import SettingRow
from station_desk.ui.shared.action_bar import action_bar
from station_desk.ui.shared.editors import LineEditor
from station_desk.ui.shared.heard import Heard
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import section, set_tone, small, title, wrapping
from station_desk.ui.shared.scrolling import scrolling
from station_desk.ui.shared.surface import Surface

FIND_WIDTH = 348


class SettingsPage(QWidget):
    """Every setting. `changed` carries the key of one that was changed.

    The rows are made when the page is first shown, in turns: few days need one of them.
    """

    changed = Signal(str)
    accounts_asked = Signal()

    def __init__(self, acts: Acts, say: Texts, look: Look) -> None:
        super().__init__()
        self._acts = acts
        self._say = say
        self._look = look
        self._rows: dict[str, SettingRow] = {}
        self._only_shows = False
        self.search = LineEditor(look, say("settings.window.search"))
        self.search.setProperty("framed", "yes")
        self.search.setAccessibleName(say("settings.window.search"))
        self.none = wrapping(small(say("settings.window.none"), look))
        self.none.hide()
        self.hint = wrapping(small("", look))
        self.bundle = KeyButton(say("settings.window.diagnose"), key_of("settings.diagnose"), look)
        self.accounts = KeyButton(say("staff.dialog.open"), key_of("settings.accounts"), look)
        self.envelope = KeyButton(say("settings.window.envelope"), key_of("settings.envelope"), look)
        self._heads: dict[str, QWidget] = {}
        self._column = QVBoxLayout()
        self._making = self._make_rows()
        self._arrange()
        self.search.textChanged.connect(self._filter)
        self.bundle.clicked.connect(self._diagnose)
        self.accounts.clicked.connect(self.accounts_asked)
        self.envelope.clicked.connect(self._make_envelope)
        Heard("settings.search", self, self.search.setFocus)

    @property
    def rows(self) -> Mapping[str, SettingRow]:
        """The row of each setting by its key, all of them."""
        self.make_rows()
        return self._rows

    def make_rows(self) -> None:
        """Makes at once what is not made yet, and reads what is kept: some page before this one stood so."""
        if not self.is_made():
            for _row in self._making:
                pass
            self.reload()

    def is_made(self) -> bool:
        """Whether all rows stand already."""
        return len(self._rows) == len(SETTINGS)

    def reload(self) -> None:
        """Looks at what is kept."""
        self._acts.look(settings_now, self._show)

    def only_show(self) -> None:
        """The settings of the station are shown and not changed; those of this PC are everybody's."""
        self._only_shows = True
        for row in self._rows.values():
            self._bind(row)

    def take_focus(self) -> None:
        """Puts the focus where a setting is searched."""
        if self.is_made():
            self.reload()
        else:
            self._acts.tasks.in_turns(self._making, self.reload)
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show(self, shown: list[Shown]) -> None:
        for one in shown:
            self.rows[one.setting.key].look_again(one)

    def change(self, key: str, value: str) -> None:
        """Keeps another value, as if it had been chosen here."""
        self._keep(key, lambda desk: change_setting(desk, key, value), "saved")

    def _reset(self, key: str) -> None:
        self._keep(key, lambda desk: reset_setting(desk, key), "was_reset")

    def _diagnose(self) -> None:
        from station_desk.counter.diagnose import Bundle, diagnosis
        from station_desk.ui.settings_page.bundle_dialog import BundleDialog

        def made(bundle: Bundle) -> None:
            BundleDialog(bundle, self._say, self._look, self).show()

        self._acts.tasks.run(
            lambda: diagnosis(self._acts.desk.store.profile.folder, self._acts.desk, self._acts.desk.clock),
            made, title=self._say("diagnose.title"),
        )  # fmt: skip

    def _make_envelope(self) -> None:
        from station_desk.store.vault.telling import KeyState, key_state
        from station_desk.ui.settings_page.envelope_dialog import EnvelopeDialog

        def looked(state: KeyState) -> None:
            EnvelopeDialog(self._acts, state, self._say, self._look, self).show()

        self._acts.look(lambda desk: key_state(desk.store.profile), looked)

    def _keep(self, key: str, act: Callable[[Desk], Shown], told: str) -> None:
        def kept(shown: Shown) -> None:
            row, say = self.rows[key], self._say
            row.show_value(shown)
            value = setting_words(shown.setting, shown.value, say)
            self.hint.setText(say(f"settings.window.{told}", name=row.name, value=value))
            set_tone(self.hint, "ok", self._look)
            self.changed.emit(key)

        self._acts.tasks.run(lambda: act(self._acts.desk), kept, refused=self.rows[key].refuse)

    def _filter(self, asked: str) -> None:
        found = {key for key, row in self.rows.items() if row.fits(asked)}
        for key, row in self.rows.items():
            row.setVisible(key in found)
        for keeper, head in self._heads.items():
            head.setVisible(any(self.rows[key].setting.keeper == keeper for key in found))
        self.none.setVisible(not found)

    def _arrange(self) -> None:
        look, say = self._look, self._say
        body = QWidget()
        body.setProperty("ground", "none")
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, look.px(8), 0, look.px(8))
        inner.setSpacing(0)
        self._column.setSpacing(look.px(4))
        inner.addLayout(self._column)
        self.none.setContentsMargins(look.px(18), look.px(10), look.px(18), 0)
        inner.addWidget(self.none)
        inner.addStretch()
        card = Surface("card", look)
        whole = QVBoxLayout(card)
        whole.setContentsMargins(1, look.px(3), 1, look.px(3))
        whole.setSpacing(0)
        whole.addWidget(scrolling(body), 1)
        whole.addWidget(action_bar(self.hint, [self.accounts, self.envelope, self.bundle], look))
        head_row = QHBoxLayout()
        head_row.addWidget(title(say("settings.window.title"), look))
        head_row.addStretch()
        self.search.setFixedWidth(look.px(FIND_WIDTH))
        head_row.addWidget(self.search)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(12), look.px(12), look.px(12), look.px(12))
        column.setSpacing(look.px(10))
        column.addLayout(head_row)
        column.addWidget(card, 1)

    def _make_rows(self) -> Generator[SettingRow, None, None]:
        say, look = self._say, self._look
        for setting in SETTINGS:
            if setting.keeper not in self._heads:
                head = self._heads[setting.keeper] = section(say(f"settings.keeper.{setting.keeper}"), look)
                head.setContentsMargins(look.px(18), look.px(10), 0, 0)
                self._column.addWidget(head)
            row = self._rows[setting.key] = SettingRow(setting, say, look)
            row.asked.connect(self.change)
            row.reset.connect(self._reset)
            self._bind(row)
            self._column.addWidget(row)
            yield row

    def _bind(self, row: SettingRow) -> None:
        row.setEnabled(not self._only_shows or row.setting.keeper == "pc")
