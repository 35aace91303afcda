"""The workflow of an item in words: what its diagram shows, and what a BPMN file says beside it."""

from station_desk.catalogue.bpmn.names import variable_of
from station_desk.catalogue.bpmn.notes import Notes
from station_desk.catalogue.diagram.workflow import Task, Way, Workflow
from station_desk.catalogue.flow import END, followers
from station_desk.catalogue.item import Catalogue, Item, Step
from station_desk.catalogue.notice import is_notice_step
from station_desk.core.texts import Texts
from station_desk.counter.wording import field_label, limit_words, worded


def workflow_of(item: Item, texts: Texts) -> Workflow:
    """The published workflow of an item, as it is drawn, in the language of the person."""
    tasks = tuple(
        Task(
            step.id,
            worded(step.name, texts),
            step.role,
            _limit(step, texts),
            tuple(Way(way.to, worded(way.when, texts) if way.when else "") for way in step.next),
        )
        for step in item.step
    )
    return Workflow(
        title=texts("diagram.title", code=item.code, name=worded(item.name, texts)),
        description=_description(item, tasks, texts),
        language=texts.language,
        start=texts("diagram.start"),
        end=texts("diagram.end"),
        roles={step.role: _capital(texts(f"term.role.{step.role}")) for step in item.step},
        tasks=tasks,
    )


def notes_of(item: Item, catalogue: Catalogue, texts: Texts) -> Notes:
    """What a BPMN file documents of an item: the process, each step, each choice of a way."""
    name, limit = worded(item.name, texts), limit_words(item.limit.promised, item.limit.unit, texts)
    return Notes(
        name=name,
        process=texts(
            "diagram.bpmn.process", name=name, code=item.code, limit=limit, edition=catalogue.edition
        ),
        steps={step.id: "\n".join(_step_notes(step, item, catalogue, texts)) for step in item.step},
        choices={step.id: _choice(step, item, texts) for step in item.step if len(step.next) > 1},
    )


def _limit(step: Step, texts: Texts) -> str:
    limit = limit_words(step.limit, step.unit, texts)
    return texts("diagram.uncounted", limit=limit) if step.clock == "stop" else limit


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _description(item: Item, tasks: tuple[Task, ...], texts: Texts) -> str:
    names = {task.id: task.name for task in tasks} | {END: texts("diagram.end")}
    straight = followers(item.step)
    lines = []
    for number, task in enumerate(tasks, 1):
        ways = [
            texts("diagram.way", when=way.when, to=names.get(way.to, way.to)) for way in task.next if way.when
        ]
        following = ways or [names.get(to, to) for to in straight[task.id]]
        role = texts(f"term.role.{task.role}")
        values = {"number": number, "name": task.name, "role": role, "limit": task.limit}
        lines.append(texts("diagram.step", **values, next=texts("diagram.or").join(following)))
    return "\n".join(lines)


def _step_notes(step: Step, item: Item, catalogue: Catalogue, texts: Texts) -> list[str]:
    notes = [
        texts("diagram.bpmn.role", role=texts(f"term.role.{step.role}")),
        texts("diagram.bpmn.limit", limit=limit_words(step.limit, step.unit, texts)),
        texts("diagram.bpmn.action", action=step.action),
    ]
    if step.clock == "stop":
        notes.append(texts("diagram.bpmn.stop"))
    if is_notice_step(step.name):
        shown = [_shown(entry, catalogue, texts) for entry in item.notice]
        entries = texts("diagram.bpmn.and").join(shown)
        notes.append(texts("diagram.bpmn.notice" if shown else "diagram.bpmn.no_notice", entries=entries))
    return notes


def _shown(entry: str, catalogue: Catalogue, texts: Texts) -> str:
    known = entry in ("applicant", "item", "result")
    return texts(f"diagram.notice.{entry}") if known else field_label(entry, catalogue, texts)


def _choice(step: Step, item: Item, texts: Texts) -> str:
    names = {other.id: worded(other.name, texts) for other in item.step} | {END: texts("diagram.end")}
    values = [
        texts("diagram.bpmn.value", to=way.to, when=worded(way.when, texts) if way.when else "")
        for way in step.next
    ]
    return texts(
        "diagram.bpmn.gateway",
        variable=variable_of(step.id),
        values=texts("diagram.bpmn.and").join(values),
        default=names.get(step.next[0].to, step.next[0].to),
    )
