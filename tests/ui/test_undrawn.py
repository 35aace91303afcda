"""The clerk learns before accepting which characters of a name will not be on the paper."""

import pytest

from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from tests.ui.conftest import LANGUAGES, MakeDesk, OpenWindow, fill, in_hand, open_request
from tests.ui.test_fits import cut_off

NOWHERE, LATER = "\U0002ebf5", "\U00031350"


def test_a_character_that_no_font_draws_is_named_at_its_field_before_accepting(window: Window) -> None:
    panel = open_request(window, "SA-001")
    assert not panel.undrawn.isVisibleTo(panel)
    panel.form.boxes["applicant.name"].put(f"王{NOWHERE}兰{NOWHERE}")
    panel.form.boxes["applicant.address"].put(f"青石桥{LATER}路")
    assert panel.undrawn.isVisibleTo(panel)
    assert "姓名 〓U+2EBF5、实际居住地址 〓U+31350。" in panel.undrawn.words.text()
    assert {fault.field for fault in panel.faults()} & {"applicant.name", "applicant.address"} == set()


def test_the_note_goes_when_the_character_goes_and_does_not_come_for_a_rare_one(window: Window) -> None:
    panel = open_request(window, "SA-001")
    box = panel.form.boxes["applicant.name"]
    box.put(NOWHERE)
    box.put("王𬭚𪚥·买买提")
    assert not panel.undrawn.isVisibleTo(panel)


def test_the_note_stays_when_all_is_filled_in(window: Window) -> None:
    panel = open_request(window, "SA-001")
    fill(panel, window.acts.desk)
    panel.form.boxes["applicant.address"].put(f"青石桥 {NOWHERE} 路 8 号")
    assert "〓U+2EBF5" in panel.undrawn.words.text()
    assert panel.undrawn.isVisibleTo(panel)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_note_has_room_for_all_it_says(make_desk: MakeDesk, open_on: OpenWindow, language: str) -> None:
    window = open_on(make_desk(language))
    window.shell.resize(1366, 768)
    panel = open_request(window, "SA-001")
    panel.form.boxes["applicant.name"].put("😀🎉👍🙏🎂" + NOWHERE)
    panel.form.boxes["applicant.address"].put("".join(map(chr, range(0x1F600, 0x1F640))))
    settle(window)
    said = in_hand(window).undrawn.words.text()
    assert "〓U+1F600" in said
    assert "70" in said
    assert list(cut_off(window.shell)) == []
    assert (window.shell.width(), window.shell.height()) == (1366, 768)
