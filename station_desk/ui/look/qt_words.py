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


class QtWords(QTranslator):
    """Says what Qt asks for: in our words, in those that Qt brings, or as it stands.

    An empty answer would count as one, so there is always a word.
    """

    def __init__(self, say: Texts, parent: QObject) -> None:
        super().__init__(parent)
        self._words = {word: say(key) for word, key in LEFT.items()}
        self._own = QTranslator(self)
        self._own.load(FILES[say.language], QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1, /) -> str:
        """The word in the language of the window."""
        return self._words.get(source) or self._own.translate(context, source, disambiguation, n) or source


def say_qt_words(app: QApplication, say: Texts) -> None:
    """From now on Qt speaks this language; English is its own."""
    for before in app.findChildren(QtWords):
        app.removeTranslator(before)
        before.deleteLater()
    if say.language in FILES:
        app.installTranslator(QtWords(say, app))
