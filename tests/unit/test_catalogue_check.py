"""The proof-reader passes what we ship and names each planted fault, in its line and with a remedy."""

import re
import shutil
from pathlib import Path
from typing import NamedTuple, get_args

import pytest

from station_desk.catalogue.check import check_forms
from station_desk.catalogue.check.stable_codes import stable_code_findings
from station_desk.catalogue.fault import FaultCode
from station_desk.catalogue.read import read_catalogue
from station_desk.core.paths import FORMS, RESOURCES
from station_desk.core.texts import LANGUAGES, Texts
from tests.unit.planting import (
    CATEGORIES,
    CERTIFICATES,
    DIBAO,
    EDGE,
    EDITION,
    EMERGENCY,
    FIELDS,
    FOLDER,
    HARDSHIP,
    LIFE,
    MATERIALS,
    NEXT_YEAR,
    NOT_OF_ITEMS,
    ORPHAN,
    THIS_YEAR,
    VAGRANT,
    marks,
    plant,
)

KIN = '{ zh-Hans = "亲属关系证明", zh-Hant = "親屬關係證明", en = "proof of kinship" }'


class Planted(NamedTuple):
    """What stands in a file, what it becomes, and how many lines below that the finding must point."""

    code: FaultCode
    file: str
    old: str
    new: str
    down: int


ROWS: list[tuple[FaultCode, str, str, str, int]] = [
    # The file itself
    ("syntax", DIBAO, 'code = "SA-001"', 'code = "SA-001', 0),
    ("syntax", DIBAO, "promised = 25", "promised = 25 days", 0),
    ("syntax", DIBAO, "promised = 25", "promised 25", 0),
    ("syntax", DIBAO, '"家庭财产符合规定",', '"家庭财产符合规定"', 0),
    ("syntax", DIBAO, "fee = 0", 'fee = 0\nbasis = [\n  "x",\n]', 1),
    ("syntax", DIBAO, "[[material]]", "[[material]", 0),
    ("syntax", DIBAO, "[result]", "[limit]\n[result]", 0),
    ("syntax", DIBAO, 'note = "特殊', 'note = """特殊', 0),
    ("syntax", VAGRANT, '381号）"]', '381号）"', 0),
    ("syntax", DIBAO, 'kind = "promise"', "kind = “promise”", 0),
    # Its shape
    ("unknown_key", DIBAO, "fee = 0", 'fee = 0\ncolour = "red"', 1),
    ("unknown_key", DIBAO, 'id = "household-survey"', 'id = "household-survey"\nafter = "end"', 1),
    ("not_list", DIBAO, 'id = "household-survey"', 'id = "household-survey"\nnext = "end"', 1),
    ("unknown_key", DIBAO, 'key = "property"', 'key = "property", needed = true', 0),
    ("unknown_key", FIELDS, "[bank]", "[bank]\nwidth = 3", 1),
    ("missing_key", DIBAO, 'plane = "commissioned"\n', "", -6),
    ("missing_key", DIBAO, "promised = 25\n", "", -1),
    ("missing_key", VAGRANT, 'role = "clerk"\n', "", -3),
    ("language_missing", DIBAO, 'zh-Hant = "最低生活保障審核確認", ', "", 0),
    ("language_missing", HARDSHIP, 'en = "Intake"', 'en = ""', 0),
    ("empty_text", DIBAO, 'name = "确认决定书；次月发放"', 'name = ""', 0),
    ("empty_text", DIBAO, '"家庭财产符合规定",', '"家庭财产符合规定",\n  " ",', 1),
    ("stray_space", DIBAO, 'area = "demo"', 'area = "demo "', 0),
    ("not_text", DIBAO, 'area = "demo"', "area = 1", 0),
    ("not_integer", DIBAO, "promised = 25", 'promised = "25"', 0),
    ("not_integer", DIBAO, "fee = 0", "fee = 0.5", 0),
    ("not_integer", DIBAO, "fee = 0", "fee = true", 0),
    ("not_yes_no", EMERGENCY, "may_follow = true", 'may_follow = "yes"', 0),
    ("not_date", EDITION, "effective = 2026-11-01", 'effective = "2026"', 0),
    ("not_date", NEXT_YEAR, "2027-04-05,", "20270405,", 0),
    ("not_list", VAGRANT, '["生活无着人员自愿"]', '"生活无着人员自愿"', 0),
    ("not_table", FIELDS, '{ zh-Hans = "低", zh-Hant = "低", en = "low" }', '"低"', 0),
    ("not_one_of", DIBAO, 'kind = "promise"', 'kind = "promised"', 0),
    ("not_one_of", DIBAO, 'type = "05"', "type = 5", 0),
    ("not_one_of", DIBAO, 'role = "committee"', 'role = "street"', 0),
    ("not_one_of", EMERGENCY, '["promise"]', '["promise", "vow"]', 0),
    ("number_too_small", DIBAO, "fee = 0", "fee = -1", 0),
    ("number_too_small", DIBAO, 'when = "成员有残疾"', 'when = "成员有残疾"\ncopies = 0', 1),
    ("number_too_small", DIBAO, "limit = 15", "limit = -15", 0),
    ("number_too_small", FIELDS, "longest = 11", "longest = 0", 0),
    ("list_empty", VAGRANT, '["生活无着人员自愿"]', "[]", 0),
    ("entry_twice", DIBAO, '"家庭财产符合规定",', '"以家庭为单位申请",', 1),
    # Items
    ("step_named_end", DIBAO, 'id = "intake"', 'id = "end"', 0),
    ("way_unknown", HARDSHIP, '{ to = "public-notice"', '{ to = "public-notices"', 0),
    ("way_twice", HARDSHIP, '{ to = "county-decision"', '{ to = "public-notice"', 0),
    (
        "way_unsaid",
        HARDSHIP,
        '{ to = "end", when = { zh-Hans = "同意", zh-Hant = "同意", en = "agreed" } }',
        '{ to = "end" }',
        0,
    ),
    ("step_unreached", EMERGENCY, '{ to = "urgent-relief"', '{ to = "public-notice"', 3),
    ("step_loop", HARDSHIP, '{ to = "end"', '{ to = "survey"', 0),
    ("notice_missing", EDGE, 'notice = ["applicant", "item", "result"]\n', "", 57),
    ("notice_unknown", EDGE, '"applicant", "item"', '"applicants", "item"', 0),
    ("notice_private", DIBAO, '"applicant", "item"', '"household_members", "item"', 0),
    ("notice_of_restricted", ORPHAN, "fee = 0", 'fee = 0\nnotice = ["item"]', 1),
    ("notice_of_restricted", ORPHAN, 'zh-Hans = "街道核实"', 'zh-Hans = "街道公示"', 0),
    ("code_not_file", DIBAO, 'code = "SA-001"', 'code = "SA-099"', 0),
    ("folder_not_category", DIBAO, '"social_assistance"', '"public_safety"', 0),
    ("unknown_category", DIBAO, '"social_assistance"', '"social_asistance"', 0),
    ("source_missing", VAGRANT, 'evidence = "own"', 'evidence = "rule"', 0),
    ("promised_over_statutory", EDGE, "promised = 25", "promised = 31", 0),
    ("steps_over_promised", EDGE, "promised = 25", "promised = 24", 0),
    ("step_id_shape", DIBAO, 'id = "intake"', 'id = "Intake"', 0),
    ("step_twice", DIBAO, 'id = "county-decision"', 'id = "public-notice"', 0),
    ("step_name_long", DIBAO, 'zh-Hans = "入户调查"', 'zh-Hans = "入户调查信息核对提出"', 0),
    ("unknown_material", DIBAO, 'key = "check_auth"', 'key = "check_oath"', 0),
    ("material_twice", DIBAO, 'key = "check_auth"', 'key = "app_form"', 0),
    ("when_missing", DIBAO, 'need = "cond"\nwhen = "成员有残疾"', 'need = "cond"', 0),
    ("when_unused", DIBAO, 'need = "cond"\nwhen = "成员有残疾"', 'need = "opt"\nwhen = "成员有残疾"', 1),
    ("substitute_twice", EMERGENCY, '["promise"]', '["promise", "promise"]', 0),
    ("identity_may_follow", DIBAO, 'key = "hukou"', 'key = "hukou"\nmay_follow = true', 1),
    ("unknown_field", DIBAO, 'key = "supporters"', 'key = "suporters"', 0),
    ("field_twice", DIBAO, 'key = "supporters"', 'key = "housing"', 0),
    (
        "condition_unknown",
        DIBAO,
        '{ key = "housing" }',
        '{ key = "housing", when = { field = "bank", answer = ["yes"] } }',
        0,
    ),
    (
        "condition_kind",
        DIBAO,
        '{ key = "housing" }',
        '{ key = "housing", when = { field = "property", answer = ["yes"] } }',
        0,
    ),
    (
        "condition_answer",
        EMERGENCY,
        '{ key = "loss" }',
        '{ key = "loss", when = { field = "event_type", answer = ["火灾"] } }',
        0,
    ),
    ("guide_incomplete", DIBAO, 'object = ["natural_person"]\n', "", -1),
    ("national_code_shape", DIBAO, "[guide]", '[guide]\nbasic_code = "0005"', 1),
    ("number_too_small", DIBAO, "[guide]", "[guide]\nvisits = -1", 1),
    ("entry_twice", DIBAO, 'object = ["natural', 'object = ["natural_person", "natural', 0),
    # Life events
    ("event_twice", LIFE, 'code = "child_in_need"', 'code = "hardship"', 0),
    ("unknown_item", LIFE, '"SA-007"]', '"SA-070"]', 0),
    ("together_stray", LIFE, '"SA-003"]\ntogether', '"SA-004"]\ntogether', 1),
    ("together_alone", LIFE, 'together = ["SA-001", "SA-003"]', 'together = ["SA-001"]', 0),
    (
        "together_restricted",
        LIFE,
        'items = ["SA-006", "SA-007"]',
        'items = ["SA-006", "SA-002"]\ntogether = ["SA-006", "SA-002"]',
        1,
    ),
    ("entry_twice", LIFE, '"SA-006", "SA-007"', '"SA-006", "SA-006"', 0),
    ("list_empty", LIFE, '["SA-006", "SA-007"]', "[]", 0),
    # Shared fields and materials
    ("key_shape", MATERIALS, "[hmt_permit]", "[HMT-permit]", 0),
    ("key_shape", FIELDS, "[dog]", "[Dog]", 0),
    ("pattern_broken", FIELDS, "'[0-9]{10,32}'", "'[0-9{10,32}'", 0),
    ("pattern_unused", FIELDS, 'kind = "date"', 'kind = "date"\npattern = "2.*"', 1),
    (
        "choices_too_few",
        FIELDS,
        'label = { zh-Hans = "犬种", zh-Hant = "犬種", en = "Breed" }\nkind = "text"',
        'label = { zh-Hans = "犬种", zh-Hant = "犬種", en = "Breed" }\nkind = "choice"',
        1,
    ),
    ("choices_too_few", FIELDS, '  { zh-Hans = "紧急", zh-Hant = "緊急", en = "urgent" },\n', "", -2),
    ("choices_unused", FIELDS, 'kind = "choice"\nchoices', 'kind = "text"\nchoices', 1),
    (
        "choice_twice",
        FIELDS,
        '{ zh-Hans = "紧急", zh-Hant = "緊急", en = "urgent" }',
        '{ zh-Hans = "一般", zh-Hant = "x", en = "x" }',
        0,
    ),
    ("bounds_unused", FIELDS, 'kind = "date"', 'kind = "date"\nminimum = 1', 1),
    ("bounds_crossed", FIELDS, "maximum = 150", "maximum = -1", 0),
    ("fills_shape", FIELDS, 'fills = "person.phone"', 'fills = "phone"', 0),
    # Categories
    ("category_twice", CATEGORIES, 'code = "housing_village_affairs"', 'code = "public_safety"', 0),
    ("letter_shape", CATEGORIES, 'letter = "K"', 'letter = "k"', 0),
    ("letter_twice", CATEGORIES, 'letter = "K"', 'letter = "A"', 0),
    ("prefix_shape", CATEGORIES, 'prefix = "HV"', 'prefix = "Hv"', 0),
    ("prefix_twice", CATEGORIES, 'prefix = "HV"', 'prefix = "SA"', 0),
    ("colour_shape", CATEGORIES, 'colour = "#2F7455"', 'colour = "#2f7455"', 0),
    ("colour_pale", CATEGORIES, 'colour = "#2F7455"', 'colour = "#8F9455"', 0),
    ("colour_twice", CATEGORIES, 'colour = "#2F7455"', 'colour = "#A8503A"', 0),
    # Edition and certificates
    ("edition_shape", EDITION, 'number = "2026.11"', 'number = "2026/11"', 0),
    ("edition_over_before_it_begins", EDITION, "expires = 2027-10-31", "expires = 2026-11-01", 0),
    ("client_shape", EDITION, 'min_client = "0.1.0"', 'min_client = "0.1"', 0),
    ("certificate_twice", CERTIFICATES, 'zh-Hans = "出生证明"', 'zh-Hans = "健在证明"', 4),
    (
        "certificate_forbidden",
        CERTIFICATES,
        "allowed = []",
        f'allowed = [{{ name = {KIN}, basis = "x" }}]',
        0,
    ),
    (
        "certificate_forbidden",
        CERTIFICATES,
        "allowed = []",
        'allowed = [{ name = { zh-Hans = "财 产", zh-Hant = "x", en = "x" }, basis = "x" }]',
        0,
    ),
    (
        "certificate_forbidden",
        CERTIFICATES,
        "allowed = []",
        'allowed = [{ name = { zh-Hans = "甲", zh-Hant = "甲", en = "c" }, basis = "x", also = ["死亡"] }]',
        0,
    ),
    ("certificate_twice", CERTIFICATES, 'zh-Hans = "出生证明"', 'zh-Hans = "健在"', 4),
    ("certificate_not_asked", DIBAO, 'kind = "decision"', 'kind = "certificate"', 0),
    ("certificate_may_be_left_out", DIBAO, '{ key = "housing" }', '{ key = "list_item" }', 0),
    (
        "certificate_may_be_left_out",
        EMERGENCY,
        '{ key = "loss" }',
        '{ key = "list_item", required = true, when = { field = "event_type", answer = ["其他"] } }',
        0,
    ),
    ("pattern_unused", FIELDS, 'kind = "certificate"', "kind = \"certificate\"\npattern = '.*证明'", 1),
    ("bounds_unused", FIELDS, 'kind = "certificate"', 'kind = "certificate"\nmaximum = 9', 1),
    # Calendar
    ("year_not_file", NEXT_YEAR, "year = 2027", "year = 2028", 0),
    ("day_other_year", NEXT_YEAR, "2027-04-05,", "2028-04-05,", 0),
    ("day_twice", NEXT_YEAR, "2027-04-05,", "2027-04-05, 2027-04-05,", 0),
    ("rest_not_weekday", NEXT_YEAR, "2027-04-05,", "2027-04-05,\n  2027-04-04,", 1),
    ("work_not_weekend", NEXT_YEAR, "work_weekends = []", "work_weekends = [2027-10-08]", 0),
    ("holiday_works", NEXT_YEAR, "  2027-01-01,\n", "", -1),
    ("holiday_works", NEXT_YEAR, "work_weekends = []", "work_weekends = [2027-10-02]", 0),
    ("working_days_differ", THIS_YEAR, "working_days = 248", "working_days = 249", 0),
]
PLANTED = [Planted(*row) for row in ROWS]
ELSEWHERE: set[FaultCode] = {
    "file_missing",
    "stray_file",
    "import_broken_off",
    "file_too_large",
    "not_utf8",
    "nested_too_deep",
    "no_step",
    "steps_too_many",
    "code_shape",
    "code_prefix",
    "code_twice",
    "code_changed",
    "code_reused",
    "year_unlikely",
}


def test_what_we_ship_has_no_fault() -> None:
    assert check_forms(FORMS) == []


@pytest.mark.parametrize("fault", PLANTED, ids=[f"{n}-{fault.code}" for n, fault in enumerate(PLANTED)])
def test_one_fault_is_one_finding_in_its_line(forms: Path, fault: Planted) -> None:
    line = plant(forms, fault.file, fault.old, fault.new)
    findings = check_forms(forms)
    assert marks(findings) == [(fault.file, line + fault.down, fault.code)]
    for language in LANGUAGES:
        say = Texts(RESOURCES / "i18n", language)
        assert say(f"check.{fault.code}", **findings[0].values)


def test_every_kind_of_fault_is_planted_here() -> None:
    assert {fault.code for fault in PLANTED} | ELSEWHERE | NOT_OF_ITEMS == set(get_args(FaultCode))
    assert not {fault.code for fault in PLANTED} & ELSEWHERE


def test_a_code_must_have_the_shape_the_category_and_the_file_that_it_names(forms: Path) -> None:
    plant(forms, DIBAO, 'code = "SA-001"', 'code = "SA001"')
    plant(forms, HARDSHIP, 'code = "SA-002"', 'code = "HF-002"')
    plant(forms, EMERGENCY, 'code = "SA-003"', 'code = "SA-004"')
    assert marks(check_forms(forms)) == [
        (DIBAO, 1, "code_not_file"),
        (DIBAO, 1, "code_shape"),
        (HARDSHIP, 1, "code_not_file"),
        (HARDSHIP, 1, "code_prefix"),
        (EMERGENCY, 1, "code_not_file"),
        (EMERGENCY, 1, "code_twice"),
    ]


def test_a_code_stays_with_its_item_from_edition_to_edition(forms: Path) -> None:
    old = read_catalogue(FORMS).items
    assert stable_code_findings(forms, old) == []
    plant(forms, EMERGENCY, "临时救助给付", "急难临时救助给付")
    assert stable_code_findings(forms, old) == [], "a name may be mended"
    (forms / HARDSHIP).rename(forms / FOLDER / "SA-022.toml")
    plant(forms, f"{FOLDER}/SA-022.toml", 'code = "SA-002"', 'code = "SA-022"')
    plant(forms, VAGRANT, "流浪乞讨人员救助引导护送", "社区图书借阅登记")
    assert marks(stable_code_findings(forms, old)) == [
        (VAGRANT, 1, "code_reused"),
        (f"{FOLDER}/SA-022.toml", 1, "code_changed"),
    ]


def test_the_copy_is_to_blame_and_not_the_original(forms: Path) -> None:
    shutil.copy(forms / HARDSHIP, forms / FOLDER / "SA-000.toml")
    copy = f"{FOLDER}/SA-000.toml"
    assert marks(check_forms(forms)) == [(copy, 1, "code_not_file"), (copy, 1, "code_twice")]


def test_an_item_needs_a_step(forms: Path) -> None:
    text = (forms / VAGRANT).read_text("utf-8")
    head = text[: text.index("[[step]]")].replace("fee = 0", "fee = 0\nstep = []")
    (forms / VAGRANT).write_text(head, "utf-8", newline="\n")
    line = head[: head.index("step = []")].count("\n") + 1
    assert marks(check_forms(forms)) == [(VAGRANT, line, "no_step")]


def test_a_list_of_steps_without_end_is_not_followed(forms: Path) -> None:
    text = (forms / VAGRANT).read_text("utf-8")
    step = text[text.index("[[step]]") :]
    many = "".join(step.replace('id = "', f'id = "{"x" * n}-') for n in range(1, 200))
    (forms / VAGRANT).write_text(text + "\n" + many, "utf-8", newline="\n")
    line = text[: text.index("[[step]]")].count("\n") + 1
    assert marks(check_forms(forms)) == [(VAGRANT, line, "steps_too_many")]


@pytest.mark.parametrize("name", [EDITION, CATEGORIES, CERTIFICATES, MATERIALS, FIELDS])
def test_a_missing_file_is_one_finding_and_items_are_not_blamed_for_it(forms: Path, name: str) -> None:
    (forms / name).unlink()
    assert marks(check_forms(forms)) == [(name, 1, "file_missing")]


def test_a_folder_without_any_year_is_found(forms: Path) -> None:
    shutil.rmtree(forms / "calendar")
    assert [finding.code for finding in check_forms(forms)] == ["file_missing"]


def test_an_item_under_a_wrong_ending_is_not_lost_silently(forms: Path) -> None:
    (forms / VAGRANT).rename(forms / f"{VAGRANT}.bak")
    (forms / FOLDER / ".hidden").write_text("an editor's own", "utf-8")
    assert marks(check_forms(forms)) == [(f"{VAGRANT}.bak", 1, "stray_file")]


def test_a_shared_file_that_cannot_be_read_is_blamed_alone(forms: Path) -> None:
    line = plant(forms, FIELDS, "[bank]", "[bank")
    assert marks(check_forms(forms)) == [(FIELDS, line, "syntax")]


def test_all_faults_are_told_at_once_within_a_file_and_across_files(forms: Path) -> None:
    planted = [
        (DIBAO, plant(forms, DIBAO, 'kind = "promise"', 'kind = "promised"'), "not_one_of"),
        (DIBAO, plant(forms, DIBAO, 'key = "supporters"', 'key = "suporters"'), "unknown_field"),
        (DIBAO, plant(forms, DIBAO, "promised = 25", "promised = 250"), "promised_over_statutory"),
        (DIBAO, plant(forms, DIBAO, 'key = "check_auth"', 'key = "check_oath"'), "unknown_material"),
        (DIBAO, plant(forms, DIBAO, 'id = "intake"', 'id = "public-notice"') + 24, "step_twice"),
        (DIBAO, plant(forms, DIBAO, "limit = 10", 'limit = "10"'), "not_integer"),
        (NEXT_YEAR, plant(forms, NEXT_YEAR, "2027-04-05,", "2027-04-04,"), "rest_not_weekday"),
        (CATEGORIES, plant(forms, CATEGORIES, 'letter = "K"', 'letter = "A"'), "letter_twice"),
        (MATERIALS, plant(forms, MATERIALS, "[hmt_permit]", "[HMT]"), "key_shape"),
    ]
    assert sorted(marks(check_forms(forms))) == sorted(planted)


def test_a_fault_that_follows_from_another_is_not_told_again(forms: Path) -> None:
    line = plant(forms, EDGE, "promised = 25", 'promised = "25"')
    assert marks(check_forms(forms)) == [(EDGE, line, "not_integer")]


def test_the_note_of_a_limit_may_explain_steps_that_take_longer(forms: Path) -> None:
    plant(forms, EDGE, "promised = 25", 'promised = 24\nnote = "核对可与调查同时进行"')
    assert check_forms(forms) == []


def test_these_items_exceed_their_promise_and_their_note_is_what_allows_it(tmp_path: Path) -> None:
    forms = shutil.copytree(FORMS, tmp_path / "forms")
    for file in forms.glob("items/*/*.toml"):
        text = re.sub(r"(?ms)^(\[limit\][^\[]*?)^note = .*?\n", r"\1", file.read_text("utf-8"))
        file.write_text(text, "utf-8", newline="\n")
    findings = [finding for finding in check_forms(forms) if finding.code == "steps_over_promised"]
    assert sorted(Path(finding.file).stem for finding in findings) == [
        "DE-001",
        "FP-002",
        "HF-001",
        "PS-001",
        "PS-003",
        "SA-001",
        "SA-006",
    ]
