"""申请表: the form of the item as it was filled in at the counter, for the applicant to read and sign."""

from collections.abc import Iterator

from station_desk.catalogue.form import asked_fields
from station_desk.catalogue.item import FieldKindOf
from station_desk.counter.papers.materials import copies_of
from station_desk.counter.papers.telling import Contents, Rows, Telling
from station_desk.counter.wording import language_of, worded


def application_form(told: Telling) -> Contents:
    """Every field of the item with its answer, blank where there is none; every paper as it was found."""
    return Contents({}, {"answers": list(_answers(told)), "materials": _materials(told)})


def _answers(told: Telling) -> Iterator[dict[str, str]]:
    """In the order of the item, those that are asked with these answers; any other answer comes last."""
    answers = told.case.answers
    fields = told.desk.under(told.case).catalogue.fields
    item = told.item
    asked = [field.key for field in asked_fields(item, answers)] if item else []
    for key in dict.fromkeys((*asked, *answers)):
        kind = fields.get(key)
        yield {"label": _label(told, key, kind), "value": answer_words(told, answers.get(key, ""), kind)}


def _label(told: Telling, key: str, kind: FieldKindOf | None) -> str:
    if kind is None:
        return key
    label = worded(kind.label, told.say)
    return told.say("papers.with_unit", label=label, unit=worded(kind.unit, told.say)) if kind.unit else label


def answer_words(told: Telling, answer: str, kind: FieldKindOf | None) -> str:
    """An answer as papers say it: a choice in the language of the paper."""
    if kind and kind.kind == "yes_no" and answer:
        return told.say(f"ui.form.{answer}")
    if kind and kind.kind == "choice":
        chosen = next((choice for choice in kind.choices if choice.hans == answer), None)
        return chosen.in_language(language_of(told.say)) if chosen else answer
    return answer


def _materials(told: Telling) -> Rows:
    concerned = [seen for seen in told.case.materials if seen.how != "not_needed"]
    return [
        {
            "no": str(number), "name": worded(seen.name, told.say),
            "form": told.say(f"term.form.{seen.form}"), "copies": copies_of(seen),
            "how": told.say(f"term.how.{seen.how}"),
        }
        for number, seen in enumerate(concerned, 1)
    ]  # fmt: skip
