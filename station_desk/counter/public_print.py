"""Prints the papers of the catalogue at this counter: made, looked at, sent to the printer of their kind.

They belong to no case and name nobody, so nothing is recorded.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from station_desk.catalogue.public_paper import WallSize
from station_desk.core.errors import RuleError
from station_desk.core.texts import Say
from station_desk.counter.answers import Printed
from station_desk.counter.desk import Desk
from station_desk.counter.printers import setting_of
from station_desk.counter.public_papers import (
    Basics,
    Press,
    Progress,
    Rules,
    basics_of,
    booklet_of,
    hall_set,
    poster_of,
    rules_of,
    sheet_of,
)
from station_desk.counter.public_texts import TextUnreadable, read_text
from station_desk.counter.wording import worded
from station_desk.printing.pictures import page_sizes
from station_desk.printing.printers.setting import PrinterSetting
from station_desk.printing.public.guide_sheet import Where
from station_desk.printing.undrawn import undrawn_on
from station_desk.store.desk_store import Done
from station_desk.store.editions import shipped_forms
from station_desk.store.unit import Changes

HALL = "hall"
ON_A4 = ("guide", "booklet")
"""What is taken home; all else hangs on a wall, on a sheet of its size."""

BASICS_FILE = "public:basics"
"""The name under which the profile keeps where the community basics lie: the hall set begins with them."""


class LookFirst(RuleError):
    """The sheet says a character that no font draws: somebody looks at it before it is printed."""

    code = "printer.look_first"


@dataclass(frozen=True, slots=True)
class PublicWish:
    """A paper of the catalogue: its kind or `hall`, for some the item, for boards the size of the sheet.

    `text` is the file that a board of basics or rules is made from.
    """

    kind: str
    item: str = ""
    size: WallSize = "a3"
    large: bool = False
    text: Path | None = None

    @property
    def printer(self) -> str:
        """The kind whose printer takes it; the hall set is made of posters."""
        return "poster" if self.kind == HALL else self.kind

    @property
    def name(self) -> str:
        """Its name at the printer, and in the folder of papers."""
        on_wall = self.size if self.kind not in ON_A4 else ""
        return "-".join(filter(None, (self.kind, self.item, on_wall, "large" if self.large else "")))


@dataclass(frozen=True, slots=True)
class ShownPublic:
    """A paper of the catalogue as it is printed; `item` names what it tells of, if one item."""

    wish: PublicWish
    item: str
    pdf: bytes
    sizes: tuple[tuple[float, float], ...]
    setting: PrinterSetting
    undrawn: tuple[str, ...] = ()

    def title(self, say: Say, /) -> str:
        """Its kind and its item."""
        kind = say(f"public.kind.{self.wish.kind}")
        return say("public.window.of_item", paper=kind[:1].upper() + kind[1:], item=self.item).strip()

    def told(self, _say: Say, /) -> str:
        """The sheet it takes."""
        return "A4" if self.wish.kind in ON_A4 else self.wish.size.upper()

    def print(self, desk: Desk, _command: str, /) -> Done[Printed]:
        """Sends what was shown to its printer. Raises printer trouble."""
        desk.printer_for(self.wish.printer).send(self.pdf, self.wish.name)
        return Done(Printed(self.item, self.wish.kind, 1), Changes(papers=True))


def show_public(desk: Desk, wish: PublicWish, progress: Progress) -> ShownPublic:
    """The paper as it would be printed.

    Raises ItemUnknown, ItemRestricted, TextUnreadable, what the printing of its kind raises.
    """
    pdf = _made(desk, wish, progress)
    setting = setting_of(desk.store.about(), wish.printer) or PrinterSetting()
    item = worded(desk.item(wish.item).name, desk.texts) if wish.item else ""
    return ShownPublic(wish, item, pdf, tuple(page_sizes(pdf)), setting, undrawn_on(pdf))


def print_guide(desk: Desk, code: str) -> Done[Printed]:
    """The guide sheet of an item to its printer at once.

    Raises like `show_public`, LookFirst where a character has no font, printer trouble.
    """
    shown = show_public(desk, PublicWish("guide", code), _nobody_listens)
    if shown.undrawn:
        raise LookFirst(chars=", ".join(shown.undrawn))
    return shown.print(desk, "")


def press_of(desk: Desk) -> Press:
    """What the papers of the catalogue are made from at this counter."""
    station = desk.station
    return Press(
        desk.edition.forms,
        lambda: shipped_forms(desk.store.profile, desk.edition.shipped),
        Where(station.name, station.address, station.phone, station.public_url),
        desk.texts,
    )


def _made(desk: Desk, wish: PublicWish, progress: Progress) -> bytes:
    press = press_of(desk)
    makers: dict[str, Callable[[], bytes]] = {
        "guide": lambda: sheet_of(press, wish.item, large=wish.large),
        "poster": lambda: poster_of(press, wish.item, wish.size),
        "booklet": lambda: booklet_of(press, progress),
        "rules": lambda: rules_of(press, read_text(wish.text or Path(), Rules), wish.size),
        "basics": lambda: basics_of(press, _basics(desk, wish.text or Path()), wish.size),
        HALL: lambda: hall_set(press, wish.size, _kept_basics(desk), progress),
    }
    return makers[wish.kind]()


def _basics(desk: Desk, file: Path) -> Basics:
    """The community basics, and where they lie is remembered."""
    basics = read_text(file, Basics)
    desk.store.set_about({BASICS_FILE: str(file.absolute())})
    return basics


def _kept_basics(desk: Desk) -> Basics | None:
    kept = desk.store.about().get(BASICS_FILE)
    try:
        return read_text(Path(kept), Basics) if kept else None
    except TextUnreadable:
        # Its board hangs already, or it is printed by itself and then says what is wrong.
        return None


def _nobody_listens(_done: int, _count: int) -> None:
    """A single sheet is there at once."""
