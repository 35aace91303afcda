"""The head of the request in hand: the item, its kind and promised limit, its type, and the published
workflow.
"""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from station_desk.catalogue.item import Item
from station_desk.core.texts import Texts
from station_desk.counter.accept import steps_of
from station_desk.counter.wording import kind_words, limit_words, step_name, ways_words, worded
from station_desk.ui.look.look import Look
from station_desk.ui.shared.labels import small, title, wrapping
from station_desk.ui.shared.name_and_pills import NameAndPills
from station_desk.ui.shared.pill import Pill
from station_desk.ui.shared.stepper import Stage, Stepper
from station_desk.ui.shared.surface import Surface


class HeaderCard(Surface):
    """Says what is being asked for and which way it will go."""

    def __init__(self, item: Item, ticket_number: str, say: Texts, look: Look, parent: QWidget) -> None:
        super().__init__("card", look, parent)
        self.stepper = Stepper(say("ui.request.workflow"), look)
        self.stepper.show_stages(stages_before_acceptance(item, say))
        number = small(ticket_number, look)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(18), look.px(12), look.px(18), look.px(10))
        column.setSpacing(look.px(10))
        self._strip = self._top(item, number, say, look)
        column.addWidget(self._strip)
        column.addWidget(self.stepper)
        self._column = column

    def add(self, below: QWidget) -> None:
        """Puts something below the workflow."""
        self._column.addWidget(below)

    def show_workflow(self, shown: bool) -> None:  # noqa: FBT001 - one thing in two states
        """The workflow under the name, or a single line: the guide of the request tells the rest too."""
        self.stepper.setVisible(shown)
        sizes = self._look.sizes
        self._name.setFont(self._look.bold(sizes.title if shown else sizes.section))
        self._strip.keep_one_line(not shown)

    def _top(self, item: Item, number: QLabel, say: Texts, look: Look) -> NameAndPills:
        name = self._name = wrapping(title(worded(item.name, say), look))
        pills = (
            Pill(kind_words(item, say), "accent", look),
            Pill(say(f"term.type.{item.type}"), "plain", look),
            Pill(say("term.fee.some" if item.fee else "term.fee.none", count=item.fee), "plain", look),
        )
        return NameAndPills(name, [*pills, *([number] if number.text() else [])], look)


def stages_before_acceptance(item: Item, say: Texts) -> tuple[Stage, ...]:
    """The steps as published; the first is where we are."""
    steps = steps_of(item)
    return tuple(
        Stage(
            step_name(step, say),
            say(
                "ui.request.under",
                role=say(f"term.role.{step.role}"),
                limit=limit_words(step.limit, step.unit, say),
            )
            + ways_words(steps, step, say),
            "ahead" if n else "now",
        )
        for n, step in enumerate(steps)
    )
