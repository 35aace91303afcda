"""The steps of the first run: what each asks, and what is wrong with an answer. No act is done here."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Signal

from station_desk.cases.password_rules import require_good_password
from station_desk.core.errors import RuleError
from station_desk.core.settings import ValueNeeded
from station_desk.core.texts import Texts
from station_desk.counter.desk import Desk
from station_desk.counter.key_words import together, words_of_counter
from station_desk.counter.set_up import SetUp, word_fault
from station_desk.counter.staff.accounts import known_of, require_name
from station_desk.counter.wording import worded
from station_desk.printing.printers.address import AddressNotUnderstood, read_address
from station_desk.ui.first_run.fields import Fields
from station_desk.ui.look.look import Look
from station_desk.ui.shared.editors import ChoiceEditor
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of

ALONE, ENROL, SHIPPED, FILE, FOLDER, OTHER = "alone", "enrol", "shipped", "file", "folder", "other"


def station_step(say: Texts, look: Look, desk: Desk | None) -> Fields:
    """Which station this is, as it stands on every paper."""
    fields = Fields("station", lambda key, values: word_fault(key, values[key]), say, look)
    fields.add_line("code", required=True, hint="QSQ001")
    fields.add_line("name", required=True)
    for key in ("phone", "address", "complaint_phone"):
        fields.add_line(key)
    _close(fields, "code", desk)
    return fields


def counter_step(say: Texts, look: Look, desk: Desk | None) -> Fields:
    """Which counter of the station, and who works at it."""
    fields = Fields("counter", lambda key, values: word_fault(key, values[key]), say, look)
    fields.add_line("counter", required=True, hint="1")
    fields.add_line("clerk")
    _close(fields, "counter", desk)
    return fields


def _close(fields: Fields, key: str, desk: Desk | None) -> None:
    """What the log is named after stays as it is once there is a log."""
    fields.boxes[key].setEnabled(desk is None)
    fields.end()


def account_step(say: Texts, look: Look, desk: Desk | None) -> Fields:
    """The account of the head, or none for now."""
    fields = Fields("account", lambda key, values: _account_fault(key, values, desk), say, look)
    fields.add_line("name")
    for key in ("password", "again"):
        fields.add_secret(key)
    fields.end()
    if desk and desk.acting:
        for box in fields.boxes.values():
            box.setEnabled(False)
        fields.tell(say("first_run.account.there"), good=True)
    return fields


def postpones(values: Mapping[str, str]) -> bool:
    """Whether the account is left for later: no password was typed."""
    return not values.get("password") and not values.get("again")


def _account_fault(key: str, values: Mapping[str, str], desk: Desk | None) -> RuleError | None:
    if desk is None or desk.acting or postpones(values):
        return None
    if key == "again":
        return PasswordsDiffer() if values["password"] != values["again"] else None
    try:
        if key == "name":
            require_name(values["name"])
        else:
            require_good_password(values["password"], known_of(values["name"], desk.station))
    except RuleError as error:
        return error
    return None


class PasswordsDiffer(RuleError):
    """The two passwords of the head's account."""

    code = "first_run.passwords_differ"


class PrinterStep(Fields):
    """Where papers come out. `trial` asks for a test page."""

    trial = Signal()

    def __init__(self, say: Texts, look: Look) -> None:
        super().__init__("printer", _printer_fault, say, look)
        self.add_choice("place", self._options(()), value=FOLDER)
        self.add_line("address", hint="ipp://10.0.0.20/ipp/print")
        self.button = KeyButton(say("printer.dialog.trial"), key_of("first_run.trial"), look)
        self.button.clicked.connect(self.trial)
        self.add_widget(self.button)
        self.end()

    def show_found(self, names: list[str]) -> None:
        """The printers of the system may be chosen too."""
        chosen = self.values()["place"]
        editor = self.boxes["place"].editor
        for stored, said in self._options(tuple(names)):
            if isinstance(editor, ChoiceEditor) and editor.findData(stored) < 0:
                editor.insertItem(editor.count() - 1, said, stored)
        self.boxes["place"].put(chosen)

    def put(self, values: Mapping[str, str]) -> None:
        place = values.get("place", "")
        if place.startswith("system:"):
            self.show_found([place.removeprefix("system:")])
        super().put(values)

    def address(self) -> str:
        """The address of the printer that is chosen."""
        said = self.values()
        return said["address"].strip() if said["place"] == OTHER else said["place"]

    def look_again(self) -> None:
        other = self.boxes["place"].value() == OTHER
        self.show_only("place", *(["address"] if other else []))
        super().look_again()

    def _options(self, names: tuple[str, ...]) -> list[tuple[str, str]]:
        say = self._say
        found = [(f"system:{name}", name) for name in names]
        return [(FOLDER, say("printer.place.folder")), *found, (OTHER, say("printer.dialog.other"))]


def _printer_fault(key: str, values: Mapping[str, str]) -> RuleError | None:
    if key != "address" or values["place"] != OTHER:
        return None
    if not values["address"].strip():
        return ValueNeeded(key=key)
    try:
        read_address(values["address"])
    except AddressNotUnderstood as error:
        return error
    return None


class DistrictStep(Fields):
    """The district that holds the log of this counter too, or none for now."""

    def __init__(self, say: Texts, look: Look, desk: Desk | None) -> None:
        super().__init__("district", _district_fault, say, look)
        options = [(way, say(f"first_run.district.way_{way}")) for way in (ALONE, ENROL)]
        self.add_choice("way", options, value=ALONE)
        self.add_line("server", hint="https://district.example")
        self.add_line("code")
        self.end()
        if desk and (url := desk.store.about().get("district_url")):
            words = together(words_of_counter(desk), say)
            self.tell(say("first_run.district.enrolled", server=url, words=words), good=True)

    def look_again(self) -> None:
        enrols = self.boxes["way"].value() == ENROL
        self.show_only("way", *(["server", "code"] if enrols else []))
        super().look_again()


def _district_fault(key: str, values: Mapping[str, str]) -> RuleError | None:
    if key == "way" or values["way"] != ENROL:
        return None
    if not values[key].strip():
        return ValueNeeded(key=key)
    if key == "server":
        # The HTTP client behind it is loaded only for who types an address.
        from station_desk.sync.client import checked_address

        try:
            checked_address(values[key])
        except RuleError as error:
            return error
    return None


class EditionStep(Fields):
    """The published catalogue: the one that came with the program, or one from a file of the district."""

    def __init__(self, say: Texts, look: Look, desk: Desk | None) -> None:
        super().__init__("edition", _edition_fault, say, look)
        options = [(way, say(f"first_run.edition.way_{way}")) for way in (SHIPPED, FILE)]
        self.add_choice("way", options, value=SHIPPED)
        self.add_file("root", hint="root.toml", kinds="TOML (*.toml)")
        self.add_file("file", hint="2026.12.zip", kinds="ZIP (*.zip)")
        if desk:
            facts = desk.edition.forms.edition
            self.add_widget(
                self.label(
                    say(
                        "first_run.edition.now", number=facts.number, publisher=worded(facts.publisher, say),
                        effective=facts.effective,
                    )
                )
            )  # fmt: skip
        self.end()

    def look_again(self) -> None:
        from_file = self.boxes["way"].value() == FILE
        self.show_only("way", *(["root", "file"] if from_file else []))
        super().look_again()


class FileMissing(RuleError):
    """`file`: there is no such file."""

    code = "first_run.file_missing"


def _edition_fault(key: str, values: Mapping[str, str]) -> RuleError | None:
    if key == "way" or values["way"] != FILE:
        return None
    text = values[key].strip()
    if not text:
        return ValueNeeded(key=key) if key == "file" else None
    return None if Path(text).is_file() else FileMissing(file=text)


def first_step(say: Texts, look: Look, desk: Desk | None) -> Fields:
    """What the first resident comes for."""
    fields = Fields("first", lambda _key, _values: None, say, look)
    items = sorted(desk.catalogue.items.values(), key=lambda item: item.code) if desk else []
    options = [(item.code, f"{worded(item.name, say)}  {item.code}") for item in items]
    order = list(desk.catalogue.categories) if desk else []
    usual = min(
        (item for item in items if item.sensitivity == "S1"),
        key=lambda item: (order.index(item.category), item.code),
        default=None,
    )
    fields.add_choice("item", options, value=usual.code if usual else "")
    fields.end()
    return fields


def wish_of(station: Mapping[str, str], counter: Mapping[str, str]) -> SetUp:
    """What `init` would be asked."""
    return SetUp(
        station.get("code", ""), station.get("name", ""), counter.get("counter", ""),
        counter.get("clerk", ""), station.get("phone", ""), station.get("address", ""),
        station.get("complaint_phone", ""),
    )  # fmt: skip
