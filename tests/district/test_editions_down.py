"""What the district puts in force reaches each counter by itself: proved there, whole or not, in time."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import update

from station_desk.catalogue.edition.root import read_root
from station_desk.core import paths
from station_desk.counter.coming_editions import DeskEditions
from station_desk.counter.courier import make_courier_file, take_answer
from station_desk.counter.new_edition import trust_root
from station_desk.counter.sync_now import wire_of
from station_desk.counter.told_editions import coming_notices, learnt_of
from station_desk.district import tables as t
from station_desk.district.courier import take_in
from station_desk.district.editions import put, release, withdraw
from station_desk.district.health import health_of
from station_desk.main.open_desk import open_desk
from station_desk.protocol.editions import PIECE, AskEditions, AskPiece, Editions, Piece
from station_desk.protocol.messages import VERSION
from station_desk.store.editions import installed_numbers
from station_desk.sync.client import Wire
from station_desk.sync.editions import learn_editions
from tests.district.conftest import NOON, DistrictClock, Reached
from tests.district.officials import official
from tests.district.publisher import ROOT_TEXT, STRANGER, A, B, C, edition_of, trusting, written
from tests.district.station import refused
from tests.district.test_desk_pages import text
from tests.district.test_restored_counter import Counter, quiet

TODAY = NOON.date()
FIRST = date(2026, 12, 1)
on_sqlite = pytest.mark.parametrize("kept_url", ["sqlite"], indirect=True)


@pytest.fixture
def counter(tmp_path: Path, over_loopback: Reached, clock: DistrictClock) -> Iterator[Counter]:
    made = Counter(tmp_path, over_loopback, clock)
    with trusting(over_loopback.district):
        yield made
    made.desk.store.close()


def trusts(counter: Counter, text: str = ROOT_TEXT) -> None:
    trust_root(counter.desk.store.profile, text, paths.FORMS)


def in_force(counter: Counter, number: str, day: date = TODAY, *, whole: bool = False) -> str:
    district, root = counter.reached.district, read_root(ROOT_TEXT)
    digest = put(district, root, edition_of(number, A, C, whole=whole), "wang").digest
    release(district, root, digest, day, "wang")
    return digest


def opened_again(counter: Counter) -> str:
    """The number of the edition with which the desk works when it is opened anew."""
    counter.desk.store.close()
    counter.desk = open_desk(counter.folder, "en", counter.clock)
    return counter.desk.edition.forms.edition.number


def notices(counter: Counter) -> list[str]:
    desk = counter.desk
    return coming_notices(learnt_of(desk.store.about()), desk.edition, desk.clock().date(), desk.texts)


def roll_out(counter: Counter, clock: DistrictClock, forms: Path) -> str:
    """The page of editions of the district desk, as it is read."""
    someone = official(counter.reached.district, clock, "viewer", forms=forms)
    page = text(someone.get("editions").text)
    counter.reached.district.write(lambda c: c.execute(t.staff.delete()))
    return page


def test_it_comes_down_ahead_holds_from_its_day_and_goes_when_it_is_withdrawn(
    counter: Counter, clock: DistrictClock, tmp_path: Path
) -> None:
    forms = written(tmp_path / "forms")
    trusts(counter)
    before = counter.accept()
    digest = in_force(counter, "2026.12", FIRST)
    counter.sync()
    assert installed_numbers(counter.desk.store.profile) == ["2026.12"]
    assert notices(counter) == ["目录版本 2026.12 已装好，自 2026-12-01 起启用。"]
    page = roll_out(counter, clock, forms)
    assert "On its way: edition 2026.12, in force from 2026-12-01" in page
    assert "has arrived; in use from the next opening" in page
    assert opened_again(counter) == "2026.11"
    assert next(iter(counter.desk.edition.waiting)).effective == FIRST
    assert notices(counter) == []
    clock.wait(days=11)
    assert opened_again(counter) == "2026.12"
    case = counter.desk.store.case(before)
    assert counter.desk.under(case).catalogue.edition == "2026.11"
    assert counter.desk.store.case(counter.accept()).edition == "2026.12"
    counter.sync()
    assert health_of(counter.reached.district)[0].edition == "2026.12"
    assert "1 As published" in roll_out(counter, clock, forms) or "As published 1" in roll_out(
        counter, clock, forms
    )
    withdraw(counter.reached.district, digest, "wrong limit", "wang")
    counter.sync()
    assert notices(counter)[0].startswith("The district took edition 2026.12 back.")
    assert opened_again(counter) == "2026.11"
    assert counter.desk.under(counter.desk.store.case(before)).catalogue.edition == "2026.11"
    # An older one of the district comes again where nothing but the withdrawn one is newer.
    in_force(counter, "2027.01", clock().date())
    counter.sync()
    assert opened_again(counter) == "2027.01"


class Listening(Wire):
    """The wire of the desk; it notes which pieces were asked for."""

    def edition_piece(self, asked: AskPiece) -> Piece:
        self.starts = [*getattr(self, "starts", []), asked.start]
        return super().edition_piece(asked)


def listening(counter: Counter) -> Listening:
    about = counter.desk.store.about()
    return Listening(about["district_url"], about["device"], about["device_key"], counter.clock)


def offers(counter: Counter) -> Editions:
    with wire_of(counter.desk) as wire:
        return wire.editions(AskEditions(VERSION))


@on_sqlite
def test_what_the_keys_here_do_not_prove_is_refused_told_and_not_fetched_twice(
    counter: Counter, clock: DistrictClock, tmp_path: Path
) -> None:
    trusts(counter, ROOT_TEXT.replace(A.public, STRANGER.public).replace(A.id, STRANGER.id))
    in_force(counter, "2026.12")
    counter.sync()
    assert installed_numbers(counter.desk.store.profile) == []
    (line,) = notices(counter)
    assert line.startswith("区级下发的目录版本 2026.12 未被接受。")
    assert "refused there: It is signed by 1 of the listed keys" in roll_out(
        counter, clock, written(tmp_path / "f")
    )
    told = offers(counter)
    with listening(counter) as wire:
        learn_editions(DeskEditions(counter.desk), wire, told.mark)
        assert not hasattr(wire, "starts")
    # Another list of keys is set by hand: now it is taken.
    (counter.desk.store.profile.editions / "root.toml").unlink()
    trusts(counter)
    counter.sync()
    assert (installed_numbers(counter.desk.store.profile), opened_again(counter)) == (["2026.12"], "2026.12")


@on_sqlite
def test_a_file_that_was_changed_at_the_district_is_refused_at_the_counter(counter: Counter) -> None:
    trusts(counter)
    digest = in_force(counter, "2026.12")
    p = t.edition_part.c
    spoilt = update(t.edition_part).where(p.digest == digest, p.place == 0)
    (row,) = counter.reached.district.rows(t.edition_part.select().where(p.digest == digest, p.place == 0))
    body = str(row["body"])
    counter.reached.district.write(
        lambda c: c.execute(spoilt.values(body=body[:4000] + "QUJD" + body[4004:]))
    )
    counter.sync()
    assert installed_numbers(counter.desk.store.profile) == []
    assert len(notices(counter)) == 1
    assert [path.name for path in counter.desk.store.profile.editions.glob(".*")] == []


@on_sqlite
def test_it_goes_on_where_the_line_was_cut_and_what_a_power_cut_tore_comes_again(counter: Counter) -> None:
    trusts(counter)
    in_force(counter, "2026.12", whole=True)
    told = offers(counter)
    (one,) = told.offered
    assert one.size > PIECE
    book, profile = DeskEditions(counter.desk), counter.desk.store.profile
    with listening(counter) as wire:
        book.add(one, 0, wire.edition_piece(AskPiece(VERSION, one.digest, 0)).body)
        # Torn in its second piece: only whole pieces count.
        book.add(one, PIECE, b"half")
        learn_editions(book, wire, told.mark)
        assert wire.starts == list(range(0, one.size, PIECE))
    assert installed_numbers(profile) == ["2026.12"]
    for left in (profile.editions / "2026.12").iterdir():
        left.unlink()
    (profile.editions / "2026.12").rmdir()
    book.add(one, 0, b"\0" * one.size)
    counter.sync()
    assert (installed_numbers(profile), list(profile.editions.glob(".*"))) == ([], [])
    counter.sync()
    assert installed_numbers(profile) == ["2026.12"]


@on_sqlite
def test_after_a_month_without_network_it_comes_on_the_stick(counter: Counter, clock: DistrictClock) -> None:
    trusts(counter)
    in_force(counter, "2026.12")
    clock.wait(days=31)
    in_force(counter, "2027.01", clock().date())
    in_force(counter, "2027.02", clock().date() + timedelta(days=9))
    counter.accept()
    answer = take_in(counter.reached.district, make_courier_file(counter.desk, quiet).content, quiet).answer
    take_answer(counter.desk, answer)
    assert installed_numbers(counter.desk.store.profile) == ["2027.02", "2027.01"]
    assert len(notices(counter)) == 2
    assert opened_again(counter) == "2027.01"
    counter.sync()
    with closing(open_desk(counter.folder, "en", counter.clock).store):
        assert learnt_of(counter.desk.store.about()).mark == offers(counter).mark


@on_sqlite
def test_only_what_was_put_in_force_is_given_out(over_loopback: Reached) -> None:
    sender, root = over_loopback.sender(), read_root(ROOT_TEXT)
    with trusting(over_loopback.district):
        kept = put(over_loopback.district, root, edition_of("2026.12", A, B), "wang")

        def ask(digest: str, start: int) -> int:
            asked = msgspec.json.encode(AskPiece(VERSION, digest, start))
            return sender.post("/v1/edition", asked).status_code

        assert ask(kept.digest, 0) == 400
        assert sender.hello().editions == ""
        release(over_loopback.district, root, kept.digest, TODAY, "wang")
        assert ask(kept.digest, 0) == 200
        for digest, start in ((kept.digest, 1), (kept.digest, -PIECE), (kept.digest, PIECE * 99), ("x", 0)):
            assert ask(digest, start) == 400
        answer = sender.post("/v1/editions", msgspec.json.encode(AskEditions(VERSION + 1)))
        refused(answer, 426, "sync.version_refused")
