"""Signs every answer to a station, refusals too: the desk believes nobody else what the district holds."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from station_desk.protocol import signing


class SignedAnswers:
    """Holds an answer of the doors `below` until its body is whole, and adds the headers that sign it."""

    def __init__(self, app: ASGIApp, key: str, below: str) -> None:
        self._app = app
        self._key = key
        self._below = below

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(self._below):
            await self._app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        start: Message = {}
        body = bytearray()

        async def send_signed(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            body.extend(message.get("body", b""))
            if message.get("more_body", False):
                return
            headers = MutableHeaders(scope=start)
            headers.update(signing.sign_reply(self._key, start["status"], bytes(body), asked))
            await send(start)
            await send({"type": "http.response.body", "body": bytes(body)})

        await self._app(scope, receive, send_signed)
