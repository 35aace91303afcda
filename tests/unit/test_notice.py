"""Whatever a published list says, a public notice leads to nobody, shows no minor and nothing restricted."""

from dataclasses import replace
from datetime import date
from typing import Any

import msgspec
import pytest

from station_desk.cases import parts as p
from station_desk.cases.case import Case
from station_desk.cases.changes import apply
from station_desk.cases.event import Fact, Head, seal
from station_desk.cases.notice import (
    NoticeAgeUnknown,
    NoticeNeverShown,
    NoticeOfMinor,
    lines_of,
)
from station_desk.catalogue.item import Catalogue, FieldKindOf, Item, Words
from station_desk.catalogue.read import read_catalogue
from station_desk.core.identifiers import check_character
from station_desk.core.paths import FORMS
from station_desk.counter.accept import steps_of

DAY = date(2026, 11, 20)
NAME, NUMBER, PHONE = "王秀兰", "11010519491231002X", "13912345678"
SECRETS = (NAME, NUMBER, PHONE, "1949-12-31", "青石桥路 18 号", "李小明", "13055554321", "6222020000000000")
HOSTILE: dict[str, FieldKindOf] = {
    kind: FieldKindOf(Words(kind, kind, kind), kind, longest=999)
    for kind in ("text", "long_text", "integer", "money", "phone", "citizen_id", "date", "yes_no")
}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(FORMS)


@pytest.fixture
def item(catalogue: Catalogue) -> Item:
    return catalogue.items["HV-002"]


def case_of(item: Item, answers: dict[str, str], **who: Any) -> Case:
    applicant = p.Applicant(NAME, **{"id_number": NUMBER, "phone": PHONE, "address": "青石桥路 18 号", **who})
    limits = p.Limits(20, None, "wd", "accepted")
    public = p.AcceptedPublic(
        item=item.code, category=item.category, title=item.name, kind=item.kind, sensitivity=item.sensitivity,
        station="QSQ001", counter="02", edition="1", digest="d", received="2026-11-20T09:00:00+08:00",
        ticket="", trace="t", steps=steps_of(item), limits=limits, fee=0, stage=item.step[0].id,
        times=p.Times("2026-12-18"),
    )  # fmt: skip
    agent = p.Agent("李小明", phone="13055554321")
    private = p.AcceptedPrivate(applicant, answers, (), "token", agent)
    event, secret = seal(
        Fact("QSQ001-x", 1, "case.accepted", "2026-11-20T09:00:00+08:00", "clerk", public, private),
        "QSQ001.02", Head(), "c",
    )  # fmt: skip
    assert secret
    return apply(None, event, secret.text)


def number_of(born: str) -> str:
    first = f"110105{born.replace('-', '')}001"
    return first + check_character(first)


def test_the_shipped_lists_show_the_masked_applicant_the_item_and_its_result(
    catalogue: Catalogue, item: Item
) -> None:
    lines = lines_of(case_of(item, {"house": "3 间"}), item, catalogue.fields, DAY)
    assert [(line.key, line.value) for line in lines] == [
        ("applicant", "王*兰"),
        ("item", item.name),
        ("result", item.result.name),
    ]


@pytest.mark.parametrize("kind", sorted(HOSTILE))
@pytest.mark.parametrize(
    "answer",
    [
        PHONE, "139 1234 5678", "电话：１３９－１２３４－５６７８", NUMBER, "1949-12-31", "户主王秀兰",
        "李小明代办", "青石桥路 18 号 3 单元", "6222020000000000", "13055554321", "卡号 6222 0200 0000 0000",
    ],
)  # fmt: skip
def test_no_kind_of_field_leads_to_a_person(item: Item, kind: str, answer: str) -> None:
    hostile = msgspec.structs.replace(item, notice=("applicant", "leak", "applicant.phone", "phone"))
    fields = {"leak": HOSTILE[kind], "phone": HOSTILE["phone"]}
    case = case_of(item, {"leak": answer, "phone": PHONE, "applicant.phone": PHONE})
    said = str(lines_of(case, hostile, fields, DAY))
    assert [secret for secret in SECRETS if secret in said] == []
    assert "5678" not in said
    assert "５６７８" not in said


def test_harmless_answers_are_shown_in_the_order_of_the_list(item: Item) -> None:
    hostile = msgspec.structs.replace(item, notice=("yes_no", "date", "money", "integer", "text", "text"))
    answers = {"yes_no": "yes", "date": "2026-11-02", "money": "1200.50", "integer": "4", "text": "三组"}
    lines = lines_of(case_of(item, answers), hostile, HOSTILE, DAY)
    assert [line.value for line in lines] == ["yes", "2026-11-02", "1200.50", "4", "三组"]


def test_a_choice_shows_only_what_was_published(item: Item) -> None:
    grave = Words("严重", "嚴重", "grave")
    fields = {"level": FieldKindOf(Words("等级", "等級", "level"), "choice", choices=(grave,))}
    listed = msgspec.structs.replace(item, notice=("level",))
    assert lines_of(case_of(item, {"level": "严重"}), listed, fields, DAY)[0].value == grave
    with pytest.raises(NoticeNeverShown):
        lines_of(case_of(item, {"level": "打 13912345678"}), listed, fields, DAY)


@pytest.mark.parametrize(
    ("born", "shown"),
    [("2008-11-20", True), ("2008-11-21", False), ("2010-01-01", False), ("2026-11-20", False)],
)
def test_a_minor_is_never_shown_and_the_day_decides(
    catalogue: Catalogue, item: Item, born: str, shown: bool
) -> None:
    case = case_of(item, {}, id_number=number_of(born))
    if shown:
        assert lines_of(case, item, catalogue.fields, DAY)
    else:
        with pytest.raises(NoticeOfMinor):
            lines_of(case, item, catalogue.fields, DAY)


@pytest.mark.parametrize(
    "who",
    [{"id_kind": "passport", "id_number": "E12345678"}, {"id_number": ""}, {"id_kind": "none"}],
    ids=["passport", "no_number", "no_document"],
)
def test_who_cannot_tell_the_age_is_not_shown(catalogue: Catalogue, item: Item, who: dict[str, str]) -> None:
    with pytest.raises(NoticeAgeUnknown):
        lines_of(case_of(item, {}, **who), item, catalogue.fields, DAY)


def test_restricted_items_and_items_without_a_list_are_never_shown(catalogue: Catalogue, item: Item) -> None:
    restricted = msgspec.structs.replace(item, sensitivity="S3")
    empty = msgspec.structs.replace(item, notice=())
    for case, asked in (
        (case_of(item, {}), restricted),
        (replace(case_of(item, {}), sensitivity="S3"), item),
        (case_of(item, {}), empty),
    ):
        with pytest.raises(NoticeNeverShown):
            lines_of(case, asked, catalogue.fields, DAY)
