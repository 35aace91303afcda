"""Empties the form, and as long as nothing else was typed, brings back what stood there (the key again)."""

from dataclasses import replace

from PySide6.QtCore import Signal

from station_desk.core.texts import Texts
from station_desk.ui.counter_page.draft import Draft
from station_desk.ui.counter_page.prefill import cleared, overwrite
from station_desk.ui.look.look import Look
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of


class ClearButton(KeyButton):
    """`rewritten` says that the draft says something else now."""

    rewritten = Signal()

    def __init__(self, draft: Draft, say: Texts, look: Look) -> None:
        super().__init__(say("ui.request.clear"), key_of("request.clear"), look, "quiet")
        self._draft = draft
        self._words = say
        self._before: Draft | None = None
        self.clicked.connect(self.press)

    def press(self) -> None:
        """Empties, or brings back."""
        before, self._before = self._before, None
        if before is None:
            if self._draft.is_untouched:
                return
            kept = replace(self._draft)
            overwrite(self._draft, cleared(self._draft))
        else:
            kept = None
            overwrite(self._draft, before)
        self.rewritten.emit()
        self._before = kept
        self._say_what()

    def may_bring_back(self) -> bool:
        """Whether the form was just emptied and nothing was typed since."""
        return self._before is not None and self._draft.is_untouched

    def note_edit(self) -> None:
        """Something was typed: what was emptied before is the past."""
        if self._before and not self._draft.is_untouched:
            self._before = None
            self._say_what()

    def _say_what(self) -> None:
        self.say(self._words("ui.request.unclear" if self._before else "ui.request.clear"), "quiet")
