"""How a command speaks: a sentence for people, or one JSON object a line with `--json`."""

import sys
from collections.abc import Callable, Mapping
from typing import BinaryIO, TextIO

import msgspec

from station_desk.catalogue.item import Catalogue
from station_desk.core import paths
from station_desk.core.errors import DeskError, TroubleError
from station_desk.core.texts import Texts
from station_desk.counter.application import ApplicationFaulty, Fault
from station_desk.counter.wording import field_label


class StreamClosed(TroubleError):
    code = "stream.closed"


class Said:
    """Says things on `out`; troubles go there too as JSON, else to `err` as sentences."""

    def __init__(
        self, language: str, published: Callable[[], Catalogue], *, as_json: bool, out: TextIO, err: TextIO
    ) -> None:
        self.texts = Texts(paths.RESOURCES / "i18n", language)
        self._published = published
        self._as_json = as_json
        self._out = out
        self._err = err

    def tell(self, facts: object, key: str, /, **values: object) -> None:
        """The facts as JSON, or the sentence of `key` with its values."""
        self.either(facts, self.texts(key, **values))

    def either(self, facts: object, line: str) -> None:
        """The facts as JSON, or the line for people."""
        self._line(self._out, encode(facts) if self._as_json else line)

    def document(self, facts: object, text: str) -> None:
        """The facts as JSON, or a document as it is."""
        self._line(self._out, encode(facts) if self._as_json else text)

    def rows(self, rows: list[tuple[object, str]], key: str, /, **values: object) -> None:
        """Many facts, a line each, and a closing sentence for people."""
        for facts, line in rows:
            self.either(facts, line)
        if not self._as_json:
            self._line(self._out, self.texts(key, **values))

    def line(self, facts: object) -> None:
        """Facts as a line of JSON, whoever asks: for dumps."""
        self._line(self._out, encode(facts))

    def plain(self, line: str) -> None:
        """A line that is made already, flushed before anything else happens."""
        self._line(self._out, line)

    def progress(self, line: str) -> None:
        """A line of progress for people; a program that asked for JSON is not disturbed."""
        if not self._as_json:
            self._line(self._out, line)

    def trouble(self, error: DeskError) -> None:
        """The sentence of an error, and of each fault of a faulty form."""
        if self._as_json:
            self._line(self._out, encode(told(error, self.texts)))
            return
        self._line(self._err, self.texts.error(error))
        if isinstance(error, ApplicationFaulty):
            for line in fault_lines(error, self._published(), self.texts):
                self._line(self._err, f"  {line}")

    def _line(self, stream: TextIO, line: str) -> None:
        try:
            stream.write(line + "\n")
            stream.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise StreamClosed(why=error.strerror or str(error)) from error


def standard_input() -> BinaryIO:
    """The bytes somebody sends us. Raises StreamClosed where there are none to read."""
    if sys.stdin is None:
        raise StreamClosed(why="stdin")
    return sys.stdin.buffer


def standard_said(language: str, published: Callable[[], Catalogue], *, as_json: bool) -> Said:
    """Speaks on the standard streams. Raises StreamClosed where there are none.

    `published` is asked for the names of fields when a form is faulty.
    """
    if sys.stdout is None or sys.stderr is None:
        raise StreamClosed(why="stdout")
    return Said(language, published, as_json=as_json, out=sys.stdout, err=sys.stderr)


def encode(facts: object) -> str:
    """One line of JSON."""
    return msgspec.json.encode(_by_name(facts), enc_hook=str).decode()


def _by_name(facts: object) -> object:
    """A named tuple is told by its names, as any other record is."""
    if not isinstance(facts, tuple):
        return facts
    named = getattr(facts, "_asdict", None)
    if named is None:
        return [_by_name(one) for one in facts]
    return {name: _by_name(one) for name, one in named().items()}


def told(error: DeskError, texts: Texts) -> Mapping[str, object]:
    """An error as facts: its code, its sentence, its values and all faults of a form."""
    faults = [
        {**msgspec.to_builtins(fault), "text": fault_text(fault, texts)}
        for fault in getattr(error, "faults", ())
    ]
    values = {name: texts.spoken(value) for name, value in error.values.items()}
    return {"ok": False, "error": error.code, "text": texts.error(error), "values": values, "faults": faults}


def fault_lines(error: ApplicationFaulty, catalogue: Catalogue, texts: Texts) -> list[str]:
    """The sentence of each fault with the name of its field before it."""
    return [f"{field_label(f.field, catalogue, texts)}: {fault_text(f, texts)}" for f in error.faults]


def fault_text(fault: Fault, texts: Texts) -> str:
    """What is wrong with a field and what now."""
    return texts(f"form.{fault.code}", **{name: texts.spoken(value) for name, value in fault.values.items()})
