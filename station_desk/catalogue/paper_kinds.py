"""The kinds of papers that belong to one case: what each may say, what it must say, who keeps it.

One table: the proof-reader of `forms/papers/`, the command line, the acts and the tests derive from it. When
a kind makes sense for a case says `cases/papers.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from station_desk.catalogue.paper import Block

FULL = (".full", ".named")
"""What ends so names a person: `.full` all of him, `.named` the name with a masked identity number. What ends
in `.masked` only tells people apart.
"""

SPOKEN = frozenset({
    "answers", "steps", "trips", "result", "note", "reason", "statement", "purpose", "relation", "receiver",
})  # fmt: skip
"""Facts and tables in which stands what somebody said of a person, in his own words."""

COMMON = frozenset({
    "number", "item", "version", "kind", "day", "clerk", "counter", "station", "station_address",
    "station_phone", "complaint", "where", "progress", "received", "received_at", "accepted", "accepted_at",
    "applicant.masked", "applicant.named", "applicant.full", "name.masked", "name.full", "identity.masked",
    "identity.full", "phone.masked", "phone.full", "address.full", "agent.masked", "agent.full",
})  # fmt: skip
"""Facts that every paper may name."""

STATION = frozenset({"day", "station", "station_address", "station_phone", "complaint"})
"""Facts that say nothing of the case."""

MATERIALS = {"materials": frozenset({"no", "name", "form", "copies", "fate"})}
MENDING = {"mending": frozenset({"no", "name", "wrong", "mend"})}

Sentences = Mapping[str, frozenset[str]]
"""Fixed sentences by name, each with the gaps that the program fills."""

FATES: Sentences = {f"fate_{name}": frozenset() for name in ("kept", "returned", "both")}
REMEDIES: Sentences = {f"remedy_{name}": frozenset() for name in ("commissioned", "other")}
TOLD_ALL: Sentences = {
    "missing": frozenset(),
    "mend": frozenset(),
    "again": frozenset({"times"}),
    **{
        f"bring_{form}": frozenset({"copies"})
        for form in ("original", "copy", "original_and_copy", "signed", "electronic")
    },
}
"""How to mend what is wrong, by the form in which a material is asked for."""

TRACKING = ("scan", "never_asks", "ask_at_counter")
"""The sentences that belong to the QR; every paper with a tracking block must have them."""


@dataclass(frozen=True, slots=True)
class PaperKind:
    """What a kind of paper says.

    `mark` begins its own number, empty for papers that go by the number of the case. `facts` are its own,
    beside those of all papers; `rows` are what its tables may list, each with its columns; `sentences` are
    what the program puts in, each with its gaps. `must` names the facts and tables without which it would be
    void, `blocks` the parts. `signed` papers are declarations of the applicant: they alone may show an
    identity number in full; so may a paper that `certifies` something of the applicant to another body,
    which must know who it is. `kept`: the resident takes it home, so it is also printed large. `on_wall`: it
    hangs where everybody reads it, so it goes by no case number and names nobody beyond the rows that the
    allow-list of its item let through.
    """

    mark: str = ""
    facts: frozenset[str] = frozenset()
    rows: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sentences: Sentences = field(default_factory=dict)
    must: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ("signatures",)
    signed: bool = False
    certifies: bool = False
    kept: bool = False
    on_wall: bool = False

    @property
    def whole_names(self) -> bool:
        """Whether it may name a person with all of the identity number, and of a restricted case at all."""
        return self.signed or self.certifies

    @property
    def known(self) -> frozenset[str]:
        """All facts that its file may name: on a wall only what the station says of itself."""
        if self.on_wall:
            return STATION | self.facts
        return COMMON | self.facts | ({"document"} if self.mark else frozenset())


PAPER_KINDS: Mapping[str, PaperKind] = {
    "intake": PaperKind(
        facts=frozenset({"answer_by"}), rows=MATERIALS, sentences=FATES,
        must=("number", "item", "received_at", "materials", "answer_by"), kept=True,
    ),
    "receipt": PaperKind(
        facts=frozenset({"promise", "collect", "fee", "stages"}), rows=MATERIALS, sentences=FATES,
        must=("number", "item", "accepted_at", "promise", "materials"),
        blocks=("tracking", "proof", "signatures"), kept=True,
    ),
    "notice": PaperKind(
        mark="N", facts=frozenset({"until", "count", "times"}), rows={**MENDING, **MATERIALS},
        sentences={**TOLD_ALL, **FATES}, must=("document", "item", "mending", "where", "until"),
        blocks=("law", "signatures"), kept=True,
    ),
    "refusal": PaperKind(
        mark="R", facts=frozenset({"reason", "basis", "body", "remedy"}), rows=MATERIALS,
        sentences={"fate_returned": frozenset(), **REMEDIES},
        must=("document", "item", "reason", "basis", "body", "remedy"), kept=True,
    ),
    "supplement": PaperKind(
        mark="S", facts=frozenset({"until", "count", "times"}), rows=MENDING, sentences=TOLD_ALL,
        must=("document", "item", "mending", "where", "until"), kept=True,
    ),
    "posting": PaperKind(
        facts=frozenset({"start", "until", "phone"}), rows={"lines": frozenset({"label", "value"})},
        must=("lines", "start", "until", "phone"), on_wall=True,
    ),
    "suspension": PaperKind(
        mark="P", facts=frozenset({"reason", "basis", "until", "approver", "due_before"}),
        must=("document", "item", "reason", "basis", "day", "until", "approver"), kept=True,
    ),
    "extension": PaperKind(
        mark="E",
        facts=frozenset({"reason", "basis", "approver", "due_before", "due_now", "limit", "statutory"}),
        must=("document", "item", "reason", "basis", "day", "due_now", "approver"), kept=True,
    ),
    "follow": PaperKind(
        facts=frozenset({"last_day"}), rows={"missing": frozenset({"no", "name", "form", "until"})},
        must=("item", "missing", "last_day"), signed=True, kept=True,
    ),
    "commitment": PaperKind(
        facts=frozenset({"basis", "conditions", "last_day"}),
        rows={"promised": frozenset({"no", "name", "until"})},
        must=("item", "promised", "basis", "last_day"), signed=True, kept=True,
    ),
    "completion": PaperKind(
        mark="D", facts=frozenset({"finished", "promise", "outcome", "result", "note", "collect", "remedy"}),
        sentences=REMEDIES, must=("document", "item", "result", "finished", "remedy"), kept=True,
    ),
    "delivery": PaperKind(
        facts=frozenset({
            "served", "served_no", "place", "way", "receiver", "relation", "delivered", "blank",
        }),
        must=("served", "served_no", "name.full", "way", "receiver", "relation", "blank"), signed=True,
    ),
    "sheet": PaperKind(
        facts=frozenset({"promise", "route"}),
        rows={
            "steps": frozenset({"no", "name", "role", "limit", "opinion", "signature", "in", "out"}),
            "papers": frozenset({"no", "name", "form", "copies", "pages"}),
            "trips": frozenset({"no", "body", "sent", "pages", "signature", "back", "opinion"}),
        },
        must=("number", "steps", "papers", "route"),
    ),
    "handover": PaperKind(
        facts=frozenset({"body", "sent", "cases_count", "pages_count"}),
        rows={"cases": frozenset({
            "no", "number", "item", "applicant.masked", "papers", "pages", "back_by", "again",
        })},
        sentences={"withheld": frozenset(), "again": frozenset({"times"}), "sheets": frozenset({"pages"})},
        must=("cases", "body", "pages_count"), blocks=("cases", "signatures"),
    ),
    "application": PaperKind(
        rows={
            "answers": frozenset({"label", "value"}),
            "materials": frozenset({"no", "name", "form", "copies", "how"}),
        },
        must=("item", "name.full", "identity.full", "answers", "materials"), signed=True,
    ),
    "certificate": PaperKind(
        facts=frozenset({
            "seal", "again", "certificate", "text", "basis", "statement", "purpose", "body", "until",
            "copies", "approver", "issued",
        }),
        sentences={"plain": frozenset({"certificate"}), "again": frozenset({"first"})},
        must=("seal", "text", "again", "name.full", "purpose", "body", "until", "approver", "issued"),
        blocks=("proof", "seal"), certifies=True, kept=True,
    ),
    "annulment": PaperKind(
        mark="A",
        facts=frozenset({"seal", "certificate", "issued", "voided", "reason", "purpose", "body", "copies"}),
        must=("seal", "certificate", "issued", "voided", "reason", "name.full", "body"),
        blocks=("seal",), kept=True,
    ),
    "void": PaperKind(
        mark="V", facts=frozenset({"voided", "reason"}),
        must=("number", "document", "item", "reason", "voided"), kept=True,
    ),
}  # fmt: skip
"""By the name of the file, the word of the command line and the name in the print journal."""

LISTS = frozenset({"handover"})
"""Kinds that hold several cases, each with a barcode of its own."""
