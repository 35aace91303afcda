"""What a paper of a day asks by name: figures, tables and columns, sentences, and the gaps in its texts."""

from collections.abc import Iterator

from station_desk.catalogue.day_paper import DayKind, DayPaper
from station_desk.catalogue.fault import Fault, Place
from station_desk.catalogue.item import Words
from station_desk.catalogue.paper_references import gap_faults, like


def day_texts(paper: DayPaper) -> Iterator[tuple[Place, Words]]:
    """Every text of the paper that may have gaps."""
    for index, fact in enumerate(paper.fact):
        yield ("fact", index, "text"), fact.text
    for name, words in paper.sentence.items():
        yield ("sentence", name), words


def day_loose_ends(paper: DayPaper, kind: DayKind) -> Iterator[Fault]:
    """What the paper names and the program does not know: nothing could be printed in its place."""
    for index, fact in enumerate(paper.fact):
        yield from gap_faults(("fact", index, "text"), fact.text, kind.facts)
    for index, table in enumerate(paper.table):
        at = ("table", index)
        columns = kind.rows.get(table.rows)
        if columns is None:
            yield Fault((*at, "rows"), "paper_rows_unknown", like(table.rows, kind.rows))
            continue
        for number, column in enumerate(table.column):
            if column.key not in columns:
                yield Fault((*at, "column", number, "key"), "paper_field_unknown", like(column.key, columns))
    for name in kind.sentences:
        if name not in paper.sentence and name not in kind.later:
            yield Fault(("sentence",), "sentence_missing", {"found": name})
    for name, words in paper.sentence.items():
        if name not in kind.sentences:
            yield Fault(("sentence", name), "sentence_unknown", like(name, kind.sentences))
        else:
            yield from gap_faults(("sentence", name), words, kind.sentences[name])
