"""What people typed, ticked, chose and marked in a window, taken down before its pages are made anew in
another language or look, and put back after.

A widget is known by its way from the top: its class, and which of its class it is among its neighbours. Words
are not looked at: they are what changes.
"""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

KEPT_AT_ONCE = "kept_at_once"
"""A property of fields whose value is on the disk as soon as it is chosen: the new page reads it there."""

Way = tuple[tuple[str, int], ...]
Value = int | bool | tuple[str, int, int]
"""A place in a list, a tick, or a text with its cursor and the other end of what is marked."""


class Kept(NamedTuple):
    """What was there. `focus` is the way to where somebody was typing."""

    values: dict[Way, Value]
    scrolls: dict[Way, int]
    focus: Way | None


def keep(top: QWidget) -> Kept:
    """Takes down what stands in all fields below a widget."""
    values: dict[Way, Value] = {}
    scrolls: dict[Way, int] = {}
    focus = None
    for way, widget in _walk(top, ()):
        if (value := _value(widget)) is not None:
            values[way] = value
        if isinstance(widget, QAbstractScrollArea) and (place := widget.verticalScrollBar().value()):
            scrolls[way] = place
        if widget is QApplication.focusWidget() or widget is top.window().focusWidget():
            focus = way
    return Kept(values, scrolls, focus)


def put_back(top: QWidget, kept: Kept) -> None:
    """Puts back what differs. Tabs and choices come before texts: some fields are there only with them."""
    for text_now in (False, True):
        for way, widget in list(_walk(top, ())):
            value = kept.values.get(way)
            if value is not None and isinstance(value, tuple) is text_now and value != _value(widget):
                _put(widget, value)
    for way, widget in _walk(top, ()):
        if way in kept.scrolls and isinstance(widget, QAbstractScrollArea):
            widget.verticalScrollBar().setValue(kept.scrolls[way])
    if (target := find(top, kept.focus)) is not None and target is not QApplication.focusWidget():
        mark = _value(target)
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(mark, tuple):
            _put(target, mark)


def find(top: QWidget, way: Way | None) -> QWidget | None:
    """The widget at the end of a way, if it is there."""
    return next((widget for found, widget in _walk(top, ()) if found == way), None) if way else None


def _walk(widget: QWidget, way: Way) -> Iterator[tuple[Way, QWidget]]:
    seen: dict[str, int] = {}
    for child in widget.children():
        if not isinstance(child, QWidget) or child.isWindow():
            continue
        name = type(child).__name__
        seen[name] = seen.get(name, -1) + 1
        here = (*way, (name, seen[name]))
        yield here, child
        yield from _walk(child, here)


def _value(widget: QWidget) -> Value | None:
    if widget.property(KEPT_AT_ONCE):
        return None
    match widget:
        case QLineEdit():
            start = widget.selectionStart()
            cursor = widget.cursorPosition()
            other = cursor if start < 0 else start + len(widget.selectedText()) if cursor == start else start
            return widget.text(), cursor, other
        case QPlainTextEdit():
            mark = widget.textCursor()
            return widget.toPlainText(), mark.position(), mark.anchor()
        case QComboBox() | QTabBar():
            return widget.currentIndex()
        case QListWidget():
            return widget.currentRow()
        case QAbstractButton() if widget.isCheckable():
            return widget.isChecked()
        case _:
            return None


def _put(widget: QWidget, value: Value) -> None:
    match widget, value:
        case QLineEdit(), (text, cursor, other):
            if widget.text() != text:
                widget.setText(text)
            widget.setCursorPosition(other)
            widget.cursorForward(True, cursor - other) if cursor > other else widget.cursorBackward(
                True, other - cursor
            )
        case QPlainTextEdit(), (text, cursor, other):
            if widget.toPlainText() != text:
                widget.setPlainText(text)
            mark = QTextCursor(widget.document())
            mark.setPosition(other)
            mark.setPosition(cursor, QTextCursor.MoveMode.KeepAnchor)
            widget.setTextCursor(mark)
        case QAbstractButton(), bool():
            # A radio button is let go of by the one that is chosen.
            if value or not widget.autoExclusive():
                widget.setChecked(value)
        case ((QComboBox() | QTabBar()), int()) if value < widget.count():
            widget.setCurrentIndex(value)
        case QListWidget(), int() if value < widget.count():
            widget.setCurrentRow(value)
        case _:
            pass
