"""Editions at a counter: installed whole or not at all, used from their day on, kept by each case."""

from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from station_desk.catalogue.edition import trouble
from station_desk.catalogue.edition.keys import new_key
from station_desk.catalogue.edition.parcel import pack, unpack
from station_desk.catalogue.fault import BrokenForm
from station_desk.core.errors import DeskError, IntegrityError, RuleError, error_classes
from station_desk.core.paths import FORMS, RESOURCES
from station_desk.core.texts import LANGUAGES, Texts
from station_desk.counter.desk import Desk
from station_desk.counter.edition_state import edition_state, edition_warnings
from station_desk.counter.new_edition import install_edition, trust_root
from station_desk.main.open_desk import open_desk
from station_desk.store.editions import edition_in_use, installed_numbers
from station_desk.store.profile import Profile
from station_desk.store.trouble import NoProfile
from tests.store.conftest import TestClock
from tests.store.publisher import CLIENT, Counter, Publisher, edited

pypdfium2: Any = import_module("pypdfium2")
PENSION = "items/labour_social_security/LS-008.toml"


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


def test_an_older_program_passes_over_what_is_not_made_for_it(counter: Counter, publisher: Publisher) -> None:
    counter.install(publisher.bundle("2026.11.1"))
    counter.install(publisher.bundle("2026.12", edited("edition.toml", '"0.1.0"', '"0.2.0"')), client="0.2.0")
    assert counter.in_use(client="0.2.0").forms.edition.number == "2026.12"
    assert counter.in_use().forms.edition.number == "2026.11.1"
    assert [type(refused.why) for refused in counter.in_use().refused] == [trouble.ClientTooOld]


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
    empty = Profile(tmp_path / "empty")
    empty.folder.mkdir()
    edition_in_use(empty, FORMS, date(2026, 11, 20), CLIENT)
    assert list(empty.folder.iterdir()) == []


def test_refusals_are_rules_and_damage_is_integrity() -> None:
    ours = [error for error in error_classes() if error.__module__ == trouble.__name__]
    assert [error for error in ours if not issubclass(error, RuleError)] == [trouble.EditionDamaged]
    assert issubclass(trouble.EditionDamaged, IntegrityError)
