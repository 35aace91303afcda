"""Where the pages bring what shall be printed, and where the printers of the counter are chosen."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from station_desk.core.texts import Texts
from station_desk.counter.answers import Printed, Sealed
from station_desk.counter.certificate_form import Offer, look_at_offer
from station_desk.counter.desk import Desk
from station_desk.counter.papers.journal import PrintPaper
from station_desk.counter.printers import place_words, setting_of
from station_desk.counter.shown import ShownPaper, show_paper
from station_desk.ui.acts import Acts
from station_desk.ui.look.look import Look

if TYPE_CHECKING:
    from station_desk.ui.paper.printers_dialog import PrintersDialog


class PaperDesk(QObject):
    """Opens what concerns papers over the window. `name_printer` is told whose papers come out where."""

    def __init__(
        self, window: QWidget, acts: Acts, name_printer: Callable[[str], None], say: Texts, look: Look
    ) -> None:
        super().__init__(window)
        self._window = window
        self._acts = acts
        self._name_printer = name_printer
        self._say = say
        self._look = look
        self._printers: PrintersDialog | None = None
        self.look_at_printer()

    def preview(self, wish: PrintPaper, printed: Callable[[Printed], None]) -> None:
        """Shows a paper of a case; `printed` is called when it came out."""

        def opened(shown: ShownPaper) -> None:
            from station_desk.ui.paper.preview import Preview

            Preview(shown, printed, self._acts, self._say, self._look, self._window).show()

        self._acts.look(lambda desk: show_paper(desk, wish), opened)

    def certify(self, offer: Offer, sealed: Callable[[Sealed], None]) -> None:
        """Opens the form of a certificate; `sealed` is called when it stands in the register."""

        def opened(looked_at: Offer) -> None:
            from station_desk.ui.paper.certificate_dialog import CertificateDialog

            CertificateDialog(looked_at, sealed, self._acts, self._say, self._look, self._window).show()

        self._acts.look(lambda desk: look_at_offer(desk, offer), opened)

    def show_register(self, open_case: Callable[[str], None]) -> None:
        """Opens the seal register; `open_case` shows the case of an entry."""
        from station_desk.ui.paper.register_dialog import RegisterDialog

        dialog = RegisterDialog(open_case, self._acts, self._say, self._look, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def choose_printers(self) -> None:
        """Opens the choice of printers."""
        from station_desk.ui.paper.printers_dialog import PrintersDialog

        if self._printers is None:
            self._printers = PrintersDialog(self._acts, self._say, self._look, self._window)
            self._printers.changed.connect(self.look_at_printer)
        self._printers.open_again()

    def look_at_printer(self) -> None:
        """Names the printer of the receipts anew."""
        say = self._say
        self._acts.look(lambda desk: _receipt_printer(desk, say), self._name_printer)


def _receipt_printer(desk: Desk, say: Texts) -> str:
    return place_words(setting_of(desk.store.about(), "receipt"), say)
