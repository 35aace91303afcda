"""Names: kept as written, found by their initials."""

import subprocess
import sys

import pytest

from station_desk.residents.names import initials, normal_name


@pytest.mark.parametrize(
    ("name", "letters"),
    [("王秀兰", "wxl"), ("单小红", "sxh"), ("曾志远", "zzy"), ("欧阳文静", "oywj"), ("Ann Lee", "al"),
     ("", ""), ("古丽·阿不都", "glabd"), ("李A", "la"), ("仇·Q2", "qq")],
)  # fmt: skip
def test_a_name_is_found_by_its_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  王  秀兰 ", "王 秀兰"),
        ("古丽•阿不都", "古丽·阿不都"),
        ("古丽・阿不都", "古丽·阿不都"),
        ("e\u0301", "é"),
    ],
)
def test_a_name_is_kept_in_one_spelling(typed: str, kept: str) -> None:
    assert normal_name(typed) == kept


def test_what_is_kept_from_the_collector_is_given_back_at_the_end() -> None:
    """A library that counts its own would else say, at the end of the demo, that it leaked."""
    program = (
        "import atexit, gc\n"
        "from station_desk.residents.names import initials\n"
        "atexit.register(lambda: print(gc.get_freeze_count()))\n"
        "initials('王')\n"
        "atexit.register(lambda: print(gc.get_freeze_count() > 0))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "0"]
