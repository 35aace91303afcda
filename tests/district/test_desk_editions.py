"""An edition on its way through the district desk: brought, checked, signed elsewhere, put in force."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import httpx2
import pytest

from station_desk.catalogue.edition.bundle import sign
from station_desk.catalogue.edition.root import read_root
from station_desk.catalogue.edition.trouble import EditionOlder, SignatureBad
from station_desk.district import tables as t
from station_desk.district.editions import (
    MOST_OPEN,
    AlreadyReleased,
    DayNotPossible,
    EditionNotThere,
    EditionsTooMany,
    NotReleased,
    ReasonNeeded,
    all_kept,
    bundle_of,
    discard,
    put,
    release,
    withdraw,
)  # fmt: skip
from station_desk.district.verify import verify
from tests.district.conftest import NOON, DistrictClock, Reached
from tests.district.officials import Official, official
from tests.district.publisher import (
    ROOT_TEXT,
    STRANGER,
    A,
    B,
    C,
    archive,
    bring,
    changed,
    edition_of,
    forged,
    form_key,
    signatures,
    trusting,
    written,
)  # fmt: skip
from tests.district.test_desk_pages import rows_of, text

TODAY = NOON.date()
SOONER = ("promised = 25", "promised = 20")


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("forms"))


@pytest.fixture
def someone(reached: Reached, clock: DistrictClock, forms: Path) -> Iterator[Official]:
    with trusting(reached.district):
        yield official(reached.district, clock, "publisher", forms=forms)


on_sqlite = pytest.mark.parametrize("kept_url", ["sqlite"], indirect=True)
"""What the database has no part in is tried on one."""


def file_of(someone: Official, digest: str) -> bytes:
    return someone.http.get(f"/district/editions/edition.zip?edition={digest}").content


def act(someone: Official, act: str, digest: str, **form: str) -> httpx2.Response:
    """Sends a form of the page of an edition; what it redirects to is not looked at."""
    sent = {"key": form_key(someone), "act": act, "edition": digest, **form}
    return someone.http.post(
        f"/district/editions?edition={digest}&lang=en", data=sent, follow_redirects=False
    )


@on_sqlite
def test_from_the_folder_to_the_guide_and_back(
    reached: Reached, clock: DistrictClock, someone: Official
) -> None:
    status, page, digest = bring(someone, archive(changed("2026.12", SA_001=SOONER)), "forms.zip")
    assert (status, "Nothing is in force by that yet" in page) == (200, True)
    # What is different, as people read it.
    plain = text(page)
    for told in (
        "item SA-001 Minimum living allowance", "promised limit: 25 working days → 20 working days",
        "Items changed 1", "with other limits 1",
    ):  # fmt: skip
        assert told in plain
    # Signed by one and by a stranger is not enough.
    unsigned = file_of(someone, digest)
    bring(someone, sign(sign(unsigned, A), STRANGER))
    refused = act(someone, "release", digest, day="2026-12-01")
    assert (refused.status_code, "needs 2" in refused.text) == (422, True)
    # Two holders sign the same file, each at home: their signatures come together.
    assert bring(someone, sign(unsigned, C))[2] == digest
    assert signatures(file_of(someone, digest)) == {A.id, C.id, STRANGER.id}
    assert act(someone, "release", digest, day="2026-12-01").status_code == 303
    assert "2026.12" not in someone.http.get("/guide/SA-001?lang=en").text
    clock.wait(days=12)
    assert "2026.12" in someone.http.get("/guide/SA-001?lang=en").text
    someone.sign_in()
    assert "in force since 2026-12-01" in text(someone.get("editions").text)
    # Withdrawn: the one before it holds again, the record keeps both.
    assert act(someone, "withdraw", digest, reason="wrong limit").status_code == 303
    assert "wrong limit" in someone.get(f"editions?edition={digest}").text
    assert "2026.12" not in someone.http.get("/guide/SA-001?lang=en").text
    acts = [row["act"] for row in reached.district.rows(t.staff_act.select())]
    assert {"bring", "release", "withdraw"} <= set(acts)
    assert verify(reached.district) == []


def test_what_is_not_possible_is_refused(reached: Reached, clock: DistrictClock) -> None:
    """On both databases; the words are those of the pages."""
    district, root = reached.district, read_root(ROOT_TEXT)
    newer, older = (put(district, root, edition_of(n, A, B), "wang").digest for n in ("2026.12", "2026.11.1"))
    for day in (date(2026, 11, 19), date(2028, 1, 1)):
        with pytest.raises(DayNotPossible):
            release(district, root, newer, day, "wang")
    with pytest.raises(NotReleased):
        withdraw(district, newer, "why", "wang")
    release(district, root, newer, TODAY, "wang")
    with pytest.raises(EditionOlder):
        release(district, root, older, TODAY, "wang")
    for again in (release, lambda d, _r, e, *_: discard(d, e)):
        with pytest.raises(AlreadyReleased):
            again(district, root, newer, TODAY, "wang")
    with pytest.raises(ReasonNeeded):
        withdraw(district, newer, "", "wang")
    discard(district, older)
    assert [kept.digest for kept in all_kept(district)] == [newer]
    with pytest.raises(EditionNotThere):
        bundle_of(district, older)
    with pytest.raises(SignatureBad):
        put(district, root, forged(edition_of("2026.11.2", A)), "wang")
    for n in range(MOST_OPEN):
        put(district, root, edition_of(f"2027.01.{n + 1}"), "wang")
    with pytest.raises(EditionsTooMany):
        put(district, root, edition_of("2027.02"), "wang")


@on_sqlite
def test_every_fault_is_told_at_once_and_nothing_is_kept(someone: Official, reached: Reached) -> None:
    files = changed("2026.12", SA_001=("promised = 25", "promised = 99"))
    files["items/social_assistance/SA-002.toml"] += b"\nnonsense = 1\n"
    status, page, _ = bring(someone, archive(files))
    assert status == 422
    plain = text(page)
    assert "Not kept: 2 faults" in plain
    assert re.search(r"items/social_assistance/SA-001\.toml \d+ ", plain)
    assert "SA-002.toml" in plain
    assert reached.district.rows(t.edition.select()) == []


@on_sqlite
def test_a_viewer_reads_and_a_stranger_gets_nothing(
    reached: Reached, clock: DistrictClock, someone: Official, forms: Path
) -> None:
    digest = bring(someone, edition_of("2026.12"))[2]
    key = form_key(someone)
    viewer = official(reached.district, clock, "viewer", forms=forms)
    page = viewer.get(f"editions?edition={digest}").text
    assert ("Fingerprint" in page, "Put in force" in page) == (True, False)
    assert bring(viewer, edition_of("2026.12", A))[0] == 403
    assert signatures(file_of(viewer, digest)) == set()
    # Another page's form, another site, nobody at all.
    files = {"file": ("e.zip", edition_of("2026.12", A), "application/zip")}
    post = someone.http.post
    assert post("/district/editions", data={"act": "bring"}, files=files).status_code == 403
    crossed = post(
        "/district/editions", data={"key": key, "act": "bring"}, files=files,
        headers={"Sec-Fetch-Site": "cross-site"},
    )  # fmt: skip
    assert crossed.status_code == 403
    someone.http.cookies.clear()
    assert post("/district/editions", data={"act": "bring"}, files=files).url.path == "/district/sign-in"
    assert signatures(file_of(viewer, digest)) == set()
    assert rows_of(
        official(reached.district, clock, "admin", forms=forms), f"editions/list.csv?edition={digest}"
    )
