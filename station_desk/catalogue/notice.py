"""What a public notice (公示) of a case may show: the entries of its item's allow-list, and nothing beyond.

Notices were where full identity numbers leaked: so fields by which a stranger finds or harms a person can
never stand on one, whatever a list says, and the applicant is always masked.
"""

from station_desk.catalogue.item import FieldKindOf

ALWAYS_SHOWABLE = ("applicant", "item", "result")
"""The entries that are no form fields: the masked applicant, the name of the item, the result."""

NEVER_SHOWN_KINDS = frozenset({"phone", "citizen_id", "long_text"})
"""Numbers that identify or reach a person, and free text, in which anything may stand."""

NEVER_SHOWN_FILLS = ("person.phone", "person.address", "person.bank", "person.id")
"""Beginnings of the register fields that lead to a person's door or account."""


def may_be_shown(field: FieldKindOf) -> bool:
    """Whether a form field may stand on a public notice at all."""
    return field.kind not in NEVER_SHOWN_KINDS and not field.fills.startswith(NEVER_SHOWN_FILLS)
