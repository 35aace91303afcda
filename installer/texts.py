"""Carries the texts to translators as .po files and back: `installer/dev.py texts export|import DIR`.

A .po of each area and language; msgctxt is the key, msgid the text in the first language. Coming back, only
the values that differ are rewritten: comments, order and everything untouched stay byte for byte. A text
with other placeholders than the first language is refused, and then nothing is written.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

TEXTS = Path(__file__).resolve().parent.parent / "resources" / "i18n"
FIRST = "zh-Hans"
LOCALES = {"zh-Hans": "zh_Hans", "zh-Hant": "zh_Hant", "en": "en"}
TABLE = re.compile(r"\[(?P<name>[^\]]+)\]\s*")
VALUE = re.compile(
    r"(?P<key>\"[^\"]+\"|[A-Za-z0-9_-]+) = (?P<value>\"\"\"\n.*?\"\"\"|\"[^\n]*\")\n", re.DOTALL
)


def main(arguments: list[str]) -> int:
    """Does what the first word says with the folder that is the second."""
    match arguments:
        case ["export", folder]:
            count = export(TEXTS, Path(folder))
            print(f"{count} texts in {folder}")
        case ["import", folder]:
            faults, changed = take_in(TEXTS, Path(folder))
            for fault in faults:
                print(fault, file=sys.stderr)
            print(f"{changed} texts changed" if not faults else "nothing was written")
            return 1 if faults else 0
        case _:
            print(__doc__)
            return 2
    return 0


def export(texts: Path, folder: Path) -> int:
    """Writes a .po of each area and language; how many texts there are."""
    count = 0
    for area in sorted((texts / FIRST).glob("*.toml")):
        first = dict(values(area.read_text("utf-8")))
        for language, locale in LOCALES.items():
            own = dict(values((texts / language / area.name).read_text("utf-8")))
            catalog = Catalog(locale=locale, project="Station Desk", fuzzy=False)
            for key, source in first.items():
                catalog.add(source, own[key], context=key)
            file = folder / language / f"{area.stem}.po"
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("wb") as target:
                write_po(target, catalog, width=0, omit_header=True, sort_output=False)
            count += len(own)
    return count


def take_in(texts: Path, folder: Path) -> tuple[list[str], int]:
    """Reads what came back; the faults, or how many texts were rewritten."""
    faults: list[str] = []
    rewritten: dict[Path, str] = {}
    changed = 0
    for file in sorted(folder.rglob("*.po")):
        target = texts / file.parent.name / f"{file.stem}.toml"
        if not target.is_file():
            faults.append(f"{file}: there is no {target}")
            continue
        said = _said(file, LOCALES.get(file.parent.name, "en"))
        first = dict(values((texts / FIRST / target.name).read_text("utf-8")))
        before = target.read_text("utf-8")
        own = dict(values(before))
        faults += [f"{file}: {key}: {why}" for key, why in _faults(said, first)]
        differing = {key: text for key, text in said.items() if key in own and own[key] != text}
        changed += len(differing)
        rewritten[target] = replaced(before, differing)
    if not faults:
        for target, content in rewritten.items():
            target.write_bytes(content.encode())
    return faults, changed


def values(toml: str) -> Iterator[tuple[str, str]]:
    """Every key of a file with its text, in the order of the file."""
    for key, found in _places(toml):
        yield key, _text(found["value"])


def replaced(toml: str, new: dict[str, str]) -> str:
    """The file with other texts for some keys."""
    pieces, end = [], 0
    for key, found in _places(toml):
        if key in new:
            pieces += [toml[end : found.start("value")], _written(new[key])]
            end = found.end("value")
    return "".join([*pieces, toml[end:]])


def _places(toml: str) -> Iterator[tuple[str, re.Match[str]]]:
    table, place = "", 0
    while place < len(toml):
        line_end = toml.find("\n", place) + 1 or len(toml)
        line = toml[place:line_end]
        if heading := TABLE.fullmatch(line):
            table = f"{heading['name'].replace(chr(34), '')}."
        elif found := VALUE.match(toml, place):
            yield table + found["key"].strip('"'), found
            line_end = found.end()
        elif line.strip() and not line.startswith("#"):
            raise ValueError(f"not understood: {line}")
        place = line_end


def _text(value: str) -> str:
    return str(tomllib.loads(f"value = {value}")["value"])


def _written(text: str) -> str:
    if "\n" in text.rstrip("\n") or text.endswith("\n"):
        return '"""\n' + text.replace("\\", "\\\\").replace('"""', '""\\"') + '"""'
    return json.dumps(text, ensure_ascii=False)


def _said(file: Path, locale: str) -> dict[str, str]:
    with file.open("rb") as source:
        catalog = read_po(source, locale=locale, abort_invalid=True)
    return {str(m.context): str(m.string) for m in catalog if m.id and m.context and not m.fuzzy}


def _faults(said: dict[str, str], first: dict[str, str]) -> Iterator[tuple[str, str]]:
    for key, text in said.items():
        if key not in first:
            yield key, "no such text"
        elif not text:
            yield key, "empty"
        else:
            try:
                same = _holders(text) == _holders(first[key])
            except ValueError as error:
                yield key, str(error)
                continue
            if not same:
                yield key, f"placeholders {sorted(_holders(text))} instead of {sorted(_holders(first[key]))}"


def _holders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
