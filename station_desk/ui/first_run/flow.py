"""What each step of the first run does when it is left: the acts of the command line, nothing half done."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSize, QTimer, Signal

from station_desk import __version__
from station_desk.cases.staff import NOBODY, Acting
from station_desk.core import paths
from station_desk.core.errors import DeskError, RuleError
from station_desk.core.settings import keep_on_pc
from station_desk.core.texts import Texts
from station_desk.counter.desk import Desk, station_of
from station_desk.counter.key_words import together, words_of_counter
from station_desk.counter.new_edition import install_edition, trust_root
from station_desk.counter.printers import PAPERS, choose_printer, found_printers, usual_copies
from station_desk.counter.queue import CallNext, TakeTicket, call_next, take_ticket
from station_desk.counter.set_up import SetUp, facts_of
from station_desk.counter.staff.accounts import Account, AddMember, add_member
from station_desk.counter.sync_now import introduce
from station_desk.counter.trial_print import print_trial
from station_desk.printing.printers.setting import PrinterSetting
from station_desk.store.desk_store import Done
from station_desk.ui.acts import new_command
from station_desk.ui.first_run import steps as s
from station_desk.ui.first_run.answers import STEPS, Answers
from station_desk.ui.first_run.envelope_making import EnvelopeMaking
from station_desk.ui.first_run.fields import Fields
from station_desk.ui.first_run.wizard import SIZE, Wizard
from station_desk.ui.look.look import Look
from station_desk.ui.shared.giving_way import on_screen
from station_desk.ui.tasks import Failure, Tasks

SAVE_MS = 400
WORDS = ("name", "phone", "address", "complaint_phone", "clerk")


@dataclass(frozen=True, slots=True)
class Makers:
    """How a counter is made in the folder and opened again; `look` is what this PC keeps now."""

    make: Callable[[SetUp, str], Desk]
    open: Callable[[str], Desk]
    look: Callable[[], Look]
    speak: Callable[[Texts], None]


class Flow(QObject):
    """Leads through the steps. `over` comes when the counter is ready, its desk closed."""

    over = Signal()

    def __init__(self, folder: Path, desk: Desk | None, makers: Makers, say: Texts) -> None:
        super().__init__()
        self.answers = Answers(folder)
        self.desk = desk
        self.tasks = Tasks(self)
        self.wizard = Wizard()
        self._makers, self._say, self._look = makers, say, makers.look()
        self._envelope = EnvelopeMaking(self._do)
        self._save = QTimer(self, interval=SAVE_MS, singleShot=True)
        self._save.timeout.connect(self._keep)
        self.tasks.trouble.connect(self._on_failure)
        self.wizard.on.connect(self._leave)
        self.wizard.back.connect(lambda: self.go(STEPS[STEPS.index(self.answers.step) - 1]))
        self.wizard.later.connect(lambda: self._finish(None))
        self.wizard.edited.connect(self._save.start)
        self.wizard.here.connect(self._change_here)
        self.wizard.closed.connect(self.close)
        if desk and STEPS.index(self.answers.step) < STEPS.index("account"):
            self.answers.step = "account"
        self.wizard.resize(on_screen(QSize(self._look.px(SIZE[0]), self._look.px(SIZE[1]))))
        self.go(self.answers.step)

    def go(self, step: str) -> None:
        """Shows a step with what was answered before."""
        self._keep()
        self.wizard.fields = None
        self.answers.step = step
        self._keep()
        fields = self._fields(step)
        known = self._known(step)
        self.wizard.show_step(step, fields, self._say, self._look)
        fields.put({**known, **self.answers.of(step)})
        fields.take_focus(fields.first_fault())

    def say(self) -> Texts:
        """The language that was chosen."""
        return self._say

    def close(self) -> None:
        """The window closes: what is typed is kept, the database let go of."""
        self._save.stop()
        self._keep()
        self.tasks.close()
        if self.desk:
            self.desk.store.close()
            self.desk = None

    def _fields(self, step: str) -> Fields:
        say, look, desk = self._say, self._look, self.desk
        match step:
            case "station":
                return s.station_step(say, look, desk)
            case "counter":
                return s.counter_step(say, look, desk)
            case "account":
                return s.account_step(say, look, desk)
            case "printer":
                fields = s.PrinterStep(say, look)
                fields.trial.connect(lambda: self._try_printer(fields))
                if desk:
                    self.tasks.run(lambda: found_printers(desk), fields.show_found, lane="wire")
                return fields
            case "envelope":
                return self._envelope.fields(self._desk(), say, look)
            case "district":
                return s.DistrictStep(say, look, desk)
            case "edition":
                return s.EditionStep(say, look, desk)
            case _:
                return s.first_step(say, look, desk)

    def _known(self, step: str) -> dict[str, str]:
        """What the counter itself says, where it was set up by another hand."""
        if self.desk is None or step not in ("station", "counter", "account"):
            return {}
        who = self.desk.station
        if step == "account":
            # A counter without a clerk's name is called by its number: that is nobody's name.
            return {"name": "" if who.clerk.isdecimal() else who.clerk}
        if step == "counter":
            return {"counter": who.counter_name, "clerk": who.clerk}
        return {"code": who.code, **{key: getattr(who, key) for key in WORDS if key != "clerk"}}

    def _take(self) -> None:
        if self.wizard.fields:
            self.answers.take(self.answers.step, self.wizard.fields.values())

    def _keep(self) -> None:
        """Brings the answers to the disk; where that cannot be, it is said at once."""
        self._take()
        try:
            self.answers.save()
        except OSError as error:
            if self.wizard.fields:
                why = error.strerror or str(error)
                self.wizard.tell(self._say("first_run.not_kept", why=why), good=False)

    def _leave(self) -> None:
        """The step is answered: do what it is for, then go on; or lead to what is missing."""
        fields = self.wizard.fields
        if fields is None:
            return
        fields.ask_all()
        if key := fields.first_fault():
            fields.take_focus(key)
            return
        self._take()
        match self.answers.step:
            case "station":
                self._on_station()
            case "counter":
                self._on_counter()
            case "account":
                self._on_account()
            case "printer":
                self._do(self._choose_printer, lambda _: self._go_on())
            case "envelope":
                self._envelope.leave(fields, self._desk(), self._go_on)
            case "district":
                self._on_district()
            case "edition":
                self._on_edition()
            case _:
                self._finish(fields.values()["item"])

    def _go_on(self) -> None:
        self.go(STEPS[STEPS.index(self.answers.step) + 1])

    def _on_station(self) -> None:
        if self.desk:
            self._do(self._keep_words, lambda _: self._go_on())
        else:
            self._go_on()

    def _on_counter(self) -> None:
        wish, language = s.wish_of(self.answers.of("station"), self.answers.of("counter")), self._say.language
        try:
            facts_of(wish)
        except RuleError as error:
            # Something of the first step after all: it cannot be left with a fault, but a file can be edited.
            self._refuse(error)
            return
        if self.desk:
            self._do(self._keep_words, lambda _: self._go_on())
        else:
            self._do(lambda: self._makers.make(wish, language), self._on_made)

    def _on_account(self) -> None:
        said, desk = self.answers.of("account"), self._desk()
        if desk.acting or s.postpones(said):
            self._go_on()
            return
        wish, password = AddMember(said["name"], "head"), said["password"]

        def added(done: Done[Account]) -> None:
            self.desk = replace(desk, acting=Acting(done.answer.name, "head"))
            self.answers.take("account", {"name": done.answer.name})
            self.wizard.fields = None
            self._go_on()

        self._do(lambda: add_member(desk, wish, password, new_command()), added)

    def _on_made(self, desk: Desk) -> None:
        # Opened anew with another catalogue, it is still the same person who sits here.
        self.desk = replace(desk, acting=self.desk.acting) if self.desk else desk
        self._go_on()

    def _keep_words(self) -> None:
        wish = s.wish_of(self.answers.of("station"), self.answers.of("counter"))
        who = self._desk().station
        facts, _ = facts_of(replace_wish(wish, who.code, who.counter))
        self._desk().store.set_about({key: facts[key] for key in WORDS})
        self.desk = replace(self._desk(), station=station_of(self._desk().store.about()))

    def _choose_printer(self) -> None:
        fields = self.wizard.fields
        if isinstance(fields, s.PrinterStep):
            setting = PrinterSetting(address=fields.address(), copies=usual_copies(PAPERS))
            choose_printer(self._desk(), PAPERS, setting)

    def _try_printer(self, fields: s.PrinterStep) -> None:
        desk = self._desk()
        if fields.first_fault():
            fields.ask_all()
            return
        setting = PrinterSetting(address=fields.address(), copies=usual_copies(PAPERS))

        def work() -> None:
            choose_printer(desk, PAPERS, setting)
            print_trial(desk, PAPERS)

        fields.tell(self._say("printer.dialog.trying"), good=True)
        self._do(work, lambda _: fields.tell(self._say("first_run.printer.tried"), good=True), lane="paper")

    def _on_district(self) -> None:
        said, desk = self.answers.of("district"), self._desk()
        if said["way"] == s.ALONE:
            self._go_on()
            return

        def joined(answer: tuple[Any, Any]) -> None:
            self.desk = replace(desk, station=answer[1])
            self.answers.take("district", {})
            self.wizard.fields = None
            self._go_on()
            words = together(words_of_counter(self._desk()), self._say)
            self.wizard.tell(self._say("first_run.district.words_of_key", words=words))

        self._do(lambda: introduce(desk, said["server"].strip(), said["code"].strip()), joined, lane="wire")

    def _on_edition(self) -> None:
        said, desk, language = self.answers.of("edition"), self._desk(), self._say.language
        if said["way"] == s.SHIPPED:
            self._go_on()
            return

        def work() -> Desk:
            profile = desk.store.profile
            if root := said["root"].strip():
                trust_root(profile, Path(root).read_text("utf-8-sig"), paths.FORMS)
            bundle = Path(said["file"].strip()).read_bytes()
            install_edition(profile, bundle, paths.FORMS, desk.clock, __version__)
            desk.store.close()
            return self._makers.open(language)

        self._do(work, self._on_made)

    def _finish(self, item: str | None) -> None:
        desk = self._desk()

        def work() -> None:
            # After a restart nobody is signed in: the window asks, and the first number is taken there.
            if item is not None and desk.acting != NOBODY:
                take_ticket(desk, TakeTicket(item), new_command())
                call_next(desk, CallNext(), new_command())

        def done(_: None) -> None:
            self._save.stop()
            self.answers.done()
            self.tasks.close()
            desk.store.close()
            self.desk = None
            self.wizard.closed.disconnect(self.close)
            self.over.emit()

        self._do(work, done)

    def _do(self, work: Callable[[], Any], then: Callable[[Any], None], lane: Any = "store") -> None:
        self.wizard.set_busy(self._say("first_run.working"))
        self.tasks.run(work, then, lane=lane, ended=self._on_ended)

    def _on_ended(self) -> None:
        for button in (self.wizard.next_button, self.wizard.back_button, self.wizard.later_button):
            button.setEnabled(True)
        if self.wizard.hint.text() == self._say("first_run.working"):
            self.wizard.tell("")

    def _on_failure(self, failure: Failure) -> None:
        if isinstance(failure.error, DeskError):
            self._refuse(failure.error)
        elif isinstance(failure.error, OSError | UnicodeError):
            why = getattr(failure.error, "strerror", None) or str(failure.error)
            self.wizard.tell(self._say("first_run.not_read", why=why), good=False)
        else:
            raise failure.error

    def _refuse(self, error: DeskError) -> None:
        self.wizard.tell(self._say.error(error), good=False)
        if self.wizard.fields:
            self.wizard.fields.tell("", good=False)

    def _change_here(self, key: str, value: str) -> None:
        try:
            keep_on_pc({key: value})
        except DeskError as error:
            self._refuse(error)
            return
        if key == "language":
            self._say = Texts(paths.RESOURCES / "i18n", value)
            self._makers.speak(self._say)
        self._look = self._makers.look()
        if self.desk:
            self.desk = replace(self.desk, texts=self._say)
        self.go(self.answers.step)

    def _desk(self) -> Desk:
        assert self.desk is not None, "steps after the second have a counter"
        return self.desk


def replace_wish(wish: SetUp, code: str, counter: str) -> SetUp:
    """The same words for the station and the counter that stand already."""
    return SetUp(code, wish.name, counter, wish.clerk, wish.phone, wish.address, wish.complaint_phone)
