"""The server is what its description says: every door is in it, no answer is another, whatever is asked."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import (
    CheckFunction,
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.core.result import Ok
from starlette.routing import Route
from starlette.testclient import TestClient

from station_desk.district.app import make_app
from station_desk.district.doors import STAFF_PAGES, Door
from station_desk.district.enrolment import new_enrol_code
from station_desk.main.district import Served
from station_desk.protocol import signing
from tests.district.conftest import Reached
from tests.district.described import Described
from tests.district.station import Sender, enrolled

HERE = ("127.0.0.1", 50000)
CHECKS: list[CheckFunction] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


def test_every_door_is_described_and_its_address_leads_there(reached: Reached) -> None:
    app = make_app(reached.district)
    silent = [route for route in app.routes if not isinstance(route, Door)]
    assert [r for r in silent if not isinstance(r, Route) or not r.path.startswith(STAFF_PAGES)] == []
    document = TestClient(app).get("/openapi.json").json()
    described = {(path, method.upper()) for path, item in document["paths"].items() for method in item}
    routes = [route for route in app.routes if isinstance(route, Route)]
    assert described == {(r.path, method) for r in routes for method in (r.methods or set()) - {"HEAD"}}
    names = [operation["operationId"] for item in document["paths"].values() for operation in item.values()]
    assert len(set(names)) == len(names)


def test_an_answer_that_is_not_described_fails_a_test(reached: Reached) -> None:
    http = TestClient(make_app(reached.district), client=HERE)
    document = http.get("/openapi.json").json()
    described = Described(document)
    for path in ("/", "/healthz", "/metrics", "/robots.txt", "/guide", "/t/unknown", "/web/page.css"):
        described.hold(http.get(path))
    del document["paths"]["/t/{token}"]["get"]["responses"]["404"]
    document["components"]["schemas"]["Alive"]["properties"]["ok"] = {"type": "string"}
    for path in ("/t/unknown", "/healthz"):
        with pytest.raises(AssertionError):
            Described(document).hold(http.get(path))


class Signed(requests.auth.AuthBase):
    """Signs what is asked as an enrolled counter does, so that it comes further than the first guard."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def __call__(self, asked: requests.PreparedRequest) -> requests.PreparedRequest:
        path = str(asked.path_url).partition("?")[0]
        if path.startswith("/v1/") and asked.method:
            body = asked.body.encode() if isinstance(asked.body, str) else asked.body or b""
            assert isinstance(body, bytes)
            asked.headers.update(
                signing.sign(self._sender.key, asked.method, path, body, self._sender.device)
            )
        return asked


def ask_everything(place: Path, examples: int) -> Counter[int]:
    """Asks every door what its description allows and what it does not; how often each status came."""
    seen: Counter[int] = Counter()
    with Served(str(place / "d.db")) as served, requests.Session() as session:
        session.trust_env = False
        with TestClient(make_app(served.district)) as http:
            session.auth = Signed(enrolled(http, new_enrol_code(served.district, "QSQ001")))
        document = requests.get(f"{served.url}/openapi.json", timeout=30).json()
        schema = schemathesis.openapi.from_dict(document)
        for found in schema.get_all_operations():
            assert isinstance(found, Ok)
            operation = found.ok()
            takes = document["paths"][operation.path][operation.method.lower()].get("requestBody", {})
            # Where any text may be asked there is nothing that may not.
            modes = list(GenerationMode) if takes.get("required") else [GenerationMode.POSITIVE]
            for mode in modes:
                strategy = operation.as_strategy(generation_mode=mode)
                _ask(strategy, served.url, session, seen, examples)
    return seen


def _ask(strategy: Any, url: str, session: requests.Session, seen: Counter[int], examples: int) -> None:
    @given(case=strategy)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=examples < 20,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def asked(case: Any) -> None:
        answer = case.call(base_url=url, session=session, timeout=30)
        seen[answer.status_code] += 1
        case.validate_response(answer, checks=CHECKS)

    asked()


@pytest.mark.long
def test_some_of_all_that_can_be_asked_is_answered_as_described(tmp_path: Path) -> None:
    seen = ask_everything(tmp_path, 3)
    assert sum(seen.values()) > 50
    assert [status for status in seen if status >= 500] == []


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_much_of_all_that_can_be_asked_is_answered_as_described(tmp_path: Path) -> None:
    seen = ask_everything(tmp_path, 300)
    print(sorted(seen.items()))
    assert [status for status in seen if status >= 500] == []
    assert seen.keys() >= {200, 400, 404}
