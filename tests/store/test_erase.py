"""What is erased is gone from every table, page, log and file, and the chain still verifies."""

from collections.abc import Callable
from dataclasses import replace

import msgspec
import pytest

from station_desk.cases.parts import Applicant
from station_desk.cases.permits import ApproverNeeded, CaseErased, ReasonNeeded
from station_desk.cases.staff import Acting
from station_desk.counter.accept import accept
from station_desk.counter.access import Unmask, unmask
from station_desk.counter.access_log import Looks, looks
from station_desk.counter.advance import Advance, advance
from station_desk.counter.application import ApplicationFaulty
from station_desk.counter.backing_up import back_up
from station_desk.counter.correct import CorrectCase, NoSuchPlace, NothingToCorrect, correct_case
from station_desk.counter.data_papers import record_pdf, resident_pdf
from station_desk.counter.desk import Desk, NotAllowed
from station_desk.counter.drafts import KeptDraft, keep, kept_drafts
from station_desk.counter.finish import Deliver, Finish, deliver, finish
from station_desk.counter.papers.journal import PrintPaper
from station_desk.counter.papers.print_paper import print_paper
from station_desk.counter.resident_file import ExportResident, as_json, export_resident
from station_desk.counter.retention import (
    CaseStillOpen,
    EraseCases,
    NothingToErase,
    ReasonNamesPerson,
    due_cases,
    erase_cases,
    erase_resident,
    run_retention,
)
from station_desk.store.backups.kept import backups_in, place_of
from station_desk.store.desk_store import CommandReused
from station_desk.store.erase import PENDING, settle
from station_desk.store.find import find_cases
from station_desk.store.verify import verify_deep
from tests.store.any_case import SON, any_application, somebody
from tests.store.conftest import TestClock
from tests.store.plain_pages import plain_pages

Fresh = Callable[[], str]
WHO = somebody(3)
SECRETS = (
    WHO.name, WHO.id_number, WHO.phone, WHO.address, SON.name, SON.id_number, SON.phone, "蹊跷的家事",
    "齟齬的意见",
    "打电话约时间", "zgmx",
)  # fmt: skip


def ended(desk: Desk, code: str, fresh: Fresh, who: Applicant = WHO) -> str:
    """A case from the door to the delivery, with words wherever words may stand."""
    number = accept(desk, any_application(desk, code, who, SON, "蹊跷的家事"), fresh()).answer.number
    while desk.store.case(number).stage:
        advance(desk, Advance(number, opinion="齟齬的意见"), fresh())
    finish(desk, Finish(number, "granted", "齟齬的意见", "蹊跷的家事"), fresh())
    deliver(desk, Deliver(number, "counter", who.name, "本人", who.id_number), fresh())
    return number


def residues(desk: Desk) -> dict[str, int]:
    """How often each secret lies in the profile: decrypted pages, log, files, also compressed in PDFs."""
    folder = desk.store.profile.folder
    pages = plain_pages(folder)
    files = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    found = {}
    for secret in SECRETS:
        kinds = [secret.encode(code) for code in ("utf-8", "utf-16-be", "utf-16-le", "gb18030")]
        count = sum(where.count(kind) for kind in kinds for where in (pages, files))
        if count:
            found[secret] = count
    return found


def is_sound(desk: Desk) -> bool:
    return verify_deep(desk.store, lambda _done, _total: None) == []


@pytest.mark.parametrize("code", ["LS-008", "SA-001", "CC-002"])
def test_after_an_erasure_nothing_of_the_person_is_left_and_the_chain_holds(
    desk: Desk, fresh: Fresh, code: str
) -> None:
    number = ended(desk, code, fresh)
    unmask(desk, Unmask(number, "contact", "打电话约时间"), fresh())
    print_paper(desk, PrintPaper(number, "receipt"), fresh())
    keep(desk, KeptDraft("draft-1", code, values={"applicant.id_number": WHO.id_number, "payment": WHO.name}))
    assert set(residues(desk)) >= {WHO.name, WHO.id_number, WHO.phone, "蹊跷的家事", "打电话约时间"}
    assert list(desk.store.profile.papers.glob(f"{number}-*"))
    erased = erase_resident(desk, number, "周站长", "本人书面申请", fresh()).answer
    assert erased.cases == (number,)
    assert residues(desk) == {}
    assert list(desk.store.profile.papers.glob(f"{number}-*")) == []
    assert is_sound(desk)
    assert kept_drafts(desk) == ()
    assert find_cases(desk.store, WHO.id_number) == find_cases(desk.store, WHO.name) == []
    assert [row.number for row in find_cases(desk.store, number)] == [number]
    assert desk.store.read("PRAGMA wal_checkpoint(PASSIVE)")[0][1] <= 0


def test_the_search_for_residues_finds_them_without_the_overwriting(desk: Desk, fresh: Fresh) -> None:
    """The control: the same rows taken away with secure_delete off leave everything readable."""
    number = ended(desk, "LS-008", fresh)
    with desk.store.writing() as unit:
        unit.connection.execute("PRAGMA secure_delete = OFF")
        unit.connection.execute("UPDATE events SET private = NULL, salt = NULL WHERE subject = ?", (number,))
        unit.connection.execute("DELETE FROM cases WHERE number = ?", (number,))
    desk.store.read("PRAGMA wal_checkpoint(TRUNCATE)")
    assert residues(desk)[WHO.id_number] > 0


def test_older_backups_go_and_the_new_one_holds_nothing_of_the_person(
    desk: Desk, fresh: Fresh, clock: TestClock
) -> None:
    number = ended(desk, "LS-008", fresh)
    for _ in range(2):
        clock.wait(minutes=20)
        back_up(desk, lambda _done, _total: None)
    clock.wait(minutes=20)
    before = backups_in(place_of(desk.store.profile.folder))
    assert WHO.id_number.encode() in plain_pages(before[0].folder)
    erase_resident(desk, number, "周站长", "本人书面申请", fresh())
    (backup,) = backups_in(place_of(desk.store.profile.folder))
    assert backup.made > before[0].made
    pages = plain_pages(backup.folder)
    assert not [secret for secret in SECRETS if secret.encode() in pages]


def test_others_keep_all_that_is_theirs(desk: Desk, fresh: Fresh) -> None:
    number, other = ended(desk, "LS-008", fresh), ended(desk, "LS-008", fresh, somebody(4))
    erase_resident(desk, number, "周站长", "本人书面申请", fresh())
    assert desk.store.case(other).applicant == somebody(4)
    assert desk.store.case(number).applicant == Applicant("")
    assert is_sound(desk)


def test_what_is_open_stays_and_what_is_erased_is_never_touched_again(desk: Desk, fresh: Fresh) -> None:
    open_case = accept(desk, any_application(desk, "FP-001", WHO), fresh()).answer.number
    number = ended(desk, "LS-008", fresh)
    assert erase_resident(desk, open_case, "周站长", "本人书面申请", fresh()).answer.cases == (number,)
    assert desk.store.case(open_case).applicant == WHO
    with pytest.raises(NothingToErase):
        erase_resident(desk, open_case, "周站长", "本人书面申请", fresh())
    with pytest.raises(CaseErased):
        correct_case(desk, CorrectCase(number, {"applicant.phone": "13800138000"}, "改号"), fresh())


def test_the_command_that_said_it_cannot_be_asked_again(desk: Desk, fresh: Fresh) -> None:
    form = any_application(desk, "LS-008", WHO)
    number = accept(desk, form, "first").answer.number
    while desk.store.case(number).stage:
        advance(desk, Advance(number), fresh())
    finish(desk, Finish(number, "granted", "通过"), fresh())
    erase_resident(desk, number, "周站长", "本人书面申请", fresh())
    with pytest.raises(CommandReused):
        accept(desk, form, "first")


@pytest.mark.parametrize(
    ("approver", "reason", "error"),
    [
        ("", "本人书面申请", ApproverNeeded),
        ("周站长", " ", ReasonNeeded),
        ("周站长", f"{WHO.name}申请", ReasonNamesPerson),
        ("周站长", f"电话{WHO.phone}", ReasonNamesPerson),
    ],
)
def test_an_erasure_needs_who_approved_and_a_reason_that_names_nobody(
    desk: Desk, fresh: Fresh, approver: str, reason: str, error: type[Exception]
) -> None:
    number = ended(desk, "LS-008", fresh)
    with pytest.raises(error):
        erase_resident(desk, number, approver, reason, fresh())
    assert desk.store.case(number).applicant == WHO


def test_only_the_head_erases_and_writes_out(desk: Desk, fresh: Fresh) -> None:
    number = ended(desk, "LS-008", fresh)
    clerk = replace(desk, acting=Acting("周敏", "clerk"))
    with pytest.raises(NotAllowed):
        erase_resident(clerk, number, "周站长", "本人书面申请", fresh())
    with pytest.raises(NotAllowed):
        export_resident(clerk, ExportResident(number, "本人"), fresh())
    with pytest.raises(NotAllowed):
        due_cases(clerk)


def test_a_file_that_a_dead_pc_left_goes_with_the_next_opening(desk: Desk, fresh: Fresh) -> None:
    number = ended(desk, "LS-008", fresh)
    print_paper(desk, PrintPaper(number, "receipt"), fresh())
    desk.store.set_about({PENDING: f'["{number}"]'})
    assert settle(desk.store)
    assert list(desk.store.profile.papers.glob("*.pdf")) == []
    assert PENDING not in desk.store.about()


def test_a_lost_private_part_is_no_erasure(desk: Desk, fresh: Fresh) -> None:
    number = ended(desk, "LS-008", fresh)
    with desk.store.writing() as unit:
        unit.connection.execute(
            "UPDATE events SET private = NULL, salt = NULL WHERE subject = ? AND revision = 1", (number,)
        )
    codes = {finding.code for finding in verify_deep(desk.store, lambda _done, _total: None)}
    assert "private_gone" in codes


def test_what_came_back_after_an_erasure_is_found(desk: Desk, fresh: Fresh) -> None:
    number = ended(desk, "LS-008", fresh)
    kept = desk.store.read(
        "SELECT place, private, salt FROM events WHERE subject = ? AND private IS NOT NULL", (number,)
    )
    erase_resident(desk, number, "周站长", "本人书面申请", fresh())
    place, private, salt = kept[0]
    with desk.store.writing() as unit:
        unit.connection.execute(
            "UPDATE events SET private = ?, salt = ? WHERE place = ?", (private, salt, place)
        )
    codes = {finding.code for finding in verify_deep(desk.store, lambda _done, _total: None)}
    assert "private_left" in codes


def test_what_is_due_is_destroyed_by_the_rule_with_a_record(
    desk: Desk, fresh: Fresh, clock: TestClock
) -> None:
    number = ended(desk, "LS-008", fresh)
    assert due_cases(desk) == ()
    clock.moment = clock.moment.replace(year=2036, day=19)
    assert due_cases(desk) == ()
    later = ended(desk, "LS-008", fresh, somebody(5))
    clock.wait(days=1)
    (due,) = due_cases(desk)
    assert (due.number, due.ended, due.years, due.due, due.held) == (
        number,
        "2026-11-20",
        10,
        "2036-11-20",
        True,
    )
    (erased,) = run_retention(desk, "周站长", fresh())
    assert erased.cases == (number,)
    assert erased.record == "QSQ001-X2036-02-0001"
    assert residues(desk).get(WHO.id_number) is None
    assert desk.store.case(later).applicant == somebody(5)
    assert is_sound(desk)
    assert record_pdf(desk, erased.record).startswith(b"%PDF")
    kinds = [row.kind for row in looks(desk, Looks(case=number))]
    assert sorted(kinds) == ["case.erased", "data.destroyed"]
    with pytest.raises(NothingToErase):
        run_retention(desk, "周站长", fresh())


def test_a_resident_gets_all_that_is_known_as_data_and_on_paper(desk: Desk, fresh: Fresh) -> None:
    first, second = ended(desk, "LS-008", fresh), ended(desk, "CC-002", fresh)
    ended(desk, "LS-008", fresh, somebody(4))
    unmask(desk, Unmask(first, "dispute", "打电话约时间"), fresh())
    file = export_resident(desk, ExportResident(first, "本人到窗口"), fresh())
    told = msgspec.json.decode(as_json(file))
    assert [known["case"]["number"] for known in told["cases"]] == [first, second]
    text = as_json(file).decode()
    assert all(secret in text for secret in (WHO.name, WHO.id_number, "蹊跷的家事", "齟齬的意见", SON.name))
    assert somebody(4).id_number not in text
    assert "access.unmasked" in {row["kind"] for row in told["looks"]}
    assert resident_pdf(desk, file).startswith(b"%PDF")
    (row,) = [row for row in looks(desk, Looks()) if row.kind == "access.exported"]
    assert (row.cases, row.words) == ((first, second), "本人到窗口")


def test_a_correction_holds_and_the_log_keeps_what_was_before(desk: Desk, fresh: Fresh) -> None:
    number = ended(desk, "LS-008", fresh)
    before = desk.store.case(number)
    wish = CorrectCase(
        number, {"applicant.name": "诸葛明軒", "applicant.phone": "13800138009"}, "证件登记有误"
    )
    correct_case(desk, wish, fresh())
    case = desk.store.case(number)
    assert (case.applicant.name, case.applicant.phone, case.state) == ("诸葛明軒", "13800138009", "delivered")
    assert case.dossier > before.dossier
    assert [row.number for row in find_cases(desk.store, "诸葛明軒")] == [number]
    assert find_cases(desk.store, WHO.phone) == []
    assert WHO.name in str(desk.store.log_of(number)[0][1])
    assert is_sound(desk)
    (row,) = [row for row in looks(desk, Looks()) if row.kind == "case.corrected"]
    assert row.detail == ("applicant.name", "applicant.phone")
    erase_resident(desk, number, "周站长", "本人书面申请", fresh())
    assert residues(desk) == {}
    assert is_sound(desk)


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"applicant.phone": "139"}, ApplicationFaulty),
        ({"applicant.shoe": "42"}, NoSuchPlace),
        ({"applicant.phone": WHO.phone}, NothingToCorrect),
        ({}, NothingToCorrect),
    ],
)
def test_a_wrong_correction_changes_nothing(
    desk: Desk, fresh: Fresh, values: dict[str, str], error: type[Exception]
) -> None:
    number = ended(desk, "LS-008", fresh)
    with pytest.raises(error):
        correct_case(desk, CorrectCase(number, values, "证件登记有误"), fresh())
    assert desk.store.case(number).applicant == WHO


def test_a_case_must_have_ended(desk: Desk, fresh: Fresh) -> None:
    number = accept(desk, any_application(desk, "LS-008", WHO), fresh()).answer.number
    with pytest.raises(CaseStillOpen):
        erase_cases(desk, EraseCases((number,), "retention", "周站长"), fresh())
