"""What a scan names on this counter: a case, a ticket, a resident, the guide of an item; or why nothing.

Nothing is changed, and nothing of what was read is written anywhere.
"""

from dataclasses import dataclass, field
from typing import Literal

from station_desk.cases.ticket import TicketUnknown
from station_desk.core.masking import masked_id
from station_desk.counter.bundles import BundleUnknown, cases_of
from station_desk.counter.certificate_codes import look_at_certificate
from station_desk.counter.desk import Desk
from station_desk.counter.receipt_codes import look_at_receipt
from station_desk.counter.scanned import Scan
from station_desk.store.case_pages import CaseRow
from station_desk.store.find import find_cases
from station_desk.store.tables import TRACKED_BY

BY_ADDRESS = f"SELECT number FROM cases WHERE {TRACKED_BY} = CAST(? AS BLOB) ORDER BY place DESC LIMIT 1"

Tone = Literal["ok", "warn", "bad"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What there is to open, and what to say. `text` is the key of a sentence with its `values`."""

    text: str
    values: dict[str, object] = field(default_factory=dict)
    tone: Tone = "ok"
    rows: tuple[CaseRow, ...] = ()
    ticket: str = ""
    item: str = ""
    guide: bool = False


def find_scanned(desk: Desk, scan: Scan) -> Finding:
    """What the scan names here, or the sentence that says why nothing opens."""
    match scan.kind:
        case "case":
            return _case(desk, scan)
        case "bundle":
            return _bundle(desk, scan)
        case "ticket":
            return _ticket(desk, scan.value)
        case "proof":
            return _proof(desk, scan.value)
        case "certificate":
            return _certificate(desk, scan.value)
        case "tracking":
            return _tracking(desk, scan.value)
        case "guide":
            return _guide(desk, scan.value)
        case "resident":
            return _resident(desk, scan)


def cases_of_person(desk: Desk, number: str) -> list[CaseRow]:
    """All cases of the person whom one case is of: by identity number, else by phone or name."""
    who = desk.store.case(number).applicant
    return find_cases(desk.store, who.id_number or who.phone or who.name)


def _case(desk: Desk, scan: Scan) -> Finding:
    if not scan.whole:
        return Finding("scan.case_damaged", {"number": scan.value}, "bad")
    rows = _exactly(desk, scan.value)
    if not rows:
        return Finding("scan.case_elsewhere", {"number": scan.value}, "warn")
    return Finding("scan.case", {"number": scan.value}, rows=rows)


def _bundle(desk: Desk, scan: Scan) -> Finding:
    if not scan.whole:
        return Finding("scan.case_damaged", {"number": scan.value}, "bad")
    try:
        cases = cases_of(desk, scan.value)
    except BundleUnknown:
        return Finding("scan.case_elsewhere", {"number": scan.value}, "warn")
    rows = tuple(row for case in cases for row in _exactly(desk, case.number))
    return Finding("scan.bundle", {"number": scan.value, "count": len(rows)}, rows=rows)


def _ticket(desk: Desk, value: str) -> Finding:
    try:
        ticket = desk.store.ticket(value)
    except TicketUnknown:
        return Finding("scan.ticket_unknown", {"number": value}, "warn")
    if ticket.case and (rows := _exactly(desk, ticket.case)):
        return Finding("scan.ticket_case", {"number": ticket.number, "case": ticket.case}, rows=rows)
    if ticket.day != desk.clock().date().isoformat():
        return Finding("scan.ticket_old", {"number": ticket.number, "day": ticket.day}, "warn")
    if ticket.state == "done":
        return Finding("scan.ticket_done", {"number": ticket.number}, "warn")
    return Finding("scan.ticket", {"number": ticket.number}, ticket=ticket.id)


def _proof(desk: Desk, value: str) -> Finding:
    looked = look_at_receipt(desk, value)
    sentence, rows = f"scan.proof_{looked.verdict}", tuple(looked.rows)
    if looked.verdict != "genuine":
        return Finding(sentence, looked.values, "warn" if looked.verdict in ("unknown", "no_code") else "bad")
    if not rows:
        return Finding("scan.proof_elsewhere", looked.values, "warn")
    return Finding(sentence, looked.values, rows=rows)


def _certificate(desk: Desk, value: str) -> Finding:
    looked = look_at_certificate(desk, value)
    what = looked.verdict if looked.paper == "receipt" else looked.paper
    tones: dict[str, Tone] = {"certificate": "ok", "over": "warn", "unknown": "warn", "no_code": "warn"}
    return Finding(f"scan.seal_{what}", looked.values, tones.get(what, "bad"), tuple(looked.rows))


def _tracking(desk: Desk, token: str) -> Finding:
    found = desk.store.read(BY_ADDRESS, (token,))
    if not found:
        return Finding("scan.tracking_elsewhere", tone="warn")
    return Finding("scan.case", {"number": found[0][0]}, rows=_exactly(desk, found[0][0]))


def _guide(desk: Desk, code: str) -> Finding:
    capital = code.upper()
    if capital and capital not in desk.catalogue.items:
        return Finding("scan.guide_unknown", {"code": code}, "warn")
    return Finding("scan.guide", {"code": capital}, item=capital, guide=True)


def _resident(desk: Desk, scan: Scan) -> Finding:
    masked = masked_id(scan.value)
    if not scan.whole:
        return Finding("scan.resident_damaged", {"number": masked}, "bad")
    rows = tuple(find_cases(desk.store, scan.value))
    if not rows:
        return Finding("scan.resident_none", {"number": masked}, "warn")
    return Finding("scan.resident", {"number": masked, "count": len(rows)}, rows=rows)


def _exactly(desk: Desk, number: str) -> tuple[CaseRow, ...]:
    return tuple(row for row in find_cases(desk.store, number) if row.number == number)
