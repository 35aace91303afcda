"""What the pages for residents and the doors for the operator say of themselves."""

from collections.abc import Mapping

import msgspec

from station_desk.district.doors import (
    JSON,
    LANGUAGE,
    NOTHING,
    PROMETHEUS,
    TEXT,
    TROUBLE,
    Answer,
    Ask,
    Said,
)

NO_SUCH = Answer("there is no such page")
NOT_SO = Answer("this page is asked for in another way")
GUESSED: Mapping[int, Answer] = {
    404: Answer("unknown, not arrived yet, revoked or expired: one answer for all"),
    429: Answer("too many unknown tokens from this address", headers=("Retry-After",)),
}


class Alive(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether the server and its database answer."""

    ok: bool


def _page(
    what: str, answers: Mapping[int, Answer], *asks: Ask, form: Mapping[str, str] | None = None
) -> Said:
    return Said(what, {**answers, **TROUBLE, 405: NOT_SO}, asks=(*asks, *LANGUAGE), form=form)


HOME = _page("Which district this is.", {200: Answer("the page")})
TRACK = _page(
    "Where a case stands, by the token on the receipt; with `rate`, the form to rate it.",
    {200: Answer("the page of the case, or the form"), **GUESSED},
    Ask("rate", "anything: shows the form to rate the finished case"),
)
RATE = _page(
    "The rating of a finished case, once a case.",
    {303: Answer("kept, or was rated before: the page says which", NOTHING, headers=("Location",)),
     422: Answer("no grade was chosen; the form again"), **GUESSED},
    form={"grade": "one of the five", "reasons": "why, several times", "words": "in own words"},
)  # fmt: skip
FILE = Said(
    "The styles and icons of the pages.",
    {200: Answer("the file", "*/*"), 404: NO_SUCH, 405: NOT_SO, **TROUBLE},
)
ROBOTS = Said("What search engines may read.", {200: Answer("the rules", TEXT), 405: NOT_SO, **TROUBLE})
_KEPT: Mapping[int, Answer] = {
    200: Answer("the page", headers=()),
    304: Answer("as the phone has it", NOTHING),
}
GUIDE = _page(
    "The service guide: all items, by type or life event, or those that were searched.",
    _KEPT,
    Ask("q", "words to search for"),
    Ask("by", "life: by life event", one_of=("life",)),
)
GUIDE_ITEM = _page(
    "The guide of one item.",
    {**_KEPT, 308: Answer("the code in capitals", NOTHING, headers=("Location",)),
     404: Answer("no such item; those that are like it")},
)  # fmt: skip

GUIDE_DRAWING = _page(
    "The workflow of one item as a drawing, where it would make the guide too heavy.",
    {**_KEPT, 404: Answer("no such item, or none that can be drawn")},
)  # fmt: skip

STATIONS = _page("All stations of the district.", {200: Answer("the list")})
STATION = _page(
    "A station: hours, telephone, address, what it does, and how many wait there now.",
    {200: Answer("the page"), 404: Answer("no station has that code")},
)

HEALTH = Said(
    "Whether the server and its database answer; says nothing else.",
    {200: Answer("both do", JSON, Alive), 503: Answer("the database does not", JSON, Alive), 405: NOT_SO,
     500: TROUBLE[500]},
)  # fmt: skip
METRICS = Said(
    "Figures for a monitor: to this machine alone, or to whoever shows the token.",
    {200: Answer("figures in the text form of Prometheus", PROMETHEUS), 404: NO_SUCH, 405: NOT_SO, **TROUBLE},
)
OPENAPI = Said("This description.", {200: Answer("OpenAPI 3.1", JSON), 405: NOT_SO, 500: TROUBLE[500]})
