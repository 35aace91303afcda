"""What the events of a case say: for each kind the public part and the private part.

Public parts hold no personal data. Fields may be added with a default; none is ever renamed or given another
meaning, because old logs are read for as long as cases are kept.
"""

from typing import Literal

import msgspec

from station_desk.catalogue.calendar import CalendarYear, YearStatus
from station_desk.catalogue.item import ClockRun, Kind, Sensitivity, StepRole, Unit, Words

TicketState = Literal["waiting", "called", "serving", "held", "parked", "missed", "done", "expired"]
Priority = Literal["normal", "elderly", "disabled", "pregnant", "military", "emergency"]
Outcome = Literal["granted", "refused", "recorded"]
Way = Literal["counter", "post", "online"]
How = Literal["brought", "elic", "shared", "promise", "follows", "not_needed", "missing"]


class WayPlan(msgspec.Struct, frozen=True):
    """A way out of a step as it was published; `when` is None where saying it would tell too much."""

    to: str
    when: Words | None = None


class StepPlan(msgspec.Struct, frozen=True, omit_defaults=True):
    """A step as it was published when the case was accepted.

    `name` is None where naming it would tell too much. Without `next` it leads to the step after it.
    """

    id: str
    name: Words | None
    role: StepRole
    limit: int
    unit: Unit
    clock: ClockRun
    next: tuple[WayPlan, ...] = ()


class Times(msgspec.Struct, frozen=True):
    """Due days as ISO text: a day, or a moment for limits in hours.

    Empty where there is none, and while the clock stands.
    """

    promised: str = ""
    statutory: str = ""
    provisional: bool = False


class Limits(msgspec.Struct, frozen=True):
    """The limits of the item as they were published, in `unit`; `start` says from when they count."""

    promised: int
    statutory: int | None
    unit: Unit
    start: Literal["accepted", "received"]


class StopSpan(msgspec.Struct, frozen=True):
    """A time in which the clock stood, as stamps; `end` is empty while it lasts."""

    start: str
    end: str = ""


class Applicant(msgspec.Struct, frozen=True):
    """Who asks: as written on the form. `id_kind` is the kind of document."""

    name: str
    id_kind: str = "citizen_id"
    id_number: str = ""
    phone: str = ""
    address: str = ""


class Agent(msgspec.Struct, frozen=True):
    """Who acts for the applicant."""

    name: str
    id_number: str = ""
    phone: str = ""


class PaperSeen(msgspec.Struct, frozen=True, omit_defaults=True):
    """One material as it was found at the counter.

    `on_file` is the number of the earlier case in whose file it lies, when it was not brought again.
    """

    key: str
    name: Words
    form: str
    copies: int
    how: How
    on_file: str = ""


class FollowUp(msgspec.Struct, frozen=True):
    """What was accepted on trust: a paper to be brought (容缺), a commitment to be verified (告知承诺)."""

    key: str
    how: Literal["bring", "verify"]
    until: str
    done: str = ""
    outcome: str = ""


class AcceptedPublic(msgspec.Struct, frozen=True):
    """`trace` is the SHA-256 of the tracking token; empty for items that have no public trace.

    `bundle` is the number of the bundle that the case was handed in with, `bundled` all cases of it.
    """

    item: str
    category: str
    title: Words | None
    kind: Kind
    sensitivity: Sensitivity
    station: str
    counter: str
    edition: str
    digest: str
    received: str
    ticket: str
    trace: str
    steps: tuple[StepPlan, ...]
    limits: Limits
    fee: int
    stage: str
    times: Times
    clock: ClockRun = "run"
    follow_ups: tuple[FollowUp, ...] = ()
    bundle: str = ""
    bundled: tuple[str, ...] = ()


class AcceptedPrivate(msgspec.Struct, frozen=True, omit_defaults=True):
    """`title` and `steps` are here only where the public part may not name them.

    `repeat_reason` says why it was accepted although the person has such a case already.
    """

    applicant: Applicant
    answers: dict[str, str]
    materials: tuple[PaperSeen, ...]
    token: str
    agent: Agent | None = None
    title: Words | None = None
    steps: tuple[StepPlan, ...] = ()
    repeat_reason: str = ""


class AdvancedPublic(msgspec.Struct, frozen=True):
    """`done` is the step that ended, `stage` the one that begins; empty after the last."""

    done: str
    stage: str
    times: Times
    clock: ClockRun = "run"


class Opinion(msgspec.Struct, frozen=True):
    text: str


class StoppedPublic(msgspec.Struct, frozen=True):
    """The clock stands until the resident has brought the materials of these keys, by `until`."""

    bring: tuple[Words, ...]
    until: str


class ResumedPublic(msgspec.Struct, frozen=True):
    """The papers are in. `clock` still stands when the present step itself does not count."""

    times: Times
    clock: ClockRun = "run"


class NoticedPublic(msgspec.Struct, frozen=True):
    """One-time notice of all defects before acceptance: what to bring, and until when (ISO)."""

    bring: tuple[Words, ...]
    until: str


class NoticedPrivate(msgspec.Struct, frozen=True):
    """Each defect as it was told: which material or field, what is wrong, how to mend it."""

    defects: tuple[str, ...]


class CompletedPublic(msgspec.Struct, frozen=True, omit_defaults=True):
    """The papers of a one-time notice are in, and the case waits to be accepted; or some of them are.

    `open` says that something is still to be brought or mended; `left` are the papers of it.
    """

    left: tuple[Words, ...] = ()
    open: bool = False


class CompletedPrivate(msgspec.Struct, frozen=True, omit_defaults=True):
    """The form and the papers as they are now; `defects` are not mended yet."""

    answers: dict[str, str]
    materials: tuple[PaperSeen, ...]
    defects: tuple[str, ...] = ()


class TakenOnPublic(msgspec.Struct, frozen=True):
    """A received case is accepted as of `accepted`.

    `silent` says that nobody told the applicant anything within five working days, so that the law accepts
    it as of the day of receipt (Administrative Licensing Law art. 32).
    """

    accepted: str
    stage: str
    times: Times
    clock: ClockRun = "run"
    silent: bool = False


class EndedPublic(msgspec.Struct, frozen=True):
    """A case ended without a result: refused at the door, withdrawn."""

    dossier: int


class Reason(msgspec.Struct, frozen=True):
    """Why, by what law, who is competent instead, who approved: as the paper says it."""

    text: str
    basis: str = ""
    body: str = ""
    approver: str = ""


class SuspendedPublic(msgspec.Struct, frozen=True):
    """The clock stands for a reason outside; `until` is the expected day or empty."""

    until: str = ""


class ExtendedPublic(msgspec.Struct, frozen=True):
    """The promised limit is now `promised` units; the reason and the approver are in the private part."""

    promised: int
    times: Times


class ForwardedPublic(msgspec.Struct, frozen=True):
    """The papers went to the role that works on the present step; `back_by` is the expected day or empty."""

    role: StepRole
    back_by: str = ""


class PaperSent(msgspec.Struct, frozen=True):
    """A paper on a hand-over list with its pages."""

    name: str
    pages: int


class ForwardedPrivate(msgspec.Struct, frozen=True):
    """To whom, what, and whose signature stands on the hand-over list."""

    body: str
    papers: tuple[PaperSent, ...]
    signature: str


class ReturnedPublic(msgspec.Struct, frozen=True):
    """The papers are back."""


class ReturnedPrivate(msgspec.Struct, frozen=True):
    opinion: str
    signature: str


class FollowedUpPublic(msgspec.Struct, frozen=True):
    """What came of it: brought, true, or false; a false commitment ends the trust, not by itself the case."""

    key: str
    outcome: Literal["brought", "true", "false"]


class YearNotice(msgspec.Struct, frozen=True):
    """A calendar year that was entered or changed: its notice by number and day (ISO), where known."""

    year: int
    status: YearStatus
    number: str = ""
    day: str = ""


class RedatedPublic(msgspec.Struct, frozen=True):
    """The due days were counted again, with the same limits and stops, because `years` changed."""

    before: Times
    times: Times
    years: tuple[YearNotice, ...]


class NoticeLine(msgspec.Struct, frozen=True):
    """A line of a public notice. `label` is None for what is no form field: applicant, item and result."""

    key: str
    label: Words | None
    value: Words | str


class NoticePostedPublic(msgspec.Struct, frozen=True):
    """The case is made public from `start` until `until` (ISO days)."""

    start: str
    until: str


class NoticePostedPrivate(msgspec.Struct, frozen=True):
    """Where it hangs, whom to call with an objection, and what is to be read there."""

    place: str
    phone: str
    lines: tuple[NoticeLine, ...]


class NoticeEndedPublic(msgspec.Struct, frozen=True):
    """The notice came down on the day `on`; whether anybody objected."""

    on: str
    objections: bool


class NoticeEndedPrivate(msgspec.Struct, frozen=True):
    """What shows that it hung there (a photo's number), and what was objected."""

    note: str
    objection: str


class FinishedPublic(msgspec.Struct, frozen=True):
    """`dossier` is the place of the case in the writer's row of finished cases."""

    outcome: str
    dossier: int


class FinishedPrivate(msgspec.Struct, frozen=True):
    result: str
    note: str = ""


class DeliveredPublic(msgspec.Struct, frozen=True):
    way: str
    dossier: int


class DeliveredPrivate(msgspec.Struct, frozen=True):
    receiver: str
    relation: str
    document: str = ""


class VoidedPublic(msgspec.Struct, frozen=True):
    dossier: int


class PaperPublic(msgspec.Struct, frozen=True):
    """A paper of a case: intended → sent to the printer → confirmed.

    `copy` 1 is the first, later ones are reprints.
    """

    paper: str
    copy: int


class YearImportedPublic(CalendarYear, frozen=True, forbid_unknown_fields=False):
    """A calendar year as the station entered it; the newest of a year holds."""
