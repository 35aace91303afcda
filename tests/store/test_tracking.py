"""The address on a receipt is found by its token among any number of cases, whatever was typed into them."""

from collections.abc import Callable

import msgspec

from station_desk.counter.accept import accept
from station_desk.counter.application import Application
from station_desk.counter.desk import Desk
from station_desk.counter.scan_finds import BY_ADDRESS, find_scanned
from station_desk.counter.scanned import Scan

Fresh = Callable[[], str]

QUOTED = 'x"token":"aB3xxxxxxxxxxxxxxxxxxx"'


def test_each_case_is_found_by_its_own_address(desk: Desk, fresh: Fresh, pension: Application) -> None:
    typed = msgspec.structs.replace(
        pension, applicant=msgspec.structs.replace(pension.applicant, address=QUOTED)
    )
    for number in [accept(desk, one, fresh()).answer.number for one in (pension, typed, pension)]:
        found = find_scanned(desk, Scan("tracking", desk.store.case(number).token))
        assert (found.text, [row.number for row in found.rows]) == ("scan.case", [number])
    assert find_scanned(desk, Scan("tracking", "aB3xxxxxxxxxxxxxxxxxxx")).text == "scan.tracking_elsewhere"


def test_no_address_is_looked_for_case_by_case(desk: Desk) -> None:
    plan = desk.store.read(f"EXPLAIN QUERY PLAN {BY_ADDRESS}", ("aB3xxxxxxxxxxxxxxxxxxx",))
    assert [detail for *_, detail in plan] == ["SEARCH cases USING INDEX cases_token (<expr>=?)"]
