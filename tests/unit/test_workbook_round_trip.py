"""Exported and taken in again, the catalogue is byte for byte what it was; an edit is exactly that edit."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_desk.catalogue.item import Catalogue, Category, FieldKindOf, Item, LifeEvent, MaterialKind
from station_desk.catalogue.read import FIELDS, LIFE_EVENTS, MATERIALS, read_catalogue
from station_desk.catalogue.workbook.cells import lines_of, one_line
from station_desk.catalogue.workbook.grid import read_grids
from station_desk.catalogue.workbook.reading import read_contents
from station_desk.catalogue.workbook.values import Known
from station_desk.catalogue.workbook.wording import Wording
from station_desk.catalogue.workbook.write import workbook_of
from station_desk.core.all_or_nothing import change_all
from station_desk.core.paths import FORMS
from station_desk.core.texts import LANGUAGES
from station_desk.counter.difference_words import change_lines
from tests.unit.filled import filled, keys_in, keys_of
from tests.unit.planting import DIBAO, HARDSHIP
from tests.unit.workbooks import (
    CARE,
    EVENTS,
    FORM,
    GUIDE,
    PAPERS,
    QUESTIONS,
    SHARED_PAPERS,
    STEPS,
    WAYS,
    Book,
    exported,
    taken,
    texts,
)  # fmt: skip


def comments_of(file: Path) -> str:
    return "".join(line for line in file.read_text("utf-8").splitlines(keepends=True) if line.startswith("#"))


def emptied(folder: Path) -> Path:
    """The published files without the items and without what they share; of that only its comments."""
    forms = Path(shutil.copytree(FORMS, folder / "forms", ignore=shutil.ignore_patterns("items")))
    for name in (MATERIALS, FIELDS, LIFE_EVENTS):
        (forms / name).write_text(comments_of(FORMS / name), "utf-8", newline="\n")
    return forms


def published(forms: Path) -> Mapping[str, bytes]:
    return {
        file.relative_to(forms).as_posix(): file.read_bytes() for file in forms.rglob("*") if file.is_file()
    }


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_all_83_items_come_back_byte_for_byte_into_an_empty_folder(tmp_path: Path, language: str) -> None:
    forms = emptied(tmp_path)
    coming = taken(exported(FORMS, language), forms)
    assert len([name for name in coming.files if name.startswith("items/")]) == 83
    change_all(forms, coming.files)
    assert published(forms) == published(FORMS)


def test_the_same_catalogue_gives_the_same_workbook(few: Path) -> None:
    assert exported(few) == exported(few)


def test_what_was_not_edited_is_not_touched_however_it_is_spelled(few: Path) -> None:
    file = few / DIBAO
    file.write_bytes(
        b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n") + b"\r\n# a word of my own\r\n"
    )
    coming = taken(Book(exported(few)).saved(), few)
    assert (coming.files, coming.changes, coming.left, coming.edited_meanwhile) == ({}, (), {}, False)


def test_a_promised_limit_changed_in_its_cell_changes_one_line_of_one_file(few: Path) -> None:
    before = (few / DIBAO).read_text("utf-8")
    book = Book(exported(few))
    book.put(CARE, ["SA-001"], "承诺时限", 22)
    book.put(CARE, ["SA-001"], "时限说明", None)
    book.put(STEPS, ["SA-001", "household-survey"], "时限", 5)
    book.put(CARE, ["SA-001"], "时限说明", "特殊情况可延长至45个工作日（未经核实）；公示有异议另行核查")
    coming = taken(book.saved(), few)
    assert [*coming.files] == [DIBAO]
    change_all(few, coming.files)
    old, new = before.splitlines(), (few / DIBAO).read_text("utf-8").splitlines()
    assert [(a, b) for a, b in zip(old, new, strict=True) if a != b] == [
        ("promised = 25", "promised = 22"),
        ("limit = 15", "limit = 5"),
    ]
    assert change_lines(coming.changes[0], texts()) == [
        "~ 事项 SA-001 最低生活保障审核确认",
        "    承诺时限：25 个工作日 → 22 个工作日",
        "    环节“入户调查”的时限：15 个工作日 → 5 个工作日",
    ]


def filled_catalogue() -> Catalogue:
    """One entry of each kind in which every key says something."""
    item = msgspec.structs.replace(filled(Item), code="SA-001", category="social_assistance")
    category = msgspec.structs.replace(filled(Category), code="social_assistance", prefix="SA")
    category = msgspec.structs.replace(category, colour="#A8503A")
    return Catalogue(
        edition="2026.11",
        digest="",
        categories={category.code: category},
        materials={"one": filled(MaterialKind), "two": filled(MaterialKind)},
        fields={"one": filled(FieldKindOf), "two": filled(FieldKindOf)},
        items={item.code: item},
        life_events={"code": filled(LifeEvent)},
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_of_the_model_goes_into_the_workbook_and_comes_back(language: str) -> None:
    catalogue = filled_catalogue()
    grids = read_grids(workbook_of(catalogue, texts(language)), "book.xlsx")
    wordings = [Wording(texts(language)) for language in LANGUAGES]
    contents = read_contents(grids, [*catalogue.categories.values()], wordings, Known())
    assert contents.faults == []
    _, table = contents.items["SA-001"]
    assert set(keys_in(table)) == set(keys_of(Item))
    assert msgspec.convert(table, Item) == catalogue.items["SA-001"]
    assert msgspec.convert(contents.shared[MATERIALS], dict[str, MaterialKind]) == catalogue.materials
    assert msgspec.convert(contents.shared[FIELDS], dict[str, FieldKindOf]) == catalogue.fields
    (event,) = contents.shared[LIFE_EVENTS]["life_event"]
    assert msgspec.convert(event, LifeEvent) == catalogue.life_events["code"]


ODD = [
    "=1+1", "+86 10 1234", "-", "@SUM(A1)", "'quoted", "010-6512", "0012", "1E5", "TRUE", "2026-11-01",
    "_x0041_", "_x000D_", "<b>&amp;</b>", "𠮷䶮", "a\u3000b", "  inside  blanks".strip(), "\\n is no break",
    "\\", "#REF!", "甲\n乙", "x" * 32_000,
]  # fmt: skip


def test_texts_that_look_like_something_else_stay_what_they_are() -> None:
    catalogue = filled_catalogue()
    item = msgspec.structs.replace(
        catalogue.items["SA-001"], basis=tuple(ODD), area="_x005F_", accepted_by="=A1", decided_by=ODD[-1]
    )
    catalogue = msgspec.structs.replace(catalogue, items={"SA-001": item})
    raw = workbook_of(catalogue, texts())
    grids = read_grids(raw, "book.xlsx")
    contents = read_contents(grids, [*catalogue.categories.values()], [Wording(texts())], Known())
    assert msgspec.convert(contents.items["SA-001"][1], Item) == item


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n")), max_size=5))
def test_any_lines_of_a_cell_are_read_back_as_they_were(entries: list[str]) -> None:
    entries = [entry.strip() for entry in entries if entry.strip()]
    assert lines_of("\n".join(map(one_line, entries))) == entries


def test_a_workbook_in_one_language_is_read_for_a_person_of_another(few: Path) -> None:
    book = Book(exported(few, "en"))
    book.put("SA Assistance", ["SA-002"], "kind", "immediate")
    book.put("Papers", ["SA-002", "hukou"], "need", "如有")
    coming = taken(book.saved(), few)
    assert [part.after for part in coming.changes[0].parts] == ["immediate", "opt"]


def test_columns_may_change_places_and_sheets_and_columns_of_ones_own_are_not_read(few: Path) -> None:
    book = Book(exported(few))
    sheet = book.sheet(CARE)
    sheet.move_range(f"C1:C{sheet.max_row}", cols=40)
    sheet.cell(1, 45).value = "# 备注"
    sheet.cell(2, 45).value = "=1/0"
    book.book.create_sheet("# 草稿")["B2"] = "=IMPORTDATA()"
    book.book.create_sheet("Sheet1")
    book.sheet(PAPERS).title = "材 料"
    sheet.title = "SA 社会救助（改）"
    assert taken(book.saved(), few).files == {}


def test_codes_alone_names_alone_and_wide_digits_are_understood(few: Path) -> None:
    book = Book(exported(few))
    book.put(PAPERS, ["SA-002", "hukou"], "材料", "居民户口簿")
    book.put(PAPERS, ["SA-002", "id_card"], "材料", "id_card")
    book.put(PAPERS, ["SA-002", "app_form"], "事项", "特困人员认定")
    book.put(CARE, ["SA-002"], "承诺时限", "３０")
    book.put(CARE, ["SA-002"], "办件类型", " 承诺件 ")
    book.put(CARE, ["SA-002"], "收费（元）", 0.0)
    assert taken(book.saved(), few).files == {}


NEW_ITEM = {
    "事项编码": "SA-011", "事项名称（简体）": "取暖补助", "事项名称（繁体）": "取暖補助",
    "事项名称（英文）": "Heating grant", "事项性质": "行政给付", "办件类型": "承诺件", "本站角色": "本站受理",
    "事务类别": "政府委托", "敏感等级": "S1 一般", "适用地区": "demo", "资料来源": "未经核实",
    "受理机关": "社区", "决定机关": "街道", "依据": "地方办法", "条件": "冬季\n困难家庭", "收费（元）": 0,
    "承诺时限": 5, "时限单位": "工作日", "起算日": "受理之日", "结果种类": "发放款项", "结果名称": "补助金",
}  # fmt: skip
NEW_PAPER = {
    "材料代号": "heat_bill", "材料名称（简体）": "取暖费票据", "材料名称（繁体）": "取暖費票據",
    "材料名称（英文）": "heating bill",
}  # fmt: skip


def test_a_new_item_is_a_new_file_in_the_spelling_of_the_house(few: Path) -> None:
    book = Book(exported(few))
    book.add(CARE, NEW_ITEM)
    book.add(SHARED_PAPERS, NEW_PAPER)
    of = {"事项": "SA-011"}
    book.add(PAPERS, {**of, "材料": "heat_bill", "形式": "复印件", "必要性": "必要", "份数": 2})
    book.add(FORM, {"事项": "SA-011 取暖补助", "字段": "contact 联系电话", "必填": "是"})
    for name, way in (("intake", "收件"), ("payment", "发放")):
        words = {"环节名称（简体）": way, "环节名称（繁体）": way, "环节名称（英文）": name}
        step = {"环节标识": name, "办理人": "窗口", "办理内容": way, "时限": 0, "时限单位": "工作日"}
        book.add(STEPS, {**of, **words, **step})
    book.add(WAYS, {**of, "环节": "intake", "去向": "payment 发放"})
    book.add(GUIDE, {**of, "服务对象": "自然人", "到场次数": 1})
    book.add(QUESTIONS, {**of, "问题": "多久到账？", "答复": "五个工作日"})
    book.put(EVENTS, ["hardship"], "事项", "SA-001\nSA-011\nSA-003")
    coming = taken(book.saved(), few)
    assert [(change.how, change.kind, change.code) for change in coming.changes] == [
        ("added", "item", "SA-011"),
        ("added", "material", "heat_bill"),
        ("changed", "life_event", "hardship"),
    ]
    written = coming.files["items/social_assistance/SA-011.toml"]
    assert written is not None
    assert written.decode() == HEATING


HEATING = """\
code = "SA-011"
name = { zh-Hans = "取暖补助", zh-Hant = "取暖補助", en = "Heating grant" }
category = "social_assistance"
type = "05"
kind = "promise"
role = "accept"
plane = "commissioned"
sensitivity = "S1"
area = "demo"
evidence = "own"

accepted_by = "社区"
decided_by = "街道"
basis = ["地方办法"]
conditions = [
  "冬季",
  "困难家庭",
]
fee = 0

field = [
  { key = "contact", required = true },
]

[limit]
promised = 5
unit = "wd"
from = "accepted"

[result]
kind = "payment"
name = "补助金"

[guide]
object = ["natural_person"]
visits = 1
question = [
  { asked = "多久到账？", answer = "五个工作日" },
]

[[material]]
key = "heat_bill"
form = "copy"
need = "must"
copies = 2

[[step]]
id = "intake"
name = { zh-Hans = "收件", zh-Hant = "收件", en = "intake" }
role = "clerk"
action = "收件"
limit = 0
unit = "wd"
next = [
  { to = "payment" },
]

[[step]]
id = "payment"
name = { zh-Hans = "发放", zh-Hant = "发放", en = "payment" }
role = "clerk"
action = "发放"
limit = 0
unit = "wd"
"""


def without_one(forms: Path) -> bytes:
    """A workbook without one item, one paper and one life event."""
    book = Book(exported(forms))
    for sheet in (CARE, PAPERS, STEPS, FORM, GUIDE):
        book.remove(sheet, "SA-010")
    book.remove(SHARED_PAPERS, "charter")
    book.remove(EVENTS, "hardship")
    return book.saved()


def test_what_the_workbook_does_not_hold_stays_and_is_named(few: Path) -> None:
    coming = taken(without_one(few), few)
    assert coming.files == {}
    assert coming.left == {"item": ["SA-010"], "material": ["charter"], "life_event": ["hardship"]}


def test_with_delete_it_goes_away(few: Path) -> None:
    coming = taken(without_one(few), few, delete=True)
    assert coming.files["items/social_assistance/SA-010.toml"] is None
    assert sorted(coming.files) == ["items/social_assistance/SA-010.toml", LIFE_EVENTS, MATERIALS]
    assert [(change.how, change.code) for change in coming.changes] == [
        ("removed", "SA-010"), ("removed", "charter"), ("removed", "hardship"),
    ]  # fmt: skip
    change_all(few, coming.files)
    assert "SA-010" not in read_catalogue(few).items


def test_the_order_of_rows_is_the_order_in_the_file(few: Path) -> None:
    book = Book(exported(few))
    first, second = book.row(PAPERS, "SA-002", "app_form"), book.row(PAPERS, "SA-002", "id_card")
    sheet = book.sheet(PAPERS)
    for column in range(1, sheet.max_column + 1):
        one, other = sheet.cell(first, column), sheet.cell(second, column)
        one.value, other.value = other.value, one.value
    coming = taken(book.saved(), few)
    assert [(part.how, part.key) for part in coming.changes[0].parts] == [("moved", "material")]
    assert [*coming.files] == [HARDSHIP]


def test_an_item_is_moved_with_its_comments_when_its_row_is_on_another_sheet(few: Path) -> None:
    file = few / DIBAO
    file.write_text("# 核对过\n\n" + file.read_text("utf-8"), "utf-8", newline="\n")
    (few / "items" / "old").mkdir()
    file.rename(few / "items" / "old" / "SA-001.toml")
    coming = taken(exported(few), few)
    assert coming.files["items/old/SA-001.toml"] is None
    moved = coming.files[DIBAO]
    assert moved is not None
    assert moved.startswith("# 核对过\n\ncode".encode())


def test_a_folder_that_was_edited_after_the_export_is_told(few: Path) -> None:
    raw = exported(few)
    file = few / HARDSHIP
    file.write_text(file.read_text("utf-8").replace("promised = 30", "promised = 31"), "utf-8", newline="\n")
    coming = taken(raw, few)
    assert coming.edited_meanwhile
    (part,) = coming.changes[0].parts
    assert (part.before, part.after) == ({"count": 31, "unit": "wd"}, {"count": 30, "unit": "wd"})
