"""What can be wrong in a published file, and how it is told: which file, which line, which fault."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from station_desk.core.errors import TroubleError

Place = tuple[str | int, ...]
"""Where in a file a value stands: `("step", 2, "limit")` is the limit of the third step; `()` is the file."""

FaultCode = Literal[
    # The file itself
    "file_missing",
    "stray_file",
    "import_broken_off",
    "file_too_large",
    "not_utf8",
    "syntax",
    "nested_too_deep",
    # Its shape
    "unknown_key",
    "missing_key",
    "language_missing",
    "empty_text",
    "stray_space",
    "not_text",
    "not_integer",
    "not_yes_no",
    "not_date",
    "not_list",
    "not_table",
    "not_one_of",
    "number_too_small",
    "list_empty",
    "entry_twice",
    # Items
    "code_shape",
    "code_prefix",
    "code_not_file",
    "code_twice",
    "code_changed",
    "code_reused",
    "folder_not_category",
    "unknown_category",
    "source_missing",
    "promised_over_statutory",
    "steps_over_promised",
    "no_step",
    "step_id_shape",
    "step_twice",
    "step_name_long",
    "step_named_end",
    "steps_too_many",
    "way_unknown",
    "way_twice",
    "way_unsaid",
    "step_unreached",
    "step_loop",
    "notice_of_restricted",
    "notice_missing",
    "notice_unknown",
    "notice_private",
    "unknown_material",
    "material_twice",
    "when_missing",
    "when_unused",
    "substitute_twice",
    "identity_may_follow",
    "unknown_field",
    "field_twice",
    "condition_unknown",
    "condition_kind",
    "condition_answer",
    "guide_incomplete",
    "national_code_shape",
    "group_unknown",
    # Shared fields
    "key_shape",
    "pattern_broken",
    "pattern_unused",
    "choices_too_few",
    "choices_unused",
    "choice_twice",
    "bounds_unused",
    "bounds_crossed",
    "fills_shape",
    # Categories
    "category_twice",
    "letter_shape",
    "letter_twice",
    "prefix_shape",
    "prefix_twice",
    "colour_shape",
    "colour_pale",
    "colour_twice",
    # Life events
    "event_twice",
    "unknown_item",
    "together_stray",
    "together_alone",
    "together_restricted",
    # Edition and certificates
    "edition_shape",
    "edition_over_before_it_begins",
    "client_shape",
    "certificate_twice",
    "certificate_forbidden",
    "certificate_not_asked",
    "certificate_may_be_left_out",
    # Papers
    "paper_unknown",
    "paper_field_unknown",
    "paper_rows_unknown",
    "sentence_missing",
    "sentence_unknown",
    "gap_unknown",
    "gap_broken",
    "gap_differs",
    "block_lacks",
    "block_unused",
    "paper_lacks",
    "paper_lacks_block",
    "full_for_others",
    "identity_unsigned",
    # Calendar
    "year_not_file",
    "year_unlikely",
    "day_other_year",
    "day_twice",
    "rest_not_weekday",
    "work_not_weekend",
    "holiday_works",
    "working_days_differ",
]
"""What is wrong; what to say and what to do about it is the text `check.<code>` in resources/i18n."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong at a place of a file; `values` fill the placeholders of its text.

    `rests_on` names the places whose values led to it: when one of them is at fault itself, this fault is its
    shadow only. Empty means the place alone.
    """

    place: Place
    code: FaultCode
    values: Mapping[str, object] = field(default_factory=dict)
    rests_on: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault as an official reads it: the file below `forms/`, the line (from 1), what is wrong.

    `place` is what stands in that line, for whoever shows the content in another way.
    """

    file: str
    line: int
    code: FaultCode
    values: Mapping[str, object] = field(default_factory=dict)
    place: Place = field(default=(), compare=False)


class BrokenForm(TroubleError):
    """A published file cannot be used; `finding` says which, where and why."""

    code = "catalogue.broken_form"

    def __init__(self, finding: Finding) -> None:
        super().__init__(file=finding.file, line=finding.line, fault=finding.code)
        self.finding = finding


def without_shadows(faults: Iterable[Fault], broken: list[Place]) -> Iterator[Fault]:
    """The faults that do not follow from a value which is already known to be `broken`."""
    for fault in faults:
        causes = fault.rests_on or (fault.place,)
        if not any(_overlap(cause, place) for cause in causes for place in broken):
            yield fault


def _overlap(one: Place, other: Place) -> bool:
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]
