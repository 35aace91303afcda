"""The window says quietly that its edition has expired or that another one waits, and stays usable."""

from dataclasses import replace
from datetime import date, timedelta

import msgspec
import pytest

from station_desk.catalogue.edition.trouble import EditionDamaged
from station_desk.core.clock import now
from station_desk.counter.desk import Desk
from station_desk.main.screenshots import settle
from station_desk.store.editions import InUse, Refused
from tests.ui.conftest import LANGUAGES, MakeDesk, OpenWindow
from tests.ui.test_fits import cut_off

LONG_AGO = date(2026, 1, 31)


def with_edition(desk: Desk, *, expires: date, waits: date | None, damaged: bool = False) -> Desk:
    forms = desk.edition.forms
    facts = msgspec.structs.replace(forms.edition, expires=expires)
    later = msgspec.structs.replace(facts, number="2026.12", effective=waits) if waits else None
    in_use = InUse(
        msgspec.structs.replace(forms, edition=facts), installed=True, shipped=desk.edition.shipped,
        waiting=(later,) if later else (),
        refused=(Refused("2026.13", EditionDamaged(number="2026.13")),) if damaged else (),
    )  # fmt: skip
    return replace(desk, edition=in_use)


def test_all_is_quiet_while_the_edition_holds(desk: Desk, open_on: OpenWindow) -> None:
    window = open_on(desk)
    assert not window.shell.notice.isVisible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_expired_edition_is_told_and_work_goes_on(
    make_desk: MakeDesk, open_on: OpenWindow, language: str
) -> None:
    tomorrow = now().date() + timedelta(days=1)
    desk = with_edition(make_desk(language), expires=LONG_AGO, waits=tomorrow, damaged=True)
    window = open_on(desk)
    told = window.shell.notice.words.text()
    assert len(told.split("\n")) == 3
    assert all(said in told for said in ("2026.11", str(LONG_AGO), "2026.12", str(tomorrow), "2026.13"))
    assert list(cut_off(window.shell)) == []
    window.shell.counter.handling.begin_without_ticket("SA-001", with_agent=False)
    settle(window)
    assert window.shell.counter.handling.area.current() is not None
    window.shell.notice.seen.click()
    window.rhythm.tick()
    assert not window.shell.notice.isVisible(), "what was seen stays away"


def test_the_day_on_which_the_next_edition_holds_is_noticed_by_an_open_window(
    desk: Desk, open_on: OpenWindow
) -> None:
    days = [now()]
    waiting = with_edition(desk, expires=date(2099, 1, 1), waits=days[0].date() + timedelta(days=1))
    window = open_on(replace(waiting, clock=lambda: days[-1]))
    assert "2026.12" in window.shell.notice.words.text()
    window.shell.notice.seen.click()
    days.append(days[0] + timedelta(days=1, minutes=1))
    window.rhythm.tick()
    assert window.shell.notice.isVisible()
    assert "请关闭窗口后重新打开" in window.shell.notice.words.text()
