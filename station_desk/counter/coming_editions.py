"""The editions that the district put in force come to this counter by themselves: by wire or on a stick.

Each is verified by the signatures of the catalogue's own keys before it may be used, and is in use from its
day on at the next opening of the desk. What is refused is said here and at the district, and not fetched
again before something changes: the list, the program, the keys that count, what is installed.
"""

import hashlib
from contextlib import suppress

import msgspec

from station_desk import __version__
from station_desk.catalogue.edition.bundle import opened
from station_desk.catalogue.edition.parcel import LARGEST, LARGEST_MB
from station_desk.catalogue.edition.trouble import BundleTooLarge, NotABundle
from station_desk.core import paths
from station_desk.core.errors import DeskError, IntegrityError, RuleError
from station_desk.counter.desk import Desk
from station_desk.counter.new_edition import install_offered, is_damaged
from station_desk.counter.told_editions import TOLD, Learnt, learnt_of
from station_desk.protocol.editions import LONGEST_VALUE, Editions, EditionsOnStick, Offered, Took
from station_desk.store.admission import keep_word, trusted_root
from station_desk.store.arriving import arrived_file, arrived_so_far, forget_arrived, put_piece
from station_desk.store.editions import installed_numbers


class EditionTorn(IntegrityError):
    code = "edition.torn"


class DeskEditions:
    """Satisfies `sync.editions.EditionBook` out of the profile of a counter."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._profile = desk.store.profile

    def mark(self) -> str:
        """By what the district called the list; empty when something changed here since."""
        learnt = learnt_of(self._desk.store.about())
        return learnt.mark if learnt.here == self._circumstances() else ""

    def arrived(self, one: Offered) -> int:
        """How much of its file is here: all of it when it is installed, too big or not wanted."""
        if one.withdrawn or one.size > LARGEST or self._is_installed(one.number):
            return one.size
        return arrived_so_far(self._profile, one.digest, one.size)

    def add(self, one: Offered, start: int, body: bytes) -> None:
        """Puts the next piece of its file to what is here. Raises DiskFault."""
        put_piece(self._profile, one.digest, start, body)

    def take(self, one: Offered) -> Took:
        """Takes it in when it may be used here, else says why not; keeps since when it holds."""
        if one.withdrawn or self._is_installed(one.number):
            return self._noted(one)
        if one.size > LARGEST:
            return refused(one, BundleTooLarge(limit=LARGEST_MB))
        raw = arrived_file(self._profile, one.digest)
        if not _is_file_of(one, raw):
            # Torn by a power cut here, or changed there meanwhile: the next sync fetches it anew.
            forget_arrived(self._profile)
            raise EditionTorn(number=one.number)
        return self._taken(one, raw)

    def settle(self, told: Editions, took: tuple[Took, ...]) -> None:
        """All of the list was worked off, and the district knows."""
        forget_arrived(self._profile)
        learnt = Learnt(told.mark, self._circumstances(), told.offered, took)
        self._desk.store.set_about({TOLD: msgspec.json.encode(learnt).decode()})

    def take_stick(self, brought: EditionsOnStick) -> None:
        """Works off what came on a stick; what is not on it is asked for when there is a line again."""
        took = []
        for one in brought.told.offered:
            if one.withdrawn or self._is_installed(one.number):
                took.append(self._noted(one))
            elif (raw := brought.files.get(one.digest)) and _is_file_of(one, raw):
                took.append(self._taken(one, raw))
        learnt = Learnt("", "", brought.told.offered, tuple(took))
        self._desk.store.set_about({TOLD: msgspec.json.encode(learnt).decode()})

    def _taken(self, one: Offered, raw: bytes) -> Took:
        desk = self._desk
        try:
            _require_named(one, raw)
            install_offered(self._profile, raw, paths.FORMS, desk.clock, __version__, one.day)
        except (RuleError, IntegrityError) as error:
            return refused(one, error)
        finally:
            forget_arrived(self._profile)
        return Took(one.number)

    def _noted(self, one: Offered) -> Took:
        if self._has(one.number):
            keep_word(self._profile, one.number, one.day, withdrawn=one.withdrawn)
        return Took(one.number)

    def _has(self, number: str) -> bool:
        return number in installed_numbers(self._profile)

    def _is_installed(self, number: str) -> bool:
        return self._has(number) and not is_damaged(self._profile, number)

    def _circumstances(self) -> str:
        """What a refusal may depend on."""
        root = ""
        with suppress(DeskError):
            root = msgspec.json.encode(trusted_root(self._profile, paths.FORMS)).decode()
        bad = sorted(one.number for one in self._desk.edition.refused if isinstance(one.why, IntegrityError))
        facts = (__version__, root, installed_numbers(self._profile), bad)
        return hashlib.sha256(msgspec.json.encode(facts)).hexdigest()[:16]


def _is_file_of(one: Offered, raw: bytes) -> bool:
    return hashlib.sha256(raw).hexdigest() == one.file


def _require_named(one: Offered, raw: bytes) -> None:
    """Raises unless the file is the edition that it was called, and what `opened` raises."""
    known = opened(raw)
    if (hashlib.sha256(known.text).hexdigest(), known.edition.number) != (one.digest, one.number):
        raise NotABundle


def refused(one: Offered, why: DeskError) -> Took:
    """For the district and the notices: the sentence by its code, and what goes into it."""
    values = {name: str(value)[:LONGEST_VALUE] for name, value in why.values.items()}
    return Took(one.number, why.code, values)
