"""The story of the demonstration: tickets, calls, forms, acceptance, papers, workflows, hand-over."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from station_desk.cases.case import Case, ways_on
from station_desk.core.clock import now
from station_desk.counter.accept import accept
from station_desk.counter.advance import (
    Advance,
    AskSupplement,
    TakeSupplement,
    advance,
    ask_supplement,
    take_supplement,
)
from station_desk.counter.application import ApplicationFaulty
from station_desk.counter.desk import Desk
from station_desk.counter.finish import Deliver, Finish, deliver, finish
from station_desk.counter.papers.journal import PrintPaper
from station_desk.counter.papers.print_paper import print_paper, print_receipt, print_sheet
from station_desk.counter.queue import (
    CallNext,
    MoveTicket,
    TakeTicket,
    call_next,
    move_ticket,
    queue_now,
    take_ticket,
)
from station_desk.counter.wording import worded
from station_desk.main.demo.days import Agenda, DemoClock
from station_desk.main.demo.visits import LATER, Visit, faulty_forms, good_form
from station_desk.main.said import Said, fault_lines


class CalledOutOfOrder(AssertionError):
    """The queue called somebody before his turn.

    The demonstration stops, for then nothing else can be trusted.
    """


@dataclass(slots=True)
class Story:
    """What the demonstration does on a desk, and what came of it by case number."""

    desk: Desk
    clock: DemoClock
    said: Said
    visits: dict[str, Visit] = field(default_factory=dict)
    refused: int = 0

    def morning(self, visits: tuple[Visit, ...]) -> None:
        """Everybody takes a ticket; then they are called in the order of the queue and served."""
        waiting: dict[str, Visit] = {}
        for visit in visits:
            self.clock.pass_minutes(1)
            wish = TakeTicket(visit.item, visit.priority, visit.agent)
            waiting[take_ticket(self.desk, wish, fresh()).answer.id] = visit
        self._tell("demo.tickets", count=len(waiting), types=len({visit.item[:2] for visit in visits}))
        foreseen = [row.id for row in queue_now(self.desk) if row.state == "waiting"]
        order: list[str] = []
        while waiting:
            self.clock.pass_minutes(1)
            called = call_next(self.desk, CallNext(), fresh()).answer
            visit = waiting.pop(called.id)
            order.append(called.id)
            move_ticket(self.desk, MoveTicket(called.id, "serving"), fresh())
            self._serve(visit, called.id, called.number)
        if order != foreseen:
            raise CalledOutOfOrder(order)

    def work(self, until: datetime) -> None:
        """The accepted cases go through their workflows, day by day."""
        agenda = Agenda(self.desk.calendar)
        for number in self.visits:
            self._plan(agenda, self.desk.store.case(number))
        while task := agenda.take_until(until):
            self.clock.moment = max(self.clock.moment, task.at)
            self._do(agenda, task.number, task.what)
        self.clock.moment = max(self.clock.moment, until)

    def work_until_now(self) -> None:
        """The cases go on until the present moment."""
        self.work(now())

    def queue_for_the_window(self) -> None:
        """More residents take tickets, so that the window opens on a queue with people in it."""
        start = now() - timedelta(minutes=14)
        for place, (item, priority, agent) in enumerate(LATER):
            self.clock.moment = min(start + timedelta(minutes=place + place // 3), now())
            take_ticket(self.desk, TakeTicket(item, priority, agent), fresh())
        self.clock.moment = now()

    def _serve(self, visit: Visit, ticket: str, called: str) -> None:
        item = self.desk.item(visit.item)
        good = good_form(visit, item, self.desk.catalogue, ticket)
        for form in faulty_forms(good) if len(self.visits) % 4 == 0 else []:
            self.clock.pass_minutes(1)
            try:
                accept(self.desk, form, fresh())
            except ApplicationFaulty as error:
                self.refused += 1
                for line in fault_lines(error, self.desk.catalogue, self.desk.texts):
                    self._tell("demo.fault", number=called, line=line)
        self.clock.pass_minutes(3)
        done = accept(self.desk, good, fresh()).answer
        self.visits[done.number] = visit
        print_receipt(self.desk, done.number, fresh())
        print_sheet(self.desk, done.number, fresh())
        name = worded(item.name, self.desk.texts)
        self._tell("demo.accepted", ticket=called, number=done.number, item=name, promised=done.promised)

    def _plan(self, agenda: Agenda, case: Case) -> None:
        if case.state in ("finished", "delivered"):
            return
        if not case.stage:
            agenda.add(case.number, "finish", self.clock.moment + timedelta(minutes=10))
            return
        step = next(step for step in case.steps if step.id == case.stage)
        agenda.add(case.number, "step", agenda.after(self.clock.moment, step.limit, step.unit))

    def _do(self, agenda: Agenda, number: str, what: str) -> None:
        visit = self.visits[number]
        match what:
            case "step" if visit.until == "supplement" and not self.desk.store.case(number).stops:
                self._ask_for_papers(agenda, number)
            case "papers":
                take_supplement(self.desk, TakeSupplement(number), fresh())
                self._plan(agenda, self.desk.store.case(number))
            case "step":
                way = ways_on(self.desk.store.case(number))[0].to
                advance(self.desk, Advance(number, opinion=self.desk.texts("demo.opinion"), to=way), fresh())
                self._plan(agenda, self.desk.store.case(number))
            case _:
                self._finish(number)

    def _ask_for_papers(self, agenda: Agenda, number: str) -> None:
        case = self.desk.store.case(number)
        back = agenda.after(self.clock.moment, 10, "wd")
        keys = (case.materials[0].key,)
        ask_supplement(self.desk, AskSupplement(number, keys, back.date().isoformat()), fresh())
        print_paper(self.desk, PrintPaper(number, "supplement"), fresh())
        agenda.add(number, "papers", back)

    def _finish(self, number: str) -> None:
        case = self.desk.store.case(number)
        result = self.desk.item(case.item).result.name
        finish(self.desk, Finish(number, "granted", result), fresh())
        print_paper(self.desk, PrintPaper(number, "completion"), fresh())
        self.clock.pass_minutes(5)
        deliver(self.desk, Deliver(number, "counter", case.applicant.name), fresh())
        print_paper(self.desk, PrintPaper(number, "delivery"), fresh())

    def _tell(self, key: str, **values: object) -> None:
        self.said.progress(self.desk.texts(key, **values))


def fresh() -> str:
    """A command id that was never used."""
    return str(uuid.uuid4())
