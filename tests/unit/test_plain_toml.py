"""What is read a line at a time is what the whole reader reads; all else is left to it."""

import tomllib

import pytest

from station_desk.core.paths import FORMS, RESOURCES
from station_desk.core.plain_toml import read_plain, read_toml


def test_every_file_of_words_is_read_as_the_whole_reader_reads_it() -> None:
    for file in (*RESOURCES.glob("i18n/*/*.toml"), *FORMS.glob("*.toml")):
        text = file.read_text("utf-8")
        assert read_toml(text) == tomllib.loads(text), file


def test_the_files_of_the_first_paint_are_plain() -> None:
    for area in ("ui", "term", "staff"):
        for file in RESOURCES.glob(f"i18n/*/{area}.toml"):
            assert read_plain(file.read_text("utf-8"))
    assert read_plain((FORMS / "categories.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        "a = 'b'", 'a = """b\nc"""', 'a = "b" # c', "a = [1, 2]", "a = 1.5", "a = 1979-05-27", '"a b" = "c"',
        "a = true", "a = 0x10", "a = 1_000",
        'a = "\\U0001F600"', 'a = "\\u00e9"', 'a = "\\e"', 'a."b.c" = "d"',
        '[a]\nb = "c" # d', "a = { b = 1 }", 'a = { b = "c", d = { e = "f" } }',
        "a = '''\nb = \"c\"\n'''", 'a = [\n"b",\n]',
    ],
)  # fmt: skip
def test_what_is_written_otherwise_is_left_to_the_whole_reader(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_plain(text)
    try:
        whole = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        with pytest.raises(tomllib.TOMLDecodeError):
            read_toml(text)
    else:
        assert read_toml(text) == whole


@pytest.mark.parametrize(
    "text",
    [
        'a = "b"\na = "c"', "a", 'a = "b', "a = b", "= 1", '[a\nb = "c"', 'a = "b\\/c"', "a = 01",
        '[a.]\nb = "c"',
        'a = "b"\n[a]\nc = "d"', 'a = { b = "c", }', 'a = { b = "c" d = "e" }', "[[a.b]\n",
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_in_the_words_of_the_whole_reader(text: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError):
        read_toml(text)


def test_tables_names_and_braces_are_plain() -> None:
    text = '# x\nn = 3\n[a.b]\nc.d = "e = \\"f\\" # g\\n"\n"e.f" = "="\n[[h]]\n'
    text += 'i = { j = "k, }", l-m = "n" }\n[[h]]\no = "p"\n'
    assert read_plain(text) == tomllib.loads(text)
