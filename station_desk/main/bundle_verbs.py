"""`bundle`: several items of a life event handed in as one matter (一件事)."""

from collections.abc import Callable

from station_desk.catalogue.item import FormField, Material
from station_desk.core.clock import now
from station_desk.core.errors import RuleError
from station_desk.core.texts import Texts
from station_desk.counter.bundles import AcceptBundle, BundleForm, bundle_form, cases_of
from station_desk.counter.repeats import accept_bundle_asking
from station_desk.counter.wording import field_label, state_words, worded
from station_desk.main.act_verbs import read_application
from station_desk.main.open_desk import Options, command_id, desk_of, published_for
from station_desk.main.said import Said


class BundleOptionsNeeded(RuleError):
    code = "bundle.options_needed"


def bundle_verb(options: Options, said: Said) -> int:
    """Accepts a bundle, tells its form, or lists its cases."""
    acts: dict[str, Callable[[Options, Said], int]] = {"accept": _accept, "form": _form, "show": _show}
    return acts[options.what](options, said)


def _accept(options: Options, said: Said) -> int:
    items = _codes(options.items)
    if not options.event or not items or not options.form:
        raise BundleOptionsNeeded(options="--event --items --form")
    form = read_application(options.form, "-", options.ticket, options.again)
    with desk_of(options) as desk:
        wish = AcceptBundle(options.event, items, form)
        done = accept_bundle_asking(desk, wish, command_id(options)).answer
        lines = "\n".join(
            desk.texts("bundle.case", number=case.number, item=case.item, promised=case.promised or "-")
            for case in done.cases
        )
        said.tell(done, "bundle.accepted", bundle=done.bundle, count=len(done.cases), lines=lines)
    return 0


def _form(options: Options, said: Said) -> int:
    if not options.event:
        raise BundleOptionsNeeded(options="--event")
    catalogue, say = published_for(options.profile, now).forms.catalogue, said.texts
    form = bundle_form(catalogue, options.event, _codes(options.items))
    fields = [_field(form, field, field_label(field.key, catalogue, say)) for field in form.fields]
    papers = [
        _paper(form, paper, worded(catalogue.materials[paper.key].name, say)) for paper in form.materials
    ]
    facts = {
        "event": form.event.code, "items": [item.code for item in form.items], "fields": fields,
        "materials": papers,
    }  # fmt: skip
    names = say("due.join.days").join(worded(item.name, say) for item in form.items)
    said.tell(facts, "bundle.form", name=worded(form.event.name, say), items=names)
    for entry in fields:
        said.progress(_field_line(entry, say))
    for entry in papers:
        said.progress(_paper_line(entry, say))
    return 0


def _show(options: Options, said: Said) -> int:
    with desk_of(options) as desk:
        cases = cases_of(desk, options.which)
        rows: list[tuple[object, str]] = [
            (
                {"number": case.number, "item": case.item, "state": case.state, "stage": case.stage},
                f"{case.number}  {case.item}  {state_words(case.state, case.stage, desk.texts)}",
            )
            for case in cases
        ]
        said.rows(rows, "cli.cases", count=len(rows))
    return 0


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code for code in (part.strip().upper() for part in text.split(",")) if code)


def _field(form: BundleForm, field: FormField, label: str) -> dict[str, object]:
    return {
        "key": field.key, "label": label, "required": field.required, "when": field.when,
        "items": form.askers(field.key),
    }  # fmt: skip


def _paper(form: BundleForm, paper: Material, name: str) -> dict[str, object]:
    return {
        "key": paper.key, "name": name, "form": paper.form, "copies": paper.copies, "need": paper.need,
        "substitute": paper.substitute, "may_follow": paper.may_follow, "items": form.wanters(paper.key),
    }  # fmt: skip


def _field_line(entry: dict[str, object], say: Texts) -> str:
    key = "required" if entry["required"] else "asked"
    return say(f"bundle.field_{key}", label=entry["label"], key=entry["key"], items=_listed(entry))


def _paper_line(entry: dict[str, object], say: Texts) -> str:
    return say(
        "bundle.paper", name=entry["name"], key=entry["key"], form=say(f"term.form.{entry['form']}"),
        copies=entry["copies"], need=say(f"term.need.{entry['need']}"), items=_listed(entry),
    )  # fmt: skip


def _listed(entry: dict[str, object]) -> str:
    codes = entry["items"]
    return " ".join(codes) if isinstance(codes, tuple) else ""
