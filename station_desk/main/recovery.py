"""A profile that is damaged at the start, or that a head wants back: the last good backup in its place."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QMessageBox

from station_desk.core.clock import now
from station_desk.core.diary import note
from station_desk.core.errors import DeskError
from station_desk.core.texts import Texts
from station_desk.main.start import application, dressed_here
from station_desk.store.backups.kept import Backup, backups_in, chosen, place_of
from station_desk.store.backups.restoring import restore


def offer_backup(error: DeskError, profile: Path, say: Texts) -> bool:
    """Asks whether the last good backup shall take the place of a damaged profile; whether it does now."""
    found = backups_in(place_of(profile))
    if not found or application().platformName() in ("offscreen", "minimal"):
        return False
    box = damage_box(error, found[0], say)
    box.exec()
    return box.clickedButton() is box.button(QMessageBox.StandardButton.Yes) and put_in_place(
        found[0].folder, profile, say
    )


def damage_box(error: DeskError, backup: Backup, say: Texts) -> QMessageBox:
    """What is wrong, how old the backup is, and the two ways on."""
    dressed_here(application())
    made = backup.manifest.at[:16].replace("T", " ")
    box = QMessageBox(
        QMessageBox.Icon.Critical,
        say("backup.title"),
        say("backup.damaged", error=say.error(error), made=made),
    )
    box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Close)
    box.button(QMessageBox.StandardButton.Yes).setText(say("backup.restore_yes"))
    box.button(QMessageBox.StandardButton.Close).setText(say("diagnose.close"))
    box.setDefaultButton(QMessageBox.StandardButton.Yes)
    return box


def put_in_place(backup: Path, profile: Path, say: Texts, key: str = "") -> bool:
    """Restores the backup into the profile; says why where it cannot, and everything is as it was.

    `key` is given where it was typed.
    """
    try:
        told = restore(chosen(backup), profile, now, lambda _done, _total: None, key)
    except DeskError as error:
        sys.stderr.write(say("backup.not_restored", error=say.error(error)) + "\n")
        if application().platformName() not in ("offscreen", "minimal"):
            QMessageBox(
                QMessageBox.Icon.Critical,
                say("backup.title"),
                say("backup.not_restored", error=say.error(error)),
            ).exec()
        return False
    note(profile, now(), f"restored {told.mark}")
    return True
