"""Where faults are planted in copies of the published files, and how findings are read."""

import re
from pathlib import Path

from station_desk.catalogue.check import Finding
from station_desk.catalogue.fault import FaultCode

FOLDER = "items/social_assistance"
DIBAO, HARDSHIP, EMERGENCY = f"{FOLDER}/SA-001.toml", f"{FOLDER}/SA-002.toml", f"{FOLDER}/SA-003.toml"
EDGE, ORPHAN, VAGRANT = f"{FOLDER}/SA-004.toml", f"{FOLDER}/SA-006.toml", f"{FOLDER}/SA-010.toml"
EDITION, CATEGORIES, CERTIFICATES = "edition.toml", "categories.toml", "certificates.toml"
MATERIALS, FIELDS, LIFE = "materials.toml", "fields.toml", "life_events.toml"
THIS_YEAR, NEXT_YEAR = "calendar/2026.toml", "calendar/2027.toml"
PAPER_CODES: frozenset[FaultCode] = frozenset({
    "paper_unknown", "paper_field_unknown", "paper_rows_unknown", "sentence_missing", "sentence_unknown",
    "gap_unknown", "gap_broken", "gap_differs", "block_lacks", "block_unused", "paper_lacks",
    "paper_lacks_block", "full_for_others", "identity_unsigned",
})  # fmt: skip
"""The faults of papers: these are planted in a test of their own."""

NOT_OF_ITEMS: frozenset[FaultCode] = PAPER_CODES | {"group_unknown"}
"""Those, and the faults that only papers of the catalogue have."""

_ASKED = re.compile(r'key = "([a-z_0-9]+)"')


def thin_out(forms: Path) -> None:
    """Leaves of the shared files two categories and the fields that are asked for: quick to go through."""
    categories = forms / CATEGORIES
    head, *blocks = categories.read_text("utf-8").split("[[category]]")
    categories.write_text("[[category]]".join([head, *blocks[:2]]), "utf-8", newline="\n")
    asked = {key for file in forms.glob("items/*/*.toml") for key in _ASKED.findall(file.read_text("utf-8"))}
    fields = forms / FIELDS
    head, *blocks = re.split(r"^(?=\[)", fields.read_text("utf-8"), flags=re.MULTILINE)
    kept = [block for block in blocks if block[1 : block.index("]")] in asked | {"age", "education"}]
    fields.write_text(head + "".join(kept), "utf-8", newline="\n")


def plant(forms: Path, file: str, old: str, new: str) -> int:
    """Put a fault into a file; answers the line where it was put."""
    text = (forms / file).read_text("utf-8")
    assert old in text
    (forms / file).write_text(text.replace(old, new, 1), "utf-8", newline="\n")
    return text[: text.index(old)].count("\n") + 1


def marks(findings: list[Finding]) -> list[tuple[str, int, FaultCode]]:
    return [(finding.file, finding.line, finding.code) for finding in findings]
