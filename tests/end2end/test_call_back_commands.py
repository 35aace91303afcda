"""`callbacks`: the list, an answer, the answer again, and every wrong word: a sentence and an exit code."""

import pytest

from station_desk.core.clock import now
from station_desk.main.cli import main
from station_desk.main.open_desk import open_desk
from tests.end2end.conftest import Run
from tests.store.called_back import put_call_backs


def test_a_head_lists_and_answers(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    desk = open_desk(run.profile, "zh-Hans", now)
    listed = put_call_backs(desk)
    desk.store.close()
    late, *_ = listed
    rows = run("callbacks", "list")
    assert [row["urgency"] for row in rows] == ["overdue", "soon", "ok", "sending"]
    assert set(rows[0]) == {
        "number", "urgency", "grade", "reasons", "rated_on", "mend_by", "done_on", "done",
    }  # fmt: skip
    answer = ("callbacks", "answer", late.number, "--id", "a")
    assert run.one(*answer, code=3)["error"] == "callback.done_needed"
    assert run.one(*answer, "--done", "拨打 13800138000", code=3)["error"] == "callback.personal"
    done = run.one(*answer, "--done", "已上门说明")
    assert run.one(*answer, "--done", "已上门说明") == done
    assert run.one("callbacks", "answer", late.number, "--done", "y", code=3)["error"] == "callback.answered"
    assert main(["--profile", str(run.profile), "--language", "en", "callbacks"]) == 0
    told = capsys.readouterr().out
    assert "2 residents wait for a call" in told
    assert "not yet with the district" in told
