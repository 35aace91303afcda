"""The papers of the catalogue: guide sheet, poster, hall set, booklet, boards of basics and rules.

They need no case and no resident, so none of them is recorded; the same catalogue gives the same bytes.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import msgspec

from station_desk.catalogue.edition.published import PublishedForms
from station_desk.catalogue.guide_page import GuidePage, guide_page
from station_desk.catalogue.item import Item, Language
from station_desk.catalogue.public_paper import PublicPaper, StreetStyle, WallSize
from station_desk.core.errors import RuleError
from station_desk.core.pinyin import read_phrases
from station_desk.core.texts import Texts
from station_desk.counter.desk import ItemUnknown
from station_desk.counter.wording import language_of, worded
from station_desk.counter.workflow_words import workflow_of
from station_desk.printing.public.booklet import Booklet, Chapter, booklet_pdf
from station_desk.printing.public.frame import made
from station_desk.printing.public.guide_sheet import Where, guide_sheet_pdf
from station_desk.printing.public.poster import Poster, poster_marks, poster_pdf
from station_desk.printing.public.sizes import SHEETS
from station_desk.printing.public.wall_text import WallText, wall_text_marks, wall_text_pdf

Progress = Callable[[int, int], None]
OTHER = "#"


class ItemRestricted(RuleError):
    code = "public.item_restricted"


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who works at the station, as the board of basics names him."""

    name: str
    post: str
    duty: str = ""
    phone: str = ""


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A labelled fact of the community: area, households, office hours."""

    label: str
    text: str


class Basics(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The community basics that a hall must show (policy document, 三(二)2), written by the station."""

    name: str
    updated: str
    fact: tuple[Fact, ...]
    person: tuple[Person, ...] = ()


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule of the committee as its board shows it; `meeting` and `adopted` say who passed it and when."""

    title: str
    version: str
    article: tuple[str, ...]
    meeting: str = ""
    adopted: str = ""
    in_force: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    """What the papers of the catalogue are made from: the published forms, the station, the language."""

    forms: PublishedForms
    shipped: Callable[[], PublishedForms]
    where: Where
    texts: Texts

    @property
    def language(self) -> Language:
        """The language of the papers."""
        return language_of(self.texts)

    def paper(self, kind: str) -> PublicPaper:
        """The published words of a kind; those of the program where the edition is older than they are."""
        return self.forms.public_papers.get(kind) or self.shipped().public_papers[kind]

    def style(self) -> StreetStyle:
        """How the boards of this street look."""
        style = self.forms.style or self.shipped().style
        if style is None:
            raise LookupError("the program came without a style")
        return style

    def page(self, item: Item) -> GuidePage:
        """The guide of an item."""
        return guide_page(item, self.forms.catalogue, self.forms.edition, self.texts, self.language)

    def item(self, code: str) -> Item:
        """The item of a code. Raises ItemUnknown."""
        item = self.forms.catalogue.items.get(code)
        if item is None:
            raise ItemUnknown(item=code)
        return item

    def where_of(self, code: str) -> Where:
        """The station, with the address of the guide of an item where there is a district."""
        url = f"{self.where.url}/guide/{code}" if self.where.url else ""
        return Where(self.where.name, self.where.address, self.where.phone, url)


def sheet_of(press: Press, code: str, *, large: bool = False) -> bytes:
    """The guide sheet of an item, for the resident to take home. Raises ItemUnknown."""
    item = press.item(code)
    return guide_sheet_pdf(
        press.page(item), press.paper("guide"), press.where_of(code), press.texts, press.language, large=large
    )


def poster_of(press: Press, code: str, size: WallSize) -> bytes:
    """The wall poster of an item. Raises ItemUnknown, ItemRestricted: such items hang on no wall."""
    item = press.item(code)
    if item.sensitivity == "S3":
        raise ItemRestricted(item=code, name=item.name)
    return poster_pdf(_poster(press, item), size, press.texts, press.language)


def hall_set(press: Press, size: WallSize, basics: Basics | None, progress: Progress) -> bytes:
    """All boards of a hall in one file: the basics first, then a poster of every item but restricted ones."""
    items = [item for item in press.forms.catalogue.items.values() if item.sensitivity != "S3"]
    marks = (
        list(wall_text_marks(_basics(press, basics), press.style(), size, press.language)) if basics else []
    )
    for done, item in enumerate(items, 1):
        marks.append(list(poster_marks(_poster(press, item), size, press.texts, press.language)))
        progress(done, len(items))
    title = press.paper("poster").title.in_language(press.language)
    return made(marks, SHEETS[size], title, press.where.name or press.forms.edition.number, press.texts)


def basics_of(press: Press, basics: Basics, size: WallSize) -> bytes:
    """The board of the community basics."""
    paper = press.paper("basics")
    return wall_text_pdf(_basics(press, basics), paper, press.style(), size, press.texts, press.language)


def rules_of(press: Press, rules: Rules, size: WallSize) -> bytes:
    """The board of a rule that the representatives passed."""
    paper, language = press.paper("rules"), press.language

    def sentence(name: str, **gaps: str) -> str:
        return paper.sentence[name].in_language(language).format_map(gaps)

    notes = [
        sentence("adopted", meeting=rules.meeting, day=rules.adopted)
        if rules.meeting and rules.adopted
        else "",
        sentence("in_force", day=rules.in_force) if rules.in_force else "",
        f"{sentence('edition')} {rules.version}",
    ]
    text = WallText(
        rules.title, press.where.name, paragraphs=rules.article, foot="\u3000".join(filter(None, notes))
    )
    return wall_text_pdf(text, paper, press.style(), size, press.texts, language)


def booklet_of(press: Press, progress: Progress) -> bytes:
    """The booklet of the whole catalogue."""
    catalogue, texts = press.forms.catalogue, press.texts
    chapters = [
        Chapter(
            worded(category.name, texts),
            [press.page(i) for i in catalogue.items.values() if i.category == category.code],
        )
        for category in catalogue.categories.values()
    ]
    edition = press.forms.edition
    number = texts("public.edition", number=edition.number, effective=edition.effective.isoformat())
    booklet = Booklet(
        chapters=[chapter for chapter in chapters if chapter.pages],
        life_events=[(worded(e.name, texts), e.items) for e in catalogue.life_events.values()],
        index=index_of(catalogue.items.values(), press.language, texts("public.other")),
        paper=press.paper("booklet"),
        style=press.style(),
        where=press.where,
        edition=number,
    )
    return booklet_pdf(booklet, texts, press.language, progress)


def index_of(
    items: Iterable[Item], language: Language, other: str
) -> list[tuple[str, list[tuple[str, str]]]]:
    """The items by the first letter of their reading, in the order of the whole reading."""
    entries = sorted(
        (reading_of(name, language), name, item.code)
        for item in items
        if (name := item.name.in_language(language))
    )
    letters: dict[str, list[tuple[str, str]]] = {}
    for reading, name, code in entries:
        letter = reading[:1].upper()
        letters.setdefault(letter if letter.isascii() and letter.isalpha() else other, []).append(
            (name, code)
        )
    return list(letters.items())


def reading_of(name: str, language: Language) -> str:
    """How a name is read: Chinese by its pinyin, English as it stands."""
    if language == "en":
        return name.lower()
    # Slow to import, and only wanted for a booklet.
    read_phrases()
    from pypinyin import lazy_pinyin

    return " ".join(lazy_pinyin(name, errors=lambda text: text.lower()))


def _poster(press: Press, item: Item) -> Poster:
    return Poster(
        press.page(item), workflow_of(item, press.texts), press.paper("poster"), press.style(),
        press.where_of(item.code),
    )  # fmt: skip


def _basics(press: Press, basics: Basics) -> WallText:
    sentence: Mapping[str, str] = {
        name: words.in_language(press.language) for name, words in press.paper("basics").sentence.items()
    }
    return WallText(
        title=press.paper("basics").title.in_language(press.language),
        station=press.where.name or basics.name,
        facts=[(fact.label, fact.text) for fact in basics.fact],
        people_title=sentence["people"],
        people=[(person.name, person.post, person.duty, person.phone) for person in basics.person],
        foot=f"{basics.name}\u3000{sentence['edition']} {basics.updated}",
    )
