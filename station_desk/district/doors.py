"""What each door of the server takes and how it may answer: said once, where the door is made.

The routes and `/openapi.json` are both made of these; the tests hold every answer they see against it.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

JSON, HTML, TEXT, FORM = "application/json", "text/html", "text/plain", "application/x-www-form-urlencoded"
PARTS = "multipart/form-data"
PROMETHEUS = TEXT
NOTHING = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One way to answer: what it means, of which kind it is, and for JSON of which shape."""

    means: str
    kind: str = HTML
    shape: Any = None
    headers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """A value of the address: in the path, or behind the question mark."""

    name: str
    means: str
    within: str = "query"
    one_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What a door is for, what it takes, how it answers by status. `signed` doors want a counter's key.

    `form` are the fields of a form; with a `file`, what that is, the form may come in parts.
    """

    what: str
    answers: Mapping[int, Answer]
    takes: Any = None
    form: Mapping[str, str] | None = None
    asks: tuple[Ask, ...] = ()
    signed: bool = False
    file: str = ""


class Door(Route):
    """A route that says what it does."""

    def __init__(
        self,
        path: str,
        endpoint: Callable[[Request], Awaitable[Response]],
        said: Said,
        methods: Sequence[str] = ("GET",),
    ) -> None:
        super().__init__(path, endpoint, methods=list(methods))
        self.said = said


STAFF_PAGES = "/district"
OF_STAFF = Said(
    "A page or act of the district desk, for officials who signed in.",
    {
        200: Answer("the page, or the file", "*/*"),
        303: Answer("on to another page", NOTHING, headers=("Location",)),
        400: Answer("the form cannot be understood"),
        401: Answer("nobody signed in"),
        403: Answer("not with this role, or not from this page"),
        404: Answer("there is no such page"),
        405: Answer("this page is asked for in another way"),
        409: Answer("it was changed meanwhile"),
        413: Answer("too much at once"),
        422: Answer("something in the form is wrong; the form again"),
        429: Answer("too many wrong tries"),
        500: Answer("a mistake of the server; nothing was changed"),
        503: Answer("the database does not answer; try again later"),
    },
)
"""What every page below STAFF_PAGES says that does not say more of itself."""

LANGUAGE = (
    Ask("lang", "the language of the page", one_of=("zh-Hans", "zh-Hant", "en")),
    Ask("size", "the size of its letters", one_of=("standard", "large")),
)
"""What every page for residents may be asked for."""

TROUBLE: Mapping[int, Answer] = {
    500: Answer("a mistake of the server; nothing was changed"),
    503: Answer("the database does not answer; try again later"),
}
