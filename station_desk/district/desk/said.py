"""What the doors of the district desk say of themselves, for `/openapi.json`."""

from collections.abc import Mapping

from station_desk.district.doors import LANGUAGE, NOTHING, TROUBLE, Answer, Ask, Said

NO_SUCH = Answer("there is no such page")
NOT_SO = Answer("this page is asked for in another way")
ELSEWHERE = Answer("leads to another page, or to the one to sign in", NOTHING, headers=("Location",))
NOT_ALLOWED = Answer("the role does not allow it, or the form is not one of ours")
MANY = Answer("too many tries from this address", headers=("Retry-After",))
WORDS = Ask("station", "what is looked for: a station, an item type, an account, a number")


def _page(
    what: str,
    answers: Mapping[int, Answer],
    *asks: Ask,
    form: Mapping[str, str] | None = None,
    file: str = "",
) -> Said:
    return Said(what, {**answers, **TROUBLE, 405: NOT_SO}, asks=(*asks, *LANGUAGE), form=form, file=file)


FIRST = _page("The district desk.", {303: ELSEWHERE})
SIGN_OUT = _page("Ends the session.", {303: ELSEWHERE}, form={"key": "the key of the session"})
PAGE = _page(
    "A page of the district desk, for officials who are signed in.",
    {200: Answer("the page"), 303: ELSEWHERE, 403: NOT_ALLOWED, 404: NO_SUCH}, WORDS,
)  # fmt: skip
ACT = _page(
    "An act at the district desk.",
    {200: Answer("done; what is shown once"), 303: ELSEWHERE, 403: NOT_ALLOWED, 404: NO_SUCH,
     413: Answer("the file is too big"), 422: Answer("not done, and why")},
    file="an edition file, or the folder forms as a zip archive, where the act wants one",
    form={"key": "the key of the session", "act": "what to do; what it needs beside it depends on that"},
)  # fmt: skip
FILE = Said(
    "The table of a page as CSV or workbook.",
    {200: Answer("the file", "*/*"), 303: ELSEWHERE, 403: NOT_ALLOWED, 404: NO_SUCH, 405: NOT_SO, **TROUBLE},
    asks=(WORDS, *LANGUAGE),
)
SIGN_IN = _page("The page to sign in.", {200: Answer("the page")})
SIGNED_IN = _page(
    "Signs in: name, password and one-time code at once.",
    {303: ELSEWHERE, 403: Answer("refused, whatever was wrong"), 429: MANY},
    form={"name": "the account", "password": "its password", "code": "six digits"},
)
SIGNED_IN_BY_PASSKEY = _page(
    "Signs in by a passkey (WebAuthn), as the script of the page to sign in sends it.",
    {303: ELSEWHERE, 403: Answer("refused, whatever was wrong"), 429: MANY},
    form={
        "passkey": "its id", "client": "clientDataJSON", "data": "authenticatorData",
        "signature": "the signature; all in base64url",
    },
)  # fmt: skip
SET_UP = _page(
    "The page to set up an account, by a link that is good once.",
    {200: Answer("the page"), 404: NO_SUCH, 429: MANY},
)
SET_UP_DONE = _page(
    "Sets up an account.",
    {303: ELSEWHERE, 404: NO_SUCH, 422: Answer("not done, and why"), 429: MANY},
    form={"password": "the new password", "again": "the same", "code": "six digits"},
)
