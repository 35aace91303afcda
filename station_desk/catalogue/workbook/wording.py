"""What sheets, columns and values are called in one language, for writing and for reading them back."""

import unicodedata
from collections.abc import Iterable, Sequence

from station_desk.catalogue.item import LANGUAGES
from station_desk.catalogue.workbook.plan import NAMED_BY_TABLE, Column, Table
from station_desk.core.texts import Texts

CODED = {
    "item.type": "term.type", "item.kind": "term.kind", "item.role": "term.station_role",
    "item.plane": "term.plane", "item.sensitivity": "workbook.value.sensitivity",
    "item.evidence": "edition.value", "item.limit.unit": "workbook.value.unit",
    "item.limit.from": "edition.value", "item.result.kind": "edition.value",
    "item.material.form": "term.form", "item.material.need": "term.need",
    "item.material.substitute": "term.how", "item.step.role": "term.role",
    "item.step.unit": "workbook.value.unit", "item.step.clock": "edition.value",
    "item.guide.object": "workbook.value.object", "item.guide.delivery": "term.way",
    "item.guide.reach": "workbook.value.reach", "field.kind": "workbook.value.field_kind",
}  # fmt: skip
"""Where the words for the codes of a column stand; others are `workbook.value.<last key>`, or have none."""

REQUIRED_SIGN = " *"


class Wording:
    """The words of a workbook in the language of `texts`."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self.language = texts.language

    def sheet(self, name: str) -> str:
        """The name of a sheet; of a table without a word, its own name."""
        return said(self.texts, f"workbook.sheet.{name}") or name

    def header(self, table: Table, column: Column) -> str:
        """What stands at the head of a column."""
        *outer, last = column.place
        if last in LANGUAGES:
            what = self._word(table, tuple(outer)) if outer else self.sheet(table.name)
            return self.texts(f"workbook.language.{last}", what=what)
        return self._word(table, column.place)

    def value(self, table: Table, column: Column, code: object) -> str:
        """What a code out of a few is called."""
        area = CODED.get(f"{table.name}.{column.key}", f"workbook.value.{column.place[-1]}")
        return said(self.texts, f"{area}.{code}") or str(code)

    def yes_no(self, answer: object) -> str:
        return self.texts("edition.value.yes" if answer else "edition.value.no")

    def listed(self, words: Iterable[str]) -> str:
        """Several words one after another."""
        return self.texts("workbook.fill.comma").join(words)

    def hint(self, table: Table, column: Column) -> str:
        """A sentence on how a column is filled in; empty where there is nothing to say."""
        return said(self.texts, f"workbook.hint.{table.name}.{column.key.replace(NAMED_BY_TABLE, 'key')}")

    def _word(self, table: Table, place: Sequence[str]) -> str:
        key = ".".join(place).replace(NAMED_BY_TABLE, "key")
        within = table.name.partition(".")[2] or table.name
        own = f"workbook.column.{table.name}.{key}"
        keys = (own, f"workbook.column.{key}", *(f"edition.key.{k}" for k in (f"{within}.{key}", key)))
        return next(filter(None, (said(self.texts, one) for one in keys)), key)


def said(texts: Texts, key: str) -> str:
    """The text of a key; empty when there is none."""
    try:
        return texts(key)
    except KeyError:
        return ""


def plain_form(text: str) -> str:
    """A heading or a value without what people change unknowingly: width, case, blanks, the required sign."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split()).rstrip("*")


def matching(word: str, known: Iterable[tuple[str, str]]) -> str | None:
    """The code whose word is meant; None when it is none of them."""
    asked = plain_form(word)
    return next((code for code, one in known if plain_form(one) == asked), None)
