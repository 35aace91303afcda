"""Requests begun and not finished: kept while they are typed, offered at start and when called again."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from station_desk.core.masking import masked_name
from station_desk.core.texts import Texts
from station_desk.counter.drafts import KeptDraft, drafts_at_start
from station_desk.counter.wording import worded
from station_desk.ui.acts import Acts
from station_desk.ui.counter_page.draft import taken_up
from station_desk.ui.counter_page.draft_keeper import DraftKeeper
from station_desk.ui.counter_page.parked_card import Parked
from station_desk.ui.counter_page.request_area import RequestArea
from station_desk.ui.counter_page.request_panel import RequestPanel

TakeUp = Callable[[KeptDraft], None]
"""Lays a kept request on the counter again."""


class Parking(QObject):
    """Joins the keeper of drafts with the open requests and the card that offers the others."""

    def __init__(self, area: RequestArea, acts: Acts, take_up: TakeUp, say: Texts) -> None:
        super().__init__(area)
        self._area = area
        self._acts = acts
        self._take_up = take_up
        self._say = say
        self._kept: dict[str, KeptDraft] = {}
        self._dropped: KeptDraft | None = None
        self._times: dict[str, str] = {}
        self.keeper = DraftKeeper(acts, self)
        self.keeper.kept.connect(self._tell_kept)
        area.ended.connect(self.keeper.forget)
        area.in_hand.connect(lambda _key: self.offer())
        area.parked.resumed.connect(self._resume)
        area.parked.dropped.connect(self._drop)
        area.parked.restored.connect(self._restore)

    def look(self) -> None:
        """Looks what an earlier run of the program left unfinished."""
        self._acts.look(drafts_at_start, self._show_kept)

    def watch(self, panel: RequestPanel) -> None:
        """From now on what is typed there is kept."""
        self.keeper.begin(panel.draft.command)
        panel.changed.connect(partial(self.keeper.touch, panel.draft.command, panel.kept))

    def of_ticket(self, ticket: str, item: str) -> KeptDraft | None:
        """What was typed for a ticket before, if its item is the same."""
        found = (one for one in self._kept.values() if one.ticket == ticket and one.item == item)
        return next(found, None) if ticket else None

    def begun_again(self, draft: KeptDraft) -> None:
        """A kept request lies on the counter again; one that was thrown away before is written anew."""
        if self._kept.pop(draft.id, None):
            self.keeper.know(draft)

    def offer(self) -> None:
        """Shows what was begun while nothing is in hand."""
        if not self._area.is_resting():
            return
        open_ = [kept for panel in self._area.panels().values() if (kept := panel.kept())]
        parked = [self._line(one) for one in (*open_, *self._kept.values())]
        self._area.parked.show_parked(parked, may_restore=self._dropped is not None)

    def _show_kept(self, drafts: tuple[KeptDraft, ...]) -> None:
        open_ = {panel.draft.command for panel in self._area.panels().values()}
        self._kept = {draft.id: draft for draft in drafts if draft.id not in open_}
        self.offer()
        if self._kept and self._area.is_resting() and self._area.isVisible():
            self._area.parked.take_focus()

    def _tell_kept(self, name: str, at: str) -> None:
        self._times[name] = at
        for panel in self._area.panels().values():
            if panel.draft.command == name:
                panel.tell_kept(at)

    def _resume(self, name: str) -> None:
        for key, panel in self._area.panels().items():
            if panel.draft.command == name:
                self._area.show_panel(key)
                return
        draft = self._kept.get(name)
        if draft is None:
            return
        try:
            taken_up(draft, self._acts.desk.catalogue)
        except KeyError:
            self._area.parked.hint.setText(self._say("ui.parked.gone", item=draft.item))
            return
        self._take_up(draft)

    def _drop(self, name: str) -> None:
        for key, panel in self._area.panels().items():
            if panel.draft.command == name:
                self._dropped = panel.kept()
                self._area.end(key)
                break
        else:
            self._dropped = self._kept.pop(name, None)
        self.keeper.drop(name)
        self.offer()
        self._area.parked.take_focus()

    def _restore(self) -> None:
        draft, self._dropped = self._dropped, None
        if draft:
            self._take_up(draft)

    def _line(self, draft: KeptDraft) -> Parked:
        item = self._acts.desk.catalogue.items.get(draft.item)
        restricted = item is not None and item.sensitivity == "S3"
        name = worded(item.name, self._say) if item else draft.item
        shown = self._say("ui.queue.restricted") if restricted else name
        title = self._say("ui.parked.line", number=draft.number, item=shown).strip()
        who = masked_name(draft.values.get("applicant.name", "")) or self._say("ui.parked.nobody")
        at = (draft.changed or self._times.get(draft.id, ""))[5:16].replace("T", " ")
        typed = sum(bool(text) for place, text in draft.values.items() if place != "applicant.id_kind")
        return Parked(draft.id, title, self._say("ui.parked.under", name=who, count=typed, at=at).strip(" ·"))
