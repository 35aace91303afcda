"""What a browser sent: the form, the cookie, and whether it came from one of our own pages."""

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import Response

from station_desk.district.desk.blocks import Block, wants_script
from station_desk.district.safety import HEADERS

COOKIE = "__Secure-district-desk"
MOST_BYTES = 96 * 1024
"""Forty lines of community basics, as a browser writes Chinese in a form."""

MOST_FIELDS = 40
FORM = "application/x-www-form-urlencoded"
OURS = ("same-origin", "none", "")


async def read_form(request: Request) -> Mapping[str, str]:
    """The fields that were sent; whatever is too long or no form is an empty one."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != FORM:
        return {}
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return {}
    try:
        told = parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return {}
    return {name: values[0].replace("\0", "") for name, values in told.items()}


def came_from_us(request: Request) -> bool:
    """Whether a browser says that the form stood on a page of this server; one that says nothing is older."""
    return request.headers.get("sec-fetch-site", "") in OURS


def allow_script(response: Response, blocks: Sequence[Block]) -> None:
    """Lets our own script run on a page with a form that only it can fill in, and on no other."""
    if wants_script(blocks):
        policy = HEADERS["Content-Security-Policy"]
        response.headers["Content-Security-Policy"] = f"{policy}; script-src 'self'"


def token_of(request: Request) -> str:
    """The token in the cookie, empty without one."""
    return request.cookies.get(COOKIE, "")


def put_token(response: Response, token: str) -> None:
    """Sent by TLS only (a browser takes its own machine for safe), to us only, read by no script."""
    response.set_cookie(COOKIE, token, path="/district", secure=True, httponly=True, samesite="strict")


def drop_token(response: Response) -> None:
    """The browser forgets it."""
    response.delete_cookie(COOKIE, path="/district", secure=True, httponly=True, samesite="strict")
