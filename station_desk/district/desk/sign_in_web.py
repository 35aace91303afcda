"""The pages for those who are not signed in yet: sign in, and set up an account by the one-time link."""

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import quote

from sqlalchemy import RowMapping
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from station_desk.core.errors import DeskError, RuleError
from station_desk.core.texts import Texts
from station_desk.counter.staff.hashing import Hashing
from station_desk.district.desk import said
from station_desk.district.desk.accounts import LinkNotOpen, open_link, set_up
from station_desk.district.desk.asked import ROOT
from station_desk.district.desk.blocks import Block, Field, Form, Words, wants_script
from station_desk.district.desk.code_picture import picture_of
from station_desk.district.desk.few import FewAtOnce
from station_desk.district.desk.passkey_proof import PasskeyRefused
from station_desk.district.desk.passkeys import USE, PasskeyCopied, challenge, sign_in_by_passkey, site_of
from station_desk.district.desk.reading import allow_script, came_from_us, put_token, read_form
from station_desk.district.desk.signing_in import SignInRefused, sign_in
from station_desk.district.desk.totp import address_of, in_groups
from station_desk.district.district import District
from station_desk.district.doors import Door
from station_desk.district.guesses import Guesses
from station_desk.district.web import Web
from station_desk.district.wishes import Wishes, wishes_of

NOBODY = "unknown"


class SignInWeb:
    """Asks for name, password and code; `ticks` count seconds for whoever tries many from one address."""

    def __init__(
        self, district: District, web: Web, hashing: Callable[[], Hashing], ticks: Callable[[], float]
    ) -> None:
        self._district = district
        self._web = web
        self._hashing_here = hashing
        self._hashing: FewAtOnce | None = None
        self._guesses = Guesses(ticks)

    def routes(self) -> list[Door]:
        """These come before the pages behind the door."""
        return [
            Door(f"{ROOT}/sign-in", self.ask, said.SIGN_IN),
            Door(f"{ROOT}/sign-in", self.take, said.SIGNED_IN, ("POST",)),
            Door(f"{ROOT}/sign-in/passkey", self.take_passkey, said.SIGNED_IN_BY_PASSKEY, ("POST",)),
            Door(f"{ROOT}/set-up/{{token}}", self.ask_to_set_up, said.SET_UP),
            Door(f"{ROOT}/set-up/{{token}}", self.take_set_up, said.SET_UP_DONE, ("POST",)),
        ]

    async def ask(self, request: Request) -> Response:
        return self._sign_in_page(request)

    async def take(self, request: Request) -> Response:
        form = await read_form(request)
        return await run_in_threadpool(self._taken, request, form)

    async def take_passkey(self, request: Request) -> Response:
        form = await read_form(request)
        return await run_in_threadpool(self._passkey_taken, request, form)

    async def ask_to_set_up(self, request: Request) -> Response:
        return await run_in_threadpool(self._set_up_page, request)

    async def take_set_up(self, request: Request) -> Response:
        form = await read_form(request)
        return await run_in_threadpool(self._set_up, request, form)

    def _taken(self, request: Request, form: Mapping[str, str]) -> Response:
        if not came_from_us(request):
            return self._sign_in_page(request, SignInRefused(), 403)
        if wait := self._guesses.seconds_to_wait(_address(request)):
            return self._many(request, wait)
        typed = (form.get("name", ""), form.get("password", ""), form.get("code", ""))
        try:
            token = sign_in(self._district, self._hasher(), *typed)
        except SignInRefused as error:
            return self._sign_in_page(request, error, 403)
        answer = RedirectResponse(f"{ROOT}{wishes_of(request).query}", 303)
        put_token(answer, token)
        return answer

    def _passkey_taken(self, request: Request, form: Mapping[str, str]) -> Response:
        if not came_from_us(request):
            return self._sign_in_page(request, PasskeyRefused(), 403)
        try:
            token = sign_in_by_passkey(self._district, form, site_of(request, self._district.public_url))
        except (PasskeyRefused, PasskeyCopied) as error:
            if wait := self._guesses.seconds_to_wait(_address(request)):
                return self._many(request, wait)
            return self._sign_in_page(request, error, 403)
        answer = RedirectResponse(f"{ROOT}{wishes_of(request).query}", 303)
        put_token(answer, token)
        return answer

    def _set_up(self, request: Request, form: Mapping[str, str]) -> Response:
        passwords = form.get("password", ""), form.get("again", "")
        try:
            token = request.path_params["token"]
            set_up(self._district, self._hasher(), token, passwords, form.get("code", ""))
        except LinkNotOpen:
            return self._set_up_page(request)
        except RuleError as error:
            return self._set_up_page(request, error)
        return RedirectResponse(f"{ROOT}/sign-in{wishes_of(request).query}&new", 303)

    def _sign_in_page(self, request: Request, error: DeskError | None = None, status: int = 200) -> Response:
        wishes = wishes_of(request)
        say = self._web.texts(wishes)
        blocks: list[Block] = []
        if error is not None:
            blocks.append(Words([say.error(error)], "bad"))
        elif "new" in request.query_params:
            blocks.append(Words([say("desk.sign_in.new")], "ok"))
        fields = (
            Field("name", say("desk.sign_in.name"), complete="username"),
            Field("password", say("desk.sign_in.password"), how="password", complete="current-password"),
            _code(say),
        )
        action = f"{ROOT}/sign-in{wishes.query}"
        form = Form(say("desk.sign_in.form"), say("desk.sign_in.send"), fields, action, "sign_in")
        blocks += [form, *self._by_passkey(request, say, wishes), Words([say("desk.sign_in.help")])]
        return self._page(wishes, say("desk.sign_in.title"), blocks, status)

    def _by_passkey(self, request: Request, say: Texts, wishes: Wishes) -> Sequence[Block]:
        """Shown by the script, where the browser knows passkeys."""
        site = site_of(request, self._district.public_url)
        if site is None:
            return ()
        data = (
            ("passkey", USE), ("host", site.host), ("challenge", challenge(self._district, USE)),
            ("failed", say("desk.passkeys.failed")),
        )  # fmt: skip
        hidden = tuple((name, "") for name in ("passkey", "client", "data", "signature", "user"))
        title, send = say("desk.passkeys.use"), say("desk.passkeys.use_send")
        action = f"{ROOT}/sign-in/passkey{wishes.query}"
        return (Form(title, send, (), action, "passkey", hidden, data=data),)

    def _set_up_page(self, request: Request, error: DeskError | None = None) -> Response:
        wishes = wishes_of(request)
        say, token = self._web.texts(wishes), request.path_params["token"]
        row = self._district.read(lambda connection: open_link(connection, self._district, token))
        title = say("desk.set_up.title")
        if row is None:
            if wait := self._guesses.seconds_to_wait(_address(request)):
                return self._many(request, wait)
            return self._page(wishes, title, [Words([say.error(LinkNotOpen())], "bad")], 404)
        return self._page(
            wishes, title, self._set_up_blocks(say, wishes, row, token, error), 422 if error else 200
        )

    def _set_up_blocks(
        self, say: Texts, wishes: Wishes, row: RowMapping, token: str, error: DeskError | None
    ) -> Sequence[Block]:
        address = address_of(row["secret"], row["staff"], self._web.district_name(wishes))
        fields = (
            Field("name", say("desk.sign_in.name"), row["staff"], complete="username", fixed=True),
            Field("password", say("desk.set_up.password"), how="password", complete="new-password",
                  hint=say("desk.set_up.rule")),
            Field("again", say("desk.set_up.again"), how="password", complete="new-password"),
            _code(say),
        )  # fmt: skip
        action = f"{ROOT}/set-up/{quote(token)}{wishes.query}"
        second = say("desk.set_up.second", name=row["staff"])
        return [
            *([Words([say.error(error)], "bad")] if error else []),
            Words(
                [say("desk.set_up.app")], title=say("desk.set_up.first"), big=in_groups(row["secret"]),
                links=[(address, say("desk.set_up.open_app"))],
                picture=picture_of(address, say("desk.set_up.picture")),
            ),
            Form(second, say("desk.set_up.send"), fields, action, "set_up"),
        ]  # fmt: skip

    def _many(self, request: Request, wait: int) -> Response:
        wishes = wishes_of(request)
        say = self._web.texts(wishes)
        answer = self._page(wishes, say("desk.sign_in.title"), [Words([say("track.many.text")], "warn")], 429)
        answer.headers["Retry-After"] = str(wait)
        return answer

    def _page(self, wishes: Wishes, title: str, blocks: Sequence[Block], status: int) -> Response:
        html = self._web.render(
            "desk.html", wishes, place=self._web.district_name(wishes), title=title, pages=[], blocks=blocks,
            who="", role="", form_key="", own="", signed_in=False, script=wants_script(blocks),
        )  # fmt: skip
        answer = HTMLResponse(html, status)
        allow_script(answer, blocks)
        return answer

    def _hasher(self) -> FewAtOnce:
        if self._hashing is None:
            self._hashing = FewAtOnce(self._hashing_here())
        return self._hashing


def _code(say: Texts) -> Field:
    return Field("code", say("desk.sign_in.code"), how="code", most=9, complete="one-time-code")


def _address(request: Request) -> str:
    return request.client.host if request.client else NOBODY
