"""The command line: the same acts as the windows, for scripts, tests and stations without a screen.

Exit codes: 0 done, 2 usage, 3 refused by a rule, 4 offline, 5 storage, 6 integrity, 7 not known to the
district.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from station_desk import __version__
from station_desk.core import paths
from station_desk.core.errors import DeskError
from station_desk.core.texts import LANGUAGES


class Verbs(Protocol):
    """Where verbs are added to the command line: what `add_subparsers` returns."""

    def add_parser(self, name: str, **options: Any) -> argparse.ArgumentParser: ...


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code; without a command the window opens."""
    options = parser().parse_args(arguments)
    if options.verb is None:
        from station_desk.main.desk import run_desk

        return run_desk(options.profile, options.language)
    # The acts and their libraries are loaded only now: the window's first paint must not wait for them.
    from station_desk.main.said import standard_said
    from station_desk.main.verbs import verb_named

    said = standard_said(options.language, as_json=options.json)
    try:
        return verb_named(options.verb)(options, said)
    except DeskError as error:
        said.trouble(error)
        return error.exit_code
    except BrokenPipeError:
        # Whoever reads us has gone (`| head`): nothing more to say, and nothing went wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def parser() -> argparse.ArgumentParser:
    """All verbs with their options."""
    top = argparse.ArgumentParser(
        prog="station-desk", description=__doc__.splitlines()[0], allow_abbrev=False
    )
    top.add_argument("--version", action="version", version=f"station-desk {__version__}")
    top.add_argument("--profile", type=Path, default=paths.default_profile(), metavar="DIR")
    top.add_argument(
        "--language", choices=LANGUAGES, default=os.environ.get("STATION_DESK_LANGUAGE", "zh-Hans")
    )
    top.add_argument("--json", action="store_true", help="one JSON object a line")
    verbs = top.add_subparsers(dest="verb", metavar="VERB")
    _station_verbs(verbs)
    _queue_verbs(verbs)
    _case_verbs(verbs)
    _look_verbs(verbs)
    _district_verbs(verbs)
    return top


def _verb(verbs: Verbs, name: str, purpose: str) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=purpose, description=purpose, allow_abbrev=False)
    verb.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    return verb


def _command(verbs: Verbs, name: str, purpose: str) -> argparse.ArgumentParser:
    verb = _verb(verbs, name, purpose)
    verb.add_argument("--id", default="", help="command id; the same id again changes nothing")
    return verb


def _station_verbs(verbs: Verbs) -> None:
    demo = _verb(verbs, "demo", "one station's work from the door to the district, on real items")
    demo.add_argument("--out", type=Path, default=Path("demo"), metavar="DIR")
    demo.add_argument("--no-window", action="store_true", help="end by itself even where a display exists")
    init = _verb(verbs, "init", "set up a counter in the profile folder")
    init.add_argument("--station", required=True, metavar="CODE", help="six capital letters or digits")
    init.add_argument("--name", required=True)
    init.add_argument("--counter", required=True, metavar="N")
    for option in ("--clerk", "--phone", "--address", "--complaint-phone"):
        init.add_argument(option, default="")
    enroll = _verb(verbs, "enroll", "make this counter known to its district")
    enroll.add_argument("--server", required=True, metavar="URL")
    enroll.add_argument("--code", required=True)
    items = _verb(verbs, "items", "the published catalogue")
    items.add_argument("what", choices=("list", "show", "check"))
    items.add_argument("which", nargs="?", default="", metavar="CODE|DIR")


def _queue_verbs(verbs: Verbs) -> None:
    ticket = _command(verbs, "ticket", "the queue")
    ticket.add_argument(
        "what", choices=("take", "call", "list", "recall", "serve", "hold", "wait", "missed", "done")
    )
    ticket.add_argument("which", nargs="?", default="", metavar="TICKET")
    ticket.add_argument("--item", default="", metavar="CODE")
    ticket.add_argument(
        "--priority",
        choices=("normal", "elderly", "disabled", "pregnant", "military", "emergency"),
        default="normal",
    )
    ticket.add_argument("--agent", action="store_true", help="somebody comes for the resident")
    ticket.add_argument("--category", action="append", default=[], metavar="CODE")


def _case_verbs(verbs: Verbs) -> None:
    accept = _command(verbs, "accept", "accept an application")
    accept.add_argument("--item", required=True, metavar="CODE")
    accept.add_argument("--form", required=True, metavar="FILE|-")
    accept.add_argument("--ticket", default="")
    accept.add_argument("--pdf", type=Path, default=None, metavar="OUT")
    advance = _case(verbs, "advance", "end the present step of the workflow")
    advance.add_argument("--step", default="", help="the step that should be the present one")
    advance.add_argument("--opinion", default="")
    supplement = _case(verbs, "supplement", "ask for papers (the clock stops) or take them in (it runs on)")
    supplement.add_argument("--material", action="append", default=[], metavar="KEY")
    supplement.add_argument("--until", default="", metavar="DATE")
    supplement.add_argument("--note", default="")
    supplement.add_argument("--received", action="store_true")
    finish = _case(verbs, "finish", "finish a case whose steps are all done")
    finish.add_argument("--outcome", choices=("granted", "refused", "recorded"), default="granted")
    finish.add_argument("--result", required=True)
    deliver = _case(verbs, "deliver", "hand the result over")
    deliver.add_argument("--receiver", required=True)
    deliver.add_argument("--relation", default="")
    deliver.add_argument("--way", choices=("counter", "post", "online"), default="counter")
    void = _case(verbs, "void", "void a case that should not be; its number stays")
    void.add_argument("--reason", required=True)


def _case(verbs: Verbs, name: str, purpose: str) -> argparse.ArgumentParser:
    verb = _command(verbs, name, purpose)
    verb.add_argument("case", metavar="CASE")
    return verb


def _look_verbs(verbs: Verbs) -> None:
    _verb(verbs, "case", "one case, personal data masked").add_argument("case", metavar="CASE")
    cases = _verb(verbs, "cases", "lists of cases").add_mutually_exclusive_group()
    cases.add_argument("--open", dest="which", action="store_const", const="open", default="open")
    cases.add_argument("--finished", dest="which", action="store_const", const="finished")
    cases.add_argument("--due", dest="which", action="store_const", const="due", help="due today or late")
    _verb(verbs, "find", "cases by number, name, initials, identity number or phone").add_argument("text")
    printing = _command(verbs, "print", "a paper of a case as PDF")
    printing.add_argument("paper", choices=("receipt", "sheet"))
    printing.add_argument("case", metavar="CASE")
    printing.add_argument("--out", type=Path, default=None, metavar="FILE", help="without it: to the printer")
    _verb(verbs, "sync", "send what waits to the district").add_argument("--once", action="store_true")
    _verb(verbs, "status", "the station, what waits, what was not printed")
    _verb(verbs, "verify", "is what is stored what was written?").add_argument("--deep", action="store_true")
    _verb(verbs, "dump", "the public log and the state of each case, a line each")
    _verb(verbs, "batch", "operations as JSON lines on standard input")


def _district_verbs(verbs: Verbs) -> None:
    district = _verb(verbs, "district", "the district server")
    district.add_argument("what", choices=("serve", "enroll-code", "dump", "verify"))
    district.add_argument("--db", default=os.environ.get("STATION_DESK_DISTRICT_DB", ""), metavar="URL")
    district.add_argument("--host", default="127.0.0.1")
    district.add_argument("--port", type=int, default=8470)
    district.add_argument("--public-url", default="", help="where residents reach this server")
    district.add_argument("--station", default="", metavar="CODE")
