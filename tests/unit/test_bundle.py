"""One form and one set of papers for several items: each asked once, and what satisfies one satisfies all."""

from datetime import date
from itertools import product
from typing import get_args

import msgspec
import pytest

from station_desk.cases.number import NumberNotWellFormed, bundle_number, check_character, read_number
from station_desk.catalogue.bundle import merged_fields, merged_materials, stricter_form
from station_desk.catalogue.item import Catalogue, Condition, FormField, Item, Material, PaperForm
from station_desk.catalogue.read import read_catalogue
from station_desk.core.paths import FORMS
from station_desk.counter.bundles import BundleTooSmall, LifeEventUnknown, NotTogether, bundle_form

FORMS_OF_PAPER: tuple[PaperForm, ...] = get_args(PaperForm)
ONLY_IF = Condition("place", ("yes",))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(FORMS)


@pytest.fixture
def item(catalogue: Catalogue) -> Item:
    return catalogue.items["LS-014"]


def asking(item: Item, *fields: FormField) -> Item:
    return msgspec.structs.replace(item, field=fields)


def wanting(item: Item, *papers: Material) -> Item:
    return msgspec.structs.replace(item, material=papers)


def test_a_field_is_asked_once_and_required_when_one_item_requires_it(item: Item) -> None:
    one = asking(item, FormField("a"), FormField("b", required=True))
    other = asking(item, FormField("b"), FormField("c"), FormField("a", required=True))
    assert merged_fields([one, other]) == (
        FormField("a", required=True), FormField("b", required=True), FormField("c"),
    )  # fmt: skip


def test_a_condition_stays_only_when_all_items_share_it(item: Item) -> None:
    place = FormField("place", required=True)
    only_if = FormField("a", True, ONLY_IF)
    assert merged_fields([asking(item, place, only_if), asking(item, place, only_if)])[1] == only_if
    for other in (FormField("a"), FormField("a", True, Condition("place", ("no",)))):
        assert merged_fields([asking(item, place, only_if), asking(item, place, other)])[1] == FormField("a")
    always = asking(item, FormField("a", required=True))
    assert merged_fields([asking(item, place, only_if), always])[1] == FormField("a", required=True)


def test_the_form_of_a_paper_satisfies_each_item_whatever_their_order() -> None:
    for one, other in product(FORMS_OF_PAPER, FORMS_OF_PAPER):
        assert stricter_form(one, other) == stricter_form(other, one)
        assert stricter_form(one, one) == one
    assert stricter_form("copy", "original") == "original_and_copy"
    assert stricter_form("copy", "original_and_copy") == "original_and_copy"
    assert stricter_form("electronic", "copy") == "copy"
    assert stricter_form("original", "signed") == "signed"


def test_a_paper_is_brought_once_as_the_most_demanding_item_wants_it(item: Item) -> None:
    one = Material("photo1", "copy", "cond", 2, "有照片时", ("elic", "shared"), may_follow=True, note="彩色")
    other = Material("photo1", "original", "must", 1, "", ("elic",), follow_days=5, note="近期")
    (paper,) = merged_materials([wanting(item, one), wanting(item, other)])
    assert (paper.form, paper.need, paper.copies, paper.when) == ("original_and_copy", "must", 2, "")
    assert (paper.substitute, paper.may_follow, paper.follow_days) == (("elic",), False, 5)
    assert paper.note == "彩色；近期"
    conditional = msgspec.structs.replace(other, need="cond", when="有孩子时")
    (paper,) = merged_materials([wanting(item, one), wanting(item, conditional)])
    assert (paper.need, paper.when) == ("cond", "有照片时；有孩子时")


def test_every_published_bundle_has_a_form(catalogue: Catalogue) -> None:
    events = [event for event in catalogue.life_events.values() if event.together]
    assert len(events) == 6
    for event in events:
        form = bundle_form(catalogue, event.code)
        assert [item.code for item in form.items] == list(event.together)
        keys = [field.key for field in form.fields]
        papers = [paper.key for paper in form.materials]
        assert len(set(keys)) == len(keys)
        assert len(set(papers)) == len(papers)
        assert all(form.askers(key) for key in keys)
        assert all(form.wanters(key) for key in papers)


@pytest.mark.parametrize(
    ("event", "items", "error"),
    [
        ("wedding", (), LifeEventUnknown),
        ("school", (), BundleTooSmall),
        ("birth", ("HF-001",), BundleTooSmall),
        ("birth", ("HF-001", "HF-001"), BundleTooSmall),
        ("birth", ("HF-001", "HF-005"), NotTogether),
        ("birth", ("HF-001", "XX-999"), NotTogether),
    ],
)
def test_what_does_not_go_together_is_refused(
    catalogue: Catalogue, event: str, items: tuple[str, ...], error: type[Exception]
) -> None:
    with pytest.raises(error):
        bundle_form(catalogue, event, items)


def test_a_restricted_item_never_goes_with_others_whatever_the_list_says(catalogue: Catalogue) -> None:
    event = msgspec.structs.replace(catalogue.life_events["birth"], together=("HF-001", "SA-006"))
    hostile = msgspec.structs.replace(catalogue, life_events={"birth": event})
    assert hostile.items["SA-006"].sensitivity == "S3"
    with pytest.raises(NotTogether):
        bundle_form(hostile, "birth")


def test_the_number_of_a_bundle_is_no_case_number_and_has_its_check() -> None:
    number = bundle_number("QSQ001", date(2026, 11, 20), "02", 7)
    assert number[:-1] == "QSQ001-261120-02-B007-"
    assert check_character(number.replace("-", "")[:-1]) == number[-1]
    with pytest.raises(NumberNotWellFormed):
        read_number(number)
