"""The public guide: every published item in three languages, nothing restricted by chance, whole HTML."""

import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from station_desk.catalogue.guide_page import guide_page
from station_desk.catalogue.item import LANGUAGES, Catalogue
from station_desk.catalogue.read import read_catalogue, read_edition
from station_desk.core.paths import FORMS, RESOURCES
from station_desk.core.texts import Texts
from station_desk.district.app import make_app
from station_desk.district.district import open_district
from station_desk.district.guide_web import MOST_BYTES
from tests.district.conftest import NAME, DistrictClock
from tests.district.html_rules import html_faults

RESTRICTED = ("CC-001", "CC-002", "CC-003", "CC-004", "CC-005", "HF-004", "SA-006", "SA-007", "SA-009")
SAFE = {
    "content-security-policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
CLOCK = DistrictClock()


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(FORMS)


@pytest.fixture(scope="module")
def kept_http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    place = tmp_path_factory.mktemp("guide") / "district.db"
    with (
        closing(open_district(f"sqlite:///{place}", name=NAME, clock=CLOCK)) as district,
        TestClient(make_app(district), follow_redirects=False) as http,
    ):
        yield http


@pytest.fixture
def http(kept_http: TestClient) -> TestClient:
    CLOCK.moment = DistrictClock().moment
    kept_http.cookies.clear()
    return kept_http


def codes_in(page: str) -> list[str]:
    return re.findall(r'href="/guide/([A-Z]{2}-[0-9]{3})\?', page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_item_has_its_whole_guide_in_every_language(
    http: TestClient, catalogue: Catalogue, language: str
) -> None:
    say, edition = Texts(RESOURCES / "i18n", language), read_edition(FORMS)
    for code, item in catalogue.items.items():
        answer = http.get(f"/guide/{code}?lang={language}")
        assert answer.status_code == 200
        assert html_faults(answer.text) == [], code
        said = unescape(answer.text)
        page_language = next(one for one in LANGUAGES if one == language)
        page = guide_page(item, catalogue, edition, say, page_language)
        lines = [line for group in page.groups for line in group.lines]
        texts = [page.title, *(group.title for group in page.groups)]
        texts += [text for line in lines for text in (line.label, *line.texts)]
        assert [text for text in texts if text not in said] == [], code
        assert answer.text.count('<dd class="unknown">') == sum(not line.texts for line in lines)
        assert f"<title>{page.title} · {NAME}</title>" in said
        assert len(answer.content) <= MOST_BYTES, code
        if f"/guide/{code}/drawing?" in answer.text:
            drawn = http.get(f"/guide/{code}/drawing?lang={language}")
            assert (html_faults(drawn.text), len(drawn.content) <= MOST_BYTES) == ([], True), code
            said += unescape(drawn.text)
        assert said.count('<svg xmlns="http://www.w3.org/2000/svg"') == 1
        assert all(step.name.in_language(page_language) in said for step in item.step)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path", ["/guide?", "/guide?by=life&", "/guide?q=card&", "/guide?q=%3Cb%3E&", "/guide/nothing?"]
)
def test_every_page_is_whole_html_without_script(http: TestClient, path: str, language: str) -> None:
    page = http.get(f"{path}lang={language}").text
    assert html_faults(page) == []
    assert f'<html lang="{language}"' in page
    assert "<script" not in page
    assert "<b>" not in page


def test_by_type_every_item_stands_once(http: TestClient, catalogue: Catalogue) -> None:
    page = http.get("/guide").text
    assert sorted(codes_in(page)) == sorted(catalogue.items)
    assert [c.name.hans in page for c in catalogue.categories.values()] == [True] * len(catalogue.categories)


def test_a_restricted_item_is_met_under_its_type_alone(http: TestClient, catalogue: Catalogue) -> None:
    assert sorted(c for c, item in catalogue.items.items() if item.sensitivity == "S3") == sorted(RESTRICTED)
    by_life = http.get("/guide?by=life").text
    assert set(codes_in(by_life)) & set(RESTRICTED) == set()
    assert "困境儿童" not in by_life, "an event with nothing to show is left out"
    for code in RESTRICTED:
        name = catalogue.items[code].name.hans
        for asked in (code, name, name[:4]):
            found = http.get("/guide", params={"q": asked}).text
            assert code not in codes_in(found), asked
        assert http.get(f"/guide/{code}").headers["x-robots-tag"] == "noindex"
        assert set(codes_in(http.get(f"/guide/{code[:5]}").text)) & set(RESTRICTED) == set()
    assert http.get("/guide/SA-001").headers["x-robots-tag"] == "all"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("养老", "DE-009"),
        ("養老", "DE-009"),
        ("dibao", "SA-001"),
        ("pension", "LS-008"),
        ("sa1", "SA-001"),
        ("yanglao", "DE-009"),
    ],
)
def test_what_is_searched_is_found_without_a_script(http: TestClient, asked: str, code: str) -> None:
    answer = http.get("/guide", params={"q": asked, "lang": "zh-Hans"})
    assert code in codes_in(answer.text)
    assert f'value="{asked}"' in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_what_fits_nothing_says_what_now_and_keeps_the_question(http: TestClient) -> None:
    page = http.get("/guide", params={"q": 'x"><q' * 40, "lang": "en"}).text
    assert "0 items found" in page
    assert "ask at the counter" in page
    assert html_faults(page) == []


@pytest.mark.parametrize(
    ("wrong", "near"), [("SA-01", "SA-001"), ("DE-0O7", "DE-007"), ("LS-99", "LS-009"), ("养犬", "PS-006")]
)
def test_a_code_that_there_is_not_names_those_like_it(http: TestClient, wrong: str, near: str) -> None:
    answer = http.get(f"/guide/{wrong}")
    assert (answer.status_code, answer.headers["cache-control"]) == (404, "no-store")
    assert near in codes_in(answer.text)
    assert html_faults(answer.text) == []


def test_odd_codes_are_no_trouble(http: TestClient) -> None:
    for code in ("x" * 5000, "%00", "..%2f..%2fetc", "%3Cscript%3E", "life", "%F0%9F%80%84"):
        answer = http.get(f"/guide/{code}")
        assert answer.status_code == 404
        assert "<script" not in answer.text
    assert http.get("/guide/").status_code == 404


def test_where_nothing_can_be_drawn_there_is_no_page_of_a_drawing(http: TestClient) -> None:
    assert [http.get(f"/guide/{code}/drawing").status_code for code in ("SA-002", "XX-001")] == [200, 404]
    for size in ("", "&size=large"):
        page = http.get(f"/guide/SA-002?lang=en{size}")
        assert ("/guide/SA-002/drawing?lang=en" in page.text, len(page.content) <= MOST_BYTES) == (True, True)


def test_a_code_in_small_letters_leads_to_the_item(http: TestClient) -> None:
    answer = http.get("/guide/sa-001?lang=en&size=large")
    assert (answer.status_code, answer.headers["location"]) == (308, "/guide/SA-001?lang=en&size=large")


def test_the_headers_are_those_of_the_tracking_page_but_for_keeping(http: TestClient) -> None:
    for path in ("/guide", "/guide/SA-001"):
        headers = http.get(path).headers
        assert {name: headers[name] for name in SAFE} == SAFE
        assert headers["cache-control"] == "public, max-age=300"
        assert headers["vary"] == "Accept-Language, Accept-Encoding"
        assert "set-cookie" not in headers
    allowed = http.get("/robots.txt").text
    assert "Allow: /guide" in allowed
    assert allowed.endswith("Disallow: /\n")


def test_a_phone_that_has_the_page_gets_nothing_but_the_answer_that_it_holds(http: TestClient) -> None:
    first = http.get("/guide/SA-001?lang=en")
    mark = first.headers["etag"]
    for sent in (mark, f'"other", W/{mark}'):
        again = http.get("/guide/SA-001?lang=en", headers={"If-None-Match": sent})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", mark)
    assert http.get("/guide/SA-001?lang=zh-Hans", headers={"If-None-Match": mark}).status_code == 200
    plain = http.get("/guide/SA-001", headers={"Accept-Encoding": "identity, gzip;q=0"})
    packed = http.get("/guide/SA-001", headers={"Accept-Encoding": "br, gzip"})
    assert "content-encoding" not in plain.headers
    assert (packed.content, packed.headers["content-encoding"]) == (plain.content, "gzip")
    assert int(packed.headers["content-length"]) < 15_000 / 2
    assert http.head("/guide/SA-001").headers["content-length"] == packed.headers["content-length"]


def test_the_language_of_the_phone_decides_and_links_keep_what_was_chosen(http: TestClient) -> None:
    page = http.get("/guide/SA-001", headers={"Accept-Language": "zh-TW"}).text
    assert '<html lang="zh-Hant"' in page
    life = http.get("/guide?by=life&lang=en&size=large").text
    assert 'href="?lang=zh-Hans&amp;size=large&amp;by=life"' in life
    found = http.get("/guide?q=%E5%85%BB&lang=en").text
    assert 'href="?lang=zh-Hans&amp;q=%E5%85%BB"' in found
    assert {
        link for link in re.findall(r'href="(/guide[^"]*)"', life) if "lang=en&amp;size=large" not in link
    } == {"/guide"}, "the canonical address has no wishes"


def test_an_expired_edition_says_so_from_the_next_day_on(http: TestClient) -> None:
    edition = read_edition(FORMS)
    before = http.get("/guide/SA-001?lang=en").text
    assert f"holds until {edition.expires}" in before
    CLOCK.moment = CLOCK.moment.replace(year=edition.expires.year + 1)
    after = http.get("/guide/SA-001?lang=en").text
    assert f"it expired on {edition.expires}" in after


def test_the_district_may_show_forms_of_its_own(tmp_path: Path) -> None:
    forms = tmp_path / "forms"
    shutil.copytree(FORMS, forms)
    item = forms / "items" / "social_assistance" / "SA-001.toml"
    item.write_text(item.read_text("utf-8").replace("最低生活保障审核确认", "本区低保办理", 1), "utf-8")
    with (
        closing(open_district(f"sqlite:///{tmp_path / 'd.db'}")) as district,
        TestClient(make_app(district, forms=forms)) as http,
    ):
        assert "<h1>本区低保办理</h1>" in http.get("/guide/SA-001?lang=zh-Hans").text


def test_the_front_page_and_the_tracking_page_lead_to_the_guide(http: TestClient) -> None:
    assert 'href="/guide?lang=en"' in http.get("/?lang=en").text
    template = (RESOURCES / "web" / "track.html").read_text("utf-8")
    assert 'href="/guide{{ query }}"' in template


def test_the_guide_holds_nothing_of_anybody(http: TestClient, catalogue: Catalogue) -> None:
    for code in ("SA-001", "HF-001", "CC-001"):
        page = http.get(f"/guide/{code}").text
        assert not re.search(r"[0-9]{17}[0-9Xx]|1[3-9][0-9]{9}", page)
        links = re.findall(r'(?:href|src)="([^"]*)"', page)
        known = ("/web/", "/guide", "?lang=", "#", "http://")
        assert [link for link in links if not link.startswith(known)] == []
