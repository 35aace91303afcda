"""Accepting a request: stored first, printed after, and the form stays as it is until the case is stored."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from station_desk.core.errors import RuleError
from station_desk.core.texts import Texts
from station_desk.counter.answers import Accepted, BundleAccepted, Printed
from station_desk.counter.bundles import AcceptBundle, accept_bundle
from station_desk.counter.papers.print_paper import print_receipt, print_sheet
from station_desk.counter.repeats import accept_asking
from station_desk.counter.undo import UndoAcceptance, undo_acceptance
from station_desk.ui.acts import Acts, new_command
from station_desk.ui.counter_page.bundle_card import BundleCard
from station_desk.ui.counter_page.done_card import DoneCard
from station_desk.ui.counter_page.draft import Draft
from station_desk.ui.counter_page.request_area import RequestArea
from station_desk.ui.counter_page.request_panel import RequestPanel
from station_desk.ui.look.look import Look


class Accepting(QObject):
    """`accepted` carries the case number after the commit, `printed` after its receipt is out, `taken_back`
    the request of a case that is void again and the words about it.
    """

    accepted = Signal(str)
    printed = Signal(str)
    taken_back = Signal(object, str)

    def __init__(self, area: RequestArea, acts: Acts, say: Texts, look: Look) -> None:
        super().__init__(area)
        self._area = area
        self._acts = acts
        self._say = say
        self._look = look

    def accept(self, key: str, panel: RequestPanel) -> None:
        """Accepts what lies in the panel. Pressing twice asks the same command, which changes nothing."""
        if panel.draft.together:
            self._accept_together(key, panel)
            return
        application, command = panel.application(), panel.draft.command
        panel.set_busy(self._say("ui.request.accepting"))
        self._acts.do(
            lambda desk: accept_asking(desk, application, command),
            lambda answer: self._on_accepted(key, panel, answer),
            refused=lambda error: self._on_refused(panel, error),
            ended=lambda: self._on_ended(key, panel),
            title=self._say("ui.request.accepting"),
        )

    def _accept_together(self, key: str, panel: RequestPanel) -> None:
        draft, command = panel.draft, panel.draft.command
        wish = AcceptBundle(draft.event, draft.codes, panel.application())
        panel.set_busy(self._say("ui.request.accepting"))
        self._acts.do(
            lambda desk: accept_bundle(desk, wish, command),
            lambda answer: self._on_bundle(key, panel, answer),
            refused=lambda error: self._on_refused(panel, error),
            ended=lambda: self._on_ended(key, panel),
            title=self._say("ui.request.accepting"),
        )

    def _on_bundle(self, key: str, panel: RequestPanel, answer: BundleAccepted) -> None:
        if self._area.panel(key) is not panel:
            return
        card = BundleCard(answer, self._acts.desk.catalogue, self._say, self._look)
        card.again.connect(lambda number: self._print_of_bundle(number, card))
        card.closed.connect(self._area.rest)
        self._area.end(key, card)
        for case in answer.cases:
            self.accepted.emit(case.number)
            self._print_of_bundle(case.number, card)

    def _on_accepted(self, key: str, panel: RequestPanel, answer: Accepted) -> None:
        if self._area.panel(key) is not panel:
            # The same command answered twice: the first answer was said already.
            return
        card = DoneCard(answer, panel.draft.item, self._say, self._look)
        card.again.connect(lambda number: self._print(number, card))
        card.sheet.connect(lambda number: self._print_sheet(number, card))
        draft = replace(panel.draft, command=new_command(), ticket="", repeats=())
        card.undone.connect(lambda number, reason: self._take_back(number, reason, draft, card))
        card.closed.connect(self._area.rest)
        self._area.end(key, card)
        self.accepted.emit(answer.number)
        self._print(answer.number, card)

    def _take_back(self, number: str, reason: str, draft: Draft, card: DoneCard) -> None:
        wish, command = UndoAcceptance(number, reason), new_command()
        told = self._say("ui.undo.done", number=number)
        self._acts.do(
            lambda desk: undo_acceptance(desk, wish, command),
            lambda _answer: self.taken_back.emit(draft, told),
            refused=lambda error: card.undo.tell(self._say.error(error)),
        )

    def _on_refused(self, panel: RequestPanel, error: RuleError) -> None:
        panel.people.forget()
        panel.people.look_again()
        panel.look_again()
        panel.tell(self._say.error(error))

    def _on_ended(self, key: str, panel: RequestPanel) -> None:
        if self._area.panel(key) is panel:
            panel.set_free()

    def _print(self, number: str, card: DoneCard) -> None:
        card.tell_printing()
        command = new_command()

        def landed(answer: Printed) -> None:
            card.tell_printed(answer.copy)
            self.printed.emit(number)

        self._acts.print(
            lambda desk: print_receipt(desk, number, command),
            landed,
            ended=card.settle,
            title=self._say("ui.done.printing"),
        )

    def _print_of_bundle(self, number: str, card: BundleCard) -> None:
        card.tell_printing(number)
        command = new_command()

        def landed(answer: Printed) -> None:
            card.tell_printed(number, answer.copy)
            self.printed.emit(number)

        self._acts.print(
            lambda desk: print_receipt(desk, number, command),
            landed,
            ended=lambda: card.settle(number),
            title=self._say("ui.done.printing"),
        )

    def _print_sheet(self, number: str, card: DoneCard) -> None:
        command = new_command()
        self._acts.print(
            lambda desk: print_sheet(desk, number, command),
            lambda _answer: card.tell_sheet(),
            title=self._say("ui.done.printing"),
        )
