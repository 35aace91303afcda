"""`step-back` takes back a step that was ended by mistake; the district and its page follow."""

import json
from pathlib import Path

from station_desk.cases.trace import Trace
from station_desk.district import tables
from station_desk.district.enrolment import new_enrol_code
from station_desk.main.district import Served
from tests.end2end.conftest import Run


def shown(district: Served, case: str) -> Trace:
    """What the resident's page of a case is made from."""
    import msgspec
    from sqlalchemy import select

    asked = select(tables.trace.c.body).where(tables.trace.c.number == case)
    body = district.district.read(lambda connection: connection.execute(asked).scalar_one())
    return msgspec.json.decode(body, type=Trace)


def test_a_step_goes_back_at_the_counter_and_on_the_page(run: Run, form: str, tmp_path: Path) -> None:
    with Served(f"sqlite:///{tmp_path / 'district.db'}") as district:
        run("enroll", "--server", district.url, "--code", new_enrol_code(district.district, "QSQ001"))
        case = run.one("accept", "--item", "LS-008", "--form", form)["number"]
        assert run.one("step-back", case, "--reason", "x", code=3)["error"] == "case.no_step_ended"
        stage = run.one("case", case)["stage"]
        run("advance", case)
        run("sync")
        assert shown(district, case).stage == ""
        refused = run.one("step-back", case, "--reason", "点错", "--step", "acceptance", code=3)
        assert refused["error"] == "case.step_out_of_order"
        assert run.one("step-back", case, "--reason", "点错")["stage"] == stage
        run("sync")
        page = shown(district, case)
        assert (page.stage, page.state) == (stage, "processing")
        assert run("district", "verify", "--db", f"sqlite:///{tmp_path / 'district.db'}") == []
        assert "点错" not in json.dumps(run("dump"), ensure_ascii=False)
    assert run("verify", "--deep") == []
