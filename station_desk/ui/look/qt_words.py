"""The words of Qt's own dialogs and menus, in the language of the window.

Qt brings translations of its own; what they leave in English is said by `resources/i18n/*/qt.toml`.
"""

from PySide6.QtCore import QLibraryInfo, QObject, QTranslator
from PySide6.QtWidgets import QApplication

from station_desk.core.texts import Texts

FILES = {"zh-Hans": "qtbase_zh_CN", "zh-Hant": "qtbase_zh_TW"}
LEFT = {
    "&Look in:": "qt.look_in",
    "Files of &type:": "qt.type",
    "All Files (*)": "qt.all_files",
    "Directory:": "qt.directory",
    "File &name:": "qt.file_name",
    "My Computer": "qt.computer",
    "Computer": "qt.computer",
}
"""What Qt's own files lack, by its English; the same word stands in several of its contexts."""


class LeftWords(QTranslator):
    """Says the few words that Qt leaves in English."""

    def __init__(self, say: Texts, parent: QObject) -> None:
        super().__init__(parent)
        self._words = {word: say(key) for word, key in LEFT.items()}

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1, /) -> str:
        """The word, or nothing, and then Qt looks into its own."""
        return self._words.get(source, "")


def say_qt_words(app: QApplication, say: Texts) -> None:
    """From now on Qt speaks this language; English is its own."""
    for before in app.findChildren(QTranslator):
        app.removeTranslator(before)
        before.deleteLater()
    if say.language not in FILES:
        return
    own = QTranslator(app)
    own.load(FILES[say.language], QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    for translator in (own, LeftWords(say, app)):
        app.installTranslator(translator)
