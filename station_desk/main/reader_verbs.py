"""`reader` says and chooses which program reads the cards; `reader-simulator` is such a program."""

import json
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from station_desk.core.errors import RuleError
from station_desk.main.open_desk import Options, desk_of
from station_desk.main.said import Said

EXAMPLE: dict[str, object] = {
    "name": "王秀兰",
    "id_number": "11010519491231002X",
    "address": "青石桥路 8 号",
}
"""The example number of the standard, and a name that is nobody's."""


class ReaderNeeded(RuleError):
    code = "reader.needed"


class CardsUnreadable(RuleError):
    code = "reader.cards_unreadable"


def reader_verb(options: Options, said: Said) -> int:
    """Shows, chooses or forgets the program of the card reader."""
    from station_desk.counter.cards.setting import choose_reader, reader_command

    with desk_of(options) as desk:
        if options.what == "set" and not options.program:
            raise ReaderNeeded
        if options.what != "show":
            choose_reader(desk, tuple(options.program) if options.what == "set" else ())
        command = reader_command(desk)
        text = "cli.reader" if command else "cli.no_reader"
        said.tell({"reader": list(command)}, text, command=" ".join(command))
    return 0


def reader_simulator_verb(options: Options, _said: Said) -> int:
    """Speaks as a card reader does: the cards of a file one after the other, until its input ends.

    A line of the file is a card; `{"wait": 2}` waits, `{"error": "unreadable"}` fails, `{"raw": "…"}` says
    just that.
    """
    cards = _cards(options.file) if options.file else [EXAMPLE]
    threading.Thread(target=_answer, daemon=True).start()
    _say({"is": "hello", "protocol": 1, "name": "station-desk reader-simulator"})
    for card in cards:
        time.sleep(options.every)
        for line in _spoken(card):
            _say(line)
    while not options.once:
        time.sleep(1)
    return 0


def _cards(file: Path) -> list[dict[str, object]]:
    try:
        lines = file.read_text("utf-8").splitlines()
        cards = [json.loads(line) for line in lines if line.strip()]
    except (OSError, ValueError) as error:
        raise CardsUnreadable(path=file) from error
    if not all(isinstance(card, dict) for card in cards):
        raise CardsUnreadable(path=file)
    return cards


def _spoken(card: dict[str, object]) -> Iterator[object]:
    match card:
        case {"wait": int() | float() as seconds}:
            time.sleep(seconds)
        case {"error": str() as code}:
            yield from ({"is": "card"}, {"is": "error", "code": code})
        case {"raw": str() as raw}:
            yield raw
        case _:
            yield from ({"is": "card"}, {"is": "data", **card}, {"is": "removed"})


def _answer() -> None:
    """Answers pings; ends with its input, as every reader must."""
    for line in sys.stdin:
        if '"ping"' in line:
            _say({"is": "pong"})
    import os

    os._exit(0)


def _say(line: object) -> None:
    sys.stdout.write((line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)) + "\n")
    sys.stdout.flush()
