"""What the published guide of an item (办事指南) must say, and what of it is not known yet.

The elements are the fourteen groups that provincial standards and published guides have in common (DB63/T
1755-2019, DB31/T 544-2024; the national GB/T 36114-2018 names the document). Most of them are other parts of
an item; `Guide` holds the rest. An element that nobody wrote stays empty and is shown as empty.
"""

from typing import Literal

import msgspec

Object = Literal["natural_person", "legal_person", "group"]
"""自然人, 法人, 非法人组织: whom the item serves."""

Delivery = Literal["counter", "post", "online"]
Reach = Literal["station", "township", "county", "city", "province", "national"]
"""通办范围: within which area any counter takes the item."""


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What residents ask or often get wrong, and the answer."""

    asked: str
    answer: str


class Guide(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The elements of a guide that no other part of the item holds.

    `basic_code` and `implementation_code` are the national codes (GB/T 39554.1-2020); `level` the level of
    government that exercises the power; `visits` how often the resident must come.
    """

    sub_item: str = ""
    handling_item: str = ""
    basic_code: str = ""
    implementation_code: str = ""
    object: tuple[Object, ...] = ()
    scope: str = ""
    level: str = ""
    delegated: str = ""
    together_with: tuple[str, ...] = ()
    number_limit: str = ""
    refusal: tuple[str, ...] = ()
    fee_basis: str = ""
    fee_standard: str = ""
    fee_waiver: str = ""
    result_sample: str = ""
    validity: str = ""
    delivery: tuple[Delivery, ...] = ()
    place: str = ""
    hours: str = ""
    online: str = ""
    appointment: str = ""
    visits: int | None = None
    reach: Reach | None = None
    query: str = ""
    remedy: tuple[str, ...] = ()
    complaint: str = ""
    question: tuple[Question, ...] = ()
    short: str = ""
