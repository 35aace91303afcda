"""Every dialog of the window, one after the other, each with what it says when there is something to say."""

from collections.abc import Callable, Iterator
from uuid import uuid4

from PySide6.QtWidgets import QDialog

from station_desk.counter.advance import Advance, advance
from station_desk.counter.finish import Finish, finish
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.ui.care.call_backs import CallBacksDialog
from station_desk.ui.shared.confirm import Confirm
from tests.store.called_back import put_call_backs
from tests.ui.test_case_pages import accepted


def prepared(window: Window) -> str:
    """A case that is over, chosen on its page; its number."""
    desk = window.acts.desk
    number = accepted(desk, "LS-001", "欧阳娜娜")
    while desk.store.case(number).stage:
        advance(desk, Advance(number), uuid4().hex)
    finish(desk, Finish(number, "granted", "已登记"), uuid4().hex)
    window.shell.finished.reload()
    window.shell.show_page("finished")
    window.shell.finished.choose(number)
    settle(window)
    return number


def openings(window: Window) -> Iterator[tuple[str, Callable[[], object]]]:
    """How each is opened, by its name."""
    shell = window.shell
    panel = shell.finished.panel
    yield "CareDialog", window.watch.open
    yield "CallBacksDialog", lambda: called(window)
    yield "ContentsDialog", panel.show_contents
    yield "ResidentDialog", panel.resident.click
    yield "RecordsDialog", shell.access.records.click
    yield "RegisterDialog", shell.register.click
    yield "StaffDialog", shell.settings.accounts.click
    yield "EnvelopeDialog", shell.settings.envelope.click
    yield "BundleDialog", shell.settings.bundle.click
    yield "PrintersDialog", shell.papers.choose_printers
    yield "Book", shell.open_handbook
    yield "Preview", lambda: panel.papers.asked.emit("receipt", False)
    yield "Confirm", lambda: sure(window)


def called(window: Window) -> None:
    """The list of call-backs, with one of each urgency."""
    put_call_backs(window.acts.desk)
    dialog = CallBacksDialog(window.acts, lambda: None, window.shell.say, window.shell.look, window.shell)
    dialog.show()


def sure(window: Window) -> None:
    """The longest question there is."""
    say, look = window.shell.say, window.shell.look
    asked = say("resident.erase_sure", name="欧阳娜娜", count=12, open=3, approver="欧阳立新")
    yes, no = say("resident.erase_yes"), say("resident.erase_no")
    Confirm(say("resident.erase_title"), asked, yes, no, lambda: None, look, window.shell.body()).open()


def dialog_named(window: Window, name: str) -> QDialog:
    """The dialog that is open now."""
    return next(one for one in window.shell.findChildren(QDialog)[::-1] if type(one).__name__ == name)
