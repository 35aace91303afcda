"""The log of the server: one line of JSON for each request and each trouble, no word of what was asked.

A line names the door, never the address: the address of a case is the key to it. No addresses of senders, no
names, no numbers of cases. Of an exception its kind and its places in our program, not its words: they may
quote what somebody sent.
"""

import logging
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

import msgspec

from station_desk.core.clock import Clock, now, stamp

HEARD = {"station_desk": logging.WARNING, "uvicorn.error": logging.WARNING}
"""Whose words come into the log, from which level on."""


class LogLines:
    """Writes lines to a stream; a stream that is gone or full never stops the server."""

    def __init__(self, stream: TextIO, clock: Clock = now) -> None:
        self._stream = stream
        self._clock = clock

    def write(self, what: str, facts: Mapping[str, object], level: str = "info") -> None:
        """One line."""
        line = msgspec.json.encode({"at": stamp(self._clock()), "level": level, "what": what, **facts})
        with suppress(OSError, ValueError):
            self._stream.write(line.decode() + "\n")
            self._stream.flush()


@contextmanager
def heard_by(lines: LogLines | None) -> Iterator[None]:
    """While the `with` lasts, what our program and its server have to say comes as lines."""
    if lines is None:
        yield
        return
    handler = _Handler(lines)
    before = {}
    for name in HEARD:
        logger = logging.getLogger(name)
        before[name] = logger.propagate
        logger.addHandler(handler)
        logger.propagate = False
    try:
        yield
    finally:
        for name, propagated in before.items():
            logging.getLogger(name).removeHandler(handler)
            logging.getLogger(name).propagate = propagated


class _Handler(logging.Handler):
    def __init__(self, lines: LogLines) -> None:
        super().__init__()
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno < HEARD.get(record.name.split(".")[0], logging.WARNING):
            return
        facts: dict[str, object] = {"from": record.name, "text": record.getMessage().partition("\n")[0]}
        if record.exc_info and record.exc_info[1] is not None:
            facts |= told(record.exc_info[1])
        self._lines.write("trouble", facts, record.levelname.lower())


def told(error: BaseException) -> dict[str, object]:
    """An exception as facts: its kind and where it came from."""
    places = traceback.extract_tb(error.__traceback__)
    return {
        "error": type(error).__name__,
        "places": [f"{Path(place.filename).name}:{place.lineno} {place.name}" for place in places[-12:]],
    }
