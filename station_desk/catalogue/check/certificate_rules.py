"""Rules for certificates: none twice, none allowed that is forbidden, and items that always ask which one."""

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence

from station_desk.catalogue.certificates import GAP, PERSON, Listed, names_in
from station_desk.catalogue.fault import Fault, Place
from station_desk.catalogue.item import LANGUAGES, Certificates, FieldKindOf, Item, Words


def certificate_faults(certificates: Certificates) -> Iterator[Fault]:
    """What is wrong in `certificates.toml`; names count as the same however they are written."""
    called = names_in(certificates)
    yield from _twice("forbidden", certificates.forbidden, called)
    yield from _twice("allowed", certificates.allowed, called)
    for index, one in enumerate(certificates.allowed):
        if not all(called(one).isdisjoint(called(other)) for other in certificates.forbidden):
            yield Fault(("allowed", index, "name"), "certificate_forbidden", {"found": one.name.hans})


def certificate_text_faults(certificates: Certificates, fields: Mapping[str, FieldKindOf]) -> Iterator[Fault]:
    """What the words of a certificate ask for must be known, and the same in every language."""
    known = (*PERSON, *fields)
    for index, one in enumerate(certificates.allowed):
        if one.text is not None:
            yield from _text_faults(("allowed", index, "text"), one.text, known)


def _text_faults(place: Place, text: Words, known: Sequence[str]) -> Iterator[Fault]:
    first, *others = LANGUAGES
    gaps = {language: set(GAP.findall(text.in_language(language))) for language in LANGUAGES}
    for language in LANGUAGES:
        for gap in sorted(gaps[language] - set(known)):
            near = difflib.get_close_matches(gap, known, cutoff=0.4) or PERSON
            yield Fault((*place, language), "gap_unknown", {"found": gap, "near": ", ".join(near)})
        if any(brace in GAP.sub("", text.in_language(language)) for brace in "{}"):
            yield Fault((*place, language), "gap_broken")
    if not all(gaps[language] <= set(known) for language in LANGUAGES):
        return
    for language in others:
        if missing := sorted(gaps[first] ^ gaps[language]):
            yield Fault((*place, language), "gap_differs", {"found": ", ".join(missing), "first": first})


def asked_certificate_faults(item: Item, fields: Mapping[str, FieldKindOf]) -> Iterator[Fault]:
    """An item that ends in a certificate must always ask which one, so that it can be refused in time."""
    asks = [
        (index, field)
        for index, field in enumerate(item.field)
        if field.key in fields and fields[field.key].kind == "certificate"
    ]
    if item.result.kind == "certificate" and not asks and all(field.key in fields for field in item.field):
        yield Fault(("result", "kind"), "certificate_not_asked", rests_on=(("result", "kind"), ("field",)))
    for index, field in asks:
        if not field.required or field.when is not None:
            yield Fault(("field", index), "certificate_may_be_left_out", {"found": field.key})


def _twice(
    key: str, entries: Sequence[Listed], called: Callable[[Listed], frozenset[str]]
) -> Iterator[Fault]:
    for index, one in enumerate(entries):
        if not all(called(one).isdisjoint(called(other)) for other in entries[:index]):
            yield Fault((key, index, "name"), "certificate_twice", {"found": one.name.hans})
