"""A certificate is sealed in the window: offered where it may be, checked by field, then printed."""

from dataclasses import replace
from uuid import uuid4

import pytest

from station_desk.counter.accept import accept
from station_desk.counter.certificate_codes import code_of_certificate
from station_desk.counter.certificate_form import IssueCertificate
from station_desk.counter.certificates import (
    VoidCertificate,
    issue_certificate,
    seal_register,
    void_certificate,
)
from station_desk.counter.desk import Desk
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.ui.paper.certificate_dialog import CertificateDialog
from station_desk.ui.paper.preview import Preview
from tests.store.certificates import LIVING, WORDED, asking_for, with_certificates
from tests.store.conftest import pension_application
from tests.ui.conftest import OpenWindow
from tests.ui.test_case_pages import accepted

OFFER = "出具证明…"


def opened_on(desk: Desk, open_on: OpenWindow, certificate: str = LIVING.name.hans) -> tuple[Window, str]:
    """A case at its last step, chosen in the list of those in progress."""
    wish = asking_for(pension_application(), certificate)
    number = accept(desk, wish, uuid4().hex).answer.number
    window = open_on(desk)
    window.shell.show_page("progress")
    settle(window)
    return window, number


def entries(window: Window) -> list[str]:
    menu = window.shell.progress.panel.papers.menu(window.shell)
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def ask(window: Window) -> CertificateDialog:
    """Opens the form out of the list of papers."""
    panel = window.shell.progress.panel
    panel.papers.menu(window.shell).actions()[0].trigger()
    settle(window)
    dialog: CertificateDialog
    (dialog,) = window.shell.findChildren(CertificateDialog)
    return dialog


def test_it_is_sealed_once_looked_at_and_printed(desk: Desk, open_on: OpenWindow) -> None:
    sealing = with_certificates(desk)
    window, number = opened_on(sealing, open_on)
    assert entries(window)[0] == OFFER
    dialog = ask(window)
    assert dialog.fields["purpose"].value() == "子女入学"
    looks = "SELECT count(*) FROM events WHERE kind = 'access.read' AND subject = ?"
    assert desk.store.read(looks, (f"opened:{number}",)) == [(1,)], "what the form says was shown"
    assert dialog.fields["body"].value() == "青石桥小学"
    dialog.fields["until"].put("20991231")
    dialog.press()
    settle(window)
    assert seal_register(sealing, sealing.clock().year) == []
    assert dialog.fields["approver"].fault.text() == desk.texts("form.required")
    assert dialog.fields["until"].fault.text()
    dialog.fields["approver"].put("周站长")
    dialog.fields["until"].put(f"{sealing.clock().year + 1}-01-31")
    dialog.fields["copies"].put("2")
    dialog.press()
    settle(window)
    (entry,) = seal_register(sealing, sealing.clock().year)
    assert (entry.case, entry.copies, entry.approver) == (number, 2, "周站长")
    (preview,) = window.shell.findChildren(Preview)
    preview.print.click()
    settle(window)
    assert f"{number}-certificate-1.pdf.sealed" in [file.name for file in desk.store.profile.papers.iterdir()]
    assert window.shell.progress.panel.papers.newest.text() == "打印证明"


def test_sealed_again_only_who_approves_and_how_many_is_asked(desk: Desk, open_on: OpenWindow) -> None:
    sealing = with_certificates(desk)
    window, _ = opened_on(sealing, open_on)
    first = ask(window)
    for key, value in {"approver": "周站长", "until": f"{sealing.clock().year + 1}-01-31"}.items():
        first.fields[key].put(value)
    first.press()
    settle(window)
    for preview in window.shell.findChildren(Preview):
        preview.reject()
    settle(window)
    dialog = ask(window)
    assert "1" in dialog.before.text()
    dialog.fields["how"].put("again")
    settle(window)
    assert not dialog.fields["purpose"].isVisible()
    dialog.fields["approver"].put("李副站长")
    dialog.press()
    settle(window)
    one, two = seal_register(sealing, sealing.clock().year)
    assert (two.again, two.approver, two.purpose) == (one.number, "李副站长", "子女入学")


@pytest.mark.parametrize("copies", ["0", "", "1.5", "二", "21", "-1", "٣"])
def test_copies_that_are_no_number_are_told_beside_the_field(
    desk: Desk, open_on: OpenWindow, copies: str
) -> None:
    window, _ = opened_on(with_certificates(desk), open_on)
    dialog = ask(window)
    dialog.fields["copies"].put(copies)
    assert "1 到 20" in dialog.fields["copies"].fault.text()


def test_a_certificate_that_a_clerk_words_asks_what_was_found_and_refuses_what_is_forbidden(
    desk: Desk, open_on: OpenWindow
) -> None:
    window, _ = opened_on(with_certificates(desk), open_on, WORDED.name.hans)
    dialog = ask(window)
    dialog.press()
    assert dialog.fields["statement"].fault.text() == desk.texts("form.required")
    dialog.fields["statement"].put("无犯罪记录证明")
    assert "公安" in dialog.fields["statement"].fault.text()


def test_it_is_offered_nowhere_else(desk: Desk, open_on: OpenWindow) -> None:
    accepted(desk, "LS-001", "李建国")
    window = open_on(desk)
    window.shell.show_page("progress")
    settle(window)
    assert OFFER not in entries(window)


def test_a_scanned_certificate_says_whether_it_is_genuine_over_voided_or_forged(
    desk: Desk, open_on: OpenWindow
) -> None:
    sealing = with_certificates(desk)
    window, number = opened_on(sealing, open_on)
    today = sealing.clock().date()
    wish = IssueCertificate(number, "周站长", until=today.isoformat())
    sealed = issue_certificate(sealing, wish, uuid4().hex).answer.seal
    case = sealing.store.case(number)
    code = code_of_certificate(sealing, case, case.certificates[0])
    panel = window.shell.search.panel

    def scanned(text: str) -> str:
        window.shell.search.leave()
        window.shell.search.ask(text)
        settle(window)
        return panel.verdict.text()

    assert scanned(code) == "证明真实"
    assert sealed in panel.verdict_words.text()
    assert len(panel.titles()) == 1
    assert scanned(code[:-1] + ("0" if code[-1] != "0" else "1")) == "证明不符"
    past = replace(case.certificates[0], until="2020-01-01")
    assert scanned(code_of_certificate(sealing, case, past)) == "证明已过期"
    void_certificate(sealing, VoidCertificate(sealed, "遗失"), uuid4().hex)
    assert scanned(code) == "证明已作废"
