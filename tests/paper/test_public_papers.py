"""The papers of the catalogue: every item on one sheet of the wall, page numbers true, large is large."""

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
import pytest

from station_desk.catalogue.edition.published import PublishedForms, read_published
from station_desk.catalogue.item import LANGUAGES, Item
from station_desk.catalogue.public_paper import WallSize
from station_desk.core.paths import FORMS, RESOURCES
from station_desk.core.texts import Texts
from station_desk.counter.public_papers import (
    Basics,
    Fact,
    ItemRestricted,
    Person,
    Press,
    Rules,
    basics_of,
    booklet_of,
    hall_set,
    poster_of,
    rules_of,
    sheet_of,
)
from station_desk.counter.workflow_words import workflow_of
from station_desk.printing.page import MM, Band, Code, Format, Mark, Outline, Rule, Words
from station_desk.printing.proof import codes_on, page_count
from station_desk.printing.public.guide_sheet import Where
from station_desk.printing.public.poster import Poster, PosterTooFull, poster_marks
from station_desk.printing.public.sizes import SHEETS

pypdfium2: Any = import_module("pypdfium2")
STATION = Where("青石桥社区公共服务站", "青石桥路18号", "0518-85550101", "https://district.example")
BASICS = Basics(
    "青石桥社区", "2026-11-01", (Fact("面积", "1.8 平方公里"), Fact("户数", "3,204 户")),
    (Person("陈立新", "站长", "全面工作", "0518-85550101"), Person("王秀兰", "窗口", "民政、劳动保障")),
)  # fmt: skip


@pytest.fixture(scope="module")
def forms() -> PublishedForms:
    return read_published(FORMS)


def press(forms: PublishedForms, language: str = "zh-Hans", where: Where = STATION) -> Press:
    return Press(forms, lambda: forms, where, Texts(RESOURCES / "i18n", language))


def texts_of(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def outside(marks: Iterable[Mark], sheet: Format) -> list[Mark]:
    """What is drawn beyond the edges of its sheet."""
    return [mark for mark in marks if not _inside(mark, sheet)]


def _inside(mark: Mark, sheet: Format) -> bool:
    match mark:
        case Words():
            width = sum(run.width for run in mark.line) / MM
            return mark.x >= 0 and mark.x + width <= sheet.width + 0.1 and 0 < mark.baseline < sheet.height
        case Rule() | Band():
            return (
                mark.x >= 0
                and mark.x + mark.width <= sheet.width + 0.1
                and mark.y + mark.height <= sheet.height
            )
        case Code():
            return mark.x >= 0 and mark.x + mark.symbol.columns * mark.module <= sheet.width
        case Outline():
            return all(
                0 <= x <= sheet.width and 0 <= y <= sheet.height for _, step in mark.steps for x, y in step
            )


def poster(made: Press, item: Item) -> Poster:
    return Poster(
        made.page(item),
        workflow_of(item, made.texts),
        made.paper("poster"),
        made.style(),
        made.where_of(item.code),
    )


@pytest.mark.parametrize("size", ["a3", "a2"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_item_that_may_hang_fits_on_one_sheet(
    forms: PublishedForms, language: str, size: WallSize
) -> None:
    made = press(forms, language)
    items = [item for item in forms.catalogue.items.values() if item.sensitivity != "S3"]
    for item in items if size == "a3" else items[::9]:
        marks = poster_marks(poster(made, item), size, made.texts, made.language)
        assert outside(marks, SHEETS[size]) == [], item.code


def test_a_poster_says_what_the_guide_says_and_its_code_opens_the_guide(forms: PublishedForms) -> None:
    pdf = poster_of(press(forms), "SA-003", "a3")
    (text,) = texts_of(pdf)
    for words in (
        "临时救助给付",
        "6 个工作日",
        "不收费",
        "困难事由佐证材料",
        "急难情形",
        "先行救助",
        "2026.11",
    ):
        assert words in text
    assert [code for _, _, code in codes_on(pdf, dpi=72)] == ["https://district.example/guide/SA-003"]


def test_restricted_items_hang_on_no_wall(forms: PublishedForms) -> None:
    with pytest.raises(ItemRestricted):
        poster_of(press(forms), "SA-006", "a3")


def test_an_item_with_much_to_say_still_fits_and_one_with_far_too_much_is_refused(
    forms: PublishedForms,
) -> None:
    item = forms.catalogue.items["SA-001"]
    full = msgspec.structs.replace(
        item, conditions=tuple(f"条件{n}：" + "很长的说明" * 12 for n in range(25))
    )
    made = press(forms)
    marks = poster_marks(poster(made, full), "a3", made.texts, made.language)
    assert outside(marks, SHEETS["a3"]) == []
    endless = msgspec.structs.replace(item, conditions=tuple(f"{n}" + "说明" * 500 for n in range(60)))
    with pytest.raises(PosterTooFull):
        poster_marks(poster(made, endless), "a3", made.texts, made.language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_guide_sheet_reads_back_and_shows_nothing_unknown(forms: PublishedForms, language: str) -> None:
    made = press(forms, language)
    pdf = sheet_of(made, "SA-003")
    text = "".join(texts_of(pdf)).replace("\r\n", "")
    item = forms.catalogue.items["SA-003"]
    assert item.name.in_language(made.language) in text
    assert made.texts("guide.unknown") not in text
    assert made.texts("guide.element.promised") in text
    assert sheet_of(made, "SA-003") == pdf, "the same guide gives the same bytes"


def test_nothing_in_large_print_is_smaller_than_18_points(forms: PublishedForms) -> None:
    pdf = sheet_of(press(forms), "SA-001", large=True)
    sizes = set()
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage()
            for number in range(text.count_chars()):
                if text.get_text_range(number, 1).strip():
                    sizes.add(round(pypdfium2.raw.FPDFText_GetFontSize(text, number), 1))
    assert min(sizes) >= 18


def test_no_dot_of_a_list_stands_at_the_foot_of_a_page_without_its_text(forms: PublishedForms) -> None:
    for code in ("SA-001", "SA-003", "LS-001"):
        pages = texts_of(sheet_of(press(forms), code, large=True))
        assert not any(line.strip() in ("·", "•") for page in pages for line in page.splitlines()), code


def test_the_page_numbers_of_the_booklet_are_true(forms: PublishedForms) -> None:
    told: list[tuple[int, int]] = []
    made = press(forms)
    pdf = booklet_of(made, lambda done, count: told.append((done, count)))
    assert told[-1] == (83, 83)
    pages = texts_of(pdf)
    contents = "\n".join(pages[1:4])
    for item in forms.catalogue.items.values():
        line = next(line for line in contents.splitlines() if line.startswith(item.code))
        number = int(line.split()[-1])
        assert item.name.hans in "".join(pages[number - 1].splitlines()[1:3]), item.code
    back = "\n".join(pages[-8:])
    assert "拼音索引" in back
    assert "按人生事项查找" in "\n".join(pages[-12:])
    assert f"第 {len(pages)} 页" in pages[-1]
    heads = [page.splitlines()[0] for page in pages]
    for name, after in (("按人生事项查找", heads.index("拼音索引")), ("拼音索引", len(pages))):
        begins = heads.index(name)
        assert pages[begins].splitlines()[1] == name
        assert set(heads[begins:after]) == {name}, "each page says above what it holds"


def test_the_hall_set_holds_the_basics_and_every_item_that_may_hang(forms: PublishedForms) -> None:
    made = press(forms)
    told: list[int] = []
    pdf = hall_set(made, "a3", BASICS, lambda done, count: told.append(done))
    hanging = [item for item in forms.catalogue.items.values() if item.sensitivity != "S3"]
    assert page_count(pdf) == len(hanging) + 1
    assert told == list(range(1, len(hanging) + 1))
    assert "3,204 户" in texts_of(pdf)[0]


def test_boards_of_words_hold_long_texts_within_their_sheets(forms: PublishedForms) -> None:
    made = press(forms, where=Where())
    rules = Rules(
        "村民代表会议制度", "2026-1", tuple(f"第{n}条　" + "会议由村民委员会召集。" * 8 for n in range(60)),
        "村民代表会议", "2026-03-01", "2026-04-01",
    )  # fmt: skip
    pdf = rules_of(made, rules, "a3")
    whole = "".join(texts_of(pdf))
    assert "第59条" in whole
    assert "经 村民代表会议 于 2026-03-01 通过" in whole
    assert "王秀兰" in texts_of(basics_of(made, BASICS, "a3"))[0]


def test_an_older_edition_without_these_papers_prints_in_the_words_of_the_program(
    forms: PublishedForms,
) -> None:
    old = msgspec.structs.replace(forms, public_papers={}, style=None)
    made = Press(old, lambda: forms, STATION, Texts(RESOURCES / "i18n", "zh-Hans"))
    assert sheet_of(made, "SA-003") == sheet_of(press(forms), "SA-003")


def test_every_published_file_is_one_that_the_program_knows() -> None:
    assert {file.stem for file in Path(FORMS, "papers", "public").glob("*.toml")} == {
        "guide", "poster", "booklet", "basics", "rules", "style",
    }  # fmt: skip
