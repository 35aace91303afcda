"""One station on the desk: what it says of itself, what the district says over it, and the form for that."""

from collections.abc import Mapping, Sequence

from station_desk.cases.station_told import (
    LONGEST_LABEL,
    LONGEST_TEXT,
    MOST_BASICS,
    Basic,
    StationToldPublic,
)
from station_desk.catalogue.item import Words as InThree
from station_desk.core.errors import RuleError
from station_desk.core.visible import is_visible
from station_desk.district.desk.asked import Asked, Done
from station_desk.district.desk.blocks import Block, Facts, Field, Form
from station_desk.district.page import shown
from station_desk.district.station_said import Saying, own_of, said_of, say

LONGEST: Mapping[str, int] = {
    "name": 100, "phone": 40, "complaint_phone": 40, "address": 200, "hours": 100, "hours_hant": 100,
    "hours_en": 100, "basics_of": LONGEST_LABEL,
}  # fmt: skip
MOST_OF_BASICS = 10_000
SPLIT = "："


class TextNotFit(RuleError):
    """`what`, `most`: one of the texts is too long, or something in it cannot be seen."""

    code = "district.station_text_not_fit"


class BasicsLineWrong(RuleError):
    """`line`: its number. Each is a label, a colon and a text."""

    code = "district.station_basics_line"


class BasicsTooMany(RuleError):
    code = "district.station_basics_many"


class HoursInChineseFirst(RuleError):
    code = "district.station_hours_hans"


def station(asked: Asked, code: str) -> Sequence[Block]:
    """What holds of it and who said so; the form for those who may."""
    own = asked.district.read(lambda connection: own_of(connection, code))
    if own is None:
        return []
    said = asked.district.read(lambda connection: said_of(connection, code))
    facts = _facts(asked, own[0], own[1])
    return [facts, _form(asked, code, said.told, own[0], said.mark)] if asked.may("stations") else [facts]


def about(form: Mapping[str, str]) -> str:
    """For the record: which station, and all that is said of it."""
    told = [f"{name}={form[name]}" for name in (*LONGEST, "basics") if form.get(name)]
    return " ".join([form.get("station", "")[:6], *told])


def said(asked: Asked, form: Mapping[str, str]) -> Done:
    """Lets it hold from the next sync of each counter on."""
    code = form.get("station", "")[:6]
    saying = Saying(code, read(asked, form), form.get("seen", ""), asked.session.staff)
    asked.district.write(lambda connection: say(connection, saying, asked.now))
    return Done("station_said", about={"station": code})


def read(asked: Asked, form: Mapping[str, str]) -> StationToldPublic:
    """What the form says. Raises TextNotFit, BasicsLineWrong, BasicsTooMany, HoursInChineseFirst."""
    text = {name: _text(asked, name, form.get(name, "")) for name in LONGEST}
    hans = text["hours"]
    if not hans and (text["hours_hant"] or text["hours_en"]):
        raise HoursInChineseFirst
    hours = InThree(hans, text["hours_hant"] or hans, text["hours_en"] or hans) if hans else None
    basics = _basics(form.get("basics", ""))
    return StationToldPublic(
        text["name"], text["phone"], text["complaint_phone"], text["address"], hours, basics,
        text["basics_of"] if basics else "",
    )  # fmt: skip


def _text(asked: Asked, name: str, typed: str) -> str:
    line = " ".join(typed.split())
    if len(line) > LONGEST[name] or not is_visible(line):
        raise TextNotFit(what=asked.say(f"desk.station_said.{name}"), most=LONGEST[name])
    return line


def _basics(typed: str) -> tuple[Basic, ...]:
    found = []
    for number, line in enumerate(typed.splitlines(), 1):
        label, colon, text = " ".join(line.replace(":", SPLIT, 1).split()).partition(SPLIT)
        if not line.strip():
            continue
        one = Basic(label.strip(), text.strip())
        too_long = len(one.label) > LONGEST_LABEL or len(one.text) > LONGEST_TEXT
        if not (colon and one.label and one.text) or too_long or not is_visible(line, "\t"):
            raise BasicsLineWrong(line=number, label=LONGEST_LABEL, text=LONGEST_TEXT)
        found.append(one)
    if len(found) > MOST_BASICS:
        raise BasicsTooMany(most=MOST_BASICS)
    return tuple(found)


def _facts(asked: Asked, own: StationToldPublic, told_at: str) -> Facts:
    words, none = asked.say, asked.say("desk.none")
    told = _texts(own)
    rows = [(words(f"desk.station_said.{name}"), told[name] or none) for name in (*LONGEST, "basics")]
    when = shown(told_at) or words("desk.station_said.at_enrolment")
    return Facts(words("desk.station_said.own"), [*rows, (words("desk.station_said.told_at"), when)])


def _form(
    asked: Asked, code: str, told: StationToldPublic, own: StationToldPublic, mark: str
) -> Form:  # fmt: skip
    words, kept, theirs, typed = asked.say, _texts(told), _texts(own), asked.typed

    def field(name: str) -> Field:
        hint = words("desk.station_said.empty", own=theirs[name] or words("desk.none"))
        value = typed.get(name, kept[name])
        label = words(f"desk.station_said.{name}")
        if name == "basics":
            listed = words("desk.station_said.basics_hint")
            return Field(name, label, value, "area", hint=listed, most=MOST_OF_BASICS)
        return Field(name, label, value, hint=hint, most=LONGEST[name])

    fields = [field(name) for name in (*LONGEST, "basics")]
    hidden = (("station", code), ("seen", mark))
    title, send = words("desk.station_said.title"), words("desk.station_said.send")
    return Form(title, send, fields, asked.href("stations", station=code), "say_station", hidden)


def _texts(told: StationToldPublic) -> dict[str, str]:
    hours = told.hours or InThree("", "", "")
    return {
        "name": told.name, "phone": told.phone, "complaint_phone": told.complaint_phone,
        "address": told.address, "hours": hours.hans, "hours_hant": hours.hant, "hours_en": hours.en,
        "basics": "\n".join(f"{one.label}{SPLIT}{one.text}" for one in told.basics),
        "basics_of": told.basics_of,
    }  # fmt: skip
