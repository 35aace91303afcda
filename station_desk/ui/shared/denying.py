"""Which right each act of the window needs, and how a button says that whoever is signed in has it not."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from station_desk.cases.rights import ACTS, Act, may
from station_desk.cases.staff import Role
from station_desk.core.texts import Texts
from station_desk.ui.shared.heard import Heard
from station_desk.ui.shared.key_table import Place, act_named
from station_desk.ui.shared.keyed import Keyed

PLACES: Mapping[Place, Act] = {
    **dict.fromkeys(
        ("queue", "take", "park", "parked", "request", "notice", "done", "turn", "several"), "serve"
    ),
    "printers": "printers",
    "certificate": "certify",
    "care": "backup",
    "access": "audit",
    "records": "audit",
    "envelope": "staff",
    "call_backs": "call_back",
}
"""What every act of a part of the window needs, unless the act itself needs another right."""

NEEDS: Mapping[str, Act] = {
    "case.next": "serve",
    "case.more": "serve",
    "case.step_back": "serve",
    "case.paper": "print",
    "case.papers": "print",
    "case.resident": "correct",
    "contents.reveal": "unmask",
    "resident.export": "resident_file",
    "resident.correct": "correct",
    "resident.erase": "erase",
    "guide.begin": "serve",
    "register.void": "certify",
    "register.print": "print",
    "calendar.enter": "calendar",
    "access.destroy": "erase",
    "care.close_day": "close_day",
    "care.call_backs": "call_back",
    "care.put_back": "restore",
    "settings.envelope": "staff",
    "window.sync": "sync",
    "window.printers": "printers",
    "window.care": "backup",
}


def needed(act: str) -> Act | None:
    """The right that an act of the window needs; none for what everybody may do who sees it."""
    if act in NEEDS:
        return NEEDS[act]
    return PLACES.get(act_named(act).place) if act else None


def may_press(role: Role, act: str) -> bool:
    """Whether a role may do an act of the window."""
    right = needed(act)
    return right is None or may(role, right)


def why_not(role: Role, act: str, say: Texts) -> str:
    """Who does it instead, in a sentence."""
    right = needed(act)
    roles = [say(f"staff.role.{one}") for one in ("clerk", "head") if right and one in ACTS[right]]
    return say("staff.denied", role=say(f"staff.role.{role}"), roles=say("ui.list").join(roles))


def deny(button: Keyed, role: Role, say: Texts) -> None:
    """Takes a button out of use for a role that may not press it."""
    if not may_press(role, button.act):
        button.deny(why_not(role, button.act, say))


def deny_within(part: QWidget, role: Role, say: Texts) -> None:
    """The same for every button and key of a part of the window."""
    for button in part.findChildren(Keyed):
        deny(button, role, say)
    for heard in part.findChildren(Heard):
        if not may_press(role, heard.act):
            heard.setEnabled(False)
