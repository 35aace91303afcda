"""The way into the district desk: who is not signed in comes no further than to the page that asks for it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hmac import compare_digest

from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from station_desk.catalogue.edition.parcel import LARGEST_MB
from station_desk.catalogue.edition.trouble import BundleTooLarge
from station_desk.core.errors import DeskError
from station_desk.district.desk import said, sessions
from station_desk.district.desk.acts import note
from station_desk.district.desk.asked import ROOT, Asked, Done, PageOf
from station_desk.district.desk.blocks import Block, Words, wants_script
from station_desk.district.desk.pages import PAGES
from station_desk.district.desk.passkeys import site_of
from station_desk.district.desk.reading import (
    allow_script,
    came_from_us,
    drop_token,
    put_token,
    read_form,
    token_of,
)
from station_desk.district.desk.roles import may
from station_desk.district.desk.sessions import Session
from station_desk.district.desk.table_files import file_of
from station_desk.district.desk.uploads import Sent, has_file, read_sent
from station_desk.district.district import District
from station_desk.district.doors import Door
from station_desk.district.published import Published
from station_desk.district.web import Web
from station_desk.district.wishes import wishes_of

SAID = frozenset(
    {
        "mended",
        "code_cancelled",
        "revoked",
        "decided",
        "brought",
        "released",
        "withdrawn",
        "discarded",
        "passkey_added",
        "passkey_removed",
        "station_said",
    }
)
"""The sentences that an address may ask a page to say."""


class DeskDoor:
    """The pages of the district desk by their addresses."""

    def __init__(self, district: District, web: Web, forms: Published) -> None:
        self._district = district
        self._web = web
        self._forms = forms

    def routes(self) -> list[Door]:
        """Each page, its acts and its file."""
        return [
            Door(ROOT, self.first, said.FIRST),
            Door(f"{ROOT}/sign-out", self.sign_out, said.SIGN_OUT, ("POST",)),
            Door(f"{ROOT}/{{page}}", self.show, said.PAGE),
            Door(f"{ROOT}/{{page}}", self.act, said.ACT, ("POST",)),
            Door(f"{ROOT}/{{page}}/{{file}}", self.file, said.FILE),
        ]

    async def first(self, request: Request) -> Response:
        """The page that everybody may see first."""
        return RedirectResponse(f"{ROOT}/{PAGES[0].name}{wishes_of(request).query}", 303)

    async def show(self, request: Request) -> Response:
        """A page, for those who may."""
        return await run_in_threadpool(self._shown, request)

    async def act(self, request: Request) -> Response:
        """Does what a form asks for, if it is one of ours."""
        file_too = has_file(request) and await run_in_threadpool(self._may_bring, request)
        sent = await read_sent(request, file_too=file_too)
        return await run_in_threadpool(self._done, request, sent)

    async def file(self, request: Request) -> Response:
        """The table of a page as a file."""
        return await run_in_threadpool(self._filed, request)

    async def sign_out(self, request: Request) -> Response:
        form = await read_form(request)
        return await run_in_threadpool(self._signed_out, request, form)

    def _shown(self, request: Request) -> Response:
        page, session = _page(request), self._session(request)
        if session is None:
            return self._ask_to_sign_in(request)
        if not may(session.role, page.right):
            return self._not_allowed(request, session, page)
        self._note(session, "opened", _where(request))
        asked = self._asked(request, session)
        done = asked.one("said")
        before = [Words([asked.say(f"desk.said.{done}")], "ok")] if done in SAID else []
        return self._page(asked, page, [*before, *page.build(asked)])

    def _filed(self, request: Request) -> Response:
        page, session = _page(request), self._session(request)
        if session is None:
            return self._ask_to_sign_in(request)
        name = request.path_params["file"]
        if not may(session.role, page.right) or not (name in page.files or may(session.role, "export")):
            return self._not_allowed(request, session, page)
        answer = _file(self._asked(request, session, whole=True), page, name)
        if answer is None:
            raise HTTPException(404)
        self._note(session, "exported", _where(request))
        return self._with_token(answer, session)

    def _may_bring(self, request: Request) -> bool:
        """Whether a file is kept in memory at all: only for who is signed in and may do something here."""
        page, session = _page(request), self._session(request, keep_up=False)
        if session is None or not came_from_us(request):
            return False
        return any(may(session.role, deed.right) for deed in page.deeds.values())

    def _done(self, request: Request, sent: Sent) -> Response:
        page, session, form = _page(request), self._session(request), sent.form
        if session is None:
            return self._ask_to_sign_in(request)
        if sent.too_big:
            asked = self._asked(request, session)
            words = Words([asked.say.error(BundleTooLarge(limit=LARGEST_MB))], "bad")
            return self._page(asked, page, [words, *page.build(asked)], 413)
        deed = page.deeds.get(form.get("act", ""))
        if deed is None or not _is_ours(request, form, session):
            self._note(session, "form_refused", page.name)
            return self._refused(request, session, page, "desk.form_refused", 403)
        if not may(session.role, deed.right):
            return self._not_allowed(request, session, page)
        # Written down before it is done: nothing that was done is missing from the record.
        self._note(session, form["act"], deed.subject(form))
        asked = replace(self._asked(request, session), upload=sent.upload, typed=form)
        try:
            done = deed.run(asked, form)
        except DeskError as error:
            blocks = [Words([asked.say.error(error)], "bad"), *page.build(asked)]
            return self._page(asked, page, blocks, 422)
        return self._after(asked, page, done)

    def _after(self, asked: Asked, page: PageOf, done: Done) -> Response:
        if done.shown:
            return self._page(asked, page, [*done.shown, *page.build(asked)], done.status)
        answer = RedirectResponse(asked.href(page.name, **done.about, said=done.said), 303)
        return self._with_token(answer, asked.session)

    def _signed_out(self, request: Request, form: Mapping[str, str]) -> Response:
        session = self._session(request)
        if session is not None and _is_ours(request, form, session):

            def out(connection: Connection) -> None:
                sessions.end(connection, token_of(request))
                note(connection, self._district.clock(), session.staff, "signed_out")

            self._district.write(out)
        answer = self._ask_to_sign_in(request)
        drop_token(answer)
        return answer

    def _session(self, request: Request, *, keep_up: bool = True) -> Session | None:
        token = token_of(request)
        if not token:
            return None
        now = self._district.clock()
        if not keep_up:
            return self._district.read(lambda connection: sessions.look(connection, now, token))
        return self._district.write(lambda connection: sessions.find(connection, now, token))

    def _note(self, session: Session, act: str, subject: str) -> None:
        now = self._district.clock()
        self._district.write(lambda connection: note(connection, now, session.staff, act, subject))

    def _ask_to_sign_in(self, request: Request) -> Response:
        return RedirectResponse(f"{ROOT}/sign-in{wishes_of(request).query}", 303)

    def _not_allowed(self, request: Request, session: Session, page: PageOf) -> Response:
        self._note(session, "not_allowed", _where(request))
        return self._refused(request, session, page, "desk.not_allowed", 403)

    def _refused(
        self, request: Request, session: Session, page: PageOf, sentence: str, status: int
    ) -> Response:
        asked = self._asked(request, session)
        return self._page(asked, page, [Words([asked.say(sentence)], "bad")], status)

    def _asked(self, request: Request, session: Session, *, whole: bool = False) -> Asked:
        wishes = wishes_of(request)
        params = {name: value.replace("\0", "") for name, value in request.query_params.items()}
        return Asked(
            self._district, session, self._web.texts(wishes), wishes, params, self._forms, whole=whole,
            site=site_of(request, self._district.public_url), place=self._web.district_name(wishes),
        )  # fmt: skip

    def _page(self, asked: Asked, page: PageOf, blocks: Sequence[Block], status: int = 200) -> Response:
        answer = HTMLResponse(self._html(asked, page, blocks), status)
        allow_script(answer, blocks)
        return self._with_token(answer, asked.session)

    def _html(self, asked: Asked, page: PageOf, blocks: Sequence[Block]) -> str:
        links = [
            (asked.href(one.name), asked.say(f"desk.page.{one.name}"), one.name == page.name)
            for one in PAGES
            if asked.may(one.right)
        ]
        kept = asked.href("", **{name: asked.one(name) for name in asked.params if name not in _WISHES})
        beside = kept.removeprefix(f"{ROOT}/{asked.wishes.query}")
        return self._web.render(
            "desk.html", asked.wishes, beside, place=self._web.district_name(asked.wishes),
            title=asked.say(f"desk.page.{page.name}"), pages=links, blocks=blocks, who=asked.session.staff,
            role=asked.say(f"desk.role.{asked.session.role}"), form_key=asked.session.form_key,
            own=f"{ROOT}/{page.name}", signed_in=True, script=wants_script(blocks),
        )  # fmt: skip

    def _with_token(self, answer: Response, session: Session) -> Response:
        if session.token:
            put_token(answer, session.token)
        return answer


_WISHES = ("lang", "size", "said")


def _page(request: Request) -> PageOf:
    found = next((page for page in PAGES if page.name == request.path_params["page"]), None)
    if found is None:
        raise HTTPException(404)
    return found


def _file(asked: Asked, page: PageOf, name: str) -> Response | None:
    """What the page gives out under that name, or its list; None where there is no such thing."""
    if name not in page.files:
        return file_of(page.build(asked), page.name, name)
    try:
        return page.files[name](asked)
    except DeskError:
        return None


def _is_ours(request: Request, form: Mapping[str, str], session: Session) -> bool:
    return came_from_us(request) and compare_digest(form.get("key", "").encode(), session.form_key.encode())


def _where(request: Request) -> str:
    """Which page, and of what: what was looked at stands in the address."""
    wanted = "&".join(
        f"{name}={value}" for name, value in request.query_params.items() if name not in _WISHES
    )
    path = request.url.path.removeprefix(f"{ROOT}/")
    return f"{path} {wanted}".strip()
