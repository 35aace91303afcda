"""Joins the parts of a counter: profile, catalogue, calendar, database, clock, printers, texts."""

import argparse
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from station_desk import __version__
from station_desk.cases.staff import NOBODY, Acting
from station_desk.catalogue.calendar import read_calendar, working_calendar
from station_desk.core import paths
from station_desk.core.clock import Clock, now
from station_desk.core.errors import TroubleError
from station_desk.core.texts import Texts
from station_desk.counter.calendar_years import COUNTED_BY, counted_by, keep_up
from station_desk.counter.desk import Desk, station_of
from station_desk.counter.erased_again import erase_again
from station_desk.counter.hall.wishes import take_over
from station_desk.counter.kept_papers import seal_plain_papers
from station_desk.counter.printers import Printers
from station_desk.counter.set_up import SetUp, facts_of
from station_desk.main.allowed import act_of_verb
from station_desk.main.signing import signed_in
from station_desk.main.unlocking import key_of
from station_desk.printing.printers.folder import FolderFull, FolderUnwritable
from station_desk.printing.printers.made import CupsPrinters, SystemPrinters
from station_desk.protocol.signing import new_key
from station_desk.store.backfill import Progress, unheard
from station_desk.store.desk_store import DeskStore, create_store, open_store
from station_desk.store.editions import InUse, edition_in_use
from station_desk.store.erase import settle
from station_desk.store.keys import OWN_KEY
from station_desk.store.profile import Profile
from station_desk.store.staff import has_accounts
from station_desk.store.trouble import DiskFull, NotWritable
from station_desk.store.vault.changes import THIS_PC, Keeping
from station_desk.store.years import imported_years

Options = argparse.Namespace


@contextmanager
def desk_of(options: Options) -> Iterator[Desk]:
    """The desk of the profile that a command names, closed again at the end.

    Where the station has accounts somebody proves who he is first. Raises as `signed_in` does, NotAllowed.
    """
    desk = open_desk(options.profile, options.language, now, key=key_of(options))
    try:
        if desk.acting:
            desk = signed_in(desk, options)
        if desk.acting != NOBODY:  # what needs nobody was asked for
            desk.require(act_of_verb(options))
        yield desk
    finally:
        desk.store.close()


def command_id(options: Options) -> str:
    """The command's id: the caller's, so that asking again is harmless, or a fresh one."""
    return options.id or str(uuid.uuid4())


def open_desk(
    profile: Path, language: str, clock: Clock, progress: Progress = unheard, key: str = ""
) -> Desk:
    """The counter whose profile lies in a folder, ready to act. Raises what opening the store raises.

    `progress` hears how far it is where an older profile is brought up to date first. `key` is given where
    this PC does not open the profile by itself.
    """
    desk = joined(open_store(profile, clock, progress, key), language, clock)
    # On a full or read-only disk everything can still be looked at; the next opening does it again.
    with suppress(DiskFull, NotWritable):
        keep_up(desk)
        settle(desk.store)
        erase_again(desk)
        seal_left_papers(desk)
    # What the hall shows keeps no desk from opening: its file is read until it can be brought over.
    with suppress(TroubleError):
        take_over(desk)
    return desk


def seal_left_papers(desk: Desk) -> None:
    """Papers that an older program kept plain; what cannot be sealed now is tried at the next opening."""
    with suppress(OSError, FolderFull, FolderUnwritable):
        seal_plain_papers(desk.store)


def set_up_desk(profile: Path, wish: SetUp, language: str, clock: Clock, keeping: Keeping = THIS_PC) -> Desk:
    """A new counter in a folder. Raises ProfileExists, NoKeyPlace and the rules of `set_up`."""
    facts, writer = facts_of(wish)
    counted = {COUNTED_BY: counted_by(read_calendar(paths.FORMS)), OWN_KEY: new_key()}
    return joined(create_store(profile, {**facts, **counted}, writer, clock, keeping), language, clock)


def joined(store: DeskStore, language: str, clock: Clock) -> Desk:
    """The counter on an open store, with the edition that holds today. Raises BrokenForm."""
    published = published_for(store.profile.folder, clock)
    return Desk(
        station=station_of(store.about()),
        edition=published,
        catalogue=published.forms.catalogue,
        calendar=working_calendar(published.forms.years).with_years(imported_years(store)),
        store=store,
        clock=clock,
        printer_for=Printers(store, system_printers()),
        texts=Texts(paths.RESOURCES / "i18n", language),
        acting=nobody_yet(store),
    )


def nobody_yet(store: DeskStore) -> Acting | None:
    """Where there are accounts nobody is signed in yet; where there are none, whoever sits here may act."""
    with store.reading() as unit:
        return NOBODY if has_accounts(unit.connection) else None


def system_printers() -> SystemPrinters:
    """The printers of this operating system: Windows prints through Qt, all others have CUPS."""
    if os.name != "nt":
        return CupsPrinters()
    from station_desk.main.windows_printers import WindowsPrinters

    return WindowsPrinters()


def published_for(profile: Path, clock: Clock) -> InUse:
    """What the counter of a profile publishes today; without a profile, what came with the program."""
    return edition_in_use(Profile(profile), paths.FORMS, clock().date(), __version__)
