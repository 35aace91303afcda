"""The page of backups and checks, the age in the status bar, the offer of a backup for what is damaged."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from pytestqt.qtbot import QtBot

from station_desk.core.errors import DeskError
from station_desk.counter.accept import accept
from station_desk.counter.backing_up import BackupState, back_up
from station_desk.counter.desk import Desk
from station_desk.main.recovery import damage_box, put_in_place
from station_desk.main.window import Window
from station_desk.store.backups.kept import backups_in, place_of
from station_desk.store.trouble import Damaged
from station_desk.ui.care.call_backs import CallBacksDialog
from station_desk.ui.care.closing import ClosingCard
from station_desk.ui.care.dialog import CareDialog
from station_desk.ui.paper.preview import Preview
from tests.store.called_back import put_call_backs
from tests.store.conftest import pension_application
from tests.ui.conftest import MakeDesk


def quiet(_done: int, _total: int) -> None:
    pass


def care_of(window: Window, qtbot: QtBot) -> CareDialog:
    window.watch.open()
    dialog = window.shell.findChild(CareDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: bool(dialog.state.text()))
    return dialog


def told(dialog: CareDialog, words: str) -> Callable[[], bool]:
    return lambda: words in dialog.told.toPlainText()


def test_a_backup_a_drill_and_a_check_from_the_window(window: Window, qtbot: QtBot) -> None:
    dialog = care_of(window, qtbot)
    assert "尚无备份" in dialog.state.text()
    assert not dialog.put_back.isEnabled()
    dialog.make.click()
    qtbot.waitUntil(told(dialog, "备份完成并已验证"), timeout=20_000)
    qtbot.waitUntil(dialog.drill.isEnabled)
    dialog.drill.click()
    qtbot.waitUntil(told(dialog, "逐条核对无误"), timeout=30_000)
    qtbot.waitUntil(dialog.deep.isEnabled)
    dialog.deep.click()
    qtbot.waitUntil(told(dialog, "与写入时一致"), timeout=60_000)
    qtbot.waitUntil(lambda: "备份 " in window.shell.status.care.text(), timeout=10_000)


def test_a_backup_that_is_due_is_made_by_itself_and_its_age_shown(window: Window, qtbot: QtBot) -> None:
    accept(window.acts.desk, pension_application(), "one")
    window.watch.tend()
    place = place_of(window.acts.desk.store.profile.folder)
    qtbot.waitUntil(lambda: len(backups_in(place)) == 1, timeout=20_000)
    qtbot.waitUntil(lambda: "备份 " in window.shell.status.care.text(), timeout=10_000)


def test_an_old_backup_is_told_in_one_calm_line_once(window: Window, qtbot: QtBot) -> None:
    shell, watch = window.shell, window.watch
    fresh = BackupState("2026-03-02T08:00:00", 60, True, False, False, "", "", "", True)
    watch.show_state(fresh)
    assert shell.banner.isHidden()
    old = replace(fresh, minutes=3000, late=True, old=True)
    watch.show_state(old)
    assert shell.banner.sentence() == shell.say("backup.old", made="2026-03-02 08:00")
    assert "\n" not in shell.banner.sentence()
    shell.banner.hide()
    watch.show_state(old)
    assert shell.banner.isHidden()


def test_a_day_is_closed_in_the_window_by_two_people(window: Window, qtbot: QtBot) -> None:
    dialog = care_of(window, qtbot)
    card = dialog.closing
    qtbot.waitUntil(lambda: bool(card.fields["day"].value()))
    card.close_it.click()
    qtbot.waitUntil(lambda: "两人" in card.hint.text())
    card.fields["confirmed_by"].put("王站长")
    card.close_it.click()
    qtbot.waitUntil(lambda: "复核" in card.hint.text() and "签名" in card.hint.text(), timeout=20_000)


def is_told(card: ClosingCard, sentence: str) -> bool:
    return card.hint.text() == sentence


def test_both_papers_of_a_day_are_looked_at_and_printed_from_the_window(window: Window, qtbot: QtBot) -> None:
    dialog = care_of(window, qtbot)
    card = dialog.closing
    qtbot.waitUntil(lambda: bool(card.fields["day"].value()))
    day = card.fields["day"].value()
    for button, title, out in (
        (card.sheet, f"日结单 {day}", "日结单已打印"),
        (card.daily, f"每日办件 {day}", "每日办件已打印"),
    ):
        button.click()
        qtbot.waitUntil(lambda: any(one.isVisible() for one in dialog.findChildren(Preview)))
        (shown,) = (one for one in dialog.findChildren(Preview) if one.isVisible())
        assert shown.title.text() == title
        shown.press()
        qtbot.waitUntil(partial(is_told, card, out))
    names = {file.name.split(".")[0] for file in window.acts.desk.store.profile.papers.iterdir()}
    assert names == {f"closing-{day}", f"daily-{day}"}
    card.fields["day"].put("2026-13-40")
    for button in (card.daily, card.close_it):
        card.hint.setText("")
        card.fields["confirmed_by"].put("王站长")
        button.click()
        qtbot.waitUntil(lambda: "2026-13-40" in card.hint.text())


def test_the_head_answers_a_call_back(window: Window, qtbot: QtBot) -> None:
    listed = put_call_backs(window.acts.desk)
    window.watch.first_look()
    qtbot.waitUntil(lambda: "超期" in window.shell.banner.sentence(), timeout=10_000)
    dialog = care_of(window, qtbot)
    assert "3 条评价待回访" in dialog.calls_state.text()
    dialog.calls.click()
    calls = dialog.findChild(CallBacksDialog)
    assert calls is not None
    qtbot.waitUntil(lambda: calls.model.rowCount() == 4)
    row = calls.chosen()
    assert row is not None
    assert (row.number, row.urgency) == (listed[0].number, "overdue")
    for done, told in (("", "请填写"), ("打 13800138000", "个人号码"), ("已上门说明", "已登记")):
        calls.fields["done"].put(done)
        calls.answer.click()
        qtbot.waitUntil(partial(_hints, calls, told))
    qtbot.waitUntil(lambda: "2 条评价待回访" in dialog.calls_state.text())
    answered = listed[0].number
    qtbot.waitUntil(
        lambda: calls.model.place_of(lambda row: row.number == answered and bool(row.done)) is not None
    )
    calls.choose(answered)
    assert not calls.answer.isEnabled()


def _hints(calls: CallBacksDialog, told: str) -> bool:
    return told in calls.hint.text()


def test_what_is_not_as_written_is_told_at_the_start(window: Window, qtbot: QtBot) -> None:
    with window.acts.desk.store.writing() as unit:
        unit.connection.execute("UPDATE writers SET hash = 'x', seq = 9")
    window.watch.first_look()
    qtbot.waitUntil(lambda: "Ctrl+B" in window.shell.banner.sentence(), timeout=10_000)
    assert "QSQ001.02" in window.shell.banner.sentence()


def test_a_damaged_profile_is_offered_its_last_backup(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk("zh-Hans")
    accept(desk, pension_application(), "one")
    back_up(desk, quiet)
    folder: Path = desk.store.profile.folder
    desk.store.close()
    (folder / "desk.db").write_bytes(b"x" * 4096)
    (backup,) = backups_in(place_of(folder))
    error: DeskError = Damaged(path=folder)
    box = damage_box(error, backup, desk.texts)
    qtbot.addWidget(box)
    assert backup.manifest.at[:10] in box.text()
    assert box.defaultButton().text() == "恢复"
    assert put_in_place(backup.folder, folder, desk.texts)
    assert _cases(desk, folder) == 1


def _cases(desk: Desk, folder: Path) -> int:
    from station_desk.store.desk_store import open_store

    store = open_store(folder, desk.clock)
    found = store.read("SELECT count(*) FROM cases")[0][0]
    store.close()
    return int(found)
