"""Takes everything out of a window while it is locked: out of sight, and out of what a screen reader reads.

A hidden widget is still in the tree that screen readers walk. So the pages leave the window whole, and so do
its dialogs, which come back as they were.
"""

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLayout, QToolTip, QWidget

Dialogs = list[tuple[QDialog, QWidget | None, Qt.WindowType, QRect]]


class Cover:
    """One window, its pages in the layout of its middle."""

    def __init__(self, frame: QLayout) -> None:
        self._frame = frame
        self._over: QWidget | None = None
        self._away: Dialogs = []
        self._focus: QWidget | None = None

    def is_on(self) -> bool:
        """Whether the pages are out of sight."""
        return self._over is not None

    def put_on(self, over: QWidget, body: QWidget) -> None:
        """Shows `over` in the place of the pages."""
        QToolTip.hideText()
        while popup := QApplication.activePopupWidget():
            popup.close()
        self._focus = body.window().focusWidget()
        self._away = [_put_away(dialog) for dialog in body.findChildren(QDialog) if dialog.isVisible()]
        self._frame.removeWidget(body)
        body.hide()
        # Without a parent it is a window that was never shown: no screen reader finds it.
        body.setParent(None)
        self._over = over
        self._frame.addWidget(over)
        over.show()

    def take_off(self, body: QWidget) -> None:
        """Shows the pages again, with the dialogs that were open."""
        over, self._over = self._over, None
        if over is None:
            return
        self._frame.removeWidget(over)
        over.hide()
        over.deleteLater()
        self._frame.addWidget(body)
        body.show()
        for dialog, parent, flags, place in self._away:
            dialog.setParent(parent, flags)
            dialog.setGeometry(place)
            dialog.show()
        self._away = []
        if self._focus is not None and self._focus.isVisible():
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget_dialogs(self) -> None:
        """Somebody else works here now: what was open is closed."""
        for dialog, *_ in self._away:
            dialog.done(QDialog.DialogCode.Rejected)
        self._away = []
        self._focus = None


def _put_away(dialog: QDialog) -> tuple[QDialog, QWidget | None, Qt.WindowType, QRect]:
    kept = (dialog, dialog.parentWidget(), dialog.windowFlags(), dialog.geometry())
    dialog.hide()
    dialog.setParent(dialog.parentWidget(), Qt.WindowType.Widget)
    return kept
