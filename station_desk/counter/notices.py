"""Puts a case on public notice (公示) and takes it down again, and says what is to be read there.

The sheet is plain lines of words, so that any paper, page or screen can show it.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

import msgspec

from station_desk.cases import parts as p
from station_desk.cases.case import Case, Posting, posting_up
from station_desk.cases.deadlines import due
from station_desk.cases.notice import NoNoticeUp, lines_of, require_notice_step
from station_desk.cases.number import read_number
from station_desk.cases.permits import require_day, require_may
from station_desk.catalogue.calendar import WorkingCalendar
from station_desk.core.clock import CHINA
from station_desk.core.errors import RuleError
from station_desk.core.texts import Texts
from station_desk.core.visible import is_visible
from station_desk.counter.advance import recorded
from station_desk.counter.answers import Moved
from station_desk.counter.calendar_years import renewed
from station_desk.counter.desk import Desk
from station_desk.counter.wording import worded
from station_desk.store.desk_store import Command, Done
from station_desk.store.editions import forms_under
from station_desk.store.unit import Unit

LONGEST_PLACE = 100
LONGEST_PHONE = 40
LONGEST_NOTE = 2000


class NoticePlaceNeeded(RuleError):
    code = "notice.place_needed"


class NoticePhoneNeeded(RuleError):
    code = "notice.phone_needed"


class NoticeEditionGone(RuleError):
    code = "notice.edition_gone"


class NoticeEarly(RuleError):
    code = "notice.early"


class NoticeDayWrong(RuleError):
    code = "notice.day_wrong"


class ObjectionNeeded(RuleError):
    code = "notice.objection_needed"


class NoticeWordsNotWellFormed(RuleError):
    code = "notice.words_not_well_formed"


class PostNotice(msgspec.Struct, frozen=True):
    """Makes a case public at `place` from the day `start` (ISO, empty: today).

    Objections go to `phone`; empty: the station's own number for complaints, or its phone.
    """

    number: str
    place: str
    phone: str = ""
    start: str = ""


class TakeDown(msgspec.Struct, frozen=True):
    """The notice is down since the day `on` (ISO, empty: today); what was objected, if anything.

    `note` says what shows that it hung there, and why it came down before its time.
    """

    number: str
    objections: bool
    objection: str = ""
    on: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class NoticeSheet:
    """What is to be read on a public notice: lines of label and value, until when, where to object.

    `ended` is empty while it hangs there, and of one that is only shown before it is posted.
    """

    number: str
    station: str
    title: str
    lines: tuple[tuple[str, str], ...]
    start: str
    until: str
    place: str
    phone: str
    posted: bool
    ended: str = ""


def post_notice(desk: Desk, wish: PostNotice, command: str) -> Done[Moved]:
    """The case that is public from now on, for as long as its present step says.

    Raises NoNoticeStep, NoticeUpAlready, NoticeNeverShown, NoticeOfMinor, NoticeAgeUnknown,
    NoticeEditionGone, NoticePlaceNeeded, NoticePhoneNeeded, NoSuchDay.
    """

    def act(unit: Unit) -> Moved:
        case = unit.case(str(read_number(wish.number)))
        public = _span(desk, desk.calendar_in(unit), case, wish.start)
        place, phone = _place_of(wish), _phone_of(desk, wish.phone)
        told = p.NoticePostedPrivate(place, phone, _lines(desk, case, date.fromisoformat(public.start)))
        return recorded(desk, unit, case.number, "case.notice_posted", public, told)

    return desk.once(Command(command, wish), Moved, act)


def take_down(desk: Desk, wish: TakeDown, command: str) -> Done[Moved]:
    """The case whose notice came down. Raises NoNoticeUp, NoticeDayWrong, NoticeEarly, ObjectionNeeded."""

    def act(unit: Unit) -> Moved:
        case = unit.case(str(read_number(wish.number)))
        require_may(case, "case.notice_ended")
        up = posting_up(case)
        if up is None:
            raise NoNoticeUp(number=case.number)
        on = _day_down(desk, case, up, wish)
        objection = _told(wish.objection, LONGEST_NOTE)
        if wish.objections != bool(objection):
            raise ObjectionNeeded(number=case.number)
        told = p.NoticeEndedPrivate(_told(wish.note, LONGEST_NOTE), objection)
        public = p.NoticeEndedPublic(on, wish.objections)
        return recorded(desk, unit, case.number, "case.notice_ended", public, told)

    return desk.once(Command(command, wish), Moved, act)


def notice_sheet(desk: Desk, number: str) -> NoticeSheet:
    """The newest notice of a case as it was posted; before that, what would be posted today.

    Raises CaseUnknown, and like `post_notice` when nothing was posted yet.
    """
    case = desk.store.case(str(read_number(number)))
    if case.postings:
        return _sheet(desk, case, case.postings[-1], posted=True)
    span = _span(desk, renewed(desk).calendar, case, "")
    lines = _lines(desk, case, date.fromisoformat(span.start))
    phone = desk.station.complaint_phone or desk.station.phone
    return _sheet(desk, case, Posting(span.start, span.until, "", phone, lines), posted=False)


def line_words(line: p.NoticeLine, say: Texts) -> tuple[str, str]:
    """A line of a notice as label and value in the language of the desk."""
    label = worded(line.label, say) if line.label else say(f"notice.label.{line.key}")
    match line.value:
        case "yes" | "no":
            return label, say(f"notice.answer.{line.value}")
        case str(text):
            return label, text
        case words:
            return label, worded(words, say)


def posting_words(posting: Posting, say: Texts) -> str:
    """A notice in one line: from when to when, and what came of it. Nothing of what it shows."""
    said = say("notice.span", start=posting.start, until=posting.until)
    if not posting.ended:
        return say("notice.line.up", span=said)
    key = "objections" if posting.objections else "down"
    return say(f"notice.line.{key}", span=said, on=posting.ended)


def _span(desk: Desk, calendar: WorkingCalendar, case: Case, start: str) -> p.NoticePostedPublic:
    step = require_notice_step(case)
    today = desk.clock().date()
    first = start or today.isoformat()
    require_day(first, today)
    begin = datetime.combine(date.fromisoformat(first), time(), CHINA)
    last = due(calendar, begin, step.limit, step.unit)
    return p.NoticePostedPublic(first, last.day.isoformat())


def _lines(desk: Desk, case: Case, day: date) -> tuple[p.NoticeLine, ...]:
    # Only the list of the case's own edition counts: a later one may show more than was promised.
    forms = forms_under(desk.store.profile, desk.edition, case.edition, case.digest)
    item = forms.catalogue.items.get(case.item) if forms else None
    if forms is None or item is None:
        raise NoticeEditionGone(number=case.number, edition=case.edition)
    return lines_of(case, item, forms.catalogue.fields, day)


def _sheet(desk: Desk, case: Case, posting: Posting, *, posted: bool) -> NoticeSheet:
    lines = tuple(line_words(line, desk.texts) for line in posting.lines)
    return NoticeSheet(
        case.number, desk.station.name, desk.texts("notice.title"), lines, posting.start, posting.until,
        posting.place, posting.phone, posted, posting.ended,
    )  # fmt: skip


def _day_down(desk: Desk, case: Case, up: Posting, wish: TakeDown) -> str:
    today = desk.clock().date().isoformat()
    on = wish.on or today
    # A notice that was to begin later may be taken back before.
    if on != today and not (_is_day(on) and up.start <= on <= today):
        raise NoticeDayWrong(day=on, start=up.start)
    if on < up.until and not wish.note.strip():
        raise NoticeEarly(number=case.number, until=up.until)
    return on


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _place_of(wish: PostNotice) -> str:
    place = _told(wish.place, LONGEST_PLACE)
    if not place:
        raise NoticePlaceNeeded(number=wish.number)
    return place


def _phone_of(desk: Desk, asked: str) -> str:
    phone = _told(asked, LONGEST_PHONE) or desk.station.complaint_phone or desk.station.phone
    if not phone:
        raise NoticePhoneNeeded
    return phone


def _told(text: str, most: int) -> str:
    said = text.strip()
    if len(said) > most or not is_visible(said, but="\n\t"):
        raise NoticeWordsNotWellFormed(words=said[:20], most=most)
    return said
