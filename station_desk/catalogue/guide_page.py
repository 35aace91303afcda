"""The published guide of an item, element by element, in the language of the reader.

The window, the public pages, the sheet for the resident, the poster and the booklet all show what is made
here, so that they cannot say different things. An element that nobody wrote is there and empty.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from station_desk.catalogue.flow import END
from station_desk.catalogue.item import Catalogue, Edition, Item, Language, Material, Step
from station_desk.core.texts import Say

GROUPS = (
    "identity", "basis", "object", "bodies", "conditions", "materials", "workflow", "limits", "fee", "result",
    "channels", "rights", "questions", "short",
)  # fmt: skip
"""The fourteen groups of elements, in the order in which a guide shows them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One element: what it is called and what it says, a text a paragraph; without texts it is not known.

    `must` says that no guide may be published without it.
    """

    key: str
    label: str
    texts: tuple[str, ...]
    must: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """The elements that belong together, under a heading."""

    key: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class GuidePage:
    """A whole guide. `title` is the name of the item."""

    code: str
    title: str
    groups: tuple[Group, ...]


def guide_page(
    item: Item, catalogue: Catalogue, edition: Edition | None, say: Say, lang: Language
) -> GuidePage:
    """The guide of an item in one language; the edition tells version, publisher and effective date."""
    teller = _Teller(item, catalogue, edition, say, lang)
    groups = tuple(Group(key, say(f"guide.group.{key}"), tuple(teller.lines(key))) for key in GROUPS)
    return GuidePage(item.code, item.name.in_language(lang), groups)


def missing_elements(page: GuidePage) -> tuple[Line, ...]:
    """The elements without which the guide may not be published."""
    return tuple(line for group in page.groups for line in group.lines if line.must and not line.texts)


def unknown_elements(page: GuidePage) -> int:
    """How many elements are not known yet."""
    return sum(not line.texts for group in page.groups for line in group.lines)


@dataclass(frozen=True, slots=True)
class _Teller:
    """Says the elements of one item in one language."""

    item: Item
    catalogue: Catalogue
    edition: Edition | None
    say: Say
    language: Language

    def lines(self, group: str) -> Iterator[Line]:
        """The elements of one of GROUPS."""
        tell: dict[str, Callable[[], Iterator[Line]]] = {
            "identity": self._identity, "basis": self._basis, "object": self._object, "bodies": self._bodies,
            "conditions": self._conditions, "materials": self._materials, "workflow": self._workflow,
            "limits": self._limits, "fee": self._fee, "result": self._result, "channels": self._channels,
            "rights": self._rights, "questions": self._questions, "short": self._short,
        }  # fmt: skip
        return tell[group]()

    def _line(self, key: str, *texts: str, must: bool = False) -> Line:
        label = self.say(f"guide.element.{key}")
        return Line(key, label, tuple(text for text in texts if text), must)

    def _identity(self) -> Iterator[Line]:
        item, guide, say, edition = self.item, self.item.guide, self.say, self.edition
        category = self.catalogue.categories.get(item.category)
        yield self._line("name", item.name.in_language(self.language), must=True)
        yield self._line("sub_item", guide.sub_item)
        yield self._line("handling_item", guide.handling_item)
        yield self._line("code", item.code, must=True)
        yield self._line("basic_code", guide.basic_code)
        yield self._line("implementation_code", guide.implementation_code)
        yield self._line("category", category.name.in_language(self.language) if category else "")
        yield self._line("nature", say(f"term.type.{item.type}"), must=True)
        yield self._line("kind", say(f"term.kind.{item.kind}"), must=True)
        yield self._line("plane", say(f"term.plane.{item.plane}"))
        yield self._line("version", edition.number if edition else self.catalogue.edition, must=True)
        yield self._line("effective", edition.effective.isoformat() if edition else "")
        yield self._line("publisher", edition.publisher.in_language(self.language) if edition else "")
        yield self._line("area", edition.area.in_language(self.language) if edition else "")
        yield self._line("evidence", say(f"guide.evidence.{item.evidence}"))

    def _basis(self) -> Iterator[Line]:
        yield self._line("basis", *self.item.basis, must=True)

    def _object(self) -> Iterator[Line]:
        guide = self.item.guide
        yield self._line("object", *(self.say(f"guide.object.{one}") for one in guide.object), must=True)
        yield self._line("scope", guide.scope)

    def _bodies(self) -> Iterator[Line]:
        item, guide = self.item, self.item.guide
        yield self._line("accepted_by", item.accepted_by, must=True)
        yield self._line("decided_by", item.decided_by, must=True)
        yield self._line("station_role", self.say(f"term.station_role.{item.role}"), must=True)
        yield self._line("delegated", guide.delegated)
        yield self._line("level", guide.level)
        yield self._line("together_with", *guide.together_with)

    def _conditions(self) -> Iterator[Line]:
        yield self._line("conditions", *self.item.conditions, must=True)
        yield self._line("number_limit", self.item.guide.number_limit)
        yield self._line("refusal", *self.item.guide.refusal)

    def _result(self) -> Iterator[Line]:
        result, guide = self.item.result, self.item.guide
        yield self._line("result", result.name, must=True)
        yield self._line("result_kind", self.say(f"guide.result.{result.kind}"))
        yield self._line("result_sample", guide.result_sample)
        yield self._line("validity", guide.validity)
        yield self._line("delivery", *(self.say(f"term.way.{way}") for way in guide.delivery))

    def _channels(self) -> Iterator[Line]:
        guide, say = self.item.guide, self.say
        yield self._line("place", guide.place)
        yield self._line("hours", guide.hours)
        yield self._line("online", guide.online)
        yield self._line("appointment", guide.appointment)
        yield self._line("visits", "" if guide.visits is None else say("guide.visits", count=guide.visits))
        yield self._line("reach", say(f"guide.reach.{guide.reach}") if guide.reach else "")

    def _rights(self) -> Iterator[Line]:
        yield self._line("query", self.item.guide.query)
        yield self._line("remedy", *self.item.guide.remedy)
        yield self._line("complaint", self.item.guide.complaint)

    def _fee(self) -> Iterator[Line]:
        item, guide, say = self.item, self.item.guide, self.say
        free = say("term.fee.none")
        yield self._line("fee", say("term.fee.some", count=item.fee) if item.fee else free, must=True)
        yield self._line("fee_basis", guide.fee_basis)
        yield self._line("fee_standard", guide.fee_standard)
        yield self._line("fee_waiver", guide.fee_waiver)

    def _materials(self) -> Iterator[Line]:
        for material in self.item.material:
            yield Line(
                f"material.{material.key}", self._material_name(material), self._material(material), must=True
            )
        if not self.item.material:
            yield self._line("materials", self.say("guide.no_material"), must=True)

    def _material_name(self, material: Material) -> str:
        known = self.catalogue.materials.get(material.key)
        return known.name.in_language(self.language) if known else material.key

    def _material(self, material: Material) -> tuple[str, ...]:
        say = self.say
        known = self.catalogue.materials.get(material.key)
        form = say(f"term.form.{material.form}")
        need = say(f"guide.need.{material.need}", when=material.when)
        head = [form, say("guide.copies", count=material.copies) if material.copies > 1 else "", need]
        more = [
            say("guide.instead", ways=say("guide.or").join(say(f"term.how.{s}") for s in material.substitute))
            if material.substitute
            else "",
            say("guide.may_follow", days=material.follow_days) if material.may_follow else "",
            known.note if known else "",
            material.note,
        ]
        labelled = [
            say("guide.labelled", label=say(f"guide.element.{key}"), text=getattr(material, key))
            for key in ("issuer", "source", "basis", "sample", "blank")
            if getattr(material, key)
        ]
        return (" · ".join(part for part in head if part), *(text for text in (*more, *labelled) if text))

    def _workflow(self) -> Iterator[Line]:
        for number, step in enumerate(self.item.step, start=1):
            label = self.say("guide.step", number=number, name=step.name.in_language(self.language))
            yield Line(f"step.{step.id}", label, (self._who(step), step.action, *self._ways(step)), must=True)

    def _who(self, step: Step) -> str:
        limit = self.limit(step.limit, step.unit)
        counted = self.say("term.limit.uncounted") if step.clock == "stop" else ""
        return " · ".join(part for part in (self.say(f"term.role.{step.role}"), limit, counted) if part)

    def _ways(self, step: Step) -> Iterator[str]:
        names = {one.id: one.name.in_language(self.language) for one in self.item.step}
        names[END] = self.say("term.step.end")
        for way in step.next if len(step.next) > 1 else ():
            when = way.when.in_language(self.language) if way.when else ""
            yield self.say("term.step.way", when=when, to=names.get(way.to, way.to))

    def _limits(self) -> Iterator[Line]:
        limit = self.item.limit
        counted = self.say(f"guide.counted.{limit.start}")
        yield self._line("promised", self.limit(limit.promised, limit.unit), must=True)
        statutory = "" if limit.statutory is None else self.limit(limit.statutory, limit.unit)
        yield self._line("statutory", statutory)
        yield self._line("counted_from", counted)
        yield self._line("limit_note", limit.note)

    def _questions(self) -> Iterator[Line]:
        for number, question in enumerate(self.item.guide.question):
            yield Line(f"question.{number}", question.asked, (question.answer,))
        if not self.item.guide.question:
            yield self._line("questions")

    def _short(self) -> Iterator[Line]:
        """One paragraph for a wall or a phone: what to bring, how long, what it costs."""
        if self.item.guide.short:
            yield self._line("short", self.item.guide.short)
            return
        must = [self._material_name(m) for m in self.item.material if m.need == "must"]
        bring = self.say("guide.comma").join(must) if must else self.say("guide.no_material")
        fee = self.item.fee
        yield self._line(
            "short",
            self.say("guide.short_bring", papers=bring),
            self.say("guide.short_time", limit=self.limit(self.item.limit.promised, self.item.limit.unit)),
            self.say("term.fee.some", count=fee) if fee else self.say("term.fee.none"),
        )

    def limit(self, limit: int, unit: str) -> str:
        return self.say(f"term.limit.{unit}", count=limit) if limit else self.say("term.limit.now")
