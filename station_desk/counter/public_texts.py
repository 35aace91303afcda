"""The texts that a station writes itself for its boards: the community basics, a rule; TOML files."""

import tomllib
from pathlib import Path
from typing import TypeVar

import msgspec

from station_desk.core.errors import RuleError

T = TypeVar("T")
LARGEST_TEXT = 1024 * 1024


class TextUnreadable(RuleError):
    code = "public.text_unreadable"


def read_text(file: Path, shape: type[T]) -> T:
    """A text of the station. Raises TextUnreadable with the place."""
    try:
        if file.stat().st_size > LARGEST_TEXT:
            raise TextUnreadable(file=file, why=f"> {LARGEST_TEXT} bytes")
        return msgspec.convert(tomllib.loads(file.read_bytes().decode("utf-8-sig")), shape)
    except OSError as error:
        raise TextUnreadable(file=file, why=error.strerror or str(error)) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError, RecursionError) as error:
        raise TextUnreadable(file=file, why=str(error)) from error
