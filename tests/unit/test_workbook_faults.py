"""Every fault of a workbook is told at once, by sheet and cell, with what to do; and nothing is changed."""

from pathlib import Path
from typing import Any, get_args

import pytest

from station_desk.catalogue.fault import FaultCode
from station_desk.catalogue.workbook.fault import CellFaultCode, WorkbookFaulty
from station_desk.core.paths import RESOURCES
from station_desk.core.texts import LANGUAGES, read_texts
from tests.unit.planting import EDITION, plant
from tests.unit.workbooks import (
    CARE,
    CHOICES,
    EVENTS,
    FORM,
    GUIDE,
    PAPERS,
    SHARED_FIELDS,
    SHARED_PAPERS,
    STEPS,
    WAYS,
    Book,
    exported,
    lines,
    said,
    taken,
)  # fmt: skip

CELLS: list[tuple[str, list[str], str, Any, str]] = [
    # What a cell says
    (CARE, ["SA-001"], "承诺时限", "三十", "not_integer"),
    (CARE, ["SA-001"], "法定时限", 30.5, "not_integer"),
    (CARE, ["SA-001"], "收费（元）", True, "not_integer"),
    (CARE, ["SA-001"], "受理机关", 12345, "not_text"),
    (CARE, ["SA-001"], "办件类型", "马上办", "not_one_of"),
    (CARE, ["SA-001"], "决定机关", "=A1", "formula"),
    (CARE, ["SA-001"], "结果名称", "#REF!", "error_value"),
    (CARE, ["SA-001"], "条件", "甲\u0085乙", "control_character"),
    (PAPERS, ["SA-001", "app_form"], "可否后补", "也许", "not_yes_no"),
    (PAPERS, ["SA-001", "app_form"], "替代方式", "电子证照代替\n口头说明", "not_one_of"),
    (PAPERS, ["SA-001", "hukou"], "份数", "=1+1", "formula"),
    (SHARED_PAPERS, ["photo1"], "身份类材料", 3, "not_yes_no"),
    # What is not there
    (CARE, ["SA-002"], "承诺时限", None, "missing_key"),
    (CARE, ["SA-002"], "事项名称（繁体）", None, "language_missing"),
    (CARE, ["SA-002"], "依据", None, "missing_key"),
    (STEPS, ["SA-002", "intake"], "环节名称（英文）", " ", "language_missing"),
    (STEPS, ["SA-002", "survey"], "办理人", None, "missing_key"),
    (FORM, ["SA-002", "bank"], "字段", None, "missing_key"),
    # Which does not fit together
    (CARE, ["SA-004"], "承诺时限", 31, "promised_over_statutory"),
    (CARE, ["SA-004"], "依据", "社会救助暂行办法\n社会救助暂行办法", "entry_twice"),
    (CARE, ["SA-004"], "收费（元）", -1, "number_too_small"),
    (CARE, ["SA-004"], "可公示内容", "applicant\n手机号", "notice_unknown"),
    (PAPERS, ["SA-004", "app_form"], "材料", "app_from", "unknown_material"),
    (PAPERS, ["SA-004", "id_card_family"], "可否后补", "是", "identity_may_follow"),
    (FORM, ["SA-004", "property"], "字段", "propperty", "unknown_field"),
    (STEPS, ["SA-004", "public-notice"], "环节名称（简体）", "在村里张榜公示七天", "step_name_long"),
    (WAYS, ["SA-003", "intake"], "去向", "urgent", "way_unknown"),
    (WAYS, ["SA-002", "county-decision"], "何时走（简体）", "=1", "formula"),
    (GUIDE, ["SA-005"], "基本编码", "123", "national_code_shape"),
    (EVENTS, ["hardship"], "事项", "SA-001\nSA-099\nSA-003", "unknown_item"),
    (SHARED_FIELDS, ["contact"], "字段代号", "Contact", "key_shape"),
    (SHARED_FIELDS, ["age"], "最大值", -1, "bounds_crossed"),
    (CHOICES, ["education"], "选项（繁体）", None, "language_missing"),
]


def faults_of(book: Book, forms: Path) -> WorkbookFaulty:
    before = {file: file.read_bytes() for file in forms.rglob("*.toml")}
    with pytest.raises(WorkbookFaulty) as faulty:
        taken(book.saved(), forms)
    assert {file: file.read_bytes() for file in forms.rglob("*.toml")} == before
    return faulty.value


def test_every_planted_fault_is_named_by_its_cell_and_no_other(few: Path) -> None:
    book = Book(exported(few))
    planted = {
        (sheet, book.put(sheet, words, header, value), code) for sheet, words, header, value, code in CELLS
    }
    faulty = faults_of(book, few)
    assert len(planted) == len(CELLS)
    assert sorted(said(faulty.faults)) == sorted(planted)
    assert faulty.others == []
    for language in LANGUAGES:
        told = lines(faulty.faults, language)
        assert len(set(told)) == len(told)
        assert not any("{" in line for line in told)


def test_a_sentence_says_where_what_and_what_now(few: Path) -> None:
    book = Book(exported(few))
    book.put(CARE, ["SA-001"], "办件类型", "马上办")
    book.put(STEPS, ["SA-004", "county-decision"], "时限", 26)
    faults = faults_of(book, few).faults
    assert lines(faults) == [KIND, LIMIT]
    assert lines(faults, "en")[0].startswith('"SA 社会救助" F2 (办件类型): "马上办" is no choice here.')


KIND = "“SA 社会救助”F2（办件类型）：没有“马上办”这个选项。可选：即办件、承诺件、转办件、内部事务。"
LIMIT = (
    "“SA 社会救助”V5（承诺时限）：计时环节合计 41，超过承诺时限 25。请核对“环节”表的时限；"
    "确需如此的，在“时限说明”写明原因。"
)


def test_rows_that_belong_nowhere_and_rows_that_are_there_twice_are_named(few: Path) -> None:
    book = Book(exported(few))
    book.put(CARE, ["SA-003"], "事项编码", "SA-002")
    book.put(CARE, ["SA-010"], "事项编码", None)
    book.put(CARE, ["SA-009"], "事项编码", "SA-9")
    book.put(SHARED_PAPERS, ["photo2"], "材料代号", "photo1")
    book.put(EVENTS, ["child_in_need"], "编码", "hardship")
    book.put(PAPERS, ["SA-001", "hukou"], "事项", None)
    book.put(PAPERS, ["SA-001", "medical"], "事项", "=A2")
    book.put(WAYS, ["SA-002", "survey"], "环节", "survy")
    book.put(GUIDE, ["SA-005"], "事项", "SA-004")
    book.put(CHOICES, ["education"], "字段", "educaton")
    faults = faults_of(book, few).faults
    choices, ways = book.row(CHOICES, "educaton"), book.row(WAYS, "SA-002", "survy")
    assert said(faults) == [
        (CARE, "A4", "row_twice"),
        (CARE, "A6", "guide_incomplete"),
        (CARE, "A10", "code_shape"),
        (CARE, "A11", "row_unnamed"),
        (GUIDE, "A6", "row_twice"),
        (PAPERS, "A4", "owner_missing"),
        (PAPERS, f"A{book.row(PAPERS, '=A2')}", "formula"),
        (WAYS, f"B{ways}", "owner_unknown"),
        (SHARED_PAPERS, "A10", "row_twice"),
        (CHOICES, f"A{choices}", "owner_unknown"),
        (EVENTS, "A3", "row_twice"),
    ]
    assert "第一次在 “SA 社会救助” A3" in lines(faults)[0]
    assert "相近的有：survey" in lines(faults)[7]


def test_rows_of_an_item_that_was_renamed_in_one_place_only_are_named(few: Path) -> None:
    book = Book(exported(few))
    book.put(CARE, ["SA-010"], "事项编码", "SA-012")
    faults = faults_of(book, few).faults
    assert {(sheet, code) for sheet, _, code in said(faults)} == {
        (CARE, "no_step"),
        (CARE, "guide_incomplete"),
        (FORM, "owner_unknown"),
        (GUIDE, "owner_unknown"),
        (STEPS, "owner_unknown"),
    }


def test_sheets_and_columns_that_are_missing_renamed_or_doubled_are_named_all_at_once(few: Path) -> None:
    book = Book(exported(few))
    book.book.remove(book.sheet(WAYS))
    book.sheet(PAPERS).title = "证件"
    book.sheet(SHARED_PAPERS).delete_rows(1)
    book.sheet(CARE).cell(1, book.column(CARE, "承诺时限")).value = "时限"
    book.sheet(CARE).cell(1, book.column(CARE, "决定机关")).value = "受理机关"
    book.sheet(CARE).cell(3, 41).value = "随手一写"
    book.sheet(FORM).delete_cols(book.column(FORM, "必填"))
    book.sheet(STEPS).merge_cells("A3:A4")
    book.book.copy_worksheet(book.sheet("LS 劳动保障")).title = "LS 副本"
    book.book.create_sheet("证件2")["A1"] = "x"
    faults = faults_of(book, few).faults
    assert {one for one in said(faults) if one[0] != SHARED_PAPERS} == {
        (CARE, "V1", "column_unknown"), (CARE, "N1", "column_twice"), (CARE, "AO3", "column_unnamed"),
        (CARE, "", "column_missing"), (FORM, "", "column_missing"), (STEPS, "", "merged"),
        (WAYS, "", "sheet_missing"), (PAPERS, "", "sheet_missing"), ("证件", "", "sheet_unknown"),
        ("证件2", "", "sheet_unknown"), ("LS 副本", "", "sheet_twice"),
    }  # fmt: skip
    assert {code for sheet, _, code in said(faults) if sheet == SHARED_PAPERS} == {
        "column_unknown",
        "column_missing",
        "column_unnamed",
    }
    told = "\n".join(lines(faults))
    assert "“SA 社会救助”V1（时限）：没有叫“时限”的列。还缺的有：" in told
    assert "“LS 副本”：与“LS 劳动保障”指同一张工作表" in told


def test_a_sheet_without_its_heads_is_told_once(few: Path) -> None:
    book = Book(exported(few))
    book.sheet(EVENTS).delete_rows(1, 100)
    assert said(faults_of(book, few).faults) == [(EVENTS, "", "header_missing")]


def test_a_fault_in_a_file_that_the_workbook_does_not_hold_is_told_by_its_line(few: Path) -> None:
    raw = exported(few)
    line = plant(few, EDITION, "expires = 2027-10-31", "expires = 2020-10-31")
    with pytest.raises(WorkbookFaulty) as faulty:
        taken(raw, few)
    (other,) = faulty.value.others
    assert (other.file, other.line, other.code) == (EDITION, line, "edition_over_before_it_begins")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_fault_of_a_cell_has_a_text_and_the_others_are_faults_of_the_checker(language: str) -> None:
    words = read_texts(RESOURCES / "i18n" / language / "workbook.toml")
    kinds = {
        kind: {key.partition(".")[2] for key in words if key.startswith(f"{kind}.")}
        for kind in ("fault", "check")
    }
    assert kinds["fault"] == set(get_args(CellFaultCode))
    assert kinds["check"] < set(get_args(FaultCode))


def test_what_is_said_of_a_cell_needs_no_other_values_than_what_is_said_of_a_line() -> None:
    own = read_texts(RESOURCES / "i18n" / "zh-Hans" / "workbook.toml")
    general = read_texts(RESOURCES / "i18n" / "zh-Hans" / "check.toml")
    for key, text in own.items():
        kind, _, code = key.partition(".")
        if kind == "check":
            assert values_in(text) <= values_in(general[code]) | EXTRA.get(code, set()), key


EXTRA = {"pattern_unused": {"kind"}}


def values_in(text: str) -> set[str]:
    return {part.split("}")[0] for part in text.split("{")[1:]}
