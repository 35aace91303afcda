"""What a published service item is: its words, conditions, materials, form, workflow and time limits.

The files in `forms/items/` are written by officials; this module is the shape they must have. Nothing here
reads a file (`read.py` does) and nothing here knows a case (`cases/` does). What the guide of an item says
beyond that is in `guide.py`; how its steps follow each other is reckoned in `flow.py`.
"""

from collections.abc import Mapping
from datetime import date
from typing import Literal

import msgspec

from station_desk.catalogue.guide import Guide

Language = Literal["zh-Hans", "zh-Hant", "en"]
LANGUAGES: tuple[Language, ...] = ("zh-Hans", "zh-Hant", "en")

Kind = Literal["immediate", "promise", "refer", "internal"]
"""即办件, 承诺件, 转办 (the station records and hands over), 内部事务."""

StationRole = Literal["decide", "accept", "pre_review", "assist", "inform"]
Plane = Literal["commissioned", "autonomy", "voluntary"]
"""政府委托, 居村民自治, 便民: the policy document, 三(一)2, keeps the first two apart."""

Sensitivity = Literal["S1", "S2", "S3"]
"""S1 ordinary; S2 sensitive (PIPL art. 28); S3 restricted: never on a queue screen, wall or public trace."""

Evidence = Literal["guide", "rule", "own"]
"""A published guide was read; a policy text was read; unverified."""

StepRole = Literal[
    "applicant", "clerk", "head", "committee", "township", "county", "dept", "hospital", "bank", "police"
]
Unit = Literal["wd", "cd", "h"]
"""Working days, calendar days, hours."""

ClockRun = Literal["run", "stop"]
"""Whether the time of a step counts against the limits of the item."""

Need = Literal["must", "cond", "opt"]
PaperForm = Literal["original", "copy", "original_and_copy", "signed", "electronic"]
"""Shown and returned; copy kept; both; signed original kept; photo or scan."""

Substitute = Literal["elic", "shared", "promise"]
"""Instead of the paper: electronic licence, data sharing, informed commitment (告知承诺)."""

FieldKind = Literal[
    "text", "long_text", "integer", "money", "date", "choice", "yes_no", "phone", "citizen_id", "certificate"
]
"""`certificate` names what a committee is asked to certify: only what `certificates.toml` allows."""


class Words(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"hans": "zh-Hans", "hant": "zh-Hant"}
):
    """One text for people in the three languages of the house."""

    hans: str
    hant: str
    en: str

    def in_language(self, language: Language) -> str:
        match language:
            case "zh-Hans":
                return self.hans
            case "zh-Hant":
                return self.hant
            case "en":
                return self.en


class Limit(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"start": "from"}):
    """How long the item may take. `statutory` is None where no law names a number."""

    promised: int
    statutory: int | None = None
    unit: Unit
    start: Literal["accepted", "received"]
    note: str = ""


class Material(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One paper the resident brings; `key` names it in `forms/materials.toml`.

    `follow_days` are the working days within which a paper that may follow (容缺受理) must be brought.
    `issuer` says who gives out the paper, `source` how the station gets it, `basis` which rule asks for it,
    `sample` and `blank` where a filled-in and an empty one are to be had.
    """

    key: str
    form: PaperForm
    need: Need
    copies: int = 1
    when: str = ""
    substitute: tuple[Substitute, ...] = ()
    may_follow: bool = False
    follow_days: int = 10
    note: str = ""
    issuer: str = ""
    source: str = ""
    basis: str = ""
    sample: str = ""
    blank: str = ""


class Branch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A way out of a step: the id of the step it leads to, or `end`, and when it is taken."""

    to: str
    when: Words | None = None


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step of the published workflow, done by one role within `limit` units.

    `next` lists where it may lead to; left out, it leads to the step written after it, the last to the end.
    """

    id: str
    name: Words
    role: StepRole
    action: str
    limit: int
    unit: Unit
    clock: ClockRun = "run"
    next: tuple[Branch, ...] = ()


class Condition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The answers of another field (a choice in zh-Hans, yes or no) with which this field is asked."""

    field: str
    answer: tuple[str, ...]


class FormField(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One field that an item asks for; `key` names it in `forms/fields.toml`.

    A field with `when` is asked, and required, only while that condition holds.
    """

    key: str
    required: bool = False
    when: Condition | None = None


class Result(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the resident gets at the end."""

    kind: Literal[
        "decision",
        "payment",
        "record",
        "licence",
        "object",
        "certificate",
        "agreement",
        "notice",
        "resolution",
    ]
    name: str


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A published service item (事项). Its keys stand in the order in which a file says them.

    `notice` lists what a public notice (公示) of a case may show: `applicant` (masked), `item`, `result` and
    keys of form fields; empty: no notice, ever. `verify_days` are the working days within which an informed
    commitment (告知承诺) is verified. Who asks again within `again_days` must say why; 0: only while a case
    is open. Personal data of a case are kept for `keep_years` after its end; 0: as its type says. `guide` is
    what the published guide says beyond all this.
    """

    code: str
    name: Words
    category: str
    type: Literal["05", "07", "08", "10", "20"]
    kind: Kind
    role: StationRole
    plane: Plane
    sensitivity: Sensitivity
    area: str
    evidence: Evidence
    source: tuple[str, ...] = ()
    accepted_by: str
    decided_by: str
    basis: tuple[str, ...]
    conditions: tuple[str, ...]
    fee: int
    field: tuple[FormField, ...] = ()
    notice: tuple[str, ...] = ()
    verify_days: int = 30
    again_days: int = 30
    keep_years: int = 0
    limit: Limit
    result: Result
    guide: Guide = Guide()
    material: tuple[Material, ...] = ()
    step: tuple[Step, ...]


KEEP_YEARS = 10
"""How long the data of a case are kept after its end where nobody published anything else."""
USUAL_MINUTES = 10
"""What a visit takes where nobody published anything else."""


class Category(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An item type: the group under which the queue shows its tickets. `letter` begins their numbers.

    `code` is also the folder of its items below `forms/items/`; `prefix` begins the codes of its items;
    `clause` is the clause of the district's policy document that asks for it. A visit takes `usual_minutes`
    as long as the day itself does not know better. Personal data of its cases are kept for `keep_years`.
    """

    code: str
    prefix: str
    name: Words
    short: Words
    letter: str
    colour: str
    clause: str
    usual_minutes: int = USUAL_MINUTES
    keep_years: int = KEEP_YEARS


class MaterialKind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A paper that several items ask for. An `identity` paper may never follow later (容缺受理).

    For `valid_days` after it was shown a copy on file counts again; 0: it is brought anew each time.
    """

    name: Words
    identity: bool = False
    note: str = ""
    valid_days: int = 0


class FieldKindOf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A form field that items share: what it is called, what may be written in it.

    `pattern` is matched against the whole answer; `minimum` and `maximum` bound integers and money (yuan);
    `longest` counts characters of a text.
    """

    label: Words
    kind: FieldKind
    unit: Words | None = None
    pattern: str = ""
    choices: tuple[Words, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    longest: int = 200
    hint: Words | None = None
    fills: str = ""
    """The field of the resident register that this answer fills, as `facet.field`."""


class LifeEvent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that happens in a life, and the items it calls for (codes), in the order of their use.

    Those in `together` may be handed in as one matter (一件事): one form, each paper once.
    """

    code: str
    name: Words
    items: tuple[str, ...]
    together: tuple[str, ...] = ()


class Edition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The issue of the published files: its number, who answers for it, where and from when to when it holds.

    After `expires` it stays usable, with a warning: a counter may not stop. `min_client` is the oldest
    program that understands it, like 0.1.0.
    """

    number: str
    publisher: Words
    area: Words
    effective: date
    expires: date
    min_client: str
    note: Words | None = None


class AllowedCertificate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A certificate on the district's own positive list, and the rule that allows it.

    `also` holds other names under which people ask for it. `text` is what it certifies: gaps in braces are
    facts of the applicant or keys of form fields. Without it a clerk writes what was found.
    """

    name: Words
    basis: str
    also: tuple[str, ...] = ()
    text: Words | None = None


class ForbiddenCertificate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A certificate that a committee must never issue, and where the resident goes instead.

    `also` holds other names under which people ask for it.
    """

    name: Words
    refer: Words
    also: tuple[str, ...] = ()


class Certificates(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which certificates a committee may issue (nothing beyond `allowed`) and which it must always refuse."""

    source: str
    forbidden: tuple[ForbiddenCertificate, ...]
    allowed: tuple[AllowedCertificate, ...] = ()


class ParkReason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why a ticket may be put aside. A code is kept in the log for ever: no clerk writes about a resident."""

    code: str
    name: Words


class QueueRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The rules of the queue. An edition without `queue.toml` has these defaults.

    Of `calls` calls in a row that are made while somebody without priority waits, at most `priority_calls` go
    to the priority classes; an emergency is called at once and counts for nothing. A skipped ticket waits
    behind `skip_places` others. Who missed the call and comes back waits at the old place, or at the end. A
    mistake can be taken back for `undo_minutes`.
    """

    calls: int = 3
    priority_calls: int = 1
    skip_places: int = 3
    missed_returns: Literal["old_place", "end"] = "old_place"
    undo_minutes: int = 10
    reason: tuple[ParkReason, ...] = ()


class Catalogue(msgspec.Struct, frozen=True):
    """Everything a station publishes, ready to be asked. `digest` is the SHA-256 of the files, in hex.

    Of a compiled edition the items and fields are unpacked one by one, when they are asked for (`shelf.py`).
    """

    edition: str
    digest: str
    categories: dict[str, Category]
    materials: dict[str, MaterialKind]
    fields: Mapping[str, FieldKindOf]
    items: Mapping[str, Item]
    life_events: dict[str, LifeEvent] = {}
    certificates: Certificates = Certificates("", ())
    queue: QueueRules = QueueRules()
