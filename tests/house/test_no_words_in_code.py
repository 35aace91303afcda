"""What people read lies in resources/ and forms/: the code holds no Chinese and no English sentence."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import rooms

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
SENTENCE = re.compile(r"[A-Z][a-z]+('[a-z]+)?,?( [a-z]+,?){2,}")

NAMED = {
    "station_desk/catalogue/certificates.py": "signs by which the name of a certificate is known",
    "station_desk/catalogue/notice.py": "the name of a kind of step, by which the published files are read",
    "station_desk/district/api_said.py": "the description of the doors, for those who write programs",
    "station_desk/district/desk/said.py": "the description of the doors, for those who write programs",
    "station_desk/district/metrics.py": "what the figures mean, for the monitor",
    "station_desk/district/openapi.py": "the description of the doors, for those who write programs",
    "station_desk/district/web_said.py": "the description of the doors, for those who write programs",
    "station_desk/district/wishes.py": "a language is named in itself",
    "station_desk/main/demo/people.py": "made-up residents of the demo",
    "station_desk/main/demo/run.py": "the made-up station of the demo",
    "station_desk/main/demo/visits.py": "what the made-up residents answer",
    "station_desk/main/reader_verbs.py": "the standard's example resident on the card of the simulator",
    "station_desk/main/screenshots.py": "the standard's example resident",
    "station_desk/printing/archive.py": "descriptions inside the archive format, read by machines",
    "station_desk/printing/srgb.py": "the notice inside a colour profile",
    "station_desk/printing/trial.py": "rare characters that a printer is tried with",
    "station_desk/residents/names.py": "family names that are read otherwise than the word",
    "station_desk/store/place.py": "names by which the folders of cloud programs are known",
}
"""The modules that may hold such words, each with its reason."""


def test_no_word_for_people_stands_in_the_code() -> None:
    found = {
        f"{path}:{line} {text[:40]!r}"
        for path, tree in rooms().items()
        if str(path.as_posix()) not in NAMED
        for line, text in _words(tree)
    }
    assert sorted(found) == [], "give these a key in resources/i18n/, in three languages"


def test_each_exception_is_needed() -> None:
    trees = {path.as_posix(): tree for path, tree in rooms().items()}
    idle = [name for name in NAMED if name not in trees or not list(_words(trees[name]))]
    assert idle == []


def test_planted_words_are_found(tmp_path: Path) -> None:
    code = '"""Doc: 说明。"""\nA = "请填写"\nB = f"{A}号"\nC = "Please fill in this"\nD = "SELECT a from b"\n'
    assert sorted(text for _, text in _words(ast.parse(code))) == ["Please fill in this", "号", "请填写"]


def _words(tree: ast.Module) -> Iterator[tuple[int, str]]:
    told = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str() as text) if id(node) not in told:
                if HAN.search(text) or SENTENCE.match(text):
                    yield node.lineno, text
            case _:
                pass
