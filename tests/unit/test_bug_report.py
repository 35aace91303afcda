"""A report of our mistakes holds nothing of a resident, wherever a name, a number or a phone may lie."""

from pathlib import Path

import pytest

from station_desk.cases.ticket import QueueEmpty
from station_desk.core.bug_report import report_of, save_report
from station_desk.core.clock import now
from station_desk.core.diary import FILE, LARGEST, note, pages

PLANTED = ("欧阳娜娜", "11010519491231002X", "13912345678", "青石桥社区 3 组 12 号", "Wang Xiulan")


def _mistake() -> BaseException:
    """A mistake with personal data in locals, messages, notes, arguments, causes and groups."""
    name, number, phone, home, english = PLANTED
    held = {"applicant": name, "id": number}
    try:
        try:
            try:
                int(held["id"])
            except ValueError as error:
                error.add_note(f"{phone} {english}")
                raise LookupError(name, held) from error
        except LookupError as error:
            raise ExceptionGroup(f"{home}", [error, OSError(2, name, f"/home/{english}/{number}")]) from None
    except ExceptionGroup as error:
        try:
            raise QueueEmpty(name=name, phone=phone) from error
        except QueueEmpty as outer:
            return outer
    raise AssertionError


@pytest.mark.parametrize("planted", PLANTED)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "gbk", "gb18030"])
def test_nothing_of_a_resident_is_in_the_report(planted: str, encoding: str, tmp_path: Path) -> None:
    error = _mistake()
    raw = save_report(error, tmp_path, now()).read_bytes()
    for report in (
        raw,
        report_of(error, now()).encode("utf-16-le"),
        report_of(error, now()).encode("gb18030"),
    ):
        assert planted.encode(encoding) not in report
    assert str(tmp_path).encode() not in raw


def test_the_report_says_where_it_happened() -> None:
    report = report_of(_mistake(), now())
    for word in (
        "ticket.queue_empty",
        "ExceptionGroup",
        "builtins.LookupError",
        "test_bug_report.py",
        "_mistake",
    ):
        assert word in report


def test_an_endless_recursion_has_a_short_report() -> None:
    def again() -> None:
        again()

    with pytest.raises(RecursionError) as error:
        again()
    assert len(report_of(error.value, now()).splitlines()) < 80


def test_the_diary_takes_words_and_no_sentences(tmp_path: Path) -> None:
    note(tmp_path, now(), "trouble printer.unreachable")
    for planted in PLANTED[:4]:
        note(tmp_path, now(), f"trouble {planted}")
    told = pages(tmp_path)
    assert "printer.unreachable" in told
    assert told.count("unsaid") == 4
    assert not any(planted in told for planted in PLANTED)


def test_the_diary_stays_small(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("x" * LARGEST + "\n", "ascii")
    for _ in range(3):
        note(tmp_path, now(), "start")
    assert (tmp_path / FILE).stat().st_size < 200
    note(tmp_path / "missing", now(), "start")
