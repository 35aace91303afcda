"""What whoever runs the server sees of it: figures, lines, health; never a word of a resident."""

import io
import json
import logging
import re
from contextlib import closing
from pathlib import Path

import httpx2
from sqlalchemy import text
from starlette.testclient import TestClient

from station_desk.cases import parts as p
from station_desk.cases.event import Event
from station_desk.district.app import make_app
from station_desk.district.district import open_district
from station_desk.district.enrolment import new_enrol_code
from station_desk.district.log_lines import LogLines, heard_by
from station_desk.district.operator import PASSED_ON
from tests.district.conftest import Reached
from tests.district.station import PERSONAL, PHONE, CounterPC, enrolled, refused

TOKEN = "0123456789abcdef0123456789"
HERE = ("127.0.0.1", 50000)


def asked(reached: Reached, token: str = "", client: tuple[str, int] = HERE) -> TestClient:
    return TestClient(make_app(reached.district, metrics_token=token), client=client)


def figures(http: httpx2.Client, **headers: str) -> dict[str, float]:
    answer = http.get("/metrics", headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    for line in lines:
        assert re.fullmatch(r'[a-z_]+(\{[a-z]+="[^"\n]*"(,[a-z]+="[^"\n]*")*\})? [0-9.e+-]+', line), line
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


def test_the_figures_say_what_came_and_what_is_held(reached: Reached, pc: CounterPC) -> None:
    http = asked(reached)
    sender = enrolled(http, new_enrol_code(reached.district, "QSQ001"))
    case = pc.deliver_all()
    pc.record(case, "case.surprising", p.Opinion("五星"))
    sender.push(pc.events, pc.finished)
    refused(sender.try_push([_gap(pc)]), 409, "sync.log_gap")
    for _ in range(3):
        assert http.get(f"/t/{case.token}").status_code == 200
    assert http.request("SURPRISE", "/nowhere").status_code == 404
    found = figures(http)
    name = "station_desk_"
    assert found[name + 'requests_total{route="/t/{token}",method="GET",status="200"}'] == 3
    assert found[name + 'requests_total{route="other",method="other",status="404"}'] == 1
    assert found[name + 'refusals_total{code="sync.log_gap"}'] == 1
    assert (
        found[name + 'pushes_total{result="stored"}'] == found[name + 'pushes_total{result="refused"}'] == 1
    )
    assert found[name + 'events_total{kind="case.accepted"}'] == 1
    assert found[name + "dossiers_total"] == len(pc.finished)
    assert found[name + "waiting_room_events"] == 1
    assert found[name + "devices"] == found[name + "stations"] == 1
    assert found[name + "database_bytes"] > 50_000
    assert found[name + 'request_seconds_bucket{route="/t/{token}",le="+Inf"}'] == 3
    assert found[name + 'request_seconds_count{route="/t/{token}"}'] == 3
    assert case.token not in http.get("/metrics").text


def test_the_figures_are_for_this_machine_or_the_token_alone(reached: Reached) -> None:
    unknown = asked(reached).get("/no-such-page")
    stranger = asked(reached, client=("203.0.113.7", 50000)).get("/metrics")
    assert (stranger.status_code, stranger.text) == (404, unknown.text)
    for name in PASSED_ON:
        assert asked(reached).get("/metrics", headers={name: "127.0.0.1"}).status_code == 404
    assert figures(asked(reached, client=("::1", 1)))
    far = asked(reached, TOKEN, ("203.0.113.7", 50000))
    assert figures(far, Authorization=f"Bearer {TOKEN}")
    for wrong in ("", TOKEN, "Bearer", f"Bearer {TOKEN}0", f"Bearer {TOKEN[:-1]}", "Bearer é"):
        assert far.get("/metrics", headers={b"Authorization": wrong.encode()}).status_code == 404
    assert asked(reached, TOKEN).get("/metrics").status_code == 404


def test_a_database_that_is_gone_is_told_to_the_monitor(tmp_path: Path) -> None:
    with closing(open_district(str(tmp_path / "d.db"))) as district:
        http = TestClient(make_app(district))
        assert (http.get("/healthz").status_code, http.get("/healthz").json()) == (200, {"ok": True})
        (tmp_path / "d.db").rename(tmp_path / "gone.db")
        (tmp_path / "d.db").mkdir()
        district.close()
        assert (http.get("/healthz").status_code, http.get("/healthz").json()) == (503, {"ok": False})


def test_a_full_story_leaves_no_token_and_no_name_in_the_log(reached: Reached, pc: CounterPC) -> None:
    stream = io.StringIO()
    lines = LogLines(stream)
    app = make_app(reached.district, log_lines=lines)
    http = TestClient(app, raise_server_exceptions=False)
    code = new_enrol_code(reached.district, "QSQ001")
    with heard_by(lines):
        sender = enrolled(http, code)
        cases = [pc.deliver_all(), pc.accept(), pc.accept("S3")]
        sender.push(pc.events, pc.finished)
        sent = len(pc.events)
        sender.hello(pc.writer)
        refused(sender.try_push([_gap(pc)]), 409, "sync.log_gap")
        for case in cases:
            http.get(f"/t/{case.token}?lang=en&size=large")
            http.get(f"/t/{case.token}?rate")
            http.post(f"/t/{case.token}", data={"grade": "very_poor", "words": "王秀兰 13800138000"})
        http.get(f"/guide?q={cases[0].number}")
        http.get("/t/" + "x" * 22)
        http.get(f"/nowhere/{cases[0].token}")
        reached.district.write(lambda c: c.execute(text("UPDATE trace SET body = '{\"王秀兰'")))
        assert http.get(f"/t/{cases[0].token}").status_code == 500
    said = stream.getvalue()
    told = [json.loads(line) for line in said.splitlines()]
    assert len(told) > 15
    secret = [code, sender.key, sender.device.rsplit(".", 1)[1], PHONE, "testclient", *PERSONAL]
    secret += [text for case in cases for text in (case.token, case.number)]
    secret += [event.hash for event in pc.events] + [part.salt for d in pc.finished for part in d.parts]
    assert [word for word in secret if word in said] == []
    assert told[0]["route"] == "/v1/enroll"
    assert told[1] | {"at": "", "ms": 0} == {
        "at": "", "level": "info", "what": "request", "method": "POST", "route": "/v1/push", "status": 200,
        "ms": 0, "counter": "QSQ001.02", "events": sent, "dossiers": len(pc.finished),
    }  # fmt: skip
    assert {line.get("refused") for line in told} == {None, "sync.log_gap"}
    assert told[-1]["status"] == 500


def test_a_trouble_is_told_by_its_kind_and_its_place(tmp_path: Path) -> None:
    stream = io.StringIO()
    with heard_by(LogLines(stream)):
        try:
            raise ValueError("王秀兰 asked")
        except ValueError:
            logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
        logging.getLogger("station_desk.district").info("nothing that matters")
    line = json.loads(stream.getvalue())
    assert (line["level"], line["error"], line["text"]) == (
        "error",
        "ValueError",
        "Exception in ASGI application",
    )
    assert "test_operator.py" in line["places"][0]
    assert "王秀兰" not in stream.getvalue()


def test_a_log_that_is_gone_never_stops_the_server(reached: Reached) -> None:
    stream = io.StringIO()
    stream.close()
    http = TestClient(make_app(reached.district, log_lines=LogLines(stream)))
    assert http.get("/").status_code == 200


def _gap(pc: CounterPC) -> Event:
    pc.accept()
    pc.accept()
    return pc.events[-1]
