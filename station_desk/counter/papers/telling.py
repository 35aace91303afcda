"""What a paper tells of its case, in words: the facts that all papers share, each masked and in full."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from station_desk.cases import parts as p
from station_desk.cases.case import Case
from station_desk.cases.papers import Moment, Occasion
from station_desk.cases.trace import has_public_trace
from station_desk.catalogue.item import Item, Language
from station_desk.catalogue.paper import Paper
from station_desk.catalogue.paper_kinds import FULL, PAPER_KINDS
from station_desk.catalogue.paper_references import GAP
from station_desk.core.masking import masked_id, masked_name, masked_phone
from station_desk.core.texts import Texts
from station_desk.counter.desk import Desk
from station_desk.counter.wording import language_of, worded
from station_desk.printing.letterhead import GAP as WHITE

Facts = dict[str, str]
Rows = Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Contents:
    """What fills a paper: its own facts, the rows of its tables, the signed code that proves it."""

    facts: Facts = field(default_factory=dict)
    rows: Mapping[str, Rows] = field(default_factory=dict)
    title: str = ""
    """In place of the published title, where the paper is called after what it says."""

    proof: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """A paper of a case that is being filled: the desk, the published words, what it tells of."""

    desk: Desk
    paper: Paper
    occasion: Occasion

    @property
    def case(self) -> Case:
        """The case as the paper shows it."""
        return self.occasion.case

    @property
    def moment(self) -> Moment:
        """What happened."""
        return self.occasion.moment

    @property
    def say(self) -> Texts:
        """The texts in the language of the paper."""
        return self.desk.texts

    @property
    def language(self) -> Language:
        """The language of the paper."""
        return language_of(self.desk.texts)

    @property
    def times(self) -> str:
        """Which time this was told; empty the first time."""
        turn = self.occasion.turn
        return self.sentence("again", times=turn) if turn > 1 else ""

    @property
    def remedy(self) -> str:
        """What may be done against it: review and court where the business is the government's."""
        plane = self.item.plane if self.item else "commissioned"
        return self.sentence("remedy_commissioned" if plane == "commissioned" else "remedy_other")

    @property
    def item(self) -> Item | None:
        """The item as it was published when the case began; None where that edition is gone."""
        return self.desk.under(self.case).catalogue.items.get(self.case.item)

    def sentence(self, name: str, **gaps: object) -> str:
        """A fixed sentence of the paper with its gaps filled."""
        words = self.paper.sentence[name].in_language(self.language)
        return GAP.sub(lambda found: str(gaps[found[1]]), words)


def common_facts(told: Telling) -> Facts:
    """The facts that every paper may name; of a paper for the wall only what the station says of itself."""
    case, desk, say = told.case, told.desk, told.say
    station = desk.station
    at_counter = say("paper.counter", value=str(int(case.counter)))
    clerk = say("paper.clerk", value=case.clerk) if case.clerk else ""
    event = told.moment.event
    where = {"station": station.name, "address": station.address, "counter": at_counter}
    facts = {
        "number": case.number, "item": worded(case.title, say), "version": f"{case.item} · {case.edition}",
        "kind": say(f"term.kind.{case.kind}"), "day": event.at[:10], "clerk": event.actor,
        "counter": at_counter, "station": station.name, "station_address": station.address,
        "station_phone": station.phone, "complaint": station.complaint_phone,
        "where": say("papers.where" if station.address else "papers.where_bare", **where),
        "progress": _progress(told),
        "received": short(case.received_at), "accepted": short(case.accepted_at),
        "received_at": _together(short(case.received_at), at_counter, clerk),
        "accepted_at": _together(short(case.accepted_at), at_counter, clerk) if case.accepted_at else "",
        **_person_facts(told),
    }  # fmt: skip
    about = PAPER_KINDS[told.occasion.kind]
    if about.mark:
        facts["document"] = f"{case.number}/{about.mark}{told.occasion.turn}"
    if about.on_wall:
        return {name: said for name, said in facts.items() if name in about.known}
    return facts


def tracking_url(desk: Desk, case: Case) -> str | None:
    """Where the resident can follow the case; None for restricted items and while no district is known."""
    if not desk.station.public_url or not case.token or not has_public_trace(case.sensitivity):
        return None
    return f"{desk.station.public_url}/t/{case.token}"


def short(at: str) -> str:
    """A stamp to the minute, as papers say it; empty stays empty."""
    return at[:16].replace("T", " ")


def as_written(due: str) -> str:
    """A due day as papers say it: the day, or the moment to the minute."""
    return short(due) if "T" in due else due


def _person_facts(told: Telling) -> Facts:
    """The applicant and the agent, masked and in full.

    Of a restricted case only what the applicant signs, or a certificate, names anybody in full: all else may
    lie open at home.
    """
    case = told.case
    who = case.applicant
    open_ = case.sensitivity != "S3" or PAPER_KINDS[told.occasion.kind].whole_names
    facts = {
        "name.masked": masked_name(who.name), "name.full": who.name,
        "identity.masked": _identity(told, who.id_kind, masked_id(who.id_number)),
        "identity.full": _identity(told, who.id_kind, who.id_number),
        "phone.masked": masked_phone(who.phone), "phone.full": who.phone, "address.full": who.address,
        "applicant.masked": _named(told, masked_name(who.name), masked_id(who.id_number)),
        "applicant.named": _named(told, who.name, masked_id(who.id_number)),
        "applicant.full": _named(told, who.name, who.id_number),
        "agent.masked": _agent(told, case.agent, full=False),
        "agent.full": _agent(told, case.agent, full=True),
    }  # fmt: skip
    if open_:
        return facts
    masked = {key: facts.get(f"{key.partition('.')[0]}.masked", "") for key in facts if key.endswith(FULL)}
    return {**facts, **masked}


def _progress(told: Telling) -> str:
    """For a paper with a code, what it says where there is none."""
    if tracking_url(told.desk, told.case) or "ask_at_counter" not in told.paper.sentence:
        return ""
    return told.sentence("ask_at_counter")


def _together(*words: str) -> str:
    return WHITE.join(filter(None, words))


def _identity(told: Telling, kind: str, number: str) -> str:
    return f"{told.say(f'term.id_kind.{kind}')} {number}" if number else ""


def _named(told: Telling, name: str, identity: str) -> str:
    return _together(name, told.say("paper.identity", value=identity) if identity else "")


def _agent(told: Telling, agent: p.Agent | None, *, full: bool) -> str:
    if agent is None:
        return ""
    if full:
        return _together(_named(told, agent.name, agent.id_number), agent.phone)
    return _named(told, masked_name(agent.name), masked_id(agent.id_number))
