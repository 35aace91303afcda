"""What is stored, in the words that papers, lists and commands share."""

from station_desk.cases import parts as p
from station_desk.cases.case import Case
from station_desk.catalogue.item import LANGUAGES, Catalogue, Language, Words
from station_desk.core.texts import Texts


def language_of(texts: Texts) -> Language:
    """The language the texts speak."""
    return next(language for language in LANGUAGES if language == texts.language)


def worded(words: Words, texts: Texts) -> str:
    """Published words in the language of the person."""
    return words.in_language(language_of(texts))


def limit_words(limit: int, unit: str, texts: Texts) -> str:
    """18, wd → 18 个工作日; nothing to wait for → 即时."""
    return texts(f"term.limit.{unit}", count=limit) if limit else texts("term.limit.now")


def step_name(step: p.StepPlan, texts: Texts) -> str:
    """The published name of a step; of sensitive items, where it is not told, the role that works on it."""
    return worded(step.name, texts) if step.name else texts(f"term.role.{step.role}")


def state_words(state: str, stage: str, texts: Texts) -> str:
    """Where a case stands, in one word; a case whose steps are all done waits to be finished."""
    return texts("term.state.ready" if state == "processing" and not stage else f"term.state.{state}")


def stage_words(case: Case, texts: Texts) -> str:
    """The present step by name, or the state when there is none."""
    present = next((step for step in case.steps if step.id == case.stage), None)
    return step_name(present, texts) if present else state_words(case.state, case.stage, texts)


def field_label(field: str, catalogue: Catalogue, texts: Texts) -> str:
    """What a field of a form is called: `applicant.phone`, `material.hukou` or the key of an answer."""
    area, _, key = field.rpartition(".")
    if area in ("applicant", "agent"):
        return texts(f"form.label.{area}_{key}")
    if area == "material" and key in catalogue.materials:
        return worded(catalogue.materials[key].name, texts)
    return worded(catalogue.fields[key].label, texts) if key in catalogue.fields else key
