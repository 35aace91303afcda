"""The seal register in the window: entries found, voided and printed, their cases opened."""

from dataclasses import replace
from uuid import uuid4

import pytest

from station_desk.cases.staff import Acting
from station_desk.counter.accept import accept
from station_desk.counter.certificate_form import IssueCertificate
from station_desk.counter.certificates import issue_certificate
from station_desk.counter.desk import Desk
from station_desk.counter.seal_list import found_in, listed_seals
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.ui.paper.preview import Preview
from station_desk.ui.paper.register_dialog import RegisterDialog
from station_desk.ui.shared.confirm import Confirm
from tests.store.certificates import LIVING, asking_for, with_certificates
from tests.store.conftest import pension_application
from tests.ui.conftest import LANGUAGES, MakeDesk, OpenWindow
from tests.ui.painted import painted
from tests.ui.test_certificate_dialog import opened_on
from tests.ui.test_fits import cut_off


def sealed(desk: Desk, number: str, purpose: str) -> str:
    """A certificate of a case; its number in the register."""
    until = f"{desk.clock().year + 1}-01-31"
    wish = IssueCertificate(number, "周站长", purpose, "第一小学", until)
    return issue_certificate(desk, wish, uuid4().hex).answer.seal


def register_of(window: Window) -> RegisterDialog:
    window.shell.show_page("finished")
    window.shell.register.click()
    settle(window)
    dialog = window.shell.findChildren(RegisterDialog)[-1]
    assert isinstance(dialog, RegisterDialog)
    return dialog


def test_an_entry_is_found_voided_with_its_reason_and_stays_in_its_place(
    desk: Desk, open_on: OpenWindow
) -> None:
    sealing = with_certificates(desk)
    window, number = opened_on(sealing, open_on)
    one, two = sealed(sealing, number, "子女入学"), sealed(sealing, number, "办理贷款")
    dialog = register_of(window)
    assert [entry.number for entry in dialog.model.rows()] == [two, one]
    for typed in (one.replace("-", "")[-8:], "子女", "入学 王秀兰"):
        dialog.finder.put(typed)
        assert [entry.number for entry in dialog.model.rows()] == [one], typed
        shown = painted(dialog.table)
        assert "王*兰" in shown
        assert not [word for word in ("王秀兰", "子女入学") if word in shown]
    dialog.press_void()
    assert dialog.reason.isVisible()
    dialog.press_void()
    assert dialog.findChild(Confirm) is None
    dialog.reason.put("写错姓名")
    dialog.press_void()
    confirm = dialog.findChild(Confirm)
    assert confirm is not None
    assert one in confirm.sentence.text()
    confirm.press()
    settle(window)
    assert one in dialog.hint.text()
    (notice,) = dialog.findChildren(Preview)
    assert notice.title.text() == f"证明作废通知书 {number}"
    notice.press()
    settle(window)
    assert dialog.hint.text() == "证明作废通知书已打印"
    dialog.finder.put("")
    assert [bool(entry.voided) for entry in dialog.model.rows()] == [False, True]
    dialog.choose(one)
    assert not dialog.void.isEnabled()
    assert sealing.store.case(number).certificates[0].reason == "写错姓名"


def test_nobody_finds_in_the_register_what_he_may_not_see(desk: Desk) -> None:
    sealing = with_certificates(desk)
    asked = asking_for(pension_application(), LIVING.name.hans)
    sealed(sealing, accept(sealing, asked, uuid4().hex).answer.number, "子女入学")
    auditor = replace(sealing, acting=Acting("周审", "auditor"))
    for looks, typed, found in ((sealing, "王秀兰", 1), (auditor, "王秀兰", 0), (auditor, "子女", 0)):
        assert len(found_in(listed_seals(looks, desk.clock().year), typed)) == found
    (one,) = found_in(listed_seals(auditor, desk.clock().year), "")
    assert (one.applicant, one.purpose) == ("王*兰", "")


def test_the_case_of_an_entry_is_opened_and_the_year_is_printed(desk: Desk, open_on: OpenWindow) -> None:
    sealing = with_certificates(desk)
    window, number = opened_on(sealing, open_on)
    sealed(sealing, number, "子女入学")
    dialog = register_of(window)
    dialog.print.click()
    settle(window)
    preview = dialog.findChild(Preview)
    assert preview is not None
    preview.print.click()
    settle(window)
    assert dialog.hint.text() == sealing.texts("register.printed")
    assert list(sealing.store.profile.papers.glob("register-*.pdf"))
    dialog.case.click()
    settle(window)
    assert window.shell.progress.wanted() == number
    assert window.shell.page() == "progress"


@pytest.mark.qt_log_ignore("does not support raise", "propagateSizeHints", extend=True)
@pytest.mark.parametrize(
    "language", ["en", *(pytest.param(one, marks=pytest.mark.long) for one in LANGUAGES if one != "en")]
)
def test_the_register_fits(make_desk: MakeDesk, open_on: OpenWindow, language: str) -> None:
    sealing = with_certificates(make_desk(language))
    window, number = opened_on(sealing, open_on)
    sealed(sealing, number, "子女入学")
    dialog = register_of(window)
    dialog.press_void()
    settle(window)
    assert list(cut_off(dialog)) == []
