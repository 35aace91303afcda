"""`enroll` and `status` tell six words of the counter's key, the same that the district makes of it."""

from pathlib import Path

import pytest
from sqlalchemy import select

from station_desk.core import paths
from station_desk.core.texts import Texts
from station_desk.counter.key_words import spoken, together
from station_desk.district import tables as t
from station_desk.district.enrolment import new_enrol_code
from station_desk.main.cli import main
from station_desk.main.district import Served
from station_desk.protocol.key_words import key_words
from tests.end2end.conftest import Run


def test_counter_and_district_have_the_same_words(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = run.one("status")["key_words"]
    with Served(f"sqlite:///{tmp_path / 'district.db'}") as served:
        code = new_enrol_code(served.district, "QSQ001")
        told = run.one("enroll", "--server", served.url, "--code", code)["key_words"]
        found = select(t.device.c.public_key)
        keys = served.district.read(lambda connection: connection.execute(found).scalars().all())
    assert len(told) == 6
    assert told == before == run.one("status")["key_words"]
    say = Texts(paths.RESOURCES / "i18n", "en")
    assert main(["--profile", str(run.profile), "--language", "en", "status"]) == 0
    words = tuple(spoken(word, say) for word in key_words(keys[0]))
    assert together(words, say) in capsys.readouterr().out
