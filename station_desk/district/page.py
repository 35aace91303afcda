"""What the resident's page says of a case: made from the trace alone, so it can say nothing personal."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from station_desk.cases.trace import Trace, TraceStep, passed_over
from station_desk.catalogue.flow import END, followers
from station_desk.catalogue.item import Language
from station_desk.core.clock import moment
from station_desk.core.texts import Say
from station_desk.district.traces import Station

Mark = Literal["done", "now", "ahead", "void"]


UNDER_WAY = ("processing", "supplement", "suspended", "transferred")
CUT_SHORT = ("voided", "withdrawn", "declined")
"""Cases that ended before their result: the page shows what was done and how it ended."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One line of the list of steps; `mark_text` says the mark to those who do not see it."""

    name: str
    note: str
    mark: Mark
    mark_text: str


@dataclass(frozen=True, slots=True)
class Page:
    """The words of the page, in the order in which they are read. Empty texts and lists are left out."""

    state: str
    title: str
    number: str
    badge: str
    due: str
    headline: str
    lines: tuple[str, ...]
    bring: tuple[str, ...]
    notes: tuple[str, ...]
    counted: str
    stages: tuple[Stage, ...]
    updated: str


@dataclass(frozen=True, slots=True)
class Teller:
    """Says one trace in one language. A case without a title is a sensitive one: its steps have no names."""

    trace: Trace
    station: Station
    say: Say
    language: Language

    def page(self) -> Page:
        """The whole page."""
        trace = self.trace
        return Page(
            state=trace.state,
            title=self._title(),
            number=trace.number,
            badge=self.say(f"track.state.{trace.state}"),
            due=self._due(),
            headline=self._headline(),
            lines=self._lines(),
            bring=tuple(words.in_language(self.language) for words in trace.bring),
            notes=self._notes(),
            counted=self._counted(),
            stages=(*self._steps(), *self._ends()),
            updated=shown(trace.updated_at),
        )

    def _title(self) -> str:
        if self.trace.title is None:
            return self.say("track.page.case_at", station=self.station.name)
        return self.trace.title.in_language(self.language)

    def _due(self) -> str:
        trace = self.trace
        match trace.state:
            case "finished" | "voided" | "withdrawn" | "declined":
                return self.say(f"track.due.{trace.state}", at=shown(trace.finished_at))
            case "delivered":
                return self.say("track.due.delivered", at=shown(trace.delivered_at))
            case _:
                return self._due_under_way()

    def _due_under_way(self) -> str:
        trace, times = self.trace, self.trace.times
        if trace.clock_stands:
            return self.say("track.due.stands")
        if times.promised:
            return self.say("track.due.by", date=shown(times.promised))
        return self.say("track.due.statutory", date=shown(times.statutory)) if times.statutory else ""

    def _headline(self) -> str:
        if self.trace.state != "processing":
            return self.say(f"track.{self.trace.state}.title")
        at = self._present()
        if at is None:
            return self.say("track.now.all_done")
        step = self.trace.steps[at]
        if self._is_unnamed(step):
            return self.say("track.now.by_role", role=self._role(step))
        return self.say("track.now.step", step=self._name(step))

    def _lines(self) -> tuple[str, ...]:
        match self.trace.state:
            case "processing":
                return self._lines_under_way()
            case "supplement" | "noticed":
                until = shown(self.trace.bring_until)
                return (
                    (self.say("track.supplement.until", date=until, station=self.station.name),)
                    if until
                    else ()
                )
            case "transferred":
                return (self.say("track.transferred.text", counter=self.trace.to.lstrip("0")),)
            case "suspended" if self.trace.bring_until:
                expected = self.say("track.suspended.expected", date=shown(self.trace.bring_until))
                return self.say("track.suspended.text"), expected
            case _:
                return (self.say(f"track.{self.trace.state}.text"),)

    def _lines_under_way(self) -> tuple[str, ...]:
        at = self._present()
        if at is None:
            return ()
        step = self.trace.steps[at]
        lines = (self._who_until(step), self._notice(), self._what_follows(at))
        return tuple(line for line in lines if line)

    def _notice(self) -> str:
        until = self.trace.notice_until
        return self.say("track.now.notice", date=shown(until)) if until else ""

    def _what_follows(self, at: int) -> str:
        """The next step; nothing where it depends on what is found in this one."""
        steps = self.trace.steps
        after = followers(steps)[steps[at].id]
        if after == (END,):
            return self.say("track.now.last")
        if len(after) > 1:
            return ""
        return self.say("track.now.next", step=self._name(next(s for s in steps if s.id == after[0])))

    def _who_until(self, step: TraceStep) -> str:
        """Who works on the step and within what time; of an unnamed step the headline has said who."""
        role, limit = self._role(step), self._limit(step)
        if self._is_unnamed(step):
            return self.say("track.now.within", limit=limit) if limit else ""
        return self.say("track.now.by_within" if limit else "track.now.by", role=role, limit=limit)

    def _notes(self) -> tuple[str, ...]:
        trace = self.trace
        if trace.state in ("supplement", "suspended"):
            return (self.say(f"track.{trace.state}.clock"),)
        if trace.state == "processing" and trace.clock_stands:
            return (self.say("track.now.stands"),)
        if trace.state == "processing" and trace.times.provisional:
            return (self.say("track.due.provisional"),)
        return ()

    def _counted(self) -> str:
        at = self._present()
        if at is None or self.trace.state not in UNDER_WAY:
            return ""
        past = passed_over(self.trace)
        now = sum(step.id not in past for step in self.trace.steps[: at + 1])
        return self.say("track.page.step_of", now=now, all=len(self.trace.steps) - len(past))

    def _steps(self) -> Iterator[Stage]:
        """The steps on the way of the case; of one that ended before its end those that were done."""
        past = passed_over(self.trace)
        for at, step in enumerate(self.trace.steps):
            if step.done_at or (self.trace.state not in CUT_SHORT and step.id not in past):
                yield self._stage(at)

    def _stage(self, at: int) -> Stage:
        step = self.trace.steps[at]
        mark = self._mark(at)
        if step.done_at:
            note = shown(step.done_at)
        elif self._is_unnamed(step):
            note = self._limit(step)
        else:
            note = " · ".join(text for text in (self._role(step), self._limit(step)) if text)
        return self._marked(self._name(step), note, mark)

    def _ends(self) -> tuple[Stage, ...]:
        """What comes after the steps: the completion and the handing over, or the voiding."""
        trace = self.trace
        completed, handed_over = self.say("track.page.completed"), self.say("track.page.handed_over")
        match trace.state:
            case "voided" | "withdrawn" | "declined":
                return (Stage(self.say(f"track.state.{trace.state}"), shown(trace.finished_at), "void", ""),)
            case "finished":
                done = self._marked(completed, shown(trace.finished_at), "done")
                return done, self._marked(handed_over, "", "now")
            case "delivered":
                done = self._marked(completed, shown(trace.finished_at), "done")
                return done, self._marked(handed_over, shown(trace.delivered_at), "done")
            case _:
                return self._marked(completed, "", "ahead"), self._marked(handed_over, "", "ahead")

    def _marked(self, name: str, note: str, mark: Literal["done", "now", "ahead"]) -> Stage:
        return Stage(name, note, mark, self.say(f"track.page.{mark}"))

    def _present(self) -> int | None:
        ids = [step.id for step in self.trace.steps]
        return ids.index(self.trace.stage) if self.trace.stage in ids else None

    def _mark(self, at: int) -> Literal["done", "now", "ahead"]:
        if self.trace.steps[at].done_at:
            return "done"
        under_way = self.trace.state in UNDER_WAY
        return "now" if under_way and at == self._present() else "ahead"

    def _name(self, step: TraceStep) -> str:
        if self.trace.title is None or step.name is None:
            role = self._role(step)
            return role[:1].upper() + role[1:]
        return step.name.in_language(self.language)

    def _is_unnamed(self, step: TraceStep) -> bool:
        return self.trace.title is None or step.name is None

    def _role(self, step: TraceStep) -> str:
        return self.say(f"track.role.{step.role}")

    def _limit(self, step: TraceStep) -> str:
        if step.limit == 0:
            return self.say("track.limit.today") if step.unit != "h" else ""
        return self.say(f"track.limit.{step.unit}", n=step.limit)


def shown(text: str) -> str:
    """A day as it is, a moment to the minute in China's time; what is neither stays as it came."""
    if "T" not in text:
        return text
    try:
        return f"{moment(text):%Y-%m-%d %H:%M}"
    except ValueError:
        return text
