"""What a paper asks of a case by name: facts, tables and columns, sentences, and the gaps in its texts."""

import difflib
import re
from collections.abc import Collection, Iterable, Iterator

from station_desk.catalogue.fault import Fault, Place
from station_desk.catalogue.item import LANGUAGES, Words
from station_desk.catalogue.paper import Paper, Section
from station_desk.catalogue.paper_kinds import TRACKING, PaperKind

GAP = re.compile(r"\{([^{}]*)\}")
"""A place in a text that the program fills: {until}."""

NOTHING: frozenset[str] = frozenset()


def gaps(words: Words) -> dict[str, tuple[str, ...]]:
    """The gaps of a text by language."""
    return {language: tuple(GAP.findall(words.in_language(language))) for language in LANGUAGES}


def texts_of(paper: Paper) -> Iterator[tuple[Place, Words]]:
    """Every text whose gaps the facts of the case fill."""
    for index, section in enumerate(paper.section):
        at = ("section", index)
        if section.text:
            yield (*at, "text"), section.text
        for side in ("left", "right"):
            for number, line in enumerate(getattr(section, side)):
                yield (*at, side, number), line


def loose_ends(paper: Paper, kind: PaperKind) -> Iterator[Fault]:
    """What the paper names and the program does not know: nothing could be printed in its place."""
    for place, words in texts_of(paper):
        yield from gap_faults(place, words, kind.known)
    for index, section in enumerate(paper.section):
        yield from _section_faults(index, section, kind)
    yield from _sentence_faults(paper, kind)


def named_in(paper: Paper) -> frozenset[str]:
    """Every fact and table that the paper shows somewhere."""
    found = {gap for _, words in texts_of(paper) for gap in gaps(words)["zh-Hans"]}
    found.update(section.rows for section in paper.section if section.rows)
    found.update(fact.key for section in paper.section for fact in section.field)
    return frozenset(found)


def _section_faults(index: int, section: Section, kind: PaperKind) -> Iterator[Fault]:
    at = ("section", index)
    if section.rows and section.rows not in kind.rows:
        yield Fault((*at, "rows"), "paper_rows_unknown", like(section.rows, kind.rows))
        return
    known = kind.rows[section.rows] if section.rows else kind.known
    for number, fact in enumerate(section.field):
        if fact.key not in known:
            yield Fault((*at, "field", number, "key"), "paper_field_unknown", like(fact.key, known))
    columns = kind.rows.get(section.rows, NOTHING)
    for number, column in enumerate(section.column if section.rows else ()):
        if column.key not in columns:
            yield Fault((*at, "column", number, "key"), "paper_field_unknown", like(column.key, columns))


def _sentence_faults(paper: Paper, kind: PaperKind) -> Iterator[Fault]:
    needed = dict(kind.sentences)
    if any(section.block == "tracking" for section in paper.section):
        needed |= dict.fromkeys(TRACKING, NOTHING)
    for name in needed:
        if name not in paper.sentence:
            yield Fault(("sentence",), "sentence_missing", {"found": name})
    for name, words in paper.sentence.items():
        if name not in needed:
            yield Fault(("sentence", name), "sentence_unknown", like(name, needed))
        else:
            yield from gap_faults(("sentence", name), words, needed[name])


def gap_faults(place: Place, words: Words, known: Collection[str]) -> Iterator[Fault]:
    """Gaps in a text that nothing fills."""
    for language in LANGUAGES:
        text = words.in_language(language)
        for gap in GAP.findall(text):
            if gap not in known:
                yield Fault((*place, language), "gap_unknown", like(gap, known))
        if any(brace in GAP.sub("", text) for brace in "{}"):
            yield Fault((*place, language), "gap_broken")


def like(word: str, known: Iterable[str]) -> dict[str, object]:
    """An unknown word and the known ones that it may have meant."""
    names = sorted(known)
    near = difflib.get_close_matches(word, names, cutoff=0.4) or names
    return {"found": word, "near": ", ".join(near) or "—"}
