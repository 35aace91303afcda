"""Who is erased is erased from the databases that were put aside too: by a restore, or because of damage."""

import shutil
from collections.abc import Callable
from pathlib import Path

from station_desk.counter.accept import accept
from station_desk.counter.desk import Desk
from station_desk.counter.drafts import KeptDraft, keep
from station_desk.counter.retention import erase_resident
from station_desk.main.open_desk import open_desk
from station_desk.store.backups.making import make_backup
from station_desk.store.backups.restoring import restore
from tests.store.conftest import pension_application
from tests.store.plain_pages import plain_pages
from tests.store.test_erase import WHO, ended

Fresh = Callable[[], str]
OTHER = pension_application().applicant


def quiet(_done: int, _total: int) -> None:
    pass


def test_an_erasure_reaches_what_a_restore_and_damage_put_aside(
    desk: Desk, fresh: Fresh, tmp_path: Path
) -> None:
    number = ended(desk, "LS-008", fresh)
    accept(desk, pension_application(), fresh())
    keep(desk, KeptDraft("draft-1", "LS-008", values={"applicant.id_number": WHO.id_number}))
    folder = desk.store.profile.folder
    backup = make_backup(desk.store, tmp_path / "stick" / "backup-1", desk.clock, quiet)
    desk.store.close()
    told = restore(backup, folder, desk.clock, quiet)
    aside, damaged, foreign = folder / told.aside, folder / "desk.damaged-1.db", folder / "desk.damaged-2.db"
    shutil.copyfile(aside / "desk.db", damaged)
    foreign.write_bytes(b"of another key" * 1000)
    again = open_desk(folder, "zh-Hans", desk.clock)
    assert facts_in(aside) == {WHO.name, WHO.id_number, WHO.phone, OTHER.name}, "the control"
    erased = erase_resident(again, number, "周站长", "本人书面申请", fresh()).answer
    assert erased.left == (foreign.name,)
    assert foreign.read_bytes() == b"of another key" * 1000
    assert facts_in(aside) == {OTHER.name}, "of others nothing is lost"
    damaged.replace(aside / "desk.db")
    assert facts_in(aside) == {OTHER.name}
    again.store.close()


def facts_in(folder: Path) -> set[str]:
    pages = plain_pages(folder)
    return {fact for fact in (WHO.name, WHO.id_number, WHO.phone, OTHER.name) if fact.encode() in pages}
