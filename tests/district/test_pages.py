"""What residents see: the stage in their language, nothing personal, one page for every unknown token."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import msgspec
import pytest
from starlette.testclient import TestClient

from station_desk.cases import parts as p
from station_desk.cases.event import hash_of
from station_desk.cases.trace import new_token
from station_desk.catalogue.item import Sensitivity
from station_desk.district import guesses
from station_desk.district.app import make_app
from tests.district.conftest import NAME, DistrictClock, Reached
from tests.district.station import PERSONAL, PHONE, STATION_NAME, CaseOnPaper, CounterPC, Sender

LANGUAGES = ("zh-Hans", "zh-Hant", "en")
HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
    "content-type": "text/html; charset=utf-8",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex, nofollow, noarchive",
}
MOST_BYTES_OF_A_PAGE = 15_000


@dataclass(frozen=True)
class Scene:
    """What happened to a case, and what its page must say in each language."""

    act: Callable[[CounterPC], CaseOnPaper]
    says: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def _under_way(pc: CounterPC) -> CaseOnPaper:
    return pc.accept()


def _next_year(pc: CounterPC) -> CaseOnPaper:
    return pc.accept(times=p.Times("2027-01-12", provisional=True))


def _clock_stands(pc: CounterPC) -> CaseOnPaper:
    return pc.accept(times=p.Times(), clock="stop")


def _in_hours(pc: CounterPC) -> CaseOnPaper:
    return pc.accept(times=p.Times("2026-11-20T15:30:00+08:00"))


def _stopped(pc: CounterPC) -> CaseOnPaper:
    case = pc.accept()
    pc.stop(case)
    return case


def _resumed(pc: CounterPC) -> CaseOnPaper:
    case = _stopped(pc)
    pc.resume(case)
    return case


def _reviewed(pc: CounterPC) -> CaseOnPaper:
    case = pc.accept()
    pc.advance(case, "visit", "review")
    return case


def _all_steps_done(pc: CounterPC) -> CaseOnPaper:
    case = _reviewed(pc)
    pc.advance(case, "review", "")
    return case


def _on_notice(pc: CounterPC) -> CaseOnPaper:
    case = pc.accept()
    lines = (p.NoticeLine("applicant", None, "王*兰"),)
    told = p.NoticePostedPrivate("公告栏", PHONE, lines)
    pc.record(case, "case.notice_posted", p.NoticePostedPublic("2026-11-20", "2026-11-27"), told)
    return case


def _finished(pc: CounterPC) -> CaseOnPaper:
    case = pc.accept()
    pc.finish(case)
    return case


def _voided(pc: CounterPC) -> CaseOnPaper:
    case = pc.accept()
    pc.void(case)
    return case


SCENES = {
    "under_way": Scene(
        _under_way,
        (
            ("办理中", "预计 2026-12-16 前办结", "现在：入户调查", "下一步：街道审核", "第 2 步，共 3 步"),
            ("辦理中", "預計 2026-12-16 前辦結", "現在：入戶調查", "下一步：街道審核", "第 2 步，共 3 步"),
            ("In progress", "Expected by 2026-12-16", "Now: Home visit", "Next: Review", "Step 2 of 3"),
        ),
    ),
    "next_year": Scene(
        _next_year,
        (
            ("预计 2027-01-12 前办结", "这个日期是暂定的"),
            ("預計 2027-01-12 前辦結", "這個日期是暫定的"),
            ("Expected by 2027-01-12", "this date may still change"),
        ),
    ),
    "clock_stands": Scene(
        _clock_stands,
        (
            ("办理中", "暂不计算办理时限"),
            ("辦理中", "暫不計算辦理時限"),
            ("In progress", "The clock is stopped"),
        ),
    ),
    "in_hours": Scene(
        _in_hours,
        (
            ("预计 2026-11-20 15:30 前办结",),
            ("預計 2026-11-20 15:30 前辦結",),
            ("Expected by 2026-11-20 15:30",),
        ),
    ),
    "stopped": Scene(
        _stopped,
        (
            ("待补材料", "请带来", "户口簿复印件", "请在 2026-11-27 前送到青石桥社区公共服务站"),
            ("待補材料", "請帶來", "戶口簿複印件", "請在 2026-11-27 前送到"),
            ("Papers needed", "Please bring", "Copy of the household register", "by 2026-11-27"),
        ),
    ),
    "resumed": Scene(
        _resumed, (("办理中", "2026-12-16"), ("辦理中", "2026-12-16"), ("In progress", "2026-12-16"))
    ),
    "reviewed": Scene(
        _reviewed,
        (
            ("现在：街道审核", "下一步：办结", "1 个工作日内"),
            ("現在：街道審核", "下一步：辦結", "1 個工作日內"),
            ("Now: Review", "Next: completion", "within 1 working day."),
        ),
    ),
    "all_steps_done": Scene(
        _all_steps_done, (("正在出具结果",), ("正在出具結果",), ("the result is being issued",))
    ),
    "on_notice": Scene(
        _on_notice, (("正在公示，至 2026-11-27",), ("正在公示，至 2026-11-27",), ("notice until 2026-11-27",))
    ),
    "finished": Scene(
        _finished,
        (
            ("已办结", "2026-11-20 10:04 办结"),
            ("已辦結", "2026-11-20 10:04 辦結"),
            ("Completed 2026-11-20 10:04",),
        ),
    ),
    "delivered": Scene(
        CounterPC.deliver_all,
        (
            ("已送达", "2026-11-20 10:07 送达", "您不用再做什么"),
            ("已送達", "2026-11-20 10:07 送達", "您不用再做什麼"),
            ("Handed over 2026-11-20 10:07", "nothing more for you to do"),
        ),
    ),
    "voided": Scene(
        _voided,
        (
            ("已作废", "原因请向服务站询问"),
            ("已作廢", "原因請向服務站詢問"),
            ("Voided", "ask the station for the reason"),
        ),
    ),
}


@pytest.fixture
def sender(reached: Reached) -> Sender:
    return reached.sender()


@pytest.mark.parametrize("name", SCENES)
def test_the_page_says_how_the_case_stands_in_every_language(
    reached: Reached, sender: Sender, pc: CounterPC, name: str
) -> None:
    case = SCENES[name].act(pc)
    sender.push(pc.events)
    for language, said in zip(LANGUAGES, SCENES[name].says, strict=True):
        page = reached.http.get(f"/t/{case.token}?lang={language}")
        assert (page.status_code, [text for text in said if text not in page.text]) == (200, [])
        assert f'<html lang="{language}"' in page.text
        assert case.number in page.text


@pytest.mark.parametrize("name", SCENES)
@pytest.mark.parametrize("sensitivity", ["S1", "S2"])
def test_no_page_shows_anything_personal(
    reached: Reached, sender: Sender, pc: CounterPC, name: str, sensitivity: Sensitivity
) -> None:
    pc.sensitivity = sensitivity
    case = SCENES[name].act(pc)
    sender.push(pc.events, pc.finished)
    for language in LANGUAGES:
        page = reached.http.get(f"/t/{case.token}?lang={language}")
        assert [secret for secret in PERSONAL if secret in page.text] == []
        assert not re.search(r"[0-9]{17}[0-9Xx]|1[3-9][0-9]{9}", page.text)
        assert case.token not in page.text


def test_a_sensitive_case_is_not_named(reached: Reached, sender: Sender, pc: CounterPC) -> None:
    case = pc.accept("S2")
    sender.push(pc.events)
    pages = [reached.http.get(f"/t/{case.token}?lang={language}").text for language in LANGUAGES]
    named = ("救助", "入户调查", "入戶調查", "街道审核", "Home visit", "assistance", "Assistance")
    assert [name for page in pages for name in named if name in page] == []
    assert f"您在{STATION_NAME}的办件" in pages[0]
    assert "居（村）委会" in pages[0]
    assert f"Your case at {STATION_NAME}" in pages[2]


def test_a_case_without_a_title_names_no_step_whatever_its_log_says(
    reached: Reached, sender: Sender, pc: CounterPC
) -> None:
    case = pc.accept()
    told = msgspec.json.decode(pc.events[0].public, type=p.AcceptedPublic)
    untitled = msgspec.json.encode(msgspec.structs.replace(told, title=None)).decode()
    event = msgspec.structs.replace(pc.events[0], public=untitled)
    sender.push([msgspec.structs.replace(event, hash=hash_of(event))])
    page = reached.http.get(f"/t/{case.token}").text
    assert [name for name in ("入户调查", "街道审核", "窗口受理") if name in page] == []
    assert "现在：由居（村）委会办理" in page


def test_a_restricted_case_has_no_page(reached: Reached, sender: Sender, pc: CounterPC) -> None:
    case = pc.accept("S3")
    sender.push(pc.events)
    assert reached.http.get(f"/t/{case.token}").status_code == 404


def test_the_headers_are_exactly_those_of_the_rule(reached: Reached, sender: Sender, pc: CounterPC) -> None:
    case = pc.accept()
    sender.push(pc.events)
    for path in (f"/t/{case.token}", "/t/unknown", "/"):
        headers = dict(reached.http.get(path).headers)
        del headers["content-length"]
        assert headers == HEADERS


def test_by_tls_the_browser_is_told_to_stay_with_it(reached: Reached) -> None:
    by_proxy = reached.http.get("/", headers={"X-Forwarded-Proto": "https"})
    assert by_proxy.headers["strict-transport-security"] == "max-age=63072000"


def test_a_page_is_small_and_needs_no_script_and_nobody_else(
    reached: Reached, sender: Sender, pc: CounterPC
) -> None:
    case = _stopped(pc)
    sender.push(pc.events)
    page = reached.http.get(f"/t/{case.token}?lang=en&size=large").text
    links = re.findall(r'(?:href|src)="([^"]*)"', page)
    loaded = [link for link in links if link.startswith("/web/")]
    known = ("/web/", "?lang=", "tel:", "/guide?lang=en&amp;size=large", "/station/QSQ001?lang=en&amp;size")
    assert [link for link in links if not link.startswith(known)] == []
    assert "<script" not in page
    size = len(page.encode()) + sum(len(reached.http.get(link).content) for link in loaded)
    assert size < MOST_BYTES_OF_A_PAGE


def test_the_links_keep_the_case_and_the_wishes(reached: Reached, sender: Sender, pc: CounterPC) -> None:
    case = pc.accept()
    sender.push(pc.events)
    first = reached.http.get(f"/t/{case.token}?lang=en")
    large = reached.http.get(f"/t/{case.token}{_link(first.text, 'Large text')}")
    assert '<html lang="en" class="large">' in large.text
    traditional = reached.http.get(f"/t/{case.token}{_link(large.text, '繁體')}")
    assert '<html lang="zh-Hant" class="large">' in traditional.text


def test_the_phone_can_be_called(reached: Reached, sender: Sender, pc: CounterPC) -> None:
    case = pc.accept()
    sender.push(pc.events)
    page = reached.http.get(f"/t/{case.token}").text
    assert 'href="tel:01055550123"' in page
    assert PHONE in page


def test_the_page_says_that_it_never_asks_and_shows_no_name(
    reached: Reached, sender: Sender, pc: CounterPC
) -> None:
    case = pc.accept()
    sender.push(pc.events)
    page = reached.http.get(f"/t/{case.token}").text
    assert "本页不会向您要钱、要密码、要证件号" in page
    assert "本页不显示姓名和证件号" in page


def test_words_of_a_station_cannot_become_markup(reached: Reached, pc: CounterPC, sender: Sender) -> None:
    case = pc.accept(times=p.Times("<script>alert(1)</script>"))
    sender.push(pc.events)
    page = reached.http.get(f"/t/{case.token}").text
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_every_token_that_leads_nowhere_gets_the_same_page(
    reached: Reached, sender: Sender, pc: CounterPC
) -> None:
    arrived, not_yet, restricted = pc.accept(), pc.accept(), pc.accept("S3")
    sender.push([pc.events[0]])
    tokens = [not_yet.token, restricted.token, new_token(), arrived.token[:-1], "x", "%00", "a" * 3000, "🀄"]
    answers = [reached.http.get(f"/t/{token}") for token in tokens]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({str(sorted(answer.headers.items())) for answer in answers}) == 1
    assert "您手里的回执有效" in answers[0].text
    assert NAME in answers[0].text


def test_who_tries_tokens_must_wait_and_known_pages_stay_open(
    reached: Reached, sender: Sender, pc: CounterPC
) -> None:
    case = pc.accept()
    sender.push(pc.events)
    seconds = [1000.0]
    http = TestClient(make_app(reached.district, lambda: seconds[0]))
    for _ in range(guesses.MOST):
        assert http.get(f"/t/{new_token()}").status_code == 404
    seconds[0] += 20
    late = http.get(f"/t/{new_token()}")
    assert (late.status_code, late.headers["retry-after"]) == (429, "41")
    assert [http.get(f"/t/{case.token}").status_code for _ in range(40)] == [200] * 40
    seconds[0] += 41
    assert http.get(f"/t/{new_token()}").status_code == 404


def test_the_front_page_names_the_district(reached: Reached, clock: DistrictClock) -> None:
    assert NAME in reached.http.get("/").text
    robots = "User-agent: *\nAllow: /guide\nAllow: /station\nAllow: /web/\nDisallow: /\n"
    assert reached.http.get("/robots.txt").text == robots
    assert reached.http.get("/healthz").json() == {"ok": True}


def test_wrong_addresses_get_a_page_and_no_traceback(reached: Reached) -> None:
    missing, posted = reached.http.get("/nothing/here"), reached.http.post("/guide")
    assert (missing.status_code, posted.status_code) == (404, 405)
    assert "没有这个网页" in missing.text
    assert set(posted.headers["allow"].split(", ")) == {"GET", "HEAD"}
    assert reached.http.get("/t/x/", follow_redirects=False).status_code == 404


def _link(page: str, text: str) -> str:
    found = re.search(rf'<a href="([^"]*)"[^>]*>{text}</a>', page)
    assert found
    return found[1].replace("&amp;", "&")
