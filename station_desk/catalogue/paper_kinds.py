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

COMMON = frozenset({
    "number", "item", "version", "kind", "day", "clerk", "counter", "station", "station_address",
    "station_phone", "complaint", "where", "progress", "received", "received_at", "accepted", "accepted_at",
    "applicant.masked", "applicant.named", "applicant.full", "name.masked", "name.full", "identity.masked",
    "identity.full", "phone.masked", "phone.full", "address.full", "agent.masked", "agent.full",
})  # fmt: skip
"""Facts that every paper may name."""

MATERIALS = {"materials": frozenset({"no", "name", "form", "copies", "fate"})}
MENDING = {"mending": frozenset({"no", "name", "wrong", "mend"})}
FATES = {f"fate_{name}": frozenset[str]() for name in ("kept", "returned", "both")}
REMEDIES = {"remedy_commissioned": frozenset[str](), "remedy_other": frozenset[str]()}
BRINGING = {
    f"bring_{form}": frozenset({"copies"})
    for form in ("original", "copy", "original_and_copy", "signed", "electronic")
}
TRACKING = ("scan", "never_asks", "ask_at_counter")
"""The sentences that belong to the QR; every paper with a tracking block must have them."""


@dataclass(frozen=True, slots=True)
class PaperKind:
    """What a kind of paper says.

    `mark` begins its own number, empty for papers that go by the number of the case. `facts` are its own,
    beside those of all papers; `rows` are what its tables may list, each with its columns; `sentences` are
    what the program puts in, each with its gaps. `must` names the facts and tables without which it would be
    void, `blocks` the parts. `signed` papers are declarations of the applicant: they alone may show an
    identity number in full. `kept`: the resident takes it home, so it is also printed large.
    """

    mark: str = ""
    facts: frozenset[str] = frozenset()
    rows: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sentences: Mapping[str, frozenset[str]] = field(default_factory=dict)
    must: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ("signatures",)
    signed: bool = False
    kept: bool = False

    @property
    def known(self) -> frozenset[str]:
        """All facts that its file may name."""
        return COMMON | self.facts | ({"document"} if self.mark else frozenset())


PAPER_KINDS: Mapping[str, PaperKind] = {
    "notice": PaperKind(
        mark="N", facts=frozenset({"until", "count", "times"}), rows={**MENDING, **MATERIALS},
        sentences={
            "missing": frozenset(), "mend": frozenset(), "again": frozenset({"times"}), **BRINGING, **FATES,
        },
        must=("document", "item", "mending", "where", "until"), blocks=("law", "signatures"), kept=True,
    ),
    "refusal": PaperKind(
        mark="R", facts=frozenset({"reason", "basis", "body", "remedy"}), rows=MATERIALS,
        sentences={"fate_returned": frozenset(), **REMEDIES},
        must=("document", "item", "reason", "basis", "remedy"),
        blocks=("signatures",), kept=True,
    ),
}  # fmt: skip
"""By the name of the file, the word of the command line and the name in the print journal."""
