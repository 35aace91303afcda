"""What changed between two editions, told so that an official can hold it against the resolution."""

import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from station_desk.catalogue.edition.difference import Change, Part, differences
from station_desk.catalogue.edition.published import read_published
from station_desk.catalogue.item import Words
from station_desk.core.paths import FORMS, RESOURCES
from station_desk.core.texts import LANGUAGES, Texts
from station_desk.counter.difference_words import change_lines

PENSION = "items/labour_social_security/LS-008.toml"
HARDSHIP = "items/social_assistance/SA-002.toml"
NOTICE = """[[step]]
id = "public-notice"
name = { zh-Hans = "公示", zh-Hant = "公示", en = "public notice" }
role = "township"
action = "张榜公示"
limit = 7
unit = "cd"
clock = "stop"

"""
Edit = Callable[[str, str, str], None]
Told = Callable[[], tuple[Change, ...]]


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    return shutil.copytree(FORMS, tmp_path / "forms")


@pytest.fixture
def edit(forms: Path) -> Edit:
    def change(file: str, old: str, new: str) -> None:
        text = (forms / file).read_text("utf-8")
        assert old in text, old
        (forms / file).write_text(text.replace(old, new, 1), "utf-8", newline="\n")

    return change


@pytest.fixture
def told(forms: Path) -> Told:
    return lambda: differences(read_published(FORMS), read_published(forms))


def lines(changes: tuple[Change, ...], language: str = "zh-Hans") -> list[str]:
    say = Texts(RESOURCES / "i18n", language)
    return [line for change in changes for line in change_lines(change, say)]


def test_two_equal_editions_differ_in_nothing(told: Told) -> None:
    assert told() == ()


def test_a_limit_is_told_with_its_unit(edit: Edit, told: Told) -> None:
    edit(PENSION, "promised = 3", "promised = 2")
    (change,) = told()
    assert (change.how, change.kind, change.code) == ("changed", "item", "LS-008")
    days = {"count": 3, "unit": "wd"}
    assert change.parts == (Part("changed", "limit.promised", before=days, after={**days, "count": 2}),)
    assert lines((change,)) == [
        "~ 事项 LS-008 城乡居民基本养老保险参保登记",
        "    承诺时限：3 个工作日 → 2 个工作日",
    ]


def test_another_unit_is_another_limit(edit: Edit, told: Told) -> None:
    edit(PENSION, 'promised = 3\nunit = "wd"', 'promised = 3\nunit = "cd"')
    assert lines(told(), "en")[1:] == ["    promised limit: 3 working days → 3 calendar days"]


def test_steps_that_came_went_and_changed_are_told_by_name(edit: Edit, told: Told) -> None:
    edit(PENSION, '[[step]]\nid = "county-review"', NOTICE + '[[step]]\nid = "county-review"')
    edit(PENSION, 'limit = 3\nunit = "wd"', 'limit = 1\nunit = "wd"')
    edit(PENSION, 'role = "county"', 'role = "dept"')
    assert lines(told())[1:] == [
        "    新增环节“公示”：街道（乡镇） · 7 日",
        "    环节“比对审核”的办理人：区县部门 → 主管部门",
        "    环节“比对审核”的时限：3 个工作日 → 1 个工作日",
    ]


def test_a_step_in_another_place_is_told(forms: Path, told: Told) -> None:
    file = forms / PENSION
    head, first, second = file.read_text("utf-8").split("[[step]]\n")
    file.write_text(f"{head}[[step]]\n{second}\n[[step]]\n{first}", "utf-8", newline="\n")
    assert lines(told())[1:] == ["    环节的顺序改为：county-review · acceptance"]


def test_materials_fields_and_texts_are_told_by_their_names(edit: Edit, told: Told) -> None:
    edit(
        PENSION, 'form = "electronic"\nneed = "must"\nsubstitute = ["shared"]', 'form = "copy"\nneed = "must"'
    )
    edit(PENSION, "[[step]]", '[[material]]\nkey = "photo1"\nform = "original"\nneed = "opt"\n\n[[step]]')
    edit(PENSION, '  { key = "bank", when = { field = "payment_mode", answer = ["银行代扣"] } },\n', "")
    edit(PENSION, '{ key = "contact" }', '{ key = "contact", required = true }')
    edit(PENSION, '  "社会保险法",', '  "社会保险法（2018年修正）",')
    edit(PENSION, "fee = 0", "fee = 20")
    assert lines(told(), "en")[1:] == [
        "    basis added: 社会保险法（2018年修正）",
        "    basis removed: 社会保险法",
        "    fee (yuan): 0 → 20",
        '    form field "Bank account number" removed',
        '    form field "Contact phone", required: no → yes',
        '    material "1-inch photo" added: original, shown and returned · if at hand',
        '    material "household register", form: electronic → copy',
        '    material "household register", substitute removed: checked by data sharing',
    ]


def test_items_that_came_and_went_are_told(forms: Path, told: Told) -> None:
    text = (forms / PENSION).read_text("utf-8").replace('"LS-008"', '"LS-099"')
    (forms / PENSION).with_name("LS-099.toml").write_text(text, "utf-8")
    (forms / PENSION).unlink()
    life = (forms / "life_events.toml").read_text("utf-8").replace('"LS-008"', '"LS-099"')
    (forms / "life_events.toml").write_text(life, "utf-8")
    assert lines(told()) == [
        "+ 事项 LS-099 城乡居民基本养老保险参保登记",
        "- 事项 LS-008 城乡居民基本养老保险参保登记",
        "~ 人生事项 retirement 退休",
        "    新增事项：LS-099",
        "    删去事项：LS-008",
    ]


def test_other_ways_conditions_and_guide_elements_are_told(edit: Edit, told: Told) -> None:
    edit(HARDSHIP, 'en = "agreed" }', 'en = "approved" }')
    edit(HARDSHIP, '  { to = "public-notice", when = { zh-Hans = "申请人已成年", ', '  # { to = "')
    edit(HARDSHIP, 'object = ["natural_person"]', 'object = ["natural_person"]\nvisits = 1')
    edit(PENSION, 'answer = ["银行代扣"]', 'answer = ["自行缴费"]')
    edit(HARDSHIP, 'notice = ["applicant", "item", "result"]', 'notice = ["applicant", "item"]')
    assert lines(told(), "en") == [
        "~ item LS-008 Enrolment in resident basic pension insurance",
        '    form field "Bank account number", answer added: 自行缴费',
        '    form field "Bank account number", answer removed: 银行代扣',
        "~ item SA-002 Recognition of persons in extreme hardship",
        "    may be shown in a public notice removed: result",
        "    visits added: 1",
        '    step "Survey and preliminary review", ways out removed: public-notice · the applicant is of age',
        '    step "County confirmation", taken when: agreed → approved',
    ]


def test_what_items_share_is_compared_too(edit: Edit, told: Told) -> None:
    edit("edition.toml", 'number = "2026.11"', 'number = "2026.12"')
    edit("categories.toml", 'letter = "A"', 'letter = "Z"')
    edit("materials.toml", "[photo1]", "[photo1]\nidentity = true")
    edit("fields.toml", "[bank]", '[bank]\nfills = "person.account"')
    edit("certificates.toml", 'zh-Hans = "出生证明"', 'zh-Hans = "出生时间证明"')
    edit("calendar/2027.toml", 'status = "provisional"', 'status = "official"')
    edit("calendar/2027.toml", "2027-04-05,", "2027-04-06,")
    found = [(change.how, change.kind, change.code) for change in told()]
    assert found == [
        ("changed", "edition", ""), ("changed", "category", "social_assistance"),
        ("changed", "material", "photo1"), ("changed", "field", "bank"),
        ("added", "forbidden", "出生时间证明"), ("removed", "forbidden", "出生证明"),
        ("changed", "year", "2027"),
    ]  # fmt: skip
    assert "    状态：暂定 → 正式" in lines(told())
    assert "    新增周一至周五的休息日：2027-04-06" in lines(told())


def test_what_was_empty_is_said_to_be_new(edit: Edit, told: Told) -> None:
    edit(PENSION, 'unit = "wd"\nfrom', 'unit = "wd"\nstatutory = 20\nnote = "含比对"\nfrom')
    assert lines(told())[1:] == ["    新增法定时限：20 个工作日", "    新增说明：含比对"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_of_every_item_can_be_told_in_each_language(forms: Path, language: str) -> None:
    published = read_published(FORMS)
    items = list(published.catalogue.items.values())
    codes = [item.code for item in items]
    turned = dict(zip(codes, items[1:] + items[:1], strict=True))
    other = read_published(forms)
    catalogue = msgspec.structs.replace(other.catalogue, items=turned)
    other = msgspec.structs.replace(other, catalogue=catalogue)
    told = lines(differences(published, other), language)
    assert len(told) > 1000
    assert not any("{" in line or "zh-Hans" in line for line in told)


def test_words_are_told_in_the_language_of_the_reader(edit: Edit, told: Told) -> None:
    edit(PENSION, 'en = "Comparison and review"', 'en = "Review"')
    (change,) = told()
    assert isinstance(change.parts[0].name, Words)
    assert lines((change,), "en")[1:] == ['    step "Review", name: Comparison and review → Review']


def test_a_paper_that_was_reworded_is_told_with_its_section(edit: Edit, told: Told) -> None:
    edit("papers/notice.toml", '"需要补正的全部内容"', '"须补正的全部内容"')
    edit("papers/notice.toml", 'format = "a4"', 'format = "a5"')
    (change,) = told()
    assert (change.how, change.kind, change.code) == ("changed", "paper", "notice")
    assert lines((change,)) == [
        "~ 文书 notice 一次性告知书",
        "    纸张：a4 → a5",
        "    段落“mending”的小标题：需要补正的全部内容 → 须补正的全部内容",
    ]


def test_a_paper_that_came_and_one_that_went_are_told_by_title(forms: Path, told: Told) -> None:
    (forms / "papers/refusal.toml").unlink()
    assert lines(told()) == ["- 文书 refusal 不予受理通知书"]
    assert lines(differences(read_published(forms), read_published(FORMS)), "en") == [
        "+ paper refusal Notice of refusal to accept"
    ]
