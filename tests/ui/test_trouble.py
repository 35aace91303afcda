"""Three kinds of trouble: a rule's sentence, the world's sentence, and a report of our own mistakes without
data.
"""

from pathlib import Path

from PySide6.QtGui import QGuiApplication

from station_desk.cases.ticket import QueueEmpty
from station_desk.counter.desk import Desk
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.store.trouble import DiskFull
from station_desk.ui.bug_page import BugPage
from station_desk.ui.counter_page.done_card import DoneCard
from station_desk.ui.tasks import Failure
from tests.ui.conftest import fill, open_request


def test_a_rule_is_said_where_it_concerns(window: Window, desk: Desk) -> None:
    said: list[str] = []
    window.trouble.on_failure(Failure(QueueEmpty(), lambda error: said.append(desk.texts.error(error))))
    assert said == [desk.texts("errors.ticket.queue_empty")]
    assert not window.shell.banner.isVisible()


def test_a_rule_without_a_place_is_said_in_the_strip(window: Window, desk: Desk) -> None:
    window.trouble.on_failure(Failure(QueueEmpty(), None))
    assert window.shell.banner.sentence() == desk.texts("errors.ticket.queue_empty")


def test_a_full_disk_is_said_in_the_strip(window: Window, tmp_path: Path) -> None:
    window.trouble.on_failure(Failure(DiskFull(path=tmp_path), None))
    assert window.shell.banner.isVisible()
    assert "磁盘已满" in window.shell.banner.sentence()


def test_a_mistake_of_ours_brings_a_page_with_a_report_without_what_a_resident_said(
    window: Window, tmp_path: Path
) -> None:
    name, number = "王秀兰", "11010519491231002X"
    try:
        raise ValueError(f"{name} {number}")
    except ValueError as error:
        window.trouble.on_error(error)
        window.trouble.on_error(error)
    (page,) = window.shell.findChildren(BugPage)
    assert not page.isModal()
    (report,) = window.reports.iterdir()
    page.copy.click()
    page.write(tmp_path / "report.txt")
    told = (
        report.read_text("utf-8"),
        (tmp_path / "report.txt").read_text("utf-8"),
        page.report.toPlainText(),
    )
    for text in (*told, QGuiApplication.clipboard().text()):
        assert "builtins.ValueError" in text
        assert "test_trouble.py" in text
        assert name not in text
        assert number not in text
    page.write(tmp_path / "missing" / "report.txt")
    assert page.hint.text()
    page.go_on.click()
    report.unlink()


def test_a_case_is_kept_when_the_printer_fails(window: Window, desk: Desk) -> None:
    papers = desk.store.profile.papers
    papers.write_text("a file where the folder should be", "utf-8")
    panel = open_request(window, "FP-001")
    fill(panel, desk)
    panel.press()
    settle(window)
    assert desk.store.read("SELECT count(*) FROM cases") == [(1,)]
    assert "未打印" in window.shell.banner.sentence()
    assert desk.texts("ui.status.not_ready") in window.shell.status.printer.text()
    card = window.shell.counter.handling.area.currentWidget()
    assert isinstance(card, DoneCard)
    assert "没有打印出来" in card.printed.text()
    papers.unlink()
    card.again.emit(card.number.text())
    settle(window)
    assert len(list(papers.iterdir())) == 1
    assert desk.texts("ui.status.ready") in window.shell.status.printer.text()
