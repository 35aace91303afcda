"""What changed from one edition to another: which items came and went, and what is different in each.

It walks over whatever the types hold, so a new key of the published files is compared from its first day on.
Entries of a list are told apart by their id, key, code or name; a number with its unit is one value.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import msgspec

from station_desk.catalogue.edition.published import PublishedForms
from station_desk.catalogue.item import LANGUAGES, Words

How = Literal["added", "removed", "changed", "moved"]
Kind = Literal[
    "edition", "item", "category", "material", "field", "life_event", "forbidden", "allowed", "year",
    "paper", "queue", "style",
]  # fmt: skip
Table = Mapping[str, Any]
Names = Mapping[str, Mapping[str, Words]]
"""By the key of a list, the names of what its entries point at."""

UNITS = ("wd", "cd", "h")
COUNTED = ("limit", "promised", "statutory")
QUANTITY = {"count", "unit"}


class Part(msgspec.Struct, frozen=True, omit_defaults=True):
    """One difference within an entry.

    `key` is where it stands, with dots (`limit.promised`, `step.role`); `entry` and `name` say in which entry
    of a list. `before` and `after` are what the file says: text, number, words in three languages, a quantity
    {count, unit}, a table, or for `moved` the ids in their order.
    """

    how: How
    key: str
    entry: str = ""
    name: Words | None = None
    before: Any = None
    after: Any = None


class Change(msgspec.Struct, frozen=True, omit_defaults=True):
    """An entry of the catalogue that came, went or is different."""

    how: How
    kind: Kind
    code: str
    name: Words | None = None
    parts: tuple[Part, ...] = ()


def differences(old: PublishedForms, new: PublishedForms) -> tuple[Change, ...]:
    """All that differs, items first, each kind in the order of its codes; empty when nothing does."""
    names: Names = {
        "material": {code: known.name for code, known in _both(old, new, "materials").items()},
        "field": {code: known.label for code, known in _both(old, new, "fields").items()},
    }
    before, after = _tables(old), _tables(new)
    return tuple(change for kind in before for change in _changes(kind, before[kind], after[kind], names))


def _both(old: PublishedForms, new: PublishedForms, what: str) -> dict[str, Any]:
    return {**getattr(old.catalogue, what), **getattr(new.catalogue, what)}


def _tables(forms: PublishedForms) -> dict[Kind, Mapping[str, msgspec.Struct]]:
    """Every published entry by kind and code."""
    catalogue, certificates = forms.catalogue, forms.catalogue.certificates
    return {
        "edition": {"": forms.edition},
        "item": catalogue.items,
        "category": catalogue.categories,
        "material": catalogue.materials,
        "field": catalogue.fields,
        "life_event": catalogue.life_events,
        "forbidden": {one.name.hans: one for one in certificates.forbidden},
        "allowed": {one.name.hans: one for one in certificates.allowed},
        "year": {str(year.year): year for year in forms.years},
        "paper": {
            **forms.papers,
            **{f"public/{kind}": paper for kind, paper in forms.public_papers.items()},
            **{f"day/{kind}": paper for kind, paper in forms.day_papers.items()},
        },
        "queue": {"": catalogue.queue},
        "style": {"": forms.style} if forms.style else {},
    }


def _changes(
    kind: Kind, old: Mapping[str, msgspec.Struct], new: Mapping[str, msgspec.Struct], names: Names
) -> Iterator[Change]:
    for code in sorted(new.keys() - old.keys()):
        yield Change("added", kind, code, _name_of(new[code]))
    for code in sorted(old.keys() - new.keys()):
        yield Change("removed", kind, code, _name_of(old[code]))
    for code in sorted(old.keys() & new.keys()):
        parts = tuple(_parts(msgspec.to_builtins(old[code]), msgspec.to_builtins(new[code]), names))
        if parts:
            yield Change("changed", kind, code, _name_of(new[code]), parts)


def _name_of(entry: msgspec.Struct) -> Words | None:
    name = next((said for key in ("name", "label", "title") if (said := getattr(entry, key, None))), None)
    return name if isinstance(name, Words) else None


def _parts(old: Table, new: Table, names: Names, above: str = "") -> Iterator[Part]:
    before, after = _counted(old), _counted(new)
    for key in dict.fromkeys((*before, *after)):
        was, now = before.get(key), after.get(key)
        if was == now:
            continue
        place = above + key
        if isinstance(was, tuple) and isinstance(now, tuple):
            yield from _list_parts(place, was, now, names)
        elif was is not None and now is not None and _is_table(was) and _is_table(now):
            yield from _parts(was, now, names, f"{place}.")
        else:
            yield Part(_how(was, now), place, before=was, after=now)


def _list_parts(key: str, old: tuple[Any, ...], new: tuple[Any, ...], names: Names) -> Iterator[Part]:
    before = {_identity(entry): entry for entry in old}
    after = {_identity(entry): entry for entry in new}
    if len(before) < len(old) or len(after) < len(new):
        yield Part("changed", key, before=old, after=new)
        return
    for code in [c for c in after if c not in before]:
        yield _entry_part("added", key, code, None, after[code], names)
    for code in [c for c in before if c not in after]:
        yield _entry_part("removed", key, code, before[code], None, names)
    kept = [code for code in before if code in after]
    for code in kept:
        if isinstance(after[code], dict):
            for part in _parts(before[code], after[code], names, f"{key}."):
                name = part.name or _entry_name(key, code, after[code], names)
                yield msgspec.structs.replace(part, entry=code, name=name)
    order = [code for code in after if code in before]
    if order != kept:
        yield Part("moved", key, before=kept, after=order)


def _entry_part(how: How, key: str, code: str, was: Any, now: Any, names: Names) -> Part:
    entry = was if how == "removed" else now
    if not isinstance(entry, dict):
        return Part(how, key, before=was, after=now)
    name = _entry_name(key, code, entry, names)
    return Part(how, key, code, name, was and _counted(was), now and _counted(now))


def _entry_name(key: str, code: str, entry: Table, names: Names) -> Words | None:
    named = entry.get("name")
    if _is_words(named):
        return msgspec.convert(named, Words)
    return names.get(key, {}).get(code)


def _identity(entry: Any) -> str:
    if not isinstance(entry, dict):
        return str(entry)
    for key in ("id", "key", "code", "name", "to", "asked"):
        if value := entry.get(key):
            return str(value["zh-Hans"]) if _is_words(value) else str(value)
    return str(entry)


def _counted(table: Table) -> dict[str, Any]:
    """The table with each limit and its unit as one quantity."""
    unit = table.get("unit")
    if unit not in UNITS:
        return dict(table)
    return {
        key: {"count": value, "unit": unit} if key in COUNTED and value is not None else value
        for key, value in table.items()
        if key != "unit"
    }


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) and not _is_words(value) and value.keys() != QUANTITY


def _is_words(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == set(LANGUAGES)


def _how(was: Any, now: Any) -> How:
    if was in (None, ""):
        return "added"
    return "removed" if now in (None, "") else "changed"
