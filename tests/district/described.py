"""Holds every answer that a test gets from the district against what `/openapi.json` says."""

import re
from functools import cache
from typing import Any

import httpx2
import jsonschema_rs
import msgspec

COMPONENTS = "#/components/schemas/"


class Described:
    """The description of one server."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self._paths = [(re.compile(_pattern(path)), path) for path in document["paths"]]

    def hold(self, answer: httpx2.Response) -> None:
        """Fails when the answer is none of those that the description names for this door."""
        answer.read()
        method, path = answer.request.method, answer.request.url.path
        known = next((template for pattern, template in self._paths if pattern.fullmatch(path)), None)
        if known is None:
            assert answer.status_code in (404, 405), f"{method} {path} is not described"
            return
        item = self.document["paths"][known]
        operation = item.get("get" if method == "HEAD" else method.lower())
        if operation is None:
            assert answer.status_code == 405, f"{method} {known} is not described"
            return
        said = operation["responses"].get(str(answer.status_code))
        assert said is not None, f"{method} {known} answered {answer.status_code}, which is not described"
        self._hold_content(answer, said, f"{method} {known} {answer.status_code}")

    def _hold_content(self, answer: httpx2.Response, said: dict[str, Any], where: str) -> None:
        assert [name for name in said.get("headers", {}) if name not in answer.headers] == [], where
        kinds = said.get("content", {})
        kind = answer.headers.get("content-type", "").partition(";")[0]
        if not answer.content or "*/*" in kinds:
            return
        assert kind in kinds, f"{where} came as {kind}"
        if kind == "application/json":
            schema = msgspec.json.encode(kinds[kind]["schema"]).decode()
            faults = list(self._validator(schema).iter_errors(msgspec.json.decode(answer.content)))
            assert faults == [], where

    @cache  # noqa: B019 - one description lasts as long as its server
    def _validator(self, schema: str) -> Any:
        whole = {**msgspec.json.decode(schema), "components": self.document["components"]}
        return jsonschema_rs.validator_for(whole)


def holding(http: httpx2.Client) -> httpx2.Client:
    """The client, whose every answer is held against the description of its server."""
    described = Described(http.get("/openapi.json").json())
    http.event_hooks = {"response": [described.hold]}
    return http


def _pattern(path: str) -> str:
    return re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path))
