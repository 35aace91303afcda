"""Cases and people of earlier cases are found by what is said of them: the exact first, then the newest."""

from collections.abc import Callable

import msgspec
import pytest

from station_desk.cases.parts import Applicant
from station_desk.counter.accept import accept
from station_desk.counter.desk import Desk
from station_desk.counter.finish import VoidCase, void_case
from station_desk.store.find import find_all, find_cases, find_people
from tests.store.conftest import TestClock, pension_application

Fresh = Callable[[], str]
PEOPLE = (
    ("王秀兰", "11010519491231002X", "13912345678"),
    ("王秀", "110105197003140012", "13900001111"),
    ("王伟", "110105196511170037", "13800005678"),
    ("李王秀", "", "13785551234"),
    ("古丽娜尔·买买提", "110105198802290046", "13912340000"),
    ("王𠮷", "", "13777777777"),
    ("Ann Lee", "", "13666666666"),
    ("王伟", "110105199001010010", "13555555555"),
)


def come(desk: Desk, fresh: Fresh, name: str, id_number: str = "", phone: str = "") -> str:
    """Somebody comes with a pension enrolment."""
    kind = "citizen_id" if id_number else "none"
    who = Applicant(name, kind, id_number, phone, "青石桥社区 3 组 12 号")
    form = msgspec.structs.replace(pension_application(), applicant=who)
    return accept(desk, form, fresh()).answer.number


@pytest.fixture
def numbers(desk: Desk, fresh: Fresh) -> list[str]:
    """The numbers of the cases of PEOPLE, in that order."""
    return [come(desk, fresh, *person) for person in PEOPLE]


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("王秀", [1, 3, 0]),
        ("王伟", [7, 2]),
        ("王", [7, 5, 3, 2, 1, 0]),
        ("买买提", [4]),
        ("古丽娜尔•买买提", [4]),
        ("王𠮷", [5]),
        ("𠮷", [5]),
        ("ww", [7, 2]),
        ("lee", [6]),
        ("5678", [2, 0]),
        ("13912345678", [0]),
        ("１３９１２", [4, 0]),
        ("11010519491231002x", [0]),
        ("002X", [0]),
        ("19700314", [1]),
        ("3", [2]),
        ("0003", [2]),
        ("王伟 5678", [2]),
        ("张", []),
        ("", []),
        ("%", []),
        ('"', []),
    ],
)
def test_what_is_said_of_a_case_finds_it_in_order(
    desk: Desk, numbers: list[str], typed: str, places: list[int]
) -> None:
    assert [row.number for row in find_cases(desk.store, typed)] == [numbers[place] for place in places]


def test_a_case_number_finds_its_case_first_in_any_writing(desk: Desk, numbers: list[str]) -> None:
    for number in numbers:
        for typed in (number, number.lower(), number.replace("-", ""), f" {number} "):
            assert find_cases(desk.store, typed)[0].number == number


def test_no_more_are_read_than_are_wanted(desk: Desk, numbers: list[str]) -> None:
    assert [row.number for row in find_cases(desk.store, "王", 2)] == [numbers[7], numbers[5]]


def test_names_and_numbers_of_people_come_masked(desk: Desk, numbers: list[str]) -> None:
    (person,) = find_people(desk.store, "王秀兰")
    assert (person.name, person.id_number, person.phone) == ("王*兰", "1101**********002X", "*******5678")
    assert person.case_number == numbers[0]


def test_a_person_is_told_once_with_the_newest_data(desk: Desk, fresh: Fresh, clock: TestClock) -> None:
    come(desk, fresh, "王秀兰", "11010519491231002X", "13900000001")
    clock.wait(days=3)
    newest = come(desk, fresh, "王秀兰", "11010519491231002X", "13900000002")
    come(desk, fresh, "王秀兰", "", "13900000003")
    found = find_people(desk.store, "王秀兰")
    assert [person.phone[-4:] for person in found] == ["0003", "0002"]
    assert found[1].case_number == newest
    assert [person.phone[-4:] for person in find_people(desk.store, "002x")] == ["0002"]


def test_a_voided_case_tells_of_nobody(desk: Desk, fresh: Fresh) -> None:
    number = come(desk, fresh, "王秀兰", "11010519491231002X", "13900000001")
    void_case(desk, VoidCase(number, "录入有误"), fresh())
    assert find_people(desk.store, "王秀兰") == []
    assert [row.number for row in find_cases(desk.store, "王秀兰")] == [number]


@pytest.mark.usefixtures("numbers")
@pytest.mark.parametrize("asked", ["王", "wxl", "5678", "11010519", "13912345678", "none of them"])
def test_one_search_finds_what_two_would(desk: Desk, asked: str) -> None:
    for most in (0, 1, 3, 50):
        found = find_all(desk.store, asked, most, 2)
        assert found.cases == find_cases(desk.store, asked, most)
        assert found.people == find_people(desk.store, asked, 2)
