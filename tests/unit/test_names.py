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


def test_a_name_is_read_as_the_library_reads_it_and_without_its_phrases() -> None:
    """The phrases would hold the window for a quarter of a second, and no single character needs one."""
    program = (
        "import sys\n"
        "from station_desk.core.pinyin import first_letter, syllables\n"
        "signs = [chr(n) for n in (*range(0x3000, 0xa000, 7), *range(0xf900, 0x2a6df, 97), 0x20087)]\n"
        "ours = [first_letter(sign) for sign in signs]\n"
        "read = [syllables(sign) or (sign,) for sign in signs]\n"
        "print('pypinyin' in sys.modules)\n"
        "import os; os.environ['PYPINYIN_NO_PHRASES'] = 'yes'\n"
        "from pypinyin import Style, lazy_pinyin, pinyin\n"
        "said = [''.join(lazy_pinyin(s, style=Style.FIRST_LETTER, errors='ignore')) for s in signs]\n"
        "print(ours == said, sum(map(bool, ours)) > 3000)\n"
        "ways = [tuple(dict.fromkeys(pinyin(s, style=Style.NORMAL, heteronym=True)[0])) for s in signs]\n"
        "print(read == ways, sum(len(way) > 1 for way in ways) > 300)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True", "True", "True", "True"]


def test_what_is_kept_from_the_collector_is_given_back_at_the_end() -> None:
    """A library that counts its own would else say, at the end of the demo, that it leaked."""
    program = (
        "import atexit, gc\n"
        "from station_desk.core.pinyin import read_phrases\n"
        "atexit.register(lambda: print(gc.get_freeze_count()))\n"
        "read_phrases()\n"
        "atexit.register(lambda: print(gc.get_freeze_count() > 0))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "0"]
