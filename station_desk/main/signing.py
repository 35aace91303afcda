"""Who acts by the command line: `--as NAME`, proved by a password from a file, the environment or the keys.

A password is never an argument: arguments are seen by every program of this PC, and kept by shells.
"""

import argparse
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from getpass import getpass
from pathlib import Path

from station_desk.core.errors import AuthError, RuleError
from station_desk.core.texts import Say
from station_desk.counter.desk import Desk
from station_desk.counter.staff.standing import SignInFirst

WHO, PASSWORD, NEW_PASSWORD = "STATION_DESK_AS", "STATION_DESK_PASSWORD", "STATION_DESK_NEW_PASSWORD"
FREE: Mapping[str, frozenset[str]] = {
    "status": frozenset(),
    "verify": frozenset(),
    "verify-receipt": frozenset(),
    "sync": frozenset(),
    "hall": frozenset(),
    "diagnose": frozenset(),
    "settings": frozenset({"list", "get", "handbook"}),
    "printers": frozenset({"list"}),
}
"""What needs nobody signed in: it changes nothing and names no resident. With words: only these."""


class SecretNotReadable(RuleError):
    code = "staff.secret_not_readable"


class SecretNeeded(AuthError):
    code = "staff.secret_needed"


class SecretsDiffer(RuleError):
    code = "staff.passwords_differ"


def signed_in(desk: Desk, options: argparse.Namespace) -> Desk:
    """The desk with whoever the command names. Raises SignInFirst and what `sign_in` raises."""
    name = options.acting_as or os.environ.get(WHO, "")
    if not name:
        if is_free(options):
            return desk
        raise SignInFirst
    # What hashes passwords is loaded only for who signs in.
    from station_desk.counter.staff.signing_in import sign_in

    return replace(desk, acting=sign_in(desk, name, password(options, desk.texts)))


def is_free(options: argparse.Namespace) -> bool:
    """Whether what is asked needs nobody signed in."""
    words = FREE.get(options.verb)
    return words is not None and (not words or options.what in words)


def password(options: argparse.Namespace, say: Say) -> str:
    """The password of who acts. Raises SecretNotReadable, SecretNeeded."""
    return _secret(options.password_file, PASSWORD, "--password-file", lambda: getpass(say("cli.password")))


def new_secret(options: argparse.Namespace, say: Say) -> str:
    """A new password or PIN, typed twice at a keyboard. Raises SecretsDiffer and as `password` does."""

    def typed() -> str:
        first = getpass(say("cli.new_secret"))
        if getpass(say("cli.new_secret_again")) != first:
            raise SecretsDiffer
        return first

    return _secret(options.new_password_file, NEW_PASSWORD, "--new-password-file", typed)


def _secret(file: Path | None, variable: str, option: str, ask: Callable[[], str]) -> str:
    if file is not None:
        try:
            return file.read_text("utf-8-sig").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise SecretNotReadable(path=file, why=why) from error
    if (told := os.environ.get(variable)) is not None:
        return told
    if sys.stdin is None or not sys.stdin.isatty():
        raise SecretNeeded(option=option)
    return ask()
