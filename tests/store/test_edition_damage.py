"""What is damaged on the disk is made anew, or passed over and told; the counter stays open."""

import itertools
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from station_desk.catalogue.edition import trouble
from station_desk.catalogue.edition.keys import new_key
from station_desk.catalogue.edition.published import read_compiled
from station_desk.core.errors import DeskError
from station_desk.counter.edition_state import edition_state
from station_desk.store.editions import edition_in_use, installed_numbers
from tests.store.conftest import TestClock
from tests.store.publisher import CLIENT, Counter, Publisher, edited, replaced

PENSION = "items/labour_social_security/LS-008.toml"


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


@pytest.mark.long
@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a copy of this very process")
def test_killed_at_any_step_of_an_installation_the_old_or_the_new_edition_is_in_use(
    counter: Counter, publisher: Publisher
) -> None:
    counter.install(publisher.bundle("2026.11.1"))
    december = publisher.bundle("2026.12")
    seen = []
    for step in itertools.count(1):
        finished = installed_unless_killed_at(step, counter, december)
        in_use = counter.in_use()
        assert in_use.refused == ()
        seen.append(in_use.forms.edition.number)
        shutil.rmtree(counter.profile.editions / "2026.12", ignore_errors=True)
        if finished:
            break
    assert len(seen) > 15
    assert seen == sorted(seen)
    assert set(seen) == {"2026.11.1", "2026.12"}


def installed_unless_killed_at(step: int, counter: Counter, bundle: bytes) -> bool:
    """Installs in a copy of this process, which dies before it touches the editions for the step-th time."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    touched = 0

    def die(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal touched
        if event.startswith(("open", "os.", "shutil.")) and ".coming-" in f"{arguments}":
            touched += 1
            if touched == step:
                os._exit(9)

    try:
        sys.addaudithook(die)
        counter.install(bundle)
        os._exit(0)
    finally:
        os._exit(1)


def test_a_full_disk_leaves_the_old_edition_in_use(
    counter: Counter, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter.install(publisher.bundle("2026.11.1"))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DeskError) as refused:
        counter.install(publisher.bundle("2026.12"))
    assert refused.value.code == "store.disk_full"
    assert counter.number == "2026.11.1"
    assert [entry.name for entry in counter.profile.editions.iterdir() if entry.name.startswith(".")] == []


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
    replaced(shipped / "life_events.toml", '"LS-008", ', "")
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
