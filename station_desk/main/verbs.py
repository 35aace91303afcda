"""Where each verb lives; a verb is loaded when asked for, so that none waits for the libraries of another."""

from collections.abc import Callable, Mapping
from importlib import import_module

from station_desk.main.open_desk import Options
from station_desk.main.said import Said

Verb = Callable[[Options, Said], int]
ROOMS: Mapping[str, tuple[str, ...]] = {
    "set_up_verbs": ("init", "demo"),
    "items_verbs": ("items",),
    "calendar_verbs": ("calendar",),
    "certificate_verbs": ("certificates",),
    "ticket_verbs": ("ticket",),
    "act_verbs": ("accept", "advance", "step-back", "supplement", "finish", "deliver", "void"),
    "turn_verbs": (
        "receive",
        "complete",
        "take-on",
        "decline",
        "silence",
        "suspend",
        "continue",
        "extend",
        "withdraw",
        "forward",
        "return",
        "follow-up",
    ),
    "notice_verbs": ("notice",),
    "bundle_verbs": ("bundle",),
    "handover_verbs": ("transfer", "take-over"),
    "backup_verbs": ("backup", "restore"),
    "look_verbs": ("case", "cases", "find", "status", "verify", "dump"),
    "paper_verbs": ("print",),
    "receipt_verbs": ("verify-receipt",),
    "report_verbs": ("report",),
    "printer_verbs": ("printers",),
    "staff_verbs": ("staff",),
    "call_back_verbs": ("callbacks",),
    "key_verbs": ("key",),
    "kept_paper_verbs": ("papers",),
    "settings_verbs": ("settings",),
    "diagnose_verbs": ("diagnose",),
    "reader_verbs": ("reader", "reader-simulator"),
    "public_verbs": ("public",),
    "hall_verbs": ("hall",),
    "data_verbs": ("access", "retention", "resident", "correct", "erase"),
    "batch": ("batch",),
    "sync_verbs": ("enroll", "sync"),
    "district_verbs": ("district",),
}


def verb_named(name: str) -> Verb:
    """What a verb does."""
    room = next(room for room, names in ROOMS.items() if name in names)
    verb: Verb = getattr(import_module(f"station_desk.main.{room}"), f"{name.replace('-', '_')}_verb")
    return verb
