"""The item types under which the queue is grouped: name, colour and order, as the published files have them.

Read as plain TOML, because the first rows are painted before the catalogue (and msgspec) is loaded.
"""

from pathlib import Path
from typing import NamedTuple

from station_desk.core.plain_toml import read_toml


class Group(NamedTuple):
    """One item type as the queue shows it."""

    code: str
    name: str
    colour: str


def read_groups(forms: Path, language: str) -> dict[str, Group]:
    """The item types in the order of the queue, by code."""
    table = read_toml((forms / "categories.toml").read_text("utf-8"))
    rows = table["category"]
    return {row["code"]: Group(row["code"], row["short"][language], row["colour"]) for row in rows}
