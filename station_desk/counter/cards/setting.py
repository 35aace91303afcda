"""Which program reads the cards of this counter: its words are kept in the profile."""

import msgspec

from station_desk.counter.desk import Desk

KEY = "card_reader"


def reader_command(desk: Desk) -> tuple[str, ...]:
    """The program of the reader with its arguments; empty while none was chosen or what is kept is broken."""
    try:
        return msgspec.json.decode(desk.store.about().get(KEY, "[]"), type=tuple[str, ...])
    except msgspec.MsgspecError:
        return ()


def choose_reader(desk: Desk, command: tuple[str, ...]) -> None:
    """From now on this program reads the cards; an empty one reads none."""
    desk.store.set_about({KEY: msgspec.json.encode(command).decode()})
