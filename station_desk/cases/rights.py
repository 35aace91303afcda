"""Who may see and do what at a counter: one table, and what it does not name is denied.

Every way out asks here: windows, command line, export, print, search. It is code and not a published file: a
file beside the program could be edited at the counter, and open what the law closes.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

from station_desk.cases.staff import ROLES, Role
from station_desk.catalogue.item import Sensitivity

Facet = Literal[
    "general", "civil_affairs", "labour_security", "family_planning", "floating_population", "conscription",
    "community_correction",
]  # fmt: skip
"""The registers of a resident (民政、劳动保障、计生、流动人口、兵役、社区矫正), and what is in none."""
FACETS: tuple[Facet, ...] = get_args(Facet)

Field = Literal["name", "id_number", "phone", "address", "answers", "notes", "materials"]
"""`answers` are the other fields of the form, `notes` what staff wrote: opinions, reasons, results."""
FIELDS: tuple[Field, ...] = get_args(Field)

Level = Literal["hidden", "masked", "reason", "open"]
"""Not at all; only masked; masked until it is opened with a reason, which is logged; as it is."""


class Levels(NamedTuple):
    """How far a role sees each field of one facet."""

    name: Level
    id_number: Level
    phone: Level
    address: Level
    answers: Level
    notes: Level
    materials: Level


NOTHING = Levels("hidden", "hidden", "hidden", "hidden", "hidden", "hidden", "hidden")
_WORK = Levels("reason", "reason", "reason", "reason", "reason", "reason", "open")
_RESTRICTED = Levels("reason", "reason", "reason", "reason", "reason", "reason", "open")
_AUDIT = Levels("masked", "masked", "masked", "hidden", "hidden", "hidden", "hidden")
_ORDINARY: tuple[Facet, ...] = FACETS[:-1]
RIGHTS: Mapping[tuple[Role, Facet], Levels] = {
    **{("clerk", facet): _WORK for facet in _ORDINARY},
    **{("head", facet): _WORK for facet in _ORDINARY},
    **{("auditor", facet): _AUDIT for facet in _ORDINARY},
    ("clerk", "community_correction"): _RESTRICTED,
    ("head", "community_correction"): _RESTRICTED,
    ("auditor", "community_correction"): NOTHING,
}
"""Clerk and head see the same of a person, each time with a reason; what they may do differs (`ACTS`)."""

CATEGORIES: Mapping[str, Facet] = {
    "social_assistance": "civil_affairs",
    "disabled_elderly": "civil_affairs",
    "labour_social_security": "labour_security",
    "health_family": "family_planning",
    "floating_population": "floating_population",
    "military_veterans": "conscription",
    "community_correction": "community_correction",
    "housing_village_affairs": "general",
    "culture_education_ngo": "general",
    "public_safety": "general",
}

Act = Literal[
    "serve", "certify", "print", "look", "search", "export", "unmask", "report", "audit", "resident_file",
    "correct", "erase", "close_day", "call_back", "calendar", "editions", "settings", "station_settings",
    "printers", "verify", "dump", "diagnose", "sync", "enroll", "backup", "restore", "staff",
]  # fmt: skip
_ALL: frozenset[Role] = frozenset(ROLES)
_AT_WORK: frozenset[Role] = frozenset({"clerk", "head"})
_OVERSIGHT: frozenset[Role] = frozenset({"head", "auditor"})
_HEAD: frozenset[Role] = frozenset({"head"})
ACTS: Mapping[Act, frozenset[Role]] = {
    "serve": _AT_WORK,
    "certify": _AT_WORK,
    "print": _AT_WORK,
    "look": _ALL,
    "search": _ALL,
    "export": _ALL,
    "unmask": _AT_WORK,
    "report": _ALL,
    "audit": _OVERSIGHT,
    "resident_file": _HEAD,
    "correct": _AT_WORK,
    "erase": _HEAD,
    "close_day": _HEAD,
    "call_back": _HEAD,
    "calendar": _HEAD,
    "editions": _HEAD,
    "settings": _ALL,
    "station_settings": _HEAD,
    "printers": _AT_WORK,
    "verify": _ALL,
    "dump": _OVERSIGHT,
    "diagnose": _ALL,
    "sync": _AT_WORK,
    "enroll": _HEAD,
    "backup": _HEAD,
    "restore": _HEAD,
    "staff": _HEAD,
}

WISHES: Mapping[str, Act] = {
    **dict.fromkeys(
        (
            "AcceptBundle", "AcceptSilent", "AddServices", "Advance", "Application", "AskSupplement",
            "CallNext", "Continue", "Decline", "Deliver", "Extend", "Finish", "FollowUpDone", "Forward",
            "GiveNotice", "HandOver", "MoveTicket", "NextService", "NoticeNow", "OpenKnown", "Park",
            "PostNotice", "Receive", "Reclaim", "Resume", "Skip", "Suspend", "TakeBack", "TakeCompletion",
            "TakeDown", "TakeMissing", "TakeOn", "TakeOver", "TakeStepBack", "TakeSupplement", "TakeTicket",
            "Transfer", "UndoAcceptance", "UndoTicket", "VoidCase", "Withdraw",
        ),
        "serve",
    ),
    "IssueCertificate": "certify",
    "VoidCertificate": "certify",
    "PrintPaper": "print",
    "ImportYear": "calendar",
    "CloseDay": "close_day",
    "AnswerCallBack": "call_back",
    "LookAtCase": "look",
    "Unmask": "unmask",
    "ExportResident": "resident_file",
    "CorrectCase": "correct",
    "EraseCases": "erase",
    "AddMember": "staff",
    "ChangeMember": "staff",
}  # fmt: skip
"""To which act a command belongs, by the name of what it asks. One that is not named is the head's."""


def facet_of(category: str, sensitivity: Sensitivity) -> Facet:
    """The facet that an item touches: a restricted one, or one of a type unknown here, the narrowest."""
    if sensitivity == "S3":
        return "community_correction"
    return CATEGORIES.get(category, "community_correction")


def level_of(role: Role, category: str, sensitivity: Sensitivity, field: Field) -> Level:
    """How far a role sees a field of a case."""
    levels = RIGHTS.get((role, facet_of(category, sensitivity)), NOTHING)
    level: Level = getattr(levels, field)
    return level


def may(role: Role, act: Act) -> bool:
    """Whether a role may do an act."""
    return role in ACTS.get(act, ())


def act_of(wish: str) -> Act:
    """The act to which a command belongs."""
    return WISHES.get(wish, "staff")
