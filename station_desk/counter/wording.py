"""What is stored, in the words that papers, lists and commands share."""

from collections.abc import Iterator

from station_desk.cases import parts as p
from station_desk.cases.case import Case, HandOver, Redated, StepBack
from station_desk.cases.explain import Explanation, Skipped
from station_desk.catalogue.calendar import DAY
from station_desk.catalogue.item import LANGUAGES, Catalogue, Item, Language, Words
from station_desk.core.texts import Texts
from station_desk.counter.day_words import DayWords

A_MONTH, A_YEAR = 30, 365
MOST_WEEKENDS = 3
"""So many weekends are named in an explanation; more of them are counted."""


def language_of(texts: Texts) -> Language:
    """The language the texts speak."""
    return next(language for language in LANGUAGES if language == texts.language)


def worded(words: Words, texts: Texts) -> str:
    """Published words in the language of the person."""
    return words.in_language(language_of(texts))


def limit_words(limit: int, unit: str, texts: Texts) -> str:
    """18, wd → 18 个工作日; nothing to wait for → 即时."""
    return texts(f"term.limit.{unit}", count=limit) if limit else texts("term.limit.now")


def kind_words(item: Item, texts: Texts) -> str:
    """The kind with its promise: 承诺件 · 承诺 18 个工作日."""
    kind = texts(f"term.kind.{item.kind}")
    if not item.limit.promised:
        return kind
    limit = limit_words(item.limit.promised, item.limit.unit, texts)
    return texts("ui.request.promise", kind=kind, limit=limit)


def step_name(step: p.StepPlan, texts: Texts) -> str:
    """The published name of a step; of sensitive items, where it is not told, the role that works on it."""
    return worded(step.name, texts) if step.name else texts(f"term.role.{step.role}")


def way_words(steps: tuple[p.StepPlan, ...], way: p.WayPlan, texts: Texts) -> str:
    """When a way is taken and where it leads: 急难情形 → 先行救助."""
    target = next((step for step in steps if step.id == way.to), None)
    to = step_name(target, texts) if target else texts("term.step.end")
    return texts("term.step.way", when=worded(way.when, texts), to=to) if way.when else to


def ways_words(steps: tuple[p.StepPlan, ...], step: p.StepPlan, texts: Texts) -> str:
    """The ways out of a step, a line each; empty where there is no choice."""
    if len(step.next) < 2:
        return ""
    return "".join(f"\n{way_words(steps, way, texts)}" for way in step.next)


def state_words(state: str, stage: str, texts: Texts) -> str:
    """Where a case stands, in one word; a case whose steps are all done waits to be finished."""
    return texts("term.state.ready" if state == "processing" and not stage else f"term.state.{state}")


def stage_words(case: Case, texts: Texts) -> str:
    """The present step by name, or the state when there is none."""
    present = next((step for step in case.steps if step.id == case.stage), None)
    return step_name(present, texts) if present else state_words(case.state, case.stage, texts)


def age_words(days: int, texts: Texts) -> str:
    """How long ago something was: today, 12 days ago, 6 months ago, 3 years ago."""
    if days < 1:
        return texts("term.age.today")
    if days < A_MONTH * 2:
        return texts("term.age.days", count=days)
    if days < A_YEAR * 2:
        return texts("term.age.months", count=days // A_MONTH)
    return texts("term.age.years", count=days // A_YEAR)


def field_label(field: str, catalogue: Catalogue, texts: Texts) -> str:
    """What a field of a form is called: `applicant.phone`, `material.hukou`, the key of an answer."""
    area, _, key = field.rpartition(".")
    if area in ("applicant", "agent", "certificate"):
        return texts(f"form.label.{area}_{key}")
    if area == "material" and key in catalogue.materials:
        return worded(catalogue.materials[key].name, texts)
    return worded(catalogue.fields[key].label, texts) if key in catalogue.fields else key


def due_explained(explanation: Explanation, texts: Texts) -> str:
    """Why a case is due that day: 18 working days from 21 Nov 2026: due 16 Dec 2026. Skipped: …"""
    say = DayWords(texts, explanation.start.year)
    sentences = [_count_words(explanation, say)]
    if parts := list(_left_out_words(explanation, say)):
        sentences.append(texts("due.skipped.all", parts=texts("due.join.parts").join(parts)))
    for moved in (skipped for skipped in explanation.skipped if skipped.reason == "moved"):
        values = {"last": say.day(moved.first - DAY), "due": say.day(moved.last)}
        sentences.append(texts("due.note.moved", **values))
    if explanation.make_up:
        days = say.joined(map(say.day, explanation.make_up))
        sentences.append(texts("due.note.make_up", days=days))
    if explanation.provisional_years:
        years = say.joined(map(str, explanation.provisional_years))
        sentences.append(texts("due.note.provisional", years=years))
    return texts("due.join.sentences").join(sentences)


def redated_words(line: Redated, texts: Texts) -> str:
    """A line of a case's history: the due day that moved, or that is certain now, and by which notice."""
    before, after = line.before, line.after
    moved = (before.promised, before.statutory) != (after.promised, after.statutory)
    key = "moved" if moved else "uncertain" if after.provisional else "certain"
    values = {"before": _both(before)} if moved else {}
    notices = texts("due.join.days").join(
        texts(f"due.redated.{year.status}", year=year.year, number=year.number).strip() for year in line.years
    )
    return texts(f"due.redated.{key}", at=line.at[:10], after=_both(after), notices=notices, **values)


def _count_words(explanation: Explanation, say: DayWords) -> str:
    when, limit, unit = explanation.due, explanation.limit, explanation.unit
    due = say.moment(when.moment) if when.moment else say.full(when.day)
    if not limit:
        return say.texts("due.count.now", due=due)
    start = explanation.start
    first = say.moment(start) if unit == "h" else say.full(start.date() + DAY)
    return say.texts(f"due.count.{unit}", count=limit, first=first, due=due)


def _left_out_words(explanation: Explanation, say: DayWords) -> Iterator[str]:
    rows: dict[tuple[str, int], list[Skipped]] = {}
    for skipped in explanation.skipped:
        if skipped.reason != "moved":
            rows.setdefault((skipped.reason, skipped.year), []).append(skipped)
    for (reason, year), spans in rows.items():
        days = say.joined(say.row(span.first, span.last) for span in spans)
        if reason == "weekend" and len(spans) > MOST_WEEKENDS:
            count = sum((span.last - span.first).days + 1 for span in spans)
            within = say.row(spans[0].first, spans[-1].last)
            yield say.texts("due.skipped.weekends", count=count, days=within)
        else:
            key = "holiday_open" if year in explanation.provisional_years else reason
            yield say.texts(f"due.skipped.{key}", days=days, year=year)
    for held in explanation.held:
        yield say.texts("due.skipped.held", first=say.moment(held.start), length=say.length(held.length))


def handed_words(handed: HandOver, texts: Texts) -> str:
    """A line of a case's history: it left for another counter, arrived there, or stayed after all."""
    key = "taken" if handed.taken else "back" if handed.back else "sent"
    values = {"at": handed.at[:10], "source": handed.source.lstrip("0"), "to": handed.to.lstrip("0")}
    return texts(f"handover.line.{key}", **values, on=(handed.taken or handed.back)[:10])


def step_back_words(case: Case, line: StepBack, texts: Texts) -> str:
    """A line of a case's history: a step that was ended by mistake and taken back."""
    step = next((one for one in case.steps if one.id == line.step), None)
    values = {"at": line.at[:16].replace("T", " "), "reason": line.reason}
    return texts("turn.line.step_back", step=step_name(step, texts) if step else line.step, **values)


def asked_words(case: Case, texts: Texts) -> tuple[str, ...]:
    """What the resident is still to bring or to mend, on one line; nothing where nothing is asked for."""
    asked = [*(worded(one, texts) for one in case.bring), *case.defects]
    return (texts("turn.line.asked", asked=texts("ui.list").join(asked)),) if asked else ()


def _both(times: p.Times) -> str:
    return f"{times.promised} / {times.statutory}" if times.statutory else times.promised
