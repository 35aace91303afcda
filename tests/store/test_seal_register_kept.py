"""The seal register is what the log says: tampering is found, a case takes its lines along."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from station_desk.cases.permits import CaseHandedOver
from station_desk.counter.accept import accept
from station_desk.counter.application import Application
from station_desk.counter.certificate_form import IssueCertificate
from station_desk.counter.certificates import (
    VoidCertificate,
    issue_certificate,
    seal_register,
    void_certificate,
)
from station_desk.counter.desk import Desk
from station_desk.counter.papers.journal import PrintPaper
from station_desk.counter.papers.print_paper import print_paper
from station_desk.store.verify import verify_deep
from tests.store.certificates import asking_for, with_certificates
from tests.store.two_counters import counter_of, moved

Fresh = Callable[[], str]
FORGED = "UPDATE seals SET body = CAST(replace(CAST(body AS TEXT), '周', '李') AS BLOB) WHERE serial = 1"


@pytest.fixture
def sealing(desk: Desk) -> Desk:
    return with_certificates(desk)


@pytest.fixture
def other(tmp_path: Path, clock: Any) -> Iterator[Desk]:
    """Counter 3 of the same station."""
    made = counter_of(tmp_path, "3", clock)
    yield with_certificates(made)
    made.store.close()


def sealed(desk: Desk, fresh: Fresh, pension: Application) -> tuple[str, str]:
    """A case and the number under which its certificate stands."""
    number = accept(desk, asking_for(pension, "居住情况"), fresh()).answer.number
    wish = IssueCertificate(number, "周站长", until="2027-02-20")
    return number, issue_certificate(desk, wish, fresh()).answer.seal


def findings(desk: Desk) -> set[str]:
    return {finding.code for finding in verify_deep(desk.store, lambda done, total: None)}


@pytest.mark.parametrize(
    ("harm", "found"),
    [
        ("DELETE FROM seals WHERE serial = 1", {"seal"}),
        ("UPDATE seals SET state = 'voided' WHERE serial = 2", {"seal"}),
        (FORGED, {"seal"}),
        ("UPDATE serials SET value = 3 WHERE name = 'seal:2026:02'", {"seal_gap"}),
        ("DELETE FROM serials WHERE name = 'seal:2026:02'", {"seal_gap"}),
    ],
)
def test_a_line_that_was_changed_or_lost_is_found(
    sealing: Desk, fresh: Fresh, pension: Application, harm: str, found: set[str]
) -> None:
    for _ in range(2):
        sealed(sealing, fresh, pension)
    assert findings(sealing) == set()
    with sealing.store.writing() as unit:
        unit.connection.execute(harm)
    assert findings(sealing) >= found
    for finding in verify_deep(sealing.store, lambda done, total: None):
        assert sealing.texts(f"verify.{finding.code}", what=finding.what, detail=finding.detail)


def test_a_case_takes_its_certificate_along_and_each_counter_numbers_for_itself(
    sealing: Desk, other: Desk, fresh: Fresh, pension: Application
) -> None:
    number, first = sealed(sealing, fresh, pension)
    moved(sealing, number, other)
    with pytest.raises(CaseHandedOver):
        void_certificate(sealing, VoidCertificate(first, "重复"), fresh())
    second = issue_certificate(other, IssueCertificate(number, "周站长", again=first), fresh()).answer.seal
    assert second.startswith("QSQ001-2026-03-0001-")
    void_certificate(other, VoidCertificate(first, "换证"), fresh())
    lines = [(entry.number, bool(entry.voided)) for entry in seal_register(other, 2026)]
    assert lines == [(first, True), (second, False)]
    assert print_paper(other, PrintPaper(number, "certificate"), fresh()).answer.paper == "certificate-2"
    assert findings(sealing) == findings(other) == set()
