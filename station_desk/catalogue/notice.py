"""What a public notice (公示) of a case may show: the entries of its item's allow-list, and nothing beyond.

Notices were where full identity numbers leaked: so fields by which a stranger finds or harms a person can
never stand on one, whatever a list says, and the applicant is always masked.
"""

from station_desk.catalogue.item import FieldKindOf, Item, Sensitivity, Words

NOTICE_STEP = "公示"
"""A step whose name holds this makes names public for as long as its limit says."""

ALWAYS_SHOWABLE = ("applicant", "item", "result")
"""The entries that are no form fields: the masked applicant, the name of the item, the result."""

NEVER_SHOWN_KINDS = frozenset({"phone", "citizen_id", "long_text"})
"""Numbers that identify or reach a person, and free text, in which anything may stand."""

NEVER_SHOWN_FILLS = ("person.phone", "person.address", "person.bank", "person.id", "person.birth")
"""Beginnings of the register fields that lead to a person's door or account."""


def may_be_shown(field: FieldKindOf) -> bool:
    """Whether a form field may stand on a public notice at all."""
    return field.kind not in NEVER_SHOWN_KINDS and not field.fills.startswith(NEVER_SHOWN_FILLS)


def is_notice_step(name: Words | None) -> bool:
    """Whether a step of this published name makes something public."""
    return name is not None and NOTICE_STEP in name.hans


def may_have_notice(item: Item, sensitivity: Sensitivity) -> bool:
    """Whether cases of the item may be made public at all: never restricted ones, never without a list."""
    return bool(item.notice) and "S3" not in (item.sensitivity, sensitivity)
