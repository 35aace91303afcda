"""The command line: the same acts as the windows, for scripts, tests and stations without a screen.

Exit codes: 0 done, 1 a mistake of ours, 2 usage, 3 refused by a rule, 4 offline, 5 storage, 6 integrity,
7 not known to the district, or nobody proved who acts.
"""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from station_desk.core import paths
from station_desk.core.errors import DeskError, RuleError
from station_desk.core.settings import on_this_pc
from station_desk.core.texts import LANGUAGES, Texts

if TYPE_CHECKING:
    from station_desk.main.open_desk import Options

USAGE = 2


class NotText(RuleError):
    code = "command.not_text"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code; without a command the window opens."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    try:
        return _run(words)
    except BrokenPipeError:
        # Whoever reads us has gone (`| head`): nothing more to say, and nothing went wrong.
        _let_go_of_stdout()
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - nobody at a counter reads a traceback: a report is kept
        from station_desk.main.bug_told import bug_told

        return bug_told(error, words, Texts(paths.RESOURCES / "i18n", language_in(words)))


def _run(words: list[str]) -> int:
    say = Texts(paths.RESOURCES / "i18n", language_in(words))
    if any(not is_text(word) for word in words):
        return _told(NotText(), say, USAGE)
    if (profile := window_asked(words)) is not None:
        from station_desk.main.desk import run_desk

        return run_desk(profile, say.language)
    # Whoever only opens the window need not wait for the grammar of all verbs.
    from station_desk.main.grammar import parser

    top = parser(say)
    options = top.parse_args(words)
    if options.verb is None:
        top.error(say("usage.verb_needed"))
    # The acts and their libraries are loaded only now: the window's first paint must not wait for them.
    from station_desk.main.said import StreamClosed

    try:
        return _done(options)
    except StreamClosed as error:
        _let_go_of_stdout()
        return _told(error, say, error.exit_code)


def _done(options: "Options") -> int:
    from station_desk.core.clock import now
    from station_desk.main.open_desk import published_for
    from station_desk.main.said import StreamClosed, standard_said
    from station_desk.main.verbs import verb_named

    said = standard_said(
        options.language, lambda: published_for(options.profile, now).forms.catalogue, as_json=options.json
    )
    try:
        return verb_named(options.verb)(options, said)
    except StreamClosed:
        raise
    except DeskError as error:
        said.trouble(error)
        return error.exit_code


def _let_go_of_stdout() -> None:
    # Python writes out at its end what it still holds: onto the same full disk, with a code of its own.
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _told(error: DeskError, say: Texts, code: int) -> int:
    # The last resort: where even standard error is closed only the exit code is left.
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(say.error(error) + "\n")
    return code


def window_asked(words: Sequence[str]) -> Path | None:
    """The profile whose window is to open when the command holds no verb; None when there is more to read."""
    profile = paths.default_profile()
    left = list(words)
    while left:
        name, equals, value = left.pop(0).partition("=")
        if name not in ("--profile", "--language") or not (equals or left):
            return None
        value = value if equals else left.pop(0)
        if name == "--language" and value not in LANGUAGES:
            return None
        profile = Path(value) if name == "--profile" else profile
    return profile


def is_text(word: str) -> bool:
    """Whether an argument came as proper UTF-8."""
    try:
        word.encode()
    except UnicodeEncodeError:
        return False
    return True


def language_in(words: Sequence[str]) -> str:
    """The language that `--language` or `STATION_DESK_LANGUAGE` asks for, else that of this PC's settings."""
    asked = os.environ.get("STATION_DESK_LANGUAGE", "")
    for place, word in enumerate(words):
        if word == "--language" and place + 1 < len(words):
            asked = words[place + 1]
        elif word.startswith("--language="):
            asked = word.partition("=")[2]
    return asked if asked in LANGUAGES else on_this_pc("language")
