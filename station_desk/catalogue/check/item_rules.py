"""Rules for one published item: its code and place, its limits, its sources."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from station_desk.catalogue.check.certificate_rules import asked_certificate_faults
from station_desk.catalogue.check.form_rules import form_faults
from station_desk.catalogue.check.guide_rules import guide_faults
from station_desk.catalogue.check.material_rules import material_faults
from station_desk.catalogue.check.notice_rules import notice_faults
from station_desk.catalogue.check.numbers import too_small
from station_desk.catalogue.check.step_rules import step_faults
from station_desk.catalogue.fault import Fault
from station_desk.catalogue.item import Category, FieldKindOf, Item, MaterialKind
from station_desk.catalogue.references import Known, repeated_codes, unknown_references

ITEM_CODE = re.compile(r"[A-Z]{2}-[0-9]{3}")


@dataclass(frozen=True, slots=True)
class Published:
    """What the shared files hold; None for a file that cannot be read: items are not blamed for it."""

    categories: Mapping[str, Category] | None
    materials: Mapping[str, MaterialKind] | None
    fields: Mapping[str, FieldKindOf] | None


def item_faults(item: Item, file: str, published: Published, owners: dict[str, str]) -> Iterator[Fault]:
    """All that is wrong in one item; `owners` holds the codes met so far and their files."""
    yield from _code_faults(item, PurePosixPath(file), published.categories or {})
    yield from repeated_codes(item, file, owners)
    yield from _reference_faults(item, published)
    yield from _limit_faults(item)
    yield from _list_faults(item)
    yield from form_faults(item.field, published.fields or {})
    yield from asked_certificate_faults(item, published.fields or {})
    yield from material_faults(item.material, published.materials or {})
    yield from step_faults(item)
    yield from notice_faults(item, published.fields or {})
    yield from guide_faults(item.guide)


def _code_faults(item: Item, file: PurePosixPath, categories: Mapping[str, Category]) -> Iterator[Fault]:
    if item.code != file.stem:
        yield Fault(("code",), "code_not_file", {"found": item.code, "file": file.name})
    if not ITEM_CODE.fullmatch(item.code):
        yield Fault(("code",), "code_shape", {"found": item.code})
    if (category := categories.get(item.category)) is not None:
        yield from _belonging_faults(item, file.parent.relative_to("items").as_posix(), category.prefix)


def _belonging_faults(item: Item, folder: str, prefix: str) -> Iterator[Fault]:
    """The folder shows the category of an item, and so does the beginning of its code."""
    if folder != item.category:
        yield Fault(("category",), "folder_not_category", {"found": item.category, "folder": folder})
    elif ITEM_CODE.fullmatch(item.code) and not item.code.startswith(f"{prefix}-"):
        values = {"found": item.code, "prefix": prefix}
        yield Fault(("code",), "code_prefix", values, rests_on=(("code",), ("category",)))


def _reference_faults(item: Item, published: Published) -> Iterator[Fault]:
    """Names that no shared file has; a shared file that cannot be read is taken to have them all."""
    known = Known(
        categories=_or(published.categories, [item.category]),
        materials=_or(published.materials, [material.key for material in item.material]),
        fields=_or(published.fields, [field.key for field in item.field]),
    )
    yield from unknown_references(item, known)


def _or(known: Collection[str] | None, asked: Collection[str]) -> Collection[str]:
    return asked if known is None else known


def _limit_faults(item: Item) -> Iterator[Fault]:
    limit = item.limit
    yield from too_small(("limit", "promised"), limit.promised, least=0)
    yield from too_small(("fee",), item.fee, least=0)
    yield from too_small(("keep_years",), item.keep_years, least=0)
    if limit.statutory is not None:
        yield from too_small(("limit", "statutory"), limit.statutory, least=0)
        if limit.promised > limit.statutory:
            values = {"promised": limit.promised, "statutory": limit.statutory}
            yield Fault(("limit", "promised"), "promised_over_statutory", values, rests_on=(("limit",),))


def _list_faults(item: Item) -> Iterator[Fault]:
    for key, entries in (("basis", item.basis), ("conditions", item.conditions), ("source", item.source)):
        if not entries and key != "source":
            yield Fault((key,), "list_empty", {"key": key})
        for index, entry in enumerate(entries):
            if entry in entries[:index]:
                yield Fault((key, index), "entry_twice", {"key": key, "found": entry})
    if item.evidence != "own" and not item.source:
        yield Fault(
            ("evidence",), "source_missing", {"found": item.evidence}, rests_on=(("evidence",), ("source",))
        )
