"""The workflow sheet can be followed from desk to desk."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from station_desk.printing.blocks.setting import Filled, Row
from station_desk.printing.paper import paper_pdf
from tests.paper.filled import filled, published, texts

Read = Callable[[bytes], list[str]]
DONE = {
    "no": "1", "name": "受理 ✓", "role": "综合窗口", "limit": "1 个工作日", "opinion": "材料齐全",
    "signature": "陈立新", "in": "2026-11-20 10:42", "out": "2026-11-20 10:58",
}  # fmt: skip
AHEAD = {
    **dict.fromkeys(DONE, ""),
    "no": "2",
    "name": "入户调查",
    "role": "社区工作者",
    "limit": "5 个工作日",
}
HOUKOU = {"no": "1", "name": "居民户口簿", "form": "复印件", "copies": "1", "pages": "4"}
INCOME = {"no": "2", "name": "收入证明", "form": "告知承诺代替", "copies": "", "pages": ""}


def sheet(steps: Sequence[Row], papers: Sequence[Row] = (), trips: Sequence[Row] = ()) -> bytes:
    made: Filled = replace(filled("sheet"), rows={"steps": steps, "papers": papers, "trips": trips})
    return paper_pdf(published()["sheet"], made, "zh-Hans", texts("zh-Hans"), large=False)


def test_what_is_done_is_filled_in_and_the_rest_is_left_for_the_pen(text_of: Read) -> None:
    (page,) = text_of(sheet((DONE, AHEAD)))
    words = re.sub(r"\s+", "", page)
    assert "1受理✓综合窗口1个工作日材料齐全陈立新2026-11-2010:422026-11-2010:58" in words
    assert "2入户调查社区工作者5个工作日移交人" in words


def test_the_papers_are_listed_with_their_pages_which_a_pen_may_add(text_of: Read) -> None:
    words = re.sub(r"\s+", "", "".join(text_of(sheet((DONE,), (HOUKOU, INCOME)))))
    assert "1居民户口簿复印件142收入证明告知承诺代替—移交人" in words


def test_a_row_that_fits_on_a_page_is_never_torn(text_of: Read) -> None:
    step = {**DONE, "opinion": "始" + "中" * 150 + "末"}
    for page in text_of(sheet((step,) * 12)):
        assert page.count("始") == page.count("末")


def test_a_row_that_is_longer_than_a_page_loses_nothing(
    text_of: Read, overlaps: Callable[[bytes], list[str]]
) -> None:
    pdf = sheet(({**DONE, "opinion": "瓷器" * 1500}, DONE))
    assert "".join(text_of(pdf)).count("瓷") == 1500
    assert overlaps(pdf) == []
