"""The texts go to translators as .po and come back: byte for byte, whole or not at all."""

import shutil
from pathlib import Path

import pytest

from installer.texts import export, replaced, take_in, values
from station_desk.core.paths import RESOURCES
from station_desk.core.texts import LANGUAGES, read_texts

TEXTS = RESOURCES / "i18n"


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A copy of all texts."""
    return Path(shutil.copytree(TEXTS, tmp_path / "i18n"))


def test_the_way_there_and_back_changes_no_byte(texts: Path, tmp_path: Path) -> None:
    count = export(texts, tmp_path / "po")
    assert count == sum(len(read_texts(file)) for file in TEXTS.rglob("*.toml"))
    assert take_in(texts, tmp_path / "po") == ([], 0)
    for file in TEXTS.rglob("*.toml"):
        assert (texts / file.relative_to(TEXTS)).read_bytes() == file.read_bytes(), file


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_read_as_the_program_reads_it(language: str) -> None:
    for file in (TEXTS / language).glob("*.toml"):
        assert dict(values(file.read_text("utf-8"))) == read_texts(file), file


def test_a_changed_text_comes_back_and_nothing_else(texts: Path, tmp_path: Path) -> None:
    export(texts, tmp_path / "po")
    file = tmp_path / "po" / "en" / "ui.po"
    before = (texts / "en" / "ui.toml").read_text("utf-8").splitlines()
    file.write_text(file.read_text("utf-8").replace('msgstr "counter clerk"', 'msgstr "the \\"clerk\\""'))
    assert take_in(texts, tmp_path / "po") == ([], 1)
    after = (texts / "en" / "ui.toml").read_text("utf-8").splitlines()
    differing = [new for old, new in zip(before, after, strict=True) if old != new]
    assert differing == ['role = "the \\"clerk\\""']


def test_another_placeholder_is_refused_and_nothing_written(texts: Path, tmp_path: Path) -> None:
    export(texts, tmp_path / "po")
    file = tmp_path / "po" / "en" / "ui.po"
    file.write_text(
        file.read_text("utf-8")
        .replace('msgstr "counter {counter}"', 'msgstr "counter {number}"')
        .replace('msgstr "counter clerk"', 'msgstr "clerk"')
    )
    faults, _ = take_in(texts, tmp_path / "po")
    assert len(faults) == 1
    assert "top.counter" in faults[0]
    assert (texts / "en" / "ui.toml").read_bytes() == (TEXTS / "en" / "ui.toml").read_bytes()


def test_a_text_of_several_lines_is_written_as_such() -> None:
    toml = 'a = "x"\n\n[t]\nb = """\none\ntwo\n"""\n'
    made = replaced(toml, {"t.b": "eins\nzwei\n", "a": 'y"'})
    assert dict(values(made)) == {"a": 'y"', "t.b": "eins\nzwei\n"}
