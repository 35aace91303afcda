"""The counter page at work: numbers taken and called, requests opened, accepted and printed."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QObject, QPoint

from station_desk.cases.parts import TicketState
from station_desk.cases.ticket import PRIORITIES
from station_desk.core.texts import Texts
from station_desk.counter.answers import TicketAnswer
from station_desk.counter.drafts import KeptDraft
from station_desk.counter.queue_wait import queue_rows
from station_desk.store.first_look import TicketRow
from station_desk.ui.acts import Acts, new_command, nothing
from station_desk.ui.counter_page.accepting import Accepting
from station_desk.ui.counter_page.draft import Draft, joined, taken_up
from station_desk.ui.counter_page.laying import Laying
from station_desk.ui.counter_page.noticing import Noticing
from station_desk.ui.counter_page.parking import Parking
from station_desk.ui.counter_page.queue_acts import QueueActs
from station_desk.ui.counter_page.queue_column import QueueColumn
from station_desk.ui.counter_page.queue_panels import QueuePanels
from station_desk.ui.counter_page.request_area import RequestArea
from station_desk.ui.counter_page.request_panel import RequestPanel
from station_desk.ui.counter_page.request_parts import RequestParts
from station_desk.ui.counter_page.take_panel import Purpose
from station_desk.ui.counter_page.ticket_moves import Move
from station_desk.ui.counter_page.ticket_strip import TicketStrip
from station_desk.ui.counter_page.wait_times import WaitTimes
from station_desk.ui.look.look import Look
from station_desk.ui.shared.item_finder import ItemFinder


class Lying(NamedTuple):
    """The requests on the counter, those with a notice begun, which is in hand, the open panel, the items
    of its visit.
    """

    requests: list[Draft]
    noticed: list[bool]
    in_hand: int | None
    taking: Purpose | None
    basket: Mapping[str, int]


class Handling(QObject):
    """Joins the queue column and the request area with the acts of the desk."""

    def __init__(self, column: QueueColumn, acts: Acts, items: ItemFinder, say: Texts, look: Look) -> None:
        super().__init__(column)
        self._column = column
        self._acts = acts
        self._say = say
        self._look = look
        self.area = RequestArea(say, look)
        self.strip = TicketStrip(say, look)
        self.tickets = QueueActs(column, acts, say)
        self.panels = QueuePanels(column, acts, items, say, look)
        self.accepting = Accepting(self.area, acts, say, look)
        self.noticing = Noticing(self.area, acts, say, look)
        self.waits = WaitTimes(column, acts)
        self._laying = Laying(self.area, self._panel_of, acts, say, look)
        self.parking = Parking(self.area, acts, self._take_up, say)
        self.accepting.taken_back.connect(self._take_back)
        column.add_below(self.strip)
        column.call.clicked.connect(lambda _checked: self.call_next())
        column.take.clicked.connect(lambda: self.open_take_panel("ticket"))
        column.view.opened.connect(self.open_ticket)
        column.view.picked.connect(self._pick)
        column.view.asked.connect(self._show_menu)
        column.view.selectionModel().currentChanged.connect(lambda *_: self._show_actions())
        self.strip.asked.connect(self.move)
        self.area.in_hand.connect(self._on_in_hand)
        self.parking.look()
        self.area.parked.direct.connect(lambda: self.open_take_panel("direct"))
        self.panels.taken.connect(lambda chosen, first, agent: self._take_ticket(chosen, first, agent=agent))
        self.panels.direct.connect(lambda item, agent: self.begin_without_ticket(item, with_agent=agent))
        self.panels.transferred.connect(self._transfer)
        self.panels.parked.connect(self._park_ticket)

    def stop(self) -> None:
        """The window goes: what was typed last is written down, and nobody is looked up any more."""
        self.parking.keeper.stop()
        for panel in self.area.panels().values():
            panel.people.stop()

    def reload(self) -> None:
        """Looks at the queue again."""
        self._acts.look(queue_rows, self._show_rows)

    def call_next(self, told: Callable[[TicketAnswer], None] = nothing) -> None:
        """Calls who is next and lays the request on the counter; the next item of a visit comes before."""
        self.panels.close()
        if visit := self._visit_that_goes_on():
            self._open(visit.id, visit.item, visit.number, with_agent=visit.agent)
            return

        def called(answer: TicketAnswer) -> None:
            self._open_answered(answer)
            told(answer)

        self.tickets.call_next(called)

    def open_ticket(self, ticket: TicketRow) -> None:
        """Lays the request of a ticket on the counter; one that waits is called, one that came back waits
        again.
        """
        steps: dict[str, TicketState] = {"waiting": "called", "held": "serving", "parked": "called"}
        if state := steps.get(ticket.state):
            self.tickets.move(ticket.id, state, self._open_answered)
        elif ticket.state == "missed":
            self.tickets.resume(ticket.id)
        else:
            self._open(ticket.id, ticket.item, ticket.number, with_agent=ticket.agent)

    def _pick(self, ticket: TicketRow) -> None:
        # A single click looks; it calls nobody.
        if ticket.state in ("called", "serving"):
            self.open_ticket(ticket)

    def move(self, ticket: TicketRow, move: Move) -> None:
        """Does what was asked with a ticket."""
        match move.name:
            case "serve":
                self.open_ticket(ticket)
            case "park":
                self.panels.open_park(ticket)
            case "transfer":
                self.panels.open_transfer(ticket)
            case "skip":
                self.tickets.skip(ticket.id, self._put_aside)
            case "undo":
                self.tickets.undo(ticket.id, self._after_undo)
            case "next":
                self.tickets.next_service(ticket.id, self._open_next)
            case "done":
                self.tickets.move(ticket.id, "done", self._end_visit)
            case "recall":
                self.tickets.move(ticket.id, "called")
            case _:
                if move.state:
                    self.tickets.move(ticket.id, move.state, self._put_aside)

    def follow(self, answer: TicketAnswer, then: str) -> None:
        """Shows what came of a move that was asked for beside the buttons."""
        match then:
            case "done":
                self._end_visit(answer)
            case "next":
                self._open_next(answer)
            case "held" | "missed" | "parked" | "waiting":
                self._put_aside(answer)
            case _:
                pass

    def open_take_panel(self, purpose: Purpose) -> None:
        """Asks for the item that is come for."""
        self.panels.open_take(purpose)

    def begin_without_ticket(self, item: str, *, with_agent: bool) -> None:
        """Lays a request on the counter for which nobody took a number."""
        self.panels.close()
        self._column.tell("")
        # At once: what is typed next belongs into this form.
        self._put(Draft(self._acts.desk.item(item), "", new_command(), with_agent))

    def is_one_called(self) -> bool:
        """Whether a ticket was called to this counter, or is being served."""
        return self._called() is not None

    def show_example(self, fill: Callable[[Draft], None]) -> str:
        """Lays the called ticket on the counter with a form that `fill` wrote, and nothing recorded of it.

        Answers under which key it lies there. Without a called ticket it is a request without one.
        """
        row = self._called()
        item = self._acts.desk.item(row.item) if row else next(iter(self._acts.desk.catalogue.items.values()))
        if row and self.area.panel(row.id):
            self.area.end(row.id)
        draft = Draft(item, row.id if row else "", new_command(), bool(row and row.agent))
        draft.number = row.number if row else ""
        fill(draft)
        key = self._put(draft)
        if panel := self.area.panel(key):
            panel.changed.disconnect()
        return key

    def lying(self) -> "Lying":
        """What lies on the counter, to be laid there again when the page is made anew."""
        panels = list(self.area.panels().values())
        shown = self.area.current()
        in_hand = next((n for n, panel in enumerate(panels) if panel is shown), None)
        requests, noticed = [panel.draft for panel in panels], [panel.notice.is_begun() for panel in panels]
        return Lying(requests, noticed, in_hand, self.panels.open_now(), self.panels.basket())

    def lay_again(self, lying: "Lying") -> None:
        """Lays on the counter what lay there; the item of each request is looked up anew."""
        for draft, noticed in zip(lying.requests, lying.noticed, strict=True):
            base = replace(draft, item=self._acts.desk.item(draft.item.code), together=())
            whole = joined(base, draft.event, draft.together, self._acts.desk.catalogue)
            key = self._put(whole if draft.together else base)
            if noticed and (panel := self.area.panel(key)):
                panel.prepare_notice()
        if lying.in_hand is None:
            self.area.rest()
        else:
            draft = lying.requests[lying.in_hand]
            self.area.show_panel(draft.ticket or draft.command)
        if lying.taking:
            self.panels.open_take(lying.taking, lying.basket)

    def take_focus(self) -> bool:
        """Puts the focus into the request in hand; False when there is none."""
        panel = self.area.current()
        if panel:
            panel.take_focus()
        return panel is not None

    def _take_ticket(self, items: tuple[tuple[str, int], ...], priority: str, *, agent: bool) -> None:
        known = next(p for p in PRIORITIES if p == priority)
        self.tickets.take(items, known, self._on_taken, agent=agent)

    def _on_taken(self, answer: TicketAnswer) -> None:
        self.panels.close()
        self._column.tell(
            self._say(
                "ui.queue.taken", number=answer.number, before=answer.waiting, minutes=answer.minutes or 0
            )
        )
        self._column.take_focus()
        self.tickets.print_slip(answer.id)

    def _put_aside(self, answer: TicketAnswer) -> None:
        """The ticket left the counter: what was typed for it stays as it is, out of sight.

        An empty form is made anew when it is wanted: those who did not come would leave one each behind.
        """
        self._laying.stop(answer.id)
        panel = self.area.panel(answer.id)
        if panel and panel.is_untouched():
            self.area.end(answer.id)
        elif panel and panel is self.area.current():
            self.area.rest()

    def _end_visit(self, answer: TicketAnswer) -> None:
        self._laying.stop(answer.id)
        if self.area.panel(answer.id):
            self.area.end(answer.id)

    def _open_next(self, answer: TicketAnswer) -> None:
        self._end_visit(answer)
        self._open_answered(answer)

    def _after_undo(self, answer: TicketAnswer) -> None:
        if answer.state not in ("called", "serving"):
            self._put_aside(answer)

    def _open_answered(self, answer: TicketAnswer) -> None:
        row = next((row for row in self._column.rows() if row.id == answer.id), None)
        self._open(answer.id, answer.item, answer.number, with_agent=bool(row and row.agent))

    def _open(self, ticket: str, item: str, number: str, *, with_agent: bool) -> None:
        self._column.tell("")
        if ticket and self.area.panel(ticket):
            self.area.show_panel(ticket)
            return
        if kept := self.parking.of_ticket(ticket, item):
            self._take_up(kept)
            return
        draft = Draft(self._acts.desk.item(item), ticket, new_command(), with_agent)
        draft.number = number
        self._laying.begin(draft.ticket or draft.command, draft)

    def _take_up(self, kept: KeptDraft) -> None:
        """A request that was begun earlier lies on the counter as it was left."""
        self.parking.begun_again(kept)
        draft = taken_up(kept, self._acts.desk.catalogue)
        key = self._put(draft)
        if panel := self.area.panel(key):
            panel.resume(kept)

    def _take_back(self, draft: Draft, told: str) -> None:
        """The form of a case that is void again, as it was typed."""
        key = self._put(draft)
        if panel := self.area.panel(key):
            panel.tell(told)

    def _put(self, draft: Draft) -> str:
        key = draft.ticket or draft.command
        self.area.put(key, self._panel_of(key, self._laying.parts_of(draft)).made())
        return key

    def _panel_of(self, key: str, parts: RequestParts) -> RequestPanel:
        ticket = parts.draft.ticket
        panel = RequestPanel(parts, self._acts, self._say, self._look)
        self.parking.watch(panel)
        panel.noticing.connect(lambda: self.noticing.give(key, panel))
        panel.touched.connect(lambda: self._begin_serving(ticket))
        panel.accepting.connect(lambda: self.accepting.accept(key, panel))
        panel.joined.connect(lambda event, codes: self._join(key, panel.draft, event, codes))
        return panel

    def _join(self, key: str, draft: Draft, event: str, codes: tuple[str, ...]) -> None:
        """The request goes on together with other items, or without them again; what was typed stays."""
        base = replace(draft, item=self._acts.desk.item(draft.item.code))
        together = joined(base, event, codes, self._acts.desk.catalogue)
        panel = self._panel_of(key, self._laying.parts_of(together)).made()
        self.area.swap(key, panel)
        ticked = next(iter(set(codes) ^ set(draft.together)), "")
        if panel.together and ticked:
            panel.together.take_focus(ticked)
        panel.changed.emit()

    def _called(self) -> TicketRow | None:
        rows = (row for row in self._column.rows() if row.state in ("called", "serving"))
        return next(rows, None)

    def _visit_that_goes_on(self) -> TicketRow | None:
        """A ticket in service here whose present request is done while more was asked for."""
        here = self._acts.desk.station.counter
        for row in self._column.rows():
            begun = any(not one.is_open() or one.done for one in row.services)
            if row.state == "serving" and row.counter == here and begun and not self.area.panel(row.id):
                return row
        return None

    def _say_next(self) -> None:
        # One primary action a screen: with a request in hand it is the acceptance.
        goes_on = self._visit_that_goes_on()
        words = self._say("ui.queue.next_item") if goes_on else self._say("ui.queue.call")
        self._column.call.say(words, "primary" if self.area.is_resting() else "soft")

    def _begin_serving(self, ticket: str) -> None:
        row = next((row for row in self._column.rows() if row.id == ticket), None)
        if row and row.state == "called":
            self.tickets.move(ticket, "serving")

    def _show_rows(self, rows: tuple[TicketRow, ...]) -> None:
        self._column.show_rows(rows, self._acts.desk.clock())
        self.waits.look(rows)
        self._column.view.put_in_hand(self._ticket_in_hand())
        self._say_next()
        self._show_actions()

    def _ticket_in_hand(self) -> str:
        panel = self.area.current()
        return panel.draft.ticket if panel else ""

    def _on_in_hand(self, _key: str) -> None:
        self._column.view.put_in_hand(self._ticket_in_hand())
        self._say_next()
        self._show_actions()
        if self.area.is_resting():
            self._column.take_focus()

    def _show_actions(self) -> None:
        self.strip.show_ticket(self._column.view.chosen(), self._ticket_in_hand())

    def _show_menu(self, ticket: TicketRow, point: QPoint) -> None:
        self.strip.menu(ticket, self._column).popup(point)

    def _transfer(self, ticket: str, item: str, counter: str) -> None:
        self.panels.close()
        self.tickets.transfer(ticket, item, counter, self._end_visit)

    def _park_ticket(self, ticket: str, reason: str, until: str) -> None:
        self.panels.close()
        self.tickets.park(ticket, reason, until, self._put_aside)
