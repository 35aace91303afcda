"""What a request shows: its head, its form, its papers, its guide, each made when it is wanted first."""

from collections.abc import Iterator
from functools import cached_property

from station_desk.catalogue.guide_page import guide_page
from station_desk.core.texts import Texts
from station_desk.counter.wording import language_of
from station_desk.counter.workflow_words import workflow_of
from station_desk.ui.acts import Acts
from station_desk.ui.counter_page.draft import Draft
from station_desk.ui.counter_page.form_view import FormView
from station_desk.ui.counter_page.header_card import HeaderCard
from station_desk.ui.counter_page.materials_view import MaterialsView, in_full, in_short
from station_desk.ui.look.look import Look
from station_desk.ui.shared.guide_view import GuideView
from station_desk.ui.tasks import REST

MATERIALS_WIDTH = 310


class RequestParts:
    """The parts of one request. Few clerks open the papers in full or the guide of each of them."""

    def __init__(self, draft: Draft, acts: Acts, say: Texts, look: Look) -> None:
        self.draft = draft
        self._forms = acts.desk.edition.forms
        self._say = say
        self._look = look

    def in_turns(self) -> Iterator[object]:
        """Makes what is shown at once, a part a turn."""
        for part in ("head", "form", "beside"):
            getattr(self, part)
            yield REST

    @cached_property
    def head(self) -> HeaderCard:
        """The item and its workflow."""
        return HeaderCard(self.draft.item, self.draft.number, self._say, self._look)

    @cached_property
    def form(self) -> FormView:
        """The fields."""
        return FormView(self.draft, self._forms.catalogue, self._say, self._look)

    @cached_property
    def beside(self) -> MaterialsView:
        """The papers in short, beside the form."""
        view = MaterialsView(self.draft, self._forms.catalogue, in_short, self._say, self._look, left=4)
        view.setMinimumWidth(self._look.px(MATERIALS_WIDTH))
        return view

    @cached_property
    def materials(self) -> MaterialsView:
        """The papers in full."""
        return MaterialsView(self.draft, self._forms.catalogue, in_full, self._say, self._look, left=12)

    @cached_property
    def guide(self) -> GuideView:
        """What the resident may read about the item."""
        say, forms, view = self._say, self._forms, GuideView(self._say, self._look)
        page = guide_page(self.draft.item, forms.catalogue, forms.edition, say, language_of(say))
        view.show_guide(page, workflow_of(self.draft.item, say))
        return view
