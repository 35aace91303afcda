"""One verb of the command line, whose options are described by the texts of their names."""

from argparse import ArgumentParser
from typing import Any

from station_desk.core.texts import Texts


class DescribedVerb:
    """One verb whose options are described by the text of their name."""

    def __init__(self, made: ArgumentParser, say: Texts) -> None:
        self._made = made
        self._say = say

    def takes(self, *names: str, text: str = "", **options: Any) -> None:
        """An option or a word; its description is the text of its name, or of `text`."""
        key = text or names[0].lstrip("-").replace("-", "_")
        self._made.add_argument(*names, help=self._say(f"usage.{key}"), **options)

    def takes_texts(self, *names: str) -> None:
        """Options that take a text and may be left out."""
        for name in names:
            self.takes(name, default="")

    def takes_one_of(self, word: str, *choices: str) -> None:
        """A word out of a few."""
        self._made.add_argument(word, choices=choices)

    def takes_word(self, word: str, metavar: str) -> None:
        """A word that may be left out."""
        self._made.add_argument(word, nargs="?", default="", metavar=metavar)
