"""The catalogue that we ship can be read, holds together, and says so exactly."""

import shutil
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from station_desk.catalogue.fault import BrokenForm
from station_desk.catalogue.item import (
    Catalogue,
    Evidence,
    FieldKind,
    Kind,
    Need,
    PaperForm,
    Plane,
    Sensitivity,
    StationRole,
    StepRole,
    Substitute,
    Unit,
)
from station_desk.catalogue.read import read_catalogue, read_edition
from station_desk.core.paths import FORMS


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(FORMS)


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    return shutil.copytree(FORMS, tmp_path / "forms")


def test_the_whole_catalogue_is_there(catalogue: Catalogue) -> None:
    per_category = Counter(item.category for item in catalogue.items.values())
    assert per_category == {
        "social_assistance": 10,
        "labour_social_security": 16,
        "health_family": 9,
        "floating_population": 5,
        "military_veterans": 6,
        "community_correction": 5,
        "disabled_elderly": 10,
        "culture_education_ngo": 7,
        "public_safety": 7,
        "housing_village_affairs": 8,
    }
    assert set(catalogue.categories) == set(per_category)
    assert len(catalogue.items) == 83
    assert len(catalogue.materials) == 35
    assert sum(len(item.step) for item in catalogue.items.values()) == 176
    assert sum(len(item.material) for item in catalogue.items.values()) == 231


def test_every_word_of_the_vocabulary_is_used(catalogue: Catalogue) -> None:
    items = catalogue.items.values()
    papers = [paper for item in items for paper in item.material]
    steps = [step for item in items for step in item.step]
    assert {item.kind for item in items} == set(get_args(Kind))
    assert {item.sensitivity for item in items} == set(get_args(Sensitivity))
    assert {item.plane for item in items} == set(get_args(Plane))
    assert {item.role for item in items} == set(get_args(StationRole))
    assert {item.evidence for item in items} == set(get_args(Evidence))
    assert {item.limit.unit for item in items} == set(get_args(Unit))
    assert {step.clock for step in steps} == {"run", "stop"}
    assert {step.role for step in steps} == set(get_args(StepRole)) - {"applicant"}
    assert {paper.form for paper in papers} == set(get_args(PaperForm))
    assert {paper.need for paper in papers} == set(get_args(Need))
    assert {way for paper in papers for way in paper.substitute} == set(get_args(Substitute))
    assert {field.kind for field in catalogue.fields.values()} == set(get_args(FieldKind)) - {"citizen_id"}


def test_the_facts_of_the_seed_arrive_unchanged(catalogue: Catalogue) -> None:
    subsidies = catalogue.items["DE-001"]
    assert (subsidies.limit.statutory, subsidies.limit.promised, subsidies.limit.unit) == (24, 4, "wd")
    assert [(step.role, step.limit) for step in subsidies.step] == [
        ("clerk", 0),
        ("township", 5),
        ("dept", 5),
        ("county", 10),
    ]
    certificate = catalogue.items["DE-002"]
    assert [(paper.key, paper.form, paper.copies, paper.need) for paper in certificate.material] == [
        ("app_form", "signed", 2, "must"),
        ("id_card", "original", 1, "must"),
        ("hukou", "original", 1, "must"),
        ("photo2", "electronic", 3, "must"),
        ("guardian_id", "original", 1, "cond"),
    ]
    assert [(step.limit, step.clock) for step in certificate.step] == [
        (0, "run"),
        (15, "stop"),
        (5, "stop"),
        (7, "run"),
    ]
    assert certificate.material[1].substitute == ("elic", "shared"), "the paper's own default"
    assert subsidies.material[1].substitute == ("shared",), "what the item says goes before the default"


def test_each_item_asks_for_one_to_four_answers_at_least(catalogue: Catalogue) -> None:
    for item in catalogue.items.values():
        assert 1 <= sum(field.required and not field.when for field in item.field) <= 4, item.code


def test_only_evidence_of_an_emergency_may_follow(catalogue: Catalogue) -> None:
    follow = {paper.key for item in catalogue.items.values() for paper in item.material if paper.may_follow}
    assert follow == {"event_proof"}


def test_each_queue_letter_is_its_own(catalogue: Catalogue) -> None:
    assert [category.letter for category in catalogue.categories.values()] == list("ABCDEFGHJK")


def test_the_edition_says_that_it_is_to_be_replaced(catalogue: Catalogue) -> None:
    edition = read_edition(FORMS)
    assert edition.number == catalogue.edition == "2026.11"
    assert "示例" in edition.publisher.in_language("zh-Hans")
    assert {item.area for item in catalogue.items.values()} == {"demo"}


def test_twenty_certificates_are_forbidden_and_none_is_allowed_yet(catalogue: Catalogue) -> None:
    certificates = catalogue.certificates
    assert len(certificates.forbidden) == 20
    assert all(certificate.refer.hans for certificate in certificates.forbidden)
    assert certificates.allowed == ()


def test_the_digest_changes_with_a_letter_and_with_a_name(forms: Path, catalogue: Catalogue) -> None:
    item = forms / "items" / "public_safety" / "PS-005.toml"
    assert read_catalogue(forms).digest == catalogue.digest
    text = item.read_text("utf-8")
    item.write_text(text.replace("核实派单", "核查派单"), "utf-8", newline="\n")
    assert read_catalogue(forms).digest != catalogue.digest
    item.write_text(text, "utf-8", newline="\n")
    assert read_catalogue(forms).digest == catalogue.digest
    item.rename(item.with_name("PS-005b.toml"))
    assert read_catalogue(forms).digest != catalogue.digest


def test_an_editor_of_another_system_changes_nothing(forms: Path, catalogue: Catalogue) -> None:
    for file in forms.rglob("*.toml"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert read_catalogue(forms) == catalogue
    item = forms / "items" / "public_safety" / "PS-005.toml"
    item.write_bytes(b"\xef\xbb\xbf" + item.read_bytes())
    assert read_catalogue(forms).items == catalogue.items


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("items/public_safety/PS-005.toml", 'kind = "promise"', 'kind = "soon"', "not_one_of"),
        ("items/public_safety/PS-005.toml", "promised = 3", "promised = three", "syntax"),
        ("items/public_safety/PS-001.toml", 'key = "id_card"', 'key = "id_crad"', "unknown_material"),
        ("items/public_safety/PS-005.toml", 'key = "hazard"', 'key = "hazzard"', "unknown_field"),
        ("items/public_safety/PS-005.toml", '"PS-005"', '"PS-004"', "code_twice"),
        ("categories.toml", 'letter = "B"', "letter = 2", "not_text"),
    ],
)
def test_reading_stops_at_the_first_fault(forms: Path, file: str, old: str, new: str, code: str) -> None:
    text = (forms / file).read_text("utf-8")
    (forms / file).write_text(text.replace(old, new, 1), "utf-8", newline="\n")
    with pytest.raises(BrokenForm) as broken:
        read_catalogue(forms)
    finding = broken.value.finding
    line = text[: text.index(old)].count("\n") + 1
    assert (finding.file, finding.line, finding.code) == (file, line, code)
    assert broken.value.values == {"file": file, "line": line, "fault": code}


def test_a_missing_file_is_named(forms: Path) -> None:
    (forms / "materials.toml").unlink()
    with pytest.raises(BrokenForm) as broken:
        read_catalogue(forms)
    assert broken.value.finding.file == "materials.toml"
