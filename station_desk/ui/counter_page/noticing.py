"""Giving the one-time notice: the case is stored with all its defects first, then its paper is printed."""

from PySide6.QtCore import QObject, Signal

from station_desk.core.errors import RuleError
from station_desk.core.texts import Texts
from station_desk.counter.answers import Moved
from station_desk.counter.one_time_notice import NoticeNow, notice_now
from station_desk.counter.papers.journal import PrintPaper
from station_desk.counter.papers.print_paper import print_paper
from station_desk.counter.wording import worded
from station_desk.ui.acts import Acts, new_command
from station_desk.ui.counter_page.noticed_card import NoticedCard
from station_desk.ui.counter_page.request_area import RequestArea
from station_desk.ui.counter_page.request_panel import RequestPanel
from station_desk.ui.look.look import Look


class Noticing(QObject):
    """`noticed` carries the case number after the commit."""

    noticed = Signal(str)

    def __init__(self, area: RequestArea, acts: Acts, say: Texts, look: Look) -> None:
        super().__init__(area)
        self._area = area
        self._acts = acts
        self._say = say
        self._look = look

    def give(self, key: str, panel: RequestPanel) -> None:
        """Gives the notice. The same command as the acceptance would have: one of the two happens, once."""
        wish, command = panel.notice_wish(), panel.draft.command
        panel.set_busy(self._say("ui.notice_page.under_way"))
        self._acts.do(
            lambda desk: notice_now(desk, wish, command),
            lambda answer: self._on_given(key, panel, wish, answer),
            refused=lambda error: self._on_refused(panel, error),
            ended=lambda: self._on_ended(key, panel),
            title=self._say("ui.notice_page.under_way"),
        )

    def _on_given(self, key: str, panel: RequestPanel, wish: NoticeNow, answer: Moved) -> None:
        if self._area.panel(key) is not panel:
            return
        item = worded(panel.draft.item.name, self._say)
        card = NoticedCard(answer.number, item, wish.until, self._say, self._look)
        card.again.connect(lambda number: self._print(number, card))
        card.closed.connect(self._area.rest)
        self._area.end(key, card)
        self.noticed.emit(answer.number)
        self._print(answer.number, card)

    def _on_refused(self, panel: RequestPanel, error: RuleError) -> None:
        panel.tell(self._say.error(error))

    def _on_ended(self, key: str, panel: RequestPanel) -> None:
        if self._area.panel(key) is panel:
            panel.set_free()

    def _print(self, number: str, card: NoticedCard) -> None:
        card.tell_printing()
        wish, command = PrintPaper(number, "notice"), new_command()
        self._acts.print(
            lambda desk: print_paper(desk, wish, command),
            lambda _answer: card.tell_printed(),
            ended=card.settle,
            title=self._say("ui.done.printing"),
        )
