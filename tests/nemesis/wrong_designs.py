"""Wrong designs."""

from contextlib import contextmanager

DESIGNS = {}


@contextmanager
def planted(name):
    yield
