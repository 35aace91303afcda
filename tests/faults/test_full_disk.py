"""A full disk at the counter: new cases are refused in words, all else goes on, nothing told is lost."""

import os
from pathlib import Path

import pytest

from station_desk.core.clock import now
from station_desk.counter.drafts import KeptDraft, keep, kept_drafts
from station_desk.main.open_desk import open_desk
from station_desk.store.profile import Profile
from station_desk.store.room import (
    MB,
    STOP_BELOW,
    WARN_BELOW,
    DiskNearlyFull,
    Room,
    give_up_reserve,
    keep_reserve,
    require_room,
    room_of,
)
from station_desk.store.trouble import DiskFull
from tests.faults.desk_process import batch, said
from tests.faults.trial import asked, made_counter, verdict_of


def fill(disk: Path, *, leaving: int) -> Path:
    """Another program writes the disk full, but for so many bytes."""
    ballast = disk / "ballast"
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    with ballast.open("ab") as file:
        file.write(bytes(max(0, free - leaving)))
    return ballast


def test_a_disk_that_fills_up_stops_new_cases_in_words_and_freeing_helps_at_once(small_disk: Path) -> None:
    profile = made_counter(small_disk / "profile")
    told: dict[str, str] = {}
    with batch(profile.folder) as desk:
        for place in range(5):
            first = desk.accept(f"a-{place}")
            told[first["id"]] = first["answer"]["number"]
        ballast = fill(small_disk, leaving=700 * 1024)
        refusal = desk.accept("refused")
        assert refusal["error"] == "store.disk_nearly_full"
        assert "no new case" in refusal["text"]
        # The very same command again is still answered, and what was begun goes on.
        assert desk.accept("a-0")["answer"]["number"] == told["a-0"]
        line = f'{{"id": "go-on", "do": "advance", "with": {{"number": "{told["a-1"]}"}}}}\n'
        assert desk.ask(line.encode())["ok"]
        ballast.unlink()
        after = desk.accept("refused")
        told["refused"] = after["answer"]["number"]
        code, errors = desk.end()
    assert (code, errors) == (5, "")
    assert verdict_of(profile, told).is_good


def test_a_disk_that_is_full_to_the_last_byte_loses_nothing(small_disk: Path) -> None:
    profile = made_counter(small_disk / "profile")
    told: dict[str, str] = {}
    with batch(profile.folder) as desk:
        told |= {"a-0": desk.accept("a-0")["answer"]["number"]}
        # Made anew when the batch was started.
        assert give_up_reserve(profile)
        ballast = fill(small_disk, leaving=0)
        line = f'{{"id": "b", "do": "advance", "with": {{"number": "{told["a-0"]}"}}}}\n'
        answer = desk.ask(line.encode())
        assert (answer["ok"], answer["error"]) == (False, "store.disk_full")
        assert desk.accept("a-0")["answer"]["number"] == told["a-0"]
        ballast.unlink()
        told |= {"a-1": desk.accept("a-1")["answer"]["number"]}
        code, errors = desk.end()
    assert code == 5
    assert "Traceback" not in errors
    assert verdict_of(profile, told).is_good


@pytest.mark.parametrize("verb", ["status", "cases", "verify"])
def test_a_counter_on_a_full_disk_can_still_be_read(small_disk: Path, verb: str) -> None:
    profile = made_counter(small_disk / "profile")
    assert said(profile.folder, "batch", given=asked(["a-0"]))[0] == 0
    assert profile.reserve.exists()
    fill(small_disk, leaving=0)
    code, output, errors = said(profile.folder, verb)
    assert (code, errors) == (0, "")
    assert output
    if verb == "status":
        assert "no new case is accepted" in output


def test_the_reserve_is_given_up_for_what_must_be_finished(small_disk: Path) -> None:
    profile = made_counter(small_disk / "profile")
    assert keep_reserve(profile)
    desk = open_desk(profile.folder, "en", now)
    fill(small_disk, leaving=0)
    typed = KeptDraft("draft", "LS-008", values={"note": "x" * 20_000})
    keep(desk, typed)
    assert not profile.reserve.exists()
    assert [draft.values for draft in kept_drafts(desk)] == [typed.values]
    desk.store.close()


def test_the_planted_fault_without_a_reserve_the_draft_is_lost(small_disk: Path) -> None:
    profile = made_counter(small_disk / "profile")
    desk = open_desk(profile.folder, "en", now)
    fill(small_disk, leaving=0)
    with pytest.raises(DiskFull):
        keep(desk, KeptDraft("draft", "LS-008", values={"note": "x" * 20_000}))
    desk.store.close()


def test_the_reserve_is_room_that_is_really_taken(counter: Profile) -> None:
    if room_of(counter).free < STOP_BELOW + 65 * MB:
        pytest.skip("this disk is nearly full")
    assert keep_reserve(counter)
    assert counter.reserve.stat().st_size == 64 * MB
    assert counter.reserve.stat().st_blocks * 512 >= 64 * MB
    assert keep_reserve(counter)
    assert give_up_reserve(counter)
    assert not give_up_reserve(counter)


BIG = 200 * 1024 * MB


@pytest.mark.parametrize(
    ("free", "total", "state"),
    [
        (WARN_BELOW, BIG, "plenty"),
        (WARN_BELOW - 1, BIG, "short"),
        (STOP_BELOW, BIG, "short"),
        (STOP_BELOW - 1, BIG, "stop"),
        (0, BIG, "stop"),
        (2 * MB, 8 * MB, "plenty"),
        (1 * MB, 8 * MB, "short"),
        (MB // 2, 8 * MB, "stop"),
    ],
)
def test_the_thresholds(free: int, total: int, state: str) -> None:
    assert Room(free, total).state == state


def test_no_case_begins_below_the_threshold(small_disk: Path) -> None:
    profile = Profile(small_disk)
    require_room(profile)
    fill(small_disk, leaving=MB // 2)
    with pytest.raises(DiskNearlyFull) as caught:
        require_room(profile)
    assert caught.value.values["free"] == "0.5"
