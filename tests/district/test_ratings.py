"""A resident rates a finished case: once, by no default, unseen; and a bad rating stays open until mended."""

import re
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path
from shutil import copytree
from threading import Barrier, Thread
from urllib.parse import urlencode

import httpx2
import pytest
from sqlalchemy import delete, select
from starlette.testclient import TestClient

from station_desk.cases.rating import (
    GRADES,
    MOST_WORDS,
    RATED_WITHIN,
    REASONS,
    RatingNotUnderstood,
    read_rating,
)
from station_desk.cases.trace import new_token
from station_desk.core.paths import FORMS
from station_desk.district import guesses
from station_desk.district import tables as t
from station_desk.district.app import make_app
from station_desk.district.ratings import NoSuchRating, grades, mend, open_ratings
from station_desk.district.traces import SHOWN_FOR
from tests.district.conftest import DistrictClock, Reached
from tests.district.station import CLERK, PERSONAL, CaseOnPaper, CounterPC
from tests.district.test_pages import HEADERS, MOST_BYTES_OF_A_PAGE

LANGUAGES = ("zh-Hans", "zh-Hant", "en")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def send(reached: Reached, case: CaseOnPaper, body: str) -> httpx2.Response:
    return reached.http.post(
        f"/t/{case.token}?lang=zh-Hans", content=body, headers=FORM, follow_redirects=True
    )


def page(reached: Reached, case: CaseOnPaper, language: str = "zh-Hans") -> str:
    return reached.http.get(f"/t/{case.token}?lang={language}&rate").text


@pytest.fixture
def case(reached: Reached, pc: CounterPC) -> CaseOnPaper:
    """A finished case that the district has."""
    finished = pc.deliver_all()
    reached.sender().push(pc.events, pc.finished)
    return finished


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_finished_case_asks_and_chooses_nothing(reached: Reached, case: CaseOnPaper, language: str) -> None:
    shown = reached.http.get(f"/t/{case.token}?lang={language}")
    link = re.search(r'<a href="([^"]*rate)">', shown.text)
    assert link
    form = reached.http.get(f"/t/{case.token}{link[1].replace('&amp;', '&')}")
    assert form.status_code == 200
    assert f'<html lang="{language}"' in form.text
    assert form.text.count('type="radio"') == len(GRADES) == 5
    assert "checked" not in form.text
    assert [secret for secret in (*PERSONAL, CLERK, case.token) if secret in form.text] == []
    assert len(form.content) < MOST_BYTES_OF_A_PAGE
    assert {name: form.headers[name] for name in HEADERS} == HEADERS
    assert "<script" not in form.text


@pytest.mark.parametrize("grade", GRADES)
def test_a_grade_is_kept_once(reached: Reached, case: CaseOnPaper, grade: str) -> None:
    answer = send(
        reached, case, urlencode({"grade": grade, "reason": ["slow", "fee"], "words": "谢谢"}, doseq=True)
    )
    assert "评价已收到" in answer.text
    assert grades(reached.district) == {one: int(one == grade) for one in GRADES}
    send(reached, case, urlencode({"grade": GRADES[0]}))
    send(reached, case, urlencode({"grade": GRADES[-1]}))
    assert sum(grades(reached.district).values()) == 1
    assert len(open_ratings(reached.district)) == int(grade in ("poor", "very_poor"))


def test_a_bad_rating_is_mended_within_fifteen_working_days(
    reached: Reached, clock: DistrictClock, case: CaseOnPaper
) -> None:
    """Friday 20 November 2026 and fifteen working days: Friday 11 December."""
    send(reached, case, urlencode({"grade": "poor", "reason": "many_visits", "words": "跑了三趟"}))
    (waiting,) = open_ratings(reached.district, "QSQ001")
    assert (waiting.number, waiting.mend_by, waiting.reasons) == (case.number, "2026-12-11", ("many_visits",))
    assert open_ratings(reached.district, "QSQ002") == ()
    clock.wait(days=3)
    mend(reached.district, "QSQ001", case.number, "已上门致歉")
    assert open_ratings(reached.district) == ()
    with pytest.raises(NoSuchRating):
        mend(reached.district, "QSQ001", case.number, "再次")
    assert grades(reached.district, "QSQ001")["poor"] == 1


def test_without_a_choice_it_asks_again_and_keeps_nothing(reached: Reached, case: CaseOnPaper) -> None:
    for body in ("", "grade=", "grade=best", "words=x", "grade=%FF", "a" * 100_000, "&" * 5000, "grade"):
        answer = send(reached, case, body)
        assert answer.status_code == 422
        assert "请先选择一项评价" in answer.text
    assert sum(grades(reached.district).values()) == 0


def test_only_what_is_finished_is_rated(reached: Reached, pc: CounterPC, clock: DistrictClock) -> None:
    open_case, old = pc.accept(), pc.deliver_all()
    voided = pc.accept()
    pc.void(voided)
    reached.sender().push(pc.events, pc.finished)
    assert "rate" not in reached.http.get(f"/t/{open_case.token}").text
    for case in (open_case, voided):
        assert "还没有办结" in send(reached, case, "grade=poor").text
    clock.moment += RATED_WITHIN + timedelta(days=1)
    assert "超过一年" in send(reached, old, "grade=poor").text
    assert sum(grades(reached.district).values()) == 0


def test_a_token_that_leads_nowhere_learns_nothing(reached: Reached, clock: DistrictClock) -> None:
    token = new_token()
    shown = reached.http.get(f"/t/{token}?lang=zh-Hans")
    for answer in (
        reached.http.get(f"/t/{token}?lang=zh-Hans&rate"),
        reached.http.post(f"/t/{token}?lang=zh-Hans", content="grade=good", headers=FORM),
        reached.http.post(f"/t/{token}?lang=zh-Hans", content="", headers=FORM),
    ):
        assert (answer.status_code, answer.text) == (shown.status_code, shown.text)


def test_whatever_is_sent_for_a_dead_token_the_answer_is_one_and_nothing_is_written(
    reached: Reached, pc: CounterPC, clock: DistrictClock
) -> None:
    """Unknown, restricted, not arrived, expired: by every form in every language, byte for byte."""
    expired = pc.deliver_all()
    restricted, late = pc.accept("S3"), pc.accept()
    reached.sender().push(pc.events[:-1], pc.finished)
    clock.moment += SHOWN_FOR + timedelta(days=1)
    tokens = [new_token(), expired.token, restricted.token, late.token]
    bodies = ["grade=very_poor&reason=slow&words=x", "", "x" * 9000]
    with TestClient(make_app(reached.district, partial(next, count(0.0, 10.0)))) as http:
        for language in LANGUAGES[:2]:
            answers = set()
            for token in tokens:
                address = f"/t/{token}?lang={language}"
                shown = [http.get(address), http.get(f"{address}&rate")]
                sent = [http.post(address, content=body, headers=FORM) for body in bodies]
                answers |= {(one.status_code, one.content, str(one.headers)) for one in (*shown, *sent)}
            assert len(answers) == 1
            assert next(iter(answers))[0] == 404
    assert reached.district.rows(t.rating.select().where(t.rating.c.station == "QSQ001")) == []


def test_a_rating_stands_against_replays_in_every_language_and_after_the_hand_over(
    reached: Reached, pc: CounterPC, clock: DistrictClock
) -> None:
    case = pc.accept()
    pc.stop(case)
    pc.resume(case)
    pc.finish(case)
    sender = reached.sender()
    sender.push(pc.events, pc.finished)
    body = urlencode({"grade": "poor", "words": "慢"})
    assert "评价已收到" in send(reached, case, body).text
    (first,) = open_ratings(reached.district)
    clock.wait(days=1)
    pc.deliver(case)
    sender.push(pc.events, pc.finished)
    for language in LANGUAGES:
        for grade in GRADES:
            address, other = f"/t/{case.token}?lang={language}", urlencode({"grade": grade})
            sent = reached.http.post(address, content=other, headers=FORM, follow_redirects=False)
            assert (sent.status_code, sent.headers["location"]) == (303, f"?lang={language}&rate")
    assert open_ratings(reached.district) == (first,)


def test_many_guesses_by_the_form_have_to_wait_too(reached: Reached) -> None:
    with TestClient(make_app(reached.district)) as http:
        answers = [
            http.post(f"/t/{new_token()}", content="grade=good", headers=FORM).status_code
            for _ in range(guesses.MOST + 1)
        ]
    assert (set(answers[:-1]), answers[-1]) == ({404}, 429)


def test_two_forms_at_once_are_one_rating(over_loopback: Reached, pc: CounterPC) -> None:
    case = pc.deliver_all()
    over_loopback.sender().push(pc.events, pc.finished)
    together = Barrier(6)
    statuses: list[int] = []

    def one(grade: str) -> None:
        together.wait()
        statuses.append(send(over_loopback, case, urlencode({"grade": grade})).status_code)

    threads = [Thread(target=one, args=(GRADES[n % 5],)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 6
    assert sum(grades(over_loopback.district).values()) == 1


def test_what_is_written_is_kept_as_words() -> None:
    said = read_rating(
        "poor", ["fee", "nonsense", "fee", "slow"], " 收了\x00\u202e 钱\r\n<b>很多</b> " + "长" * 500
    )
    assert said.reasons == ("slow", "fee")
    assert said.words.startswith("收了 钱 <b>很多</b> 长")
    assert len(said.words) == MOST_WORDS
    assert set(said.reasons) <= set(REASONS)
    with pytest.raises(RatingNotUnderstood):
        read_rating("", [], "")


def test_whoever_rates_first_after_a_start_waits_for_no_catalogue(
    reached: Reached, case: CaseOnPaper, tmp_path: Path
) -> None:
    """Of all that is published the calendar alone is there to be read, and a good grade needs not even it."""
    for grade, forms, mended in (("good", tmp_path, ""), ("poor", tmp_path / "years", "2026-12-11")):
        reached.district.write(lambda connection: connection.execute(delete(t.rating)))
        if mended:
            copytree(FORMS / "calendar", forms / "calendar")
        with TestClient(make_app(reached.district, forms=forms)) as http:
            body = urlencode({"grade": grade})
            sent = http.post(f"/t/{case.token}", content=body, headers=FORM, follow_redirects=False)
        assert sent.status_code == 303
        (row,) = reached.district.rows(select(t.rating))
        assert (row["grade"], row["mend_by"]) == (grade, mended)
