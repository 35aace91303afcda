"""Sizes of type and lengths, in pixels: a grid of 8, larger for people who ask for large text."""

from typing import NamedTuple


class Sizes(NamedTuple):
    """The sizes of a session; `factor` is 1, 1.25 or 1.5."""

    factor: float = 1.0

    def scaled(self, length: int) -> int:
        """A length of the drawing at factor 1, in this session's pixels."""
        return round(length * self.factor)

    @property
    def secondary(self) -> int:
        return self.scaled(12)

    @property
    def body(self) -> int:
        return self.scaled(14)

    @property
    def section(self) -> int:
        return self.scaled(16)

    @property
    def title(self) -> int:
        return self.scaled(22)

    @property
    def figure(self) -> int:
        return self.scaled(30)
