"""What a request shows: its head, its form, its papers, its guide, each made when it is wanted first."""

from functools import cached_property

from PySide6.QtWidgets import QWidget

from station_desk.catalogue.guide_page import guide_page
from station_desk.core.texts import Texts
from station_desk.counter.wording import language_of
from station_desk.counter.workflow_words import workflow_of
from station_desk.ui.acts import Acts
from station_desk.ui.counter_page.draft import Draft
from station_desk.ui.counter_page.form_view import FormView
from station_desk.ui.counter_page.header_card import HeaderCard
from station_desk.ui.counter_page.materials_view import MaterialsView, Told, in_full, in_short
from station_desk.ui.look.look import Look
from station_desk.ui.shared.guide_view import GuideView

MATERIALS_WIDTH = 310


class RequestParts:
    """The parts of one request. Few clerks open the papers in full or the guide of each of them.

    All of it is made out of sight in its `place`, whose looks it has from the beginning.
    """

    def __init__(self, draft: Draft, acts: Acts, say: Texts, look: Look, place: QWidget) -> None:
        self.draft = draft
        self.place = place
        self._forms = acts.desk.edition.forms
        self._say = say
        self._look = look

    def head_in(self, place: QWidget) -> HeaderCard:
        """The item and its workflow."""
        return HeaderCard(self.draft.item, self.draft.number, self._say, self._look, place)

    def form_in(self, place: QWidget) -> FormView:
        """The fields, none of them made yet."""
        return FormView(self.draft, self._forms.catalogue, self._say, self._look, place)

    def papers_beside(self, place: QWidget) -> MaterialsView:
        """The papers in short, none of them made yet."""
        view = self._papers(in_short, 4, place)
        view.setMinimumWidth(self._look.px(MATERIALS_WIDTH))
        return view

    @cached_property
    def materials(self) -> MaterialsView:
        """The papers in full."""
        view = self._papers(in_full, 12, self.place)
        for _ in view.make():
            pass
        return view

    @cached_property
    def guide(self) -> GuideView:
        """What the resident may read about the item."""
        say, forms, view = self._say, self._forms, GuideView(self._say, self._look)
        page = guide_page(self.draft.item, forms.catalogue, forms.edition, say, language_of(say))
        view.show_guide(page, workflow_of(self.draft.item, say))
        return view

    def _papers(self, told: Told, left: int, place: QWidget) -> MaterialsView:
        catalogue = self._forms.catalogue
        return MaterialsView(self.draft, catalogue, told, self._say, self._look, left, place)
