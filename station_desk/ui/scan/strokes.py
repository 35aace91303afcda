"""A key of Qt as the burst hears it: what the layout makes of it, and what is printed on it.

Scanners imitate a keyboard of the United States. On a PC with another layout, or with the capitals locked,
what arrives is not what was read; the place of the key tells what was meant.
"""

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from station_desk.ui.scan.burst import Stroke

ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
SILENT = (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock)
NOT_OURS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
    | Qt.KeyboardModifier.GroupSwitchModifier
)
X_OFFSET = 0 if sys.platform == "win32" else 8
"""X11 and Wayland count the keys of the kernel from 8; Windows counts them as the kernel does."""

_ROWS = ((2, "1234567890-="), (16, "qwertyuiop[]"), (30, "asdfghjkl;'`"), (43, "\\zxcvbnm,./"))
_SHIFTED = dict(zip("1234567890-=[];'`\\,./", '!@#$%^&*()_+{}:"~|<>?', strict=True))
PRINTED = {first + place: key for first, row in _ROWS for place, key in enumerate(row)}
"""The main block of the keyboard, by the kernel's number of the key."""


def stroke_of(event: QKeyEvent) -> Stroke:
    """The key of an event. A key that repeats by itself, or with Ctrl or Alt, belongs to no scan."""
    key = Qt.Key(event.key())
    if event.isAutoRepeat() or event.modifiers() & NOT_OURS:
        return Stroke("other")
    if key in ENDS:
        return Stroke("end")
    if key in SILENT:
        return Stroke("side")
    text = event.text()
    if len(text) == 1 and text.isprintable():
        return Stroke("text", text, printed_on(event))
    # A dead key has no text yet; on the keyboard that is imitated it has.
    printed = printed_on(event) if Qt.Key.Key_Dead_Grave <= key <= Qt.Key.Key_Dead_Longsolidusoverlay else ""
    return Stroke("text", "", printed) if printed else Stroke("other")


def printed_on(event: QKeyEvent) -> str:
    """What a keyboard of the United States has at the place of this key; empty where that is not known."""
    key = PRINTED.get(event.nativeScanCode() - X_OFFSET, "")
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        return _SHIFTED.get(key, key.upper())
    return key
