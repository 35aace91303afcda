"""Which act each verb of the command line is, so that the table of rights is asked before anything is done.

A verb that is not named here is the head's. Acts that write are asked for once more where they are done.
"""

import argparse
from collections.abc import Mapping

from station_desk.cases.rights import Act

VERBS: Mapping[str, Act] = {
    **dict.fromkeys(
        (
            "ticket", "accept", "advance", "supplement", "finish", "deliver", "void", "receive", "complete",
            "take-on", "decline", "silence", "suspend", "continue", "extend", "withdraw", "forward", "return",
            "follow-up", "step-back", "notice", "bundle", "transfer", "take-over", "batch",
        ),
        "serve",
    ),
    "certificates": "certify",
    "case": "look", "cases": "look", "status": "look", "verify-receipt": "look", "hall": "look",
    "calendar": "look", "public": "look", "reader": "printers",
    "find": "search",
    "print": "print", "papers": "print",
    "report": "report",
    "verify": "verify",
    "dump": "dump",
    "diagnose": "diagnose",
    "backup": "backup", "restore": "restore", "key": "backup",
    "sync": "sync", "enroll": "enroll",
    "printers": "printers",
    "settings": "settings",
    "access": "audit",
    "callbacks": "call_back",
    "staff": "staff",
    "retention": "erase", "erase": "erase",
    "resident": "resident_file", "correct": "correct",
}  # fmt: skip
"""`calendar import`, the accounts (whose first is added by nobody, and whose own password everybody changes)
and changes of the station's settings are asked for in the act itself.
"""


def act_of_verb(options: argparse.Namespace) -> Act:
    """The act that a command asks for."""
    return VERBS.get(options.verb, "staff")
