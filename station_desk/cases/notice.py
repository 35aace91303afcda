"""The public notice of a case (公示): what it may show, of whom, and when, whatever the published list says.

Only what the item's own edition lists, never of a restricted item, never of a minor; the applicant masked,
and nothing by which a stranger finds him: those rules are here, so that no file can undo them.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date

from station_desk.cases import parts as p
from station_desk.cases.case import Case, posting_up, step_of
from station_desk.cases.permits import require_may
from station_desk.catalogue.item import FieldKindOf, Item, Words
from station_desk.catalogue.notice import is_notice_step, may_be_shown, may_have_notice
from station_desk.core.errors import RuleError
from station_desk.core.identifiers import age_on, person_of
from station_desk.core.masking import masked_name

ADULT = 18
BORN_IN = ("citizen_id", "hk_mo_tw_permit")
"""The documents whose number tells the day of birth."""

TOO_MANY_DIGITS = re.compile(r"(?:[0-9][\s\-.()]*){7,}")
"""As many digits as a telephone, an account or an identity number has at least."""

ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SHORTEST_TELLING = 2


class NoticeNeverShown(RuleError):
    code = "notice.never_shown"


class NoticeOfMinor(RuleError):
    code = "notice.of_minor"


class NoticeAgeUnknown(RuleError):
    code = "notice.age_unknown"


class NoNoticeStep(RuleError):
    code = "notice.no_step"


class NoNoticeUp(RuleError):
    code = "notice.none_up"


class NoticeUpAlready(RuleError):
    code = "notice.up_already"


def lines_of(
    case: Case, item: Item, fields: Mapping[str, FieldKindOf], day: date
) -> tuple[p.NoticeLine, ...]:
    """What a notice of the case that hangs from `day` on shows; `item` and `fields` are of its own edition.

    Raises NoticeNeverShown, NoticeOfMinor, NoticeAgeUnknown.
    """
    if not may_have_notice(item, case.sensitivity):
        raise NoticeNeverShown(number=case.number)
    require_adult(case, day)
    lines = tuple(_lines(case, item, fields))
    if not lines:
        raise NoticeNeverShown(number=case.number)
    return lines


def require_adult(case: Case, day: date) -> None:
    """Raises unless the applicant is known to be of age on the day; who cannot tell must not show."""
    who = case.applicant
    person = person_of(who.id_number) if who.id_kind in BORN_IN else None
    if person is None:
        raise NoticeAgeUnknown(number=case.number)
    if age_on(person.born, day) < ADULT:
        raise NoticeOfMinor(number=case.number)


def notice_step(case: Case) -> p.StepPlan | None:
    """The present step when it is one that makes the case public."""
    step = step_of(case, case.stage) if case.stage else None
    return step if step and is_notice_step(step.name) else None


def require_notice_step(case: Case) -> p.StepPlan:
    """The present step, which must make the case public. Raises NoNoticeStep, NoticeUpAlready."""
    require_may(case, "case.notice_posted")
    step = notice_step(case)
    if step is None:
        names = [s.name for s in case.steps if s.name and is_notice_step(s.name)]
        raise NoNoticeStep(number=case.number, step=names[0] if names else "-")
    if (up := posting_up(case)) is not None:
        raise NoticeUpAlready(number=case.number, until=up.until)
    return step


def _lines(case: Case, item: Item, fields: Mapping[str, FieldKindOf]) -> Iterator[p.NoticeLine]:
    for key in dict.fromkeys(item.notice):
        match key:
            case "applicant":
                yield p.NoticeLine(key, None, masked_name(case.applicant.name))
            case "item":
                yield p.NoticeLine(key, None, item.name)
            case "result":
                yield p.NoticeLine(key, None, item.result.name)
            case _ if key in fields and may_be_shown(fields[key]):
                value = _shown(case, fields[key], case.answers.get(key, "").strip())
                if value:
                    yield p.NoticeLine(key, fields[key].label, value)
            case _:
                pass


def _shown(case: Case, field: FieldKindOf, answer: str) -> Words | str:
    """An answer as it may be read by everybody; empty when it may not."""
    if field.kind == "choice":
        return next((choice for choice in field.choices if choice.hans == answer), "")
    plain = unicodedata.normalize("NFKC", answer)
    counts = TOO_MANY_DIGITS.search(plain) and not ISO_DAY.fullmatch(plain)
    return "" if counts or _tells(case, plain) else answer


def _tells(case: Case, plain: str) -> bool:
    """Whether a text leads to the applicant or the agent."""
    person = person_of(case.applicant.id_number)
    if person and person.born.isoformat() in plain:
        return True
    who, agent = case.applicant, case.agent or p.Agent("")
    told = (who.name, who.id_number, who.phone, who.address, agent.name, agent.id_number, agent.phone)
    return any(len(text) >= SHORTEST_TELLING and text in plain for text in told)
