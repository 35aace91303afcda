"""What a page of the district desk is asked, by whom, and all it needs to answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urlencode

from starlette.responses import Response

from station_desk.core.texts import Texts
from station_desk.district.desk.blocks import Block
from station_desk.district.desk.passkey_proof import Site
from station_desk.district.desk.roles import Right, may
from station_desk.district.desk.sessions import Session
from station_desk.district.desk.uploads import Upload
from station_desk.district.district import District
from station_desk.district.published import Published
from station_desk.district.wishes import Wishes

ROOT = "/district"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of somebody who is signed in. `whole` asks for all rows, for a file.

    `upload` is the file that came with a form, `site` for which host passkeys are made, `place` the district.
    `typed` is a form that was not taken: nobody types it again.
    """

    district: District
    session: Session
    say: Texts
    wishes: Wishes
    params: Mapping[str, str]
    forms: Published
    whole: bool = False
    upload: Upload | None = None
    site: Site | None = None
    place: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        return self.district.clock()

    @property
    def today(self) -> date:
        return self.district.clock().date()

    def href(self, page: str, **params: str) -> str:
        """Another page, in the same language and size."""
        told = {name: value for name, value in params.items() if value}
        return f"{ROOT}/{page}{self.wishes.query}" + (f"&{urlencode(told)}" if told else "")

    def may(self, right: Right) -> bool:
        """Whether the role of who asks has the right."""
        return may(self.session.role, right)

    def one(self, name: str, most: int = 60) -> str:
        """A value of the address, empty when it is not there."""
        return self.params.get(name, "")[:most].strip()


@dataclass(frozen=True, slots=True)
class Done:
    """What an act came to: the key of a sentence, or blocks that are shown once and never again.

    `about` names what the page shows next; a `status` other than 200 goes with blocks that say why not.
    """

    said: str = ""
    shown: Sequence[Block] = ()
    about: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True, slots=True)
class Deed:
    """An act of a page: who may, what it is about (for the record), and what does it."""

    right: Right
    subject: Callable[[Mapping[str, str]], str]
    run: Callable[[Asked, Mapping[str, str]], Done]


@dataclass(frozen=True, slots=True)
class PageOf:
    """A page by the name that stands in its address; `files` are what it gives out beside its lists."""

    name: str
    right: Right
    build: Callable[[Asked], Sequence[Block]]
    deeds: Mapping[str, Deed]
    files: Mapping[str, Callable[[Asked], Response]] = field(default_factory=dict)
