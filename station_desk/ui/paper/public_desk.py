"""Papers of the catalogue in the window: set beside all other work, then looked at, or printed at once."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from station_desk.core.errors import RuleError
from station_desk.core.texts import Texts
from station_desk.counter.answers import Printed
from station_desk.counter.public_print import LookFirst, PublicWish, ShownPublic, print_guide, show_public
from station_desk.ui.acts import Acts
from station_desk.ui.look.look import Look
from station_desk.ui.paper.preview import Preview
from station_desk.ui.tasks import Failure

Tell = Callable[[str], None]


class PublicDesk(QObject):
    """One paper is set at a time. `page` is where it was asked for: a preview opens over no other page."""

    def __init__(
        self, window: QWidget, page: QWidget, tell: Tell, acts: Acts, say: Texts, look: Look
    ) -> None:
        super().__init__(window)
        self._window = window
        self._page = page
        self._tell = tell
        self._acts = acts
        self._say = say
        self._look = look
        self._setting = False
        self._told = False
        self._waits: ShownPublic | None = None

    def preview(self, wish: PublicWish) -> None:
        """Sets a paper and shows it before it is printed."""
        say = self._say
        if self._setting:
            self._tell(say("public.window.running"))
            return
        self._setting = True
        self._waits = None
        self._acts.make(
            lambda desk, progress: show_public(desk, wish, progress), self._on_set,
            refused=self._on_refused, ended=self._on_ended,
            title=say("public.window.making", paper=say(f"public.kind.{wish.kind}")),
        )  # fmt: skip

    def print_sheet(self, code: str) -> None:
        """The guide sheet of an item, printed at once."""
        self._told = False
        self._tell(self._say("ui.done.printing"))
        self._acts.print(
            lambda desk: print_guide(desk, code), self._on_printed,
            refused=lambda error: self._on_sheet_refused(code, error),
            ended=self._on_print_ended, title=self._say("ui.done.printing"),
        )  # fmt: skip

    def show_waiting(self) -> None:
        """The page is back in sight: what was set meanwhile is shown."""
        shown, self._waits = self._waits, None
        if shown:
            self._open(shown)

    def _on_set(self, shown: ShownPublic) -> None:
        if self._page.isVisible():
            self._open(shown)
        else:
            self._waits = shown

    def _open(self, shown: ShownPublic) -> None:
        Preview(shown, self._on_printed, self._acts, self._say, self._look, self._window).show()

    def _on_printed(self, answer: Printed) -> None:
        self._told = True
        self._tell(self._say("public.window.printed", paper=self._say(f"public.kind.{answer.paper}")))

    def _on_refused(self, error: RuleError) -> None:
        self._told = True
        if self._page.isVisible():
            self._tell(self._say.error(error))
        else:
            self._acts.tasks.trouble.emit(Failure(error, None))

    def _on_sheet_refused(self, code: str, error: RuleError) -> None:
        if isinstance(error, LookFirst):
            self._told = True
            self.preview(PublicWish("guide", code))
        else:
            self._on_refused(error)

    def _on_ended(self) -> None:
        self._setting = False

    def _on_print_ended(self) -> None:
        if not self._told:
            self._tell(self._say("printer.preview.not_printed"))
