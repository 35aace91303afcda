"""What the card reader read goes where it is needed: into the request in hand, or to a search."""

from PySide6.QtCore import QObject

from station_desk.counter.cards.message import CardData, card_facts
from station_desk.counter.cards.setting import reader_command
from station_desk.counter.scan_finds import find_scanned
from station_desk.counter.scanned import Scan
from station_desk.ui.acts import Acts
from station_desk.ui.scan.reader import Reader, State
from station_desk.ui.scan.scans import Scans


class Cards(QObject):
    """Starts the reader that the profile names, if it does. Nothing of a card is kept or written down."""

    def __init__(self, scans: Scans, acts: Acts) -> None:
        super().__init__(scans)
        self._scans = scans
        self._acts = acts
        self.reader: Reader | None = None
        scans.ended.connect(self.stop)
        acts.look(reader_command, self.use)

    def use(self, command: tuple[str, ...]) -> None:
        """From now on the reader is this program; an empty one is none."""
        self.stop()
        if command:
            self.reader = Reader(command, self)
            self.reader.read.connect(self.on_card)
            self.reader.trouble.connect(lambda code: self._scans.tell(f"scan.reader.{code}", {}, "warn"))
            self.reader.changed.connect(self._on_state)
            self.reader.start()

    def stop(self) -> None:
        """No card is read any more."""
        if self.reader is not None:
            self.reader.stop()
            self.reader.deleteLater()
            self.reader = None

    def on_card(self, card: CardData) -> None:
        """A card was read."""
        facts = card_facts(card, self._acts.desk.clock().date())
        if facts is None:
            self._scans.tell("scan.reader.wrong", {}, "bad")
            return
        if not self._scans.comes_forward():
            return
        panel = self._scans.in_hand()
        if panel is not None:
            self._scans.fill(panel, facts)
            return
        scan = Scan("resident", facts["id_number"])
        self._acts.look(lambda desk: find_scanned(desk, scan), self._scans.show)

    def _on_state(self, state: State) -> None:
        if state is State.READING:
            self._scans.tell("scan.reader.reading", {}, "ok")
        elif state is State.GIVEN_UP:
            self._scans.tell("scan.reader.given_up", {}, "bad")
