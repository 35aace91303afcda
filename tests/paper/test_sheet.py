"""The workflow sheet can be followed from desk to desk."""

import re
from collections.abc import Callable
from dataclasses import replace

from station_desk.core.texts import Say
from station_desk.printing.proof import codes_on, page_pictures
from station_desk.printing.sheet import SheetPaper, SheetStep, WorkflowSheet, sheet_pdf

Read = Callable[[bytes], list[str]]


def test_the_scanner_finds_the_case_of_the_sheet(sheet: WorkflowSheet, say: Say) -> None:
    assert codes_on(sheet_pdf(sheet, say)) == [(1, "Code 128", "QSQ001261120020031K")]


def test_the_spaced_title_is_found_as_one_word(sheet: WorkflowSheet, say: Say, text_of: Read) -> None:
    assert say("paper.sheet.title") in text_of(sheet_pdf(sheet, say))[0].splitlines()


def test_what_is_done_is_filled_in_and_the_rest_is_left_for_the_pen(
    sheet: WorkflowSheet, chinese: Say, text_of: Read
) -> None:
    (page,) = text_of(sheet_pdf(sheet, chinese))
    words = re.sub(r"\s+", "", page)
    assert "1受理✓综合窗口1工作日材料齐全陈立新2026-11-2010:422026-11-2010:58" in words
    assert "2入户调查社区工作者5工作日材料移交" in words


def test_the_papers_are_listed_with_their_pages_and_the_way_back(
    sheet: WorkflowSheet, chinese: Say, text_of: Read
) -> None:
    words = re.sub(r"\s+", "", "".join(text_of(sheet_pdf(sheet, chinese))))
    assert "1户口簿复印件14" in words
    assert "2收入证明告知承诺代替—" in words
    assert "街道办事处→青石桥社区公共服务站2号窗口" in words


def test_the_applicant_is_named_only_as_masked(sheet: WorkflowSheet, chinese: Say, text_of: Read) -> None:
    words = "".join(text_of(sheet_pdf(sheet, chinese)))
    assert "王*兰" in words
    assert "1101**********002X" in words


def test_a_long_workflow_goes_on_inside_the_margins_with_nothing_over_anything_else(
    sheet: WorkflowSheet, say: Say, text_of: Read, overlaps: Callable[[bytes], list[str]]
) -> None:
    step = SheetStep("民主评议公示" * 8, "居民委员会", "7 自然日", "瓷器" * 300, "陈立新", "", "", done=True)
    papers = tuple(SheetPaper(f"第{n:02}号材料", "原件", 1, n) for n in range(60))
    pdf = sheet_pdf(replace(sheet, steps=(step,) * 12, papers=papers, return_route="退回" * 5000), say)
    words = "".join(text_of(pdf))
    assert words.count("瓷") == 12 * 300
    assert re.findall(r"第(\d\d)号材料", words) == [f"{n:02}" for n in range(60)]
    assert words.count("退") >= 5000
    assert overlaps(pdf) == []
    for picture in page_pictures(pdf, dpi=72):
        inked = picture.point(lambda level: 255 - level).getbbox()
        assert inked is not None
        left, top, right, bottom = (edge * 25.4 / 72 for edge in inked)
        assert left >= 14.5
        assert top >= 13.5
        assert right <= 195.5
        assert bottom <= 285.5


def test_a_row_that_fits_on_a_page_is_never_torn(sheet: WorkflowSheet, chinese: Say, text_of: Read) -> None:
    step = SheetStep("办理", "综合窗口", "1 工作日", "始" + "中" * 150 + "末", "", "", "", done=False)
    for page in text_of(sheet_pdf(replace(sheet, steps=(step,) * 12), chinese)):
        assert page.count("始") == page.count("末")


def test_the_same_sheet_gives_the_same_bytes(sheet: WorkflowSheet, chinese: Say) -> None:
    assert sheet_pdf(sheet, chinese) == sheet_pdf(sheet, chinese)
