"""From where a command gets the key: this PC, else `--key-file`, else a question on the terminal."""

import argparse
import getpass
import os
import sys
from contextlib import suppress
from pathlib import Path

from station_desk.core import paths
from station_desk.core.texts import Texts
from station_desk.store.profile import Profile, require_profile
from station_desk.store.trouble import KeyMissing, NoProfile, Quarantined
from station_desk.store.vault.opening import read_key
from station_desk.store.vault.trouble import KeyAway, KeyFileUnreadable, PassphraseNeeded
from station_desk.store.vault.typed import unlock

MOST = 4096
"""So many bytes of a key file are read: who names another file by mistake gets an answer at once."""


def key_of(options: argparse.Namespace) -> str:
    """The key of the profile that a command names; empty where there is no profile.

    Raises KeyMissing, PassphraseNeeded, KeyAway, WrongSecret, KeyFileUnreadable, GroupWrong.
    """
    profile = Profile(options.profile)
    try:
        # Ends a restore that was broken off at its last step: it may bring another key.
        require_profile(profile)
    except (NoProfile, Quarantined):
        return ""
    try:
        return read_key(profile)
    except (PassphraseNeeded, KeyAway) as needed:
        typed = typed_for(options, needed)
        if typed is None:
            raise
    return unlock(profile, typed)


def typed_for(options: argparse.Namespace, needed: PassphraseNeeded | KeyAway) -> str | None:
    """What opens the profile: out of the key file, or asked on the terminal; None without either."""
    if options.key_file:
        return secret_in(options.key_file)
    say = Texts(paths.RESOURCES / "i18n", options.language)
    return asked_for(say.error(needed), say("key.prompt"))


def asked_for(why: str, prompt: str) -> str | None:
    """A secret typed on the terminal, unseen; None where there is no terminal, or nothing was typed."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    sys.stderr.write(why + "\n")
    with suppress(EOFError):
        return getpass.getpass(prompt, sys.stderr).strip() or None
    return None


def secret_in(file: Path) -> str:
    """The first line of a file: a passphrase or a recovery key. `/dev/fd/3` and `/dev/stdin` serve too."""
    try:
        with file.open("rb") as opened:
            line = opened.read(MOST).decode("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise KeyFileUnreadable(file=file, why=why) from error
    if not line or not line[0].strip():
        raise KeyFileUnreadable(file=file, why="0 B")
    return line[0].strip()


def is_openable(profile: Profile) -> bool:
    """Whether this PC opens the profile without a question."""
    with suppress(KeyMissing, PassphraseNeeded, KeyAway):
        return bool(read_key(profile))
    return False


def key_file_here() -> Path | None:
    """The key file that this session names for all its commands."""
    named = os.environ.get("STATION_DESK_KEY_FILE", "")
    return Path(named) if named else None
