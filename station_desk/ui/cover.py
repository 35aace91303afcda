"""Takes everything out of a window while it is locked: out of sight, and out of what a screen reader reads.

A hidden widget is still in the tree that screen readers walk. So the pages leave the window whole, and so do
its dialogs, which come back as they were; one that opens meanwhile goes the same way.
"""

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLayout, QToolTip, QWidget
from shiboken6 import isValid

Away = tuple[QDialog, QWidget | None, Qt.WindowType, QRect]


class Cover(QObject):
    """One window, its pages in the layout of its middle."""

    def __init__(self, frame: QLayout) -> None:
        super().__init__()
        self._frame = frame
        self._over: QWidget | None = None
        self._body: QWidget | None = None
        self._away: list[Away] = []
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
        for dialog in body.findChildren(QDialog):
            self._put_away(dialog)
        self._frame.removeWidget(body)
        body.hide()
        # Without a parent it is a window that was never shown: no screen reader finds it.
        body.setParent(None)
        self._over, self._body = over, body
        self._frame.addWidget(over)
        over.show()
        # Asked of everything that happens, but only while nothing does.
        if app := QApplication.instance():
            app.installEventFilter(self)

    def take_off(self, body: QWidget) -> None:
        """Shows the pages again, with the dialogs that were open."""
        over, self._over = self._over, None
        if over is None:
            return
        self._watch_no_more()
        self._frame.removeWidget(over)
        over.hide()
        over.deleteLater()
        self._frame.addWidget(body)
        body.show()
        for dialog, parent, flags, place in self._away:
            if isValid(dialog):
                dialog.setParent(parent, flags)
                dialog.setGeometry(place)
                dialog.show()
        self._away = []
        if self._focus is not None and isValid(self._focus) and self._focus.isVisible():
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def end(self, body: QWidget, middle: QWidget) -> None:
        """The window closes while it is locked: the pages go with it."""
        self._watch_no_more()
        body.setParent(middle)

    def _watch_no_more(self) -> None:
        self._body = None
        if app := QApplication.instance():
            app.removeEventFilter(self)

    def forget_dialogs(self) -> None:
        """Somebody else works here from now on: what was open is closed."""
        away, self._away, self._focus = self._away, [], None
        for dialog, *_ in away:
            if isValid(dialog):
                dialog.done(QDialog.DialogCode.Rejected)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QDialog) and self._is_ours(watched):
            # Within its own showing a window cannot be taken apart; before its first paint it can.
            QTimer.singleShot(0, watched, lambda: self._put_away_late(watched))
        return False

    def _put_away_late(self, dialog: QDialog) -> None:
        if self._body is not None:
            self._put_away(dialog)
            # The dialog made its pages a window of the system, which a screen reader would find.
            self._body.destroy()

    def _is_ours(self, dialog: QDialog) -> bool:
        above: QWidget | None = dialog
        while above is not None and above is not self._body:
            above = above.parentWidget()
        return above is not None

    def _put_away(self, dialog: QDialog) -> None:
        if not dialog.isVisible() or not dialog.isWindow():
            return
        self._away.append((dialog, dialog.parentWidget(), dialog.windowFlags(), dialog.geometry()))
        dialog.hide()
        dialog.setParent(dialog.parentWidget(), Qt.WindowType.Widget)
