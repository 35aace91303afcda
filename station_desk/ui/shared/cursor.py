"""Where the cursor stands in a field, so that it can be put there again."""

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget


def cursor_of(target: QWidget) -> int:
    """How many characters stand before the cursor; 0 where there is none."""
    match target:
        case QLineEdit():
            return target.cursorPosition()
        case QPlainTextEdit():
            return target.textCursor().position()
        case _:
            return 0


def put_cursor(target: QWidget, place: int) -> None:
    """Puts the cursor after so many characters, or at the end of a shorter text."""
    match target:
        case QLineEdit():
            target.deselect()
            target.setCursorPosition(place)
        case QPlainTextEdit():
            cursor = target.textCursor()
            cursor.setPosition(min(place, len(target.toPlainText())), QTextCursor.MoveMode.MoveAnchor)
            target.setTextCursor(cursor)
        case _:
            pass
