"""A stolen profile says nothing of the people in it, nor do temporary files, reports, diary and bundles."""

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest

from station_desk.cases.parts import Applicant
from station_desk.core.bug_report import save_report
from station_desk.core.clock import now
from station_desk.core.diary import note
from station_desk.counter.accept import accept
from station_desk.counter.application import Application, ApplicationFaulty
from station_desk.counter.desk import Desk
from station_desk.counter.diagnose import diagnosis, zipped
from station_desk.counter.drafts import KeptDraft, keep
from station_desk.counter.kept_papers import kept_papers, seal_plain_papers
from station_desk.counter.list_export import export_cases
from station_desk.counter.papers.journal import PrintPaper
from station_desk.counter.papers.print_paper import print_paper, print_receipt
from station_desk.printing.printers.folder import FolderPrinter
from station_desk.store.case_pages import OPEN_CASES
from station_desk.store.find import find_cases
from station_desk.store.profile import Profile
from station_desk.store.vault.changes import Keeping, new_envelope
from station_desk.store.vault.opening import read_key
from station_desk.store.vault.rotation import rotate
from tests.store.conftest import pension_application
from tests.store.theft import hits, people

FEW, MANY = 40, 1000


@pytest.fixture
def own_temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The temporary folder of this test alone, and the halves of its keys."""
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    yield folder
    tempfile.tempdir = None


@pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=pytest.mark.long)])
@pytest.mark.timeout(600)
def test_nobody_is_found_in_what_a_thief_gets(
    own_temp: Path, own_home: Path, desk: Desk, tmp_path: Path, count: int
) -> None:
    known = people(count)
    pension = pension_application()
    for place, who in enumerate(known):
        number = accept(desk, _for(pension, who), f"accept-{place}").answer.number
        print_receipt(desk, number, f"print-{place}")
    _all_that_is_written_beside(desk, known, tmp_path)
    thief = [desk.store.profile.folder, own_temp, own_home, tmp_path / "state"]
    assert len(kept_papers(desk.store).names()) == count
    assert hits(thief, known) == []
    desk.store.close()
    assert hits(thief, known) == []
    profile = Profile(desk.store.profile.folder)
    rotate(profile, read_key(profile), Keeping(), date(2026, 11, 20), lambda _secret: None)
    assert hits(thief, known) == []
    print(f"{count} people, {sum(1 for f in thief for _ in f.rglob('*'))} files: 0 hits")


def _for(pension: Application, who: Applicant) -> Application:
    return Application(pension.item, who, pension.answers, pension.materials)


def _all_that_is_written_beside(desk: Desk, known: list[Applicant], tmp_path: Path) -> None:
    """Drafts, a refused wish, a search, a crash, the diary, the bundle, a list, a copy before a migration."""
    folder, first = desk.store.profile.folder, known[0]
    keep(desk, KeptDraft("draft", "LS-008", values={"applicant.name": first.name, "phone": first.phone}))
    with pytest.raises(ApplicationFaulty) as refused:
        accept(desk, Application("LS-008", first), "faulty")
    assert find_cases(desk.store, known[1].name)
    for error in (refused.value, ValueError(f"{first.name} {first.id_number}")):
        save_report(error, folder / "reports", now())
    note(folder, now(), f"{first.name} {first.phone}")
    (folder / "bundle.zip").write_bytes(zipped(diagnosis(folder, desk, now)))
    (tmp_path / "usb").mkdir()
    export_cases(desk, OPEN_CASES, tmp_path / "usb/list.xlsx", desk.texts, lambda *_: None)
    new_envelope(desk.store.profile, desk.store.profile.key, date(2026, 11, 20), lambda _secret: None)
    (folder / "desk.before-0005.db").write_bytes(desk.store.profile.database.read_bytes())


PLANTED = (
    ("reports/note.txt", "{name}", "utf-8"),
    ("old.csv", "1,{name},{phone}", "gbk"),
    ("cache.bin", "\0\0{id_number}\0", "utf-16-le"),
    ("\u7f13\u5b58", "x{phone}", "utf-16-be"),
)


@pytest.mark.parametrize(("file", "text", "encoding"), PLANTED)
def test_the_thief_finds_what_was_left_behind(
    own_temp: Path, desk: Desk, file: str, text: str, encoding: str
) -> None:
    """The control: with one plain file the same look is red."""
    known = people(FEW)
    for folder in (desk.store.profile.folder, own_temp):
        place = folder / file
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(text.format_map(msgspec.structs.asdict(known[7])).encode(encoding))
        assert {hit.encoding for hit in hits([folder], known)} >= {encoding}
        place.unlink()
        assert hits([folder], known) == []


def test_a_plain_paper_and_a_name_of_a_file_are_found_too(own_temp: Path, desk: Desk, tmp_path: Path) -> None:
    known = people(FEW)
    papers = desk.store.profile.papers
    number = accept(desk, _for(pension_application(), known[3]), "one").answer.number
    print_paper(desk, PrintPaper(number, "application"), "paper")
    (name,) = kept_papers(desk.store).names()
    plain = kept_papers(desk.store).paper(name)
    assert hits([papers], known) == []
    FolderPrinter(papers).send(plain, name)
    assert {hit.file for hit in hits([papers], known)} == {f"{papers / name}.pdf (text)"}
    assert seal_plain_papers(desk.store) == 1
    assert [file.name for file in papers.iterdir()] == [f"{name}.pdf.sealed"]
    assert kept_papers(desk.store).paper(name) == plain
    (papers / f"{known[3].name}.txt").touch()
    assert hits([papers], known)
