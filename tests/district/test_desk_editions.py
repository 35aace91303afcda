"""An edition on its way through the district desk: brought, checked, signed elsewhere, put in force."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from station_desk.catalogue.edition.bundle import opened, sign
from station_desk.district import tables as t
from station_desk.district.verify import verify
from tests.district.conftest import DistrictClock, Reached
from tests.district.officials import Official, official
from tests.district.publisher import (
    STRANGER,
    A,
    B,
    C,
    archive,
    bring,
    changed,
    edition_of,
    signatures,
    trusting,
    written,
)  # fmt: skip
from tests.district.test_desk_pages import rows_of, text

LIMIT = {"SA_001": ("promised = 25", "promised = 20")}


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


def test_from_the_folder_to_the_guide_and_back(
    reached: Reached, clock: DistrictClock, someone: Official
) -> None:
    status, page, digest = bring(someone, archive(changed("2026.12", **LIMIT)), "forms.zip")
    assert (status, "Nothing is in force by that yet" in page) == (200, True)
    # What is different, as people read it.
    plain = text(page)
    assert "item SA-001 Minimum living allowance" in plain
    assert "promised limit: 25 working days → 20 working days" in plain
    assert "Items changed 1" in plain
    assert "with other limits 1" in plain
    # Signed by nobody, by one, by a stranger: not enough.
    for key in (None, A, STRANGER):
        if key:
            assert bring(someone, sign(file_of(someone, digest), key))[0] == 200
        refused = someone.do(f"editions?edition={digest}", "release", edition=digest, day="2026-12-01")
        assert (refused.status_code, "needs 2" in refused.text) == (422, True)
    # Two holders sign the same file, each at home: their signatures come together.
    unsigned = file_of(someone, digest)
    assert bring(someone, sign(unsigned, C))[2] == digest
    assert signatures(file_of(someone, digest)) == {A.id, C.id, STRANGER.id}
    assert opened(unsigned).text == opened(file_of(someone, digest)).text
    for day, why in (
        ("2026-11-19", "from 2026-11-20 to"),
        ("2028-01-01", "from 2026-11-20 to"),
        ("x", "is no day"),
    ):
        refused = someone.do(f"editions?edition={digest}", "release", edition=digest, day=day)
        assert (refused.status_code, why in refused.text) == (422, True), day
    done = someone.do(f"editions?edition={digest}", "release", edition=digest, day="2026-12-01")
    assert "in force from 2026-12-01" in done.text
    assert "discard" not in done.text.lower()
    assert "2026.12" not in someone.http.get("/guide/SA-001?lang=en").text
    clock.wait(days=12)
    assert "2026.12" in someone.http.get("/guide/SA-001?lang=en").text
    someone.sign_in()
    assert "in force since 2026-12-01" in text(someone.get("editions").text)
    # Withdrawn: the reason is asked for, the one before it holds again, the record keeps both.
    page = f"editions?edition={digest}"
    assert someone.do(page, "withdraw", edition=digest, reason=" ").status_code == 422
    done = someone.do(page, "withdraw", edition=digest, reason="wrong limit")
    assert "wrong limit" in done.text
    assert "2026.12" not in someone.http.get("/guide/SA-001?lang=en").text
    assert someone.do(page, "withdraw", edition=digest, reason="again").status_code == 422
    assert someone.do(page, "discard", edition=digest).status_code == 422
    acts = [row["act"] for row in reached.district.rows(t.staff_act.select())]
    assert {"bring", "release", "withdraw"} <= set(acts)
    assert verify(reached.district) == []


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
def test_what_counters_refuse_is_not_put_in_force(someone: Official, clock: DistrictClock) -> None:
    digests = {}
    for number in ("2026.12", "2026.11.1"):
        digests[number] = bring(someone, edition_of(number, A, B))[2]
    newer, older = digests["2026.12"], digests["2026.11.1"]
    someone.do(f"editions?edition={newer}", "release", edition=newer, day="2026-11-20")
    refused = someone.do(f"editions?edition={older}", "release", edition=older, day="2026-11-20")
    assert "not newer than 2026.12" in refused.text
    again = someone.do(f"editions?edition={newer}", "release", edition=newer, day="2026-11-21")
    assert "was put in force already" in again.text
    assert "The edition is discarded" in someone.do("editions", "discard", edition=older).text
    assert someone.do("editions", "discard", edition=older).status_code == 422
    assert someone.http.get(f"/district/editions/edition.zip?edition={older}").status_code == 404


@on_sqlite
def test_a_viewer_reads_and_a_stranger_gets_nothing(
    reached: Reached, clock: DistrictClock, someone: Official, forms: Path
) -> None:
    digest = bring(someone, edition_of("2026.12"))[2]
    key = re.findall(r'name="key" value="([^"]+)"', someone.get("editions").text)[0]
    viewer = official(reached.district, clock, "viewer", forms=forms)
    assert "Fingerprint" in viewer.get(f"editions?edition={digest}").text
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
