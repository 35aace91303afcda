"""Several items handed in as one matter (一件事): one form that asks each field once, and each paper once.

Where the items differ, the most demanding of them counts: what one requires is required, the stricter form
of a paper and the greater number of copies are brought, and only what all of them accept may stand in for it.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec

from station_desk.catalogue.item import FormField, Item, Material, Need, PaperForm

_NEEDS: tuple[Need, ...] = ("opt", "cond", "must")
FEWEST = 2


def merged_fields(items: Sequence[Item]) -> tuple[FormField, ...]:
    """Every field of the items once, in the order in which they first ask for it.

    A field that all of them ask under the same condition keeps it; else it is asked always, and required only
    where an item requires it always.
    """
    return tuple(_merged_field([f for f in _fields(items) if f.key == key]) for key in _keys(_fields(items)))


def merged_materials(items: Sequence[Item]) -> tuple[Material, ...]:
    """Every paper of the items once, in the form and the number that satisfies each of them."""
    papers = [paper for item in items for paper in item.material]
    return tuple(_merged_paper([p for p in papers if p.key == key]) for key in _keys(papers))


def merged_item(items: Sequence[Item]) -> Item:
    """The first item with the form and the papers of all: what one form for them looks like."""
    return msgspec.structs.replace(items[0], field=merged_fields(items), material=merged_materials(items))


def stricter_form(one: PaperForm, other: PaperForm) -> PaperForm:
    """The form of a paper that satisfies both; of original and copy it is both, a signed one is enough."""
    forms = {one, other} - {"electronic"}
    if "signed" in forms:
        return "signed"
    if len(forms) == 2:
        return "original_and_copy"
    return next(iter(forms), "electronic")


def _fields(items: Iterable[Item]) -> list[FormField]:
    return [field for item in items for field in item.field]


def _keys(entries: Iterable[Any]) -> list[str]:
    return list(dict.fromkeys(entry.key for entry in entries))


def _merged_field(asked: Sequence[FormField]) -> FormField:
    first = asked[0]
    if all(field.when == first.when for field in asked):
        return FormField(first.key, any(field.required for field in asked), first.when)
    return FormField(first.key, any(field.required and field.when is None for field in asked))


def _merged_paper(papers: Sequence[Material]) -> Material:
    first = papers[0]
    form = first.form
    for paper in papers[1:]:
        form = stricter_form(form, paper.form)
    need = max((paper.need for paper in papers), key=_NEEDS.index)
    return msgspec.structs.replace(
        first, form=form, need=need, copies=max(paper.copies for paper in papers),
        when=_joined(papers, lambda paper: paper.when) if need == "cond" else "",
        substitute=tuple(way for way in first.substitute if all(way in paper.substitute for paper in papers)),
        may_follow=all(paper.may_follow for paper in papers),
        follow_days=min(paper.follow_days for paper in papers),
        note=_joined(papers, lambda paper: paper.note),
    )  # fmt: skip


def _joined(papers: Iterable[Material], text: Callable[[Material], str]) -> str:
    return "；".join(dict.fromkeys(said for paper in papers if (said := text(paper))))
