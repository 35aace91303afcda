"""The demonstration's reckoning: each paper read back, each page opened, printed = stored = acknowledged."""

import html
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from station_desk.cases.case import Case
from station_desk.cases.number import read_number
from station_desk.core.errors import DeskError, RuleError
from station_desk.counter.desk import Desk
from station_desk.counter.papers.journal import unprinted
from station_desk.counter.papers.telling import tracking_url
from station_desk.counter.receipt_codes import prove_receipt
from station_desk.counter.sync_state import acknowledged
from station_desk.counter.wording import worded
from station_desk.printing.proof import codes_on
from station_desk.protocol.receipt_code import looks_like_code
from station_desk.store.lists import all_cases

PAGE_SECONDS = 10


@dataclass(frozen=True, slots=True)
class PaperRead:
    """What a printed receipt told when it was read like a phone and a scanner do."""

    case: Case
    number: str
    url: str
    stage: str
    wrong: str


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Counts that must be equal, row by row: printed, stored, acknowledged."""

    cases: tuple[int, int, int]
    dossiers: tuple[int, int, int]
    wrong: tuple[str, ...]

    @property
    def unequal(self) -> str:
        """What does not agree; empty when everything does."""
        rows = [f"{row}" for row in (self.cases, self.dossiers) if len(set(row)) != 1]
        return "; ".join([*rows, *self.wrong])


def read_back(desk: Desk, papers: Path) -> Iterator[PaperRead]:
    """Each printed receipt read back from its PDF, and the page behind its QR opened at the district."""
    for case in all_cases(desk.store):
        codes = [
            (kind, text) for _, kind, text in codes_on((papers / f"{case.number}-receipt-1.pdf").read_bytes())
        ]
        number = next((text for kind, text in codes if "128" in kind), "")
        squares = [text for kind, text in codes if "QR" in kind]
        url = next((text for text in squares if not looks_like_code(text)), "")
        proof = next((text for text in squares if looks_like_code(text)), "")
        yield _read(desk, case, number, url, proof)


def reckon(desk: Desk, papers: Path, read: list[PaperRead]) -> Reckoning:
    """The counts of printed, stored and acknowledged cases and dossiers, and all that went wrong."""
    stored = all_cases(desk.store)
    known, whole = acknowledged(desk.store)
    missing = {paper.number for paper in unprinted(desk)}
    printed = [paper.case.number for paper in read if paper.case.number not in missing and not paper.wrong]
    ended = [case for case in stored if case.state in ("finished", "delivered", "voided")]
    sheets = [case for case in ended if (papers / f"{case.number}-sheet-1.pdf").exists()]
    return Reckoning(
        (len(printed), len(stored), len(known & {case.number for case in stored})),
        (len(sheets), len(ended), len(whole & {case.number for case in ended})),
        tuple(f"{paper.case.number}: {paper.wrong}" for paper in read if paper.wrong),
    )


def _read(desk: Desk, case: Case, number: str, url: str, proof: str) -> PaperRead:
    expected = tracking_url(desk, case) or ""
    stage = _stage(desk, case)
    wrong = _wrong_number(case, number) or ("" if url == expected else f"QR {url!r}")
    wrong = wrong or _not_proved(desk, case, proof)
    if not wrong and url:
        page = _page(url, desk.texts.language)
        wrong = next(
            (f"page lacks {text!r}" for text in (case.number, stage) if html.escape(text) not in page), ""
        )
    return PaperRead(case, number, url, stage, wrong)


def _wrong_number(case: Case, number: str) -> str:
    try:
        return "" if number and str(read_number(number)) == case.number else f"barcode {number!r}"
    except RuleError:
        return f"barcode {number!r}"


def _not_proved(desk: Desk, case: Case, proof: str) -> str:
    try:
        return "" if prove_receipt(desk, proof).number == case.number else f"signed code {proof!r}"
    except DeskError as error:
        return f"signed code: {error.code}"


def _stage(desk: Desk, case: Case) -> str:
    """The words by which the resident's page must tell where the case stands."""
    say = desk.texts
    if case.state != "processing" or not case.stage:
        return say(f"track.{case.state}.title") if case.state != "processing" else say("track.now.all_done")
    step = next(step for step in case.steps if step.id == case.stage)
    if case.sensitivity == "S1" and step.name:
        return say("track.now.step", step=worded(step.name, say))
    return say("track.now.by_role", role=say(f"track.role.{step.role}"))


def _page(url: str, language: str) -> str:
    """The page as a phone of that language gets it; asked directly, no proxy of the office in between."""
    parts = urlsplit(url)
    line = HTTPConnection(parts.netloc, timeout=PAGE_SECONDS)
    try:
        line.request("GET", parts.path, headers={"Accept-Language": language})
        return line.getresponse().read().decode()
    except (OSError, HTTPException) as error:
        return str(error)
    finally:
        line.close()
