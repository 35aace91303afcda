"""The papers of the catalogue on the guide page: the sheet of the item by one key, all others in a menu."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QWidget

from station_desk.core.texts import Texts
from station_desk.counter.public_print import HALL, PublicWish
from station_desk.ui.look.look import Look
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import capital


class PublicOffer(QWidget):
    """`printed` carries the item whose sheet is printed at once, `asked` a wish that is looked at first."""

    printed = Signal(str)
    asked = Signal(object)

    def __init__(self, say: Texts, look: Look) -> None:
        super().__init__()
        self._say = say
        self._code = ""
        self._on_wall = True
        self.sheet = KeyButton(say("public.window.sheet"), key_of("guide.sheet"), look)
        self.more = KeyButton(say("public.window.more"), key_of("guide.papers"), look)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(10))
        row.addWidget(self.sheet)
        row.addWidget(self.more)
        self.sheet.clicked.connect(lambda: self.printed.emit(self._code))
        self.more.clicked.connect(self._open)

    def offer(self, code: str, *, on_wall: bool) -> None:
        """Offers the papers of an item; those of a restricted one hang on no wall."""
        self._code = code
        self._on_wall = on_wall

    def menu(self, parent: QWidget) -> QMenu:
        """The papers of the item, below them those of the whole catalogue and of the station."""
        menu = QMenu(parent)
        for wish, words in self._of_item():
            menu.addAction(words).triggered.connect(lambda _on=False, wish=wish: self.asked.emit(wish))
        menu.addSeparator()
        for wish, words in self._of_all():
            menu.addAction(words).triggered.connect(lambda _on=False, wish=wish: self._ask(wish))
        return menu

    def _of_item(self) -> Iterator[tuple[PublicWish, str]]:
        guide = PublicWish("guide", self._code)
        yield guide, self._name("guide")
        yield replace(guide, large=True), self._say("papers.window.large", paper=self._name("guide"))
        if self._on_wall:
            yield PublicWish("poster", self._code, "a3"), self._sized("poster", "A3")
            yield PublicWish("poster", self._code, "a2"), self._sized("poster", "A2")

    def _of_all(self) -> Iterator[tuple[PublicWish, str]]:
        yield PublicWish("booklet"), self._name("booklet")
        yield PublicWish(HALL, size="a3"), self._sized(HALL, "A3")
        yield PublicWish(HALL, size="a2"), self._sized(HALL, "A2")
        for kind in ("basics", "rules"):
            yield PublicWish(kind), self._say("public.window.file", paper=self._name(kind))

    def _ask(self, wish: PublicWish) -> None:
        if wish.kind in ("basics", "rules"):
            self._choose_text(wish)
        else:
            self.asked.emit(wish)

    def _choose_text(self, wish: PublicWish) -> None:
        dialog = QFileDialog(self.window(), self._say("public.window.choose"), "", "TOML (*.toml)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda file: self.asked.emit(replace(wish, text=Path(file))))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _name(self, kind: str) -> str:
        return capital(self._say(f"public.kind.{kind}"))

    def _sized(self, kind: str, size: str) -> str:
        return self._say("public.window.sized", paper=self._name(kind), size=size)

    def _open(self) -> None:
        menu = self.menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(QPoint(0, 0)) - QPoint(0, menu.sizeHint().height()))
        menu.setActiveAction(menu.actions()[0])
