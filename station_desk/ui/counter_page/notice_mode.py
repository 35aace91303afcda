"""F8 in a request: the form gives way to the list of everything that is wrong, a second F8 tells it."""

from collections.abc import Sequence
from functools import cached_property

from PySide6.QtCore import QObject, Signal

from station_desk.catalogue.item import Item
from station_desk.core.texts import Texts
from station_desk.counter.application import Fault
from station_desk.counter.desk import Desk
from station_desk.counter.one_time_notice import Defects, day_to_mend, defects_of
from station_desk.counter.wording import field_label
from station_desk.ui.counter_page.notice_page import NoticePage
from station_desk.ui.look.look import Look
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import capital


class NoticeMode(QObject):
    """`opened` and `left` say which page is wanted, `given` that the notice is to be given now."""

    opened = Signal()
    left = Signal()
    given = Signal()

    def __init__(self, item: Item, desk: Desk, say: Texts, look: Look) -> None:
        super().__init__()
        self._desk = desk
        self._catalogue = desk.edition.forms.catalogue
        self._say = say
        self._faults: Sequence[Fault] = ()
        self.is_open = False
        self._conditions = item.conditions
        self._look = look
        self.back = KeyButton(say("ui.notice_page.back"), key_of("notice.leave"), look)
        self.tell = KeyButton(say("ui.request.notice"), key_of("request.notice"), look)
        self.back.clicked.connect(self.leave)
        self.back.hide()

    @cached_property
    def page(self) -> NoticePage:
        """The list of what is wrong: made when it is wanted first."""
        page = NoticePage(self._conditions, self._say, self._look)
        page.edited.connect(self._say_count)
        return page

    def is_begun(self) -> bool:
        """Whether something may have been typed there."""
        return "page" in self.__dict__

    def press(self, faults: Sequence[Fault]) -> None:
        """F8: collects, or tells what was collected."""
        self._faults = faults
        if not self.is_open:
            self._open()
        elif self.defects().count:
            self.given.emit()

    def leave(self) -> None:
        """Back to the form."""
        if self.is_open:
            self.is_open = False
            self.back.hide()
            self.tell.say(self._say("ui.request.notice"), "plain")
            self.left.emit()

    def defects(self) -> Defects:
        """Everything that would be told now."""
        found = defects_of(self._faults, self.page.unmet(), self._catalogue, self._say)
        return Defects(found.materials, (*found.words, *self.page.others()))

    def until(self) -> str:
        """The day until which it is to be mended."""
        return self.page.until.value().strip()

    def _open(self) -> None:
        self.is_open = True
        found = defects_of(self._faults, (), self._catalogue, self._say)
        missing = self._say("term.how.missing")
        lacking = [
            self._say("ui.defects.fault", field=self._name(f"material.{key}"), wrong=missing)
            for key in found.materials
        ]
        self.opened.emit()
        self.page.open((*lacking, *found.words), day_to_mend(self._desk.calendar, self._desk.clock()))
        self.back.show()
        self._say_count()

    def _name(self, place: str) -> str:
        return capital(field_label(place, self._catalogue, self._say))

    def _say_count(self) -> None:
        count = self.defects().count
        key = "ui.notice_page.give" if count else "ui.notice_page.nothing"
        self.tell.say(self._say(key, count=count), "primary" if count else "soft")
