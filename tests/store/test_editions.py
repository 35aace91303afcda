"""Editions at a counter: installed whole or not at all, opened compiled, damaged ones passed over."""

import os
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
import pytest

from station_desk.catalogue.edition import trouble
from station_desk.catalogue.edition.keys import new_key
from station_desk.catalogue.edition.parcel import pack, unpack
from station_desk.catalogue.edition.published import read_compiled
from station_desk.catalogue.fault import BrokenForm
from station_desk.core.errors import DeskError, IntegrityError, RuleError, error_classes
from station_desk.core.paths import FORMS, RESOURCES
from station_desk.core.texts import LANGUAGES, Texts
from station_desk.counter.accept import accept
from station_desk.counter.advance import (
    Advance,
    AskSupplement,
    TakeSupplement,
    advance,
    ask_supplement,
    take_supplement,
)
from station_desk.counter.application import Application
from station_desk.counter.desk import Desk
from station_desk.counter.edition_state import edition_state, edition_warnings
from station_desk.counter.finish import Finish, finish
from station_desk.counter.new_edition import Installed, install_ahead, install_edition, trust_root
from station_desk.counter.papers import print_receipt, receipt_pdf_of, sheet_pdf_of
from station_desk.main.open_desk import open_desk
from station_desk.store.editions import InUse, edition_in_use, installed_numbers
from station_desk.store.profile import Profile
from station_desk.store.trouble import NoProfile
from tests.store.conftest import TestClock
from tests.store.publisher import Publisher, edited, replaced

pypdfium2: Any = import_module("pypdfium2")
PENSION = "items/labour_social_security/LS-008.toml"
CLIENT = "0.1.0"


class Counter:
    """The counter of the test: what an operator does with editions there."""

    def __init__(self, desk: Desk, clock: TestClock) -> None:
        self.profile = desk.store.profile
        self.clock = clock

    def trust(self, text: str) -> None:
        trust_root(self.profile, text, FORMS)

    def install(self, bundle: bytes, client: str = CLIENT) -> Installed:
        return install_edition(self.profile, bundle, FORMS, self.clock, client)

    def install_ahead(self, bundle: bytes) -> Installed:
        return install_ahead(self.profile, bundle, FORMS, self.clock, CLIENT)

    def in_use(self, client: str = CLIENT) -> InUse:
        return edition_in_use(self.profile, FORMS, self.clock().date(), client)

    @property
    def number(self) -> str:
        return self.in_use().forms.edition.number

    def file(self, number: str, name: str) -> Path:
        return self.profile.editions / number / name


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path)


@pytest.fixture
def counter(desk: Desk, clock: TestClock, publisher: Publisher) -> Counter:
    """A counter that trusts the publisher."""
    made = Counter(desk, clock)
    made.trust(publisher.root())
    return made


def test_without_a_list_of_keys_nothing_can_be_installed(
    desk: Desk, clock: TestClock, publisher: Publisher
) -> None:
    counter = Counter(desk, clock)
    with pytest.raises(trouble.NoRoot):
        counter.install(publisher.bundle("2026.12"))
    assert counter.in_use().installed is False
    assert counter.number == "2026.11"


def test_an_installed_edition_is_what_the_desk_opens_with(
    counter: Counter, clock: TestClock, publisher: Publisher
) -> None:
    done = counter.install(publisher.bundle("2026.11.1", edited(PENSION, "promised = 3", "promised = 2")))
    assert (done.number, done.in_use, done.expired) == ("2026.11.1", "2026.11.1", False)
    assert set(done.signers) == {"key 1", "key 2"}
    desk = open_desk(counter.profile.folder, "zh-Hans", clock)
    assert (desk.edition.installed, desk.catalogue.edition) == (True, "2026.11.1")
    assert desk.item("LS-008").limit.promised == 2
    desk.store.close()


def test_an_edition_brings_its_calendar(counter: Counter, clock: TestClock, publisher: Publisher) -> None:
    snow_day = edited("calendar/2026.toml", "rest_weekdays = [", "rest_weekdays = [\n  2026-12-08,")
    counter.install(publisher.bundle("2026.11.1", snow_day))
    desk = open_desk(counter.profile.folder, "zh-Hans", clock)
    assert not desk.calendar.is_working(date(2026, 12, 8))
    desk.store.close()


def test_the_newest_is_used_and_the_older_ones_stay(counter: Counter, publisher: Publisher) -> None:
    for number in ("2026.11.2", "2026.11.10"):
        counter.install(publisher.bundle(number))
    assert installed_numbers(counter.profile) == ["2026.11.10", "2026.11.2"]
    assert counter.number == "2026.11.10"


def swapped(publisher: Publisher) -> bytes:
    parts = unpack(publisher.bundle("2026.12"))
    parts[f"forms/{PENSION}"] = parts[f"forms/{PENSION}"].replace(b"promised = 3", b"promised = 9")
    return pack(parts)


def forged(publisher: Publisher) -> bytes:
    parts = unpack(publisher.bundle("2026.12"))
    parts["signatures.toml"] = unpack(publisher.bundle("2026.11.9"))["signatures.toml"]
    return pack(parts)


def unreadable(publisher: Publisher) -> bytes:
    return publisher.bundle("2026.12", edited(PENSION, 'kind = "promise"', 'kind = "someday"'))


REFUSED: dict[str, tuple[Callable[[Publisher], bytes], type[DeskError]]] = {
    "bad signature": (forged, trouble.SignatureBad),
    "one of three keys": (lambda p: p.bundle("2026.12", signers=(2,)), trouble.TooFewKeys),
    "older": (lambda p: p.bundle("2026.11"), trouble.EditionOlder),
    "equal": (lambda p: p.bundle("2026.11.1", edited(PENSION, "fee = 0", "fee = 1")), trouble.EditionOlder),
    "swapped file": (swapped, trouble.FileSwapped),
    "truncated": (lambda p: p.bundle("2026.12")[:-7], trouble.BundleTruncated),
    "not yet effective": (
        lambda p: p.bundle("2026.12", edited("edition.toml", "2026-11-01", "2026-12-01")),
        trouble.NotYetEffective,
    ),
    "program too old": (
        lambda p: p.bundle("2026.12", edited("edition.toml", '"0.1.0"', '"0.2.0"')),
        trouble.ClientTooOld,
    ),
    "forms that cannot be read": (unreadable, BrokenForm),
    "not a bundle": (lambda _: b"%PDF-1.7", trouble.NotABundle),
}  # fmt: skip


@pytest.mark.parametrize("fault", REFUSED)
def test_a_refused_edition_leaves_the_old_one_in_use(
    counter: Counter, publisher: Publisher, fault: str
) -> None:
    counter.install(publisher.bundle("2026.11.1"))
    before = {file: file.read_bytes() for file in counter.profile.editions.rglob("*") if file.is_file()}
    made, error = REFUSED[fault]
    with pytest.raises(error) as refused:
        counter.install(made(publisher))
    assert counter.number == "2026.11.1"
    assert before == {
        file: file.read_bytes() for file in counter.profile.editions.rglob("*") if file.is_file()
    }
    said = {Texts(RESOURCES / "i18n", language).error(refused.value) for language in LANGUAGES}
    assert len(said) == len(LANGUAGES)


def test_an_expired_edition_is_used_and_everybody_is_told(
    counter: Counter, clock: TestClock, publisher: Publisher
) -> None:
    expired = counter.install(
        publisher.bundle("2026.11.1", edited("edition.toml", "2027-10-31", "2026-11-19"))
    )
    assert expired.expired
    state = edition_state(counter.in_use(), clock().date())
    assert (state.number, state.expired, state.installed) == ("2026.11.1", True, True)
    for language in LANGUAGES:
        (warning,) = edition_warnings(counter.in_use(), clock().date(), Texts(RESOURCES / "i18n", language))
        assert "2026-11-19" in warning
    clock.wait(days=-2)
    assert not edition_state(counter.in_use(), clock().date()).expired
    assert edition_warnings(counter.in_use(), clock().date(), Texts(RESOURCES / "i18n", "en")) == []


def test_an_edition_installed_ahead_takes_effect_by_itself_on_its_day(
    counter: Counter, clock: TestClock, publisher: Publisher
) -> None:
    december = publisher.bundle("2026.12", edited("edition.toml", "2026-11-01", "2026-12-01"))
    done = counter.install_ahead(december)
    assert (done.number, done.in_use) == ("2026.12", "2026.11")
    state = edition_state(counter.in_use(), clock().date())
    assert state.waiting == {"2026.12": date(2026, 12, 1)}
    assert any(
        "2026.12" in warning and "2026-12-01" in warning
        for warning in edition_warnings(counter.in_use(), clock().date(), Texts(RESOURCES / "i18n", "en"))
    )
    with pytest.raises(trouble.EditionOlder):
        counter.install(publisher.bundle("2026.11.5"))
    clock.wait(days=11)
    assert counter.number == "2026.12"


def test_a_damaged_compiled_copy_is_made_anew_from_the_bundle(counter: Counter, publisher: Publisher) -> None:
    counter.install(publisher.bundle("2026.11.1", edited(PENSION, "promised = 3", "promised = 2")))
    compiled = counter.file("2026.11.1", "compiled")
    good = compiled.read_bytes()
    for damaged in (good[:-1] + b"?", good[: len(good) // 2], b"", b"\0" * len(good)):
        compiled.write_bytes(damaged)
        assert counter.in_use().forms.catalogue.items["LS-008"].limit.promised == 2
        assert compiled.read_bytes() == good
    compiled.unlink()
    assert counter.number == "2026.11.1"
    assert compiled.read_bytes() == good


def test_the_compiled_copy_of_one_edition_is_not_taken_for_another(
    counter: Counter, publisher: Publisher
) -> None:
    counter.install(publisher.bundle("2026.11.1", edited(PENSION, "promised = 3", "promised = 2")))
    counter.install(publisher.bundle("2026.11.2", edited(PENSION, "promised = 3", "promised = 1")))
    old = counter.file("2026.11.1", "compiled").read_bytes()
    counter.file("2026.11.2", "compiled").write_bytes(old)
    assert counter.in_use().forms.catalogue.items["LS-008"].limit.promised == 1


def test_a_copy_made_anew_does_not_ask_for_the_signatures_again(
    counter: Counter, publisher: Publisher
) -> None:
    counter.install(publisher.bundle("2026.11.1"))
    fresh = [new_key(), new_key(), publisher.keys[2]]
    counter.trust(publisher.signed_root(publisher.root(2, fresh), *publisher.keys[:2]))
    counter.file("2026.11.1", "compiled").unlink()
    assert counter.number == "2026.11.1"


def flip(file: Path) -> None:
    raw = bytearray(file.read_bytes())
    raw[len(raw) // 2] ^= 4
    file.write_bytes(bytes(raw))


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def take_over(counter: Counter, *names: str) -> None:
    for name in names:
        counter.file("2026.12", name).write_bytes(counter.file("2026.11.1", name).read_bytes())


def harm_both(counter: Counter) -> None:
    flip(counter.file("2026.12", "edition.zip"))
    cut(counter.file("2026.12", "admitted.json"))


HARM: dict[str, Callable[[Counter], None]] = {
    "a bit of the bundle": lambda c: flip(c.file("2026.12", "edition.zip")),
    "half the bundle": lambda c: cut(c.file("2026.12", "edition.zip")),
    "no bundle": lambda c: c.file("2026.12", "edition.zip").unlink(),
    "another bundle": lambda c: take_over(c, "edition.zip"),
    "everything of another edition": lambda c: take_over(c, "edition.zip", "admitted.json", "compiled"),
    "bundle and admission": harm_both,
}


@pytest.mark.parametrize("harm", HARM)
def test_a_damaged_bundle_is_passed_over_told_and_mended_by_installing_it_again(
    counter: Counter, clock: TestClock, publisher: Publisher, harm: str
) -> None:
    counter.install(publisher.bundle("2026.11.1"))
    december = publisher.bundle("2026.12")
    counter.install(december)
    HARM[harm](counter)
    assert counter.number == "2026.11.1"
    assert edition_state(counter.in_use(), clock().date()).refused == {"2026.12": "edition.damaged"}
    with pytest.raises(trouble.EditionOlder):
        counter.install(publisher.bundle("2026.11.7"))
    assert counter.install(december).in_use == "2026.12"
    assert counter.in_use().refused == ()


def test_with_every_edition_damaged_the_shipped_forms_keep_the_counter_open(
    counter: Counter, publisher: Publisher
) -> None:
    counter.install(publisher.bundle("2026.12"))
    flip(counter.file("2026.12", "edition.zip"))
    in_use = counter.in_use()
    assert (in_use.installed, in_use.forms.edition.number) == (False, "2026.11")
    assert [refused.number for refused in in_use.refused] == ["2026.12"]


def test_an_older_program_passes_over_what_is_not_made_for_it(counter: Counter, publisher: Publisher) -> None:
    counter.install(publisher.bundle("2026.11.1"))
    counter.install(publisher.bundle("2026.12", edited("edition.toml", '"0.1.0"', '"0.2.0"')), client="0.2.0")
    assert counter.in_use(client="0.2.0").forms.edition.number == "2026.12"
    assert counter.in_use().forms.edition.number == "2026.11.1"
    assert [type(refused.why) for refused in counter.in_use().refused] == [trouble.ClientTooOld]


def test_what_a_power_cut_left_half_way_is_neither_used_nor_kept(
    counter: Counter, publisher: Publisher
) -> None:
    left = counter.profile.editions / ".coming-abc"
    left.mkdir()
    (left / "edition.zip").write_bytes(b"half")
    (counter.profile.editions / "notes").mkdir()
    assert installed_numbers(counter.profile) == []
    counter.install(publisher.bundle("2026.12"))
    assert not left.exists()
    assert installed_numbers(counter.profile) == ["2026.12"]


def test_a_full_disk_leaves_the_old_edition_in_use(
    counter: Counter, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter.install(publisher.bundle("2026.11.1"))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DeskError) as refused:
        counter.install(publisher.bundle("2026.12"))
    assert refused.value.code == "store.disk_fault"
    assert counter.number == "2026.11.1"
    assert [entry.name for entry in counter.profile.editions.iterdir() if entry.name.startswith(".")] == []


def test_keys_are_changed_by_the_keys_before_them(counter: Counter, publisher: Publisher) -> None:
    first, second, third = publisher.keys
    fresh = [new_key(), new_key(), third]
    with pytest.raises(trouble.RootTooFewKeys):
        counter.trust(publisher.signed_root(publisher.root(2, fresh), first, fresh[0]))
    counter.trust(publisher.signed_root(publisher.root(2, fresh), first, second))
    with pytest.raises(trouble.TooFewKeys):
        counter.install(publisher.bundle("2026.12"))
    publisher.keys = fresh
    assert counter.install(publisher.bundle("2026.12")).in_use == "2026.12"


def test_a_folder_without_a_station_takes_no_edition_and_no_keys(
    tmp_path: Path, publisher: Publisher
) -> None:
    nowhere = Profile(tmp_path / "nowhere")
    with pytest.raises(NoProfile):
        trust_root(nowhere, publisher.root(), FORMS)
    with pytest.raises(NoProfile):
        install_edition(nowhere, publisher.bundle("2026.12"), FORMS, TestClock(), CLIENT)
    assert edition_in_use(nowhere, FORMS, date(2026, 11, 20), CLIENT).forms.edition.number == "2026.11"
    assert not nowhere.folder.exists()


def test_the_shipped_forms_are_kept_compiled_until_a_file_changes(
    counter: Counter, publisher: Publisher, clock: TestClock
) -> None:
    shipped = publisher.forms("2026.10")
    kept = counter.profile.editions / "shipped"

    def number() -> str:
        return edition_in_use(counter.profile, shipped, clock().date(), CLIENT).forms.edition.number

    assert number() == "2026.10"
    first = kept.read_bytes()
    assert (number(), kept.read_bytes()) == ("2026.10", first)
    file = shipped / "edition.toml"
    about = file.stat()
    replaced(file, "2026.10", "2026.09")
    os.utime(file, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (about.st_size, about.st_mtime_ns)
    assert number() == "2026.09", "the same size and the same time, but another content"
    kept.write_bytes(first)
    assert number() == "2026.09"
    kept.write_bytes(b"damaged")
    assert number() == "2026.09"
    (shipped / PENSION).unlink()
    assert (
        "LS-008" not in edition_in_use(counter.profile, shipped, clock().date(), CLIENT).forms.catalogue.items
    )


def test_a_copy_that_cannot_be_kept_stops_nothing(counter: Counter, clock: TestClock) -> None:
    kept = counter.profile.editions / "shipped"
    kept.unlink()
    kept.mkdir()
    assert counter.number == "2026.11"


def test_what_is_kept_is_named_after_the_bundle(counter: Counter, publisher: Publisher) -> None:
    counter.install(publisher.bundle("2026.12"))
    admitted = msgspec.json.decode(counter.file("2026.12", "admitted.json").read_bytes())
    assert admitted["at"] == "2026-11-20T09:30:00+08:00"
    assert read_compiled(counter.file("2026.12", "compiled").read_bytes(), admitted["bundle"]) is not None


NOTICE = """[[step]]
id = "public-notice"
name = { zh-Hans = "公示", zh-Hant = "公示", en = "public notice" }
role = "township"
action = "张榜公示"
limit = 1
unit = "wd"

[[step]]
id = "county-review\""""


def words_of(pdf: bytes) -> str:
    """All that a paper says, without the blanks between."""
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in document)


def another_workflow(forms: Path) -> None:
    """n+1: a longer promise, a step more, another name, a paper less, and that paper is known nowhere."""
    file = forms / PENSION
    replaced(file, "promised = 3", "promised = 15")
    replaced(file, '[[step]]\nid = "county-review"', NOTICE)
    replaced(file, "比对审核", "联合审核")
    replaced(
        file,
        '[[material]]\nkey = "hukou"\nform = "electronic"\nneed = "must"\nsubstitute = ["shared"]\n\n',
        "",
    )
    for item in (forms / "items").rglob("*.toml"):
        if 'key = "hukou"' in item.read_text("utf-8"):
            replaced(item, 'key = "hukou"', 'key = "hukou_book"')
    replaced(forms / "materials.toml", "[hukou]", "[hukou_book]")


def test_a_case_keeps_its_edition_for_ever(
    counter: Counter, clock: TestClock, publisher: Publisher, pension: Application, fresh: Callable[[], str]
) -> None:
    counter.install(publisher.bundle("2026.11.1"))
    desk = open_desk(counter.profile.folder, "zh-Hans", clock)
    old = accept(desk, pension, fresh()).answer
    digest = desk.catalogue.digest
    receipt = words_of(receipt_pdf_of(desk, old.number))
    desk.store.close()
    assert (old.promised, old.stage) == ("2026-11-25", "county-review")

    counter.install(publisher.bundle("2026.11.2", another_workflow))
    desk = open_desk(counter.profile.folder, "zh-Hans", clock)
    assert "hukou" not in desk.catalogue.materials
    papers = {"id_card": "brought", "app_form": "brought"}
    new = accept(desk, msgspec.structs.replace(pension, materials=papers), fresh())
    assert (new.answer.promised, new.answer.stage) == ("2026-12-11", "public-notice")

    ask_supplement(desk, AskSupplement(old.number, ("hukou",), "2026-12-04"), fresh())
    assert desk.store.case(old.number).bring[0].hans == "居民户口簿"
    clock.wait(days=7)
    assert take_supplement(desk, TakeSupplement(old.number), fresh()).answer.promised == "2026-12-02"
    assert advance(desk, Advance(old.number, "county-review"), fresh()).answer.stage == ""
    assert finish(desk, Finish(old.number, "granted", "参保登记结果"), fresh()).answer.state == "finished"

    case = desk.store.case(old.number)
    assert (case.edition, case.digest, case.limits.promised) == ("2026.11.1", digest, 3)
    assert (
        [step.id for step in case.steps]
        == [step.id for step in case.trail]
        == ["acceptance", "county-review"]
    )
    print_receipt(desk, old.number, fresh())
    assert print_receipt(desk, old.number, fresh()).answer.copy == 2
    again = words_of(receipt_pdf_of(desk, old.number))
    assert again == receipt
    assert "2026.11.1" in again
    sheet = words_of(sheet_pdf_of(desk, old.number))
    assert "比对审核" in sheet
    assert "联合审核" not in sheet
    assert "2026.11.2" in words_of(receipt_pdf_of(desk, new.answer.number))
    desk.store.close()


def test_refusals_are_rules_and_damage_is_integrity() -> None:
    ours = [error for error in error_classes() if error.__module__ == trouble.__name__]
    assert [error for error in ours if not issubclass(error, RuleError)] == [trouble.EditionDamaged]
    assert issubclass(trouble.EditionDamaged, IntegrityError)
