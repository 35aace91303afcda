"""What the acts answer: small, no personal data, kept with the command so that asking again says the same."""

import msgspec


class TicketAnswer(msgspec.Struct, frozen=True):
    """A ticket after an act.

    `waiting` counts those before it when it was taken, `minutes` is about how long that will take;
    `services_left` are the items of the visit that are still to be done.
    """

    id: str
    number: str
    item: str
    state: str
    waiting: int = 0
    minutes: int | None = None
    counter: str = ""
    services_left: int = 0


class Accepted(msgspec.Struct, frozen=True):
    """A case was accepted: its final number and the days promised (ISO).

    The days are provisional as long as a calendar they need is.
    """

    number: str
    item: str
    stage: str
    promised: str
    statutory: str
    provisional: bool
    ticket: str = ""


class BundleAccepted(msgspec.Struct, frozen=True):
    """Several items were accepted as one matter: the number of the bundle, and each case."""

    bundle: str
    event: str
    cases: tuple[Accepted, ...]


class Moved(msgspec.Struct, frozen=True):
    """A case after a step: where it stands now. `stage` is empty when all steps are done."""

    number: str
    state: str
    stage: str
    promised: str
    revision: int


class Printed(msgspec.Struct, frozen=True):
    """A paper that is meant to be printed: the first copy is 1, later ones are reprints.

    `others` are the further cases of a list, each with the copy that the list is for it.
    """

    number: str
    paper: str
    copy: int
    others: tuple["Printed", ...] = ()


class Sealed(msgspec.Struct, frozen=True):
    """A certificate with its number in the seal register; `paper` is its name in the print journal."""

    number: str
    seal: str
    paper: str
    copies: int


class YearEntered(msgspec.Struct, frozen=True):
    """A calendar year was entered: so many open cases depend on it, so many of them were dated anew."""

    year: int
    status: str
    number: str
    looked: int
    changed: int
