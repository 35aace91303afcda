"""`/openapi.json`: what the doors say of themselves, with the very shapes that read and write messages."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from starlette.routing import BaseRoute, Route

from station_desk import __version__
from station_desk.district.doors import FORM, JSON, OF_STAFF, PARTS, STAFF_PAGES, Answer, Ask, Door, Said

REF = "#/components/schemas/{name}"
SIGNATURE = {
    "type": "apiKey",
    "in": "header",
    "name": "Signature",
    "description": (
        "RFC 9421: Ed25519 by the counter's own key over method, path and Content-Digest, with "
        "Signature-Input beside it; the key is made known by /v1/enroll."
    ),
}


def openapi(routes: Sequence[BaseRoute]) -> dict[str, Any]:
    """The description of all doors, as OpenAPI 3.1."""
    doors = [route for route in routes if isinstance(route, Route) and _said(route)]
    shapes = sorted(
        {shape for door in doors for shape in _shapes(_said(door))}, key=lambda s: str(s.__name__)
    )
    schemas, components = msgspec.json.schema_components(shapes, ref_template=REF)
    named = dict(zip(shapes, schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for door in doors:
        methods = sorted((door.methods or set()) - {"HEAD"})
        for method in methods:
            paths.setdefault(door.path, {})[method.lower()] = _operation(door, method, named)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Station Desk district server",
            "version": __version__,
            "description": "What counters and residents ask of the district. Times are RFC 3339.",
        },
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": {"counter": SIGNATURE}},
    }


def _shapes(said: Said | None) -> Iterator[Any]:
    if said is None:
        return
    if said.takes is not None:
        yield said.takes
    yield from (answer.shape for answer in said.answers.values() if answer.shape is not None)


def _said(route: Route) -> Said | None:
    """What a route says of itself; the pages of the district desk say the same all over."""
    if isinstance(route, Door):
        return route.said
    return OF_STAFF if route.path.partition("/{")[0].startswith(STAFF_PAGES) else None


def _operation(door: Route, method: str, named: dict[Any, Any]) -> dict[str, Any]:
    said = _said(door)
    assert said
    operation: dict[str, Any] = {
        "operationId": _name(method, door.path),
        "summary": said.what,
        "responses": {str(status): _answer(answer, named) for status, answer in sorted(said.answers.items())},
    }
    in_path = [Ask(name, "part of the address", "path") for name in re.findall(r"{(\w+)}", door.path)]
    if in_path or said.asks:
        operation["parameters"] = [_parameter(ask) for ask in (*in_path, *said.asks)]
    if said.takes is not None:
        operation["requestBody"] = {"required": True, "content": {JSON: {"schema": named[said.takes]}}}
    if said.form is not None:
        fields = {name: {"type": "string", "description": means} for name, means in said.form.items()}
        content = {FORM: {"schema": {"type": "object", "properties": fields}}}
        if said.file:
            file = {"type": "string", "format": "binary", "description": said.file}
            content[PARTS] = {"schema": {"type": "object", "properties": {**fields, "file": file}}}
        operation["requestBody"] = {"required": False, "content": content}
    if said.signed:
        operation["security"] = [{"counter": []}]
    return operation


def _answer(answer: Answer, named: dict[Any, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {"description": answer.means}
    if answer.kind == JSON:
        made["content"] = {JSON: {"schema": named[answer.shape] if answer.shape else {"type": "object"}}}
    elif answer.kind:
        made["content"] = {answer.kind: {"schema": {"type": "string"}}}
    if answer.headers:
        made["headers"] = {name: {"schema": {"type": "string"}, "required": True} for name in answer.headers}
    return made


def _parameter(ask: Ask) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if ask.one_of:
        # Another word counts as none: the page comes in the language of the phone.
        schema["examples"] = list(ask.one_of)
    if ask.within == "path":
        schema["minLength"] = 1
    return {
        "name": ask.name, "in": ask.within, "required": ask.within == "path", "schema": schema,
        "description": ask.means,
    }  # fmt: skip


def _name(method: str, path: str) -> str:
    words = re.findall(r"\w+", path)
    return "_".join([method.lower(), *words]) if words else f"{method.lower()}_home"
