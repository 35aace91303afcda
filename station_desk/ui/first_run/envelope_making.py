"""What the step of the envelope does: makes it, has it proved, or leaves it for later."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from station_desk.core.texts import Texts
from station_desk.counter.desk import Desk
from station_desk.counter.envelope import can_print_envelope, deliver_envelope, envelope_pdf
from station_desk.store.vault.changes import new_envelope, note_proved
from station_desk.store.vault.telling import key_state
from station_desk.ui.first_run.envelope_step import ASKED, LATER, SAVE, EnvelopeStep
from station_desk.ui.first_run.fields import Fields
from station_desk.ui.look.look import Look

Do = Callable[..., None]


class EnvelopeMaking:
    """Runs the acts of the step through `do`, as the other steps run theirs."""

    def __init__(self, do: Do) -> None:
        self._do = do

    def fields(self, desk: Desk, say: Texts, look: Look) -> EnvelopeStep:
        """The step, with the printer that was chosen before."""
        there = key_state(desk.store.profile).envelope
        step = EnvelopeStep(say, look, printer=can_print_envelope(desk), there=there)
        step.make.connect(lambda: self._make(step, desk))
        return step

    def leave(self, step: Fields, desk: Desk, then: Callable[[], None]) -> None:
        """Goes on once it was proved or left for later; else it is made now."""
        if not isinstance(step, EnvelopeStep) or step.values()["way"] == LATER:
            then()
        elif not step.is_made():
            self._make(step, desk)
        else:
            self._do(lambda: note_proved(desk.store.profile), lambda _: then())

    def _make(self, step: EnvelopeStep, desk: Desk) -> None:
        said = step.values()
        if step.first_fault() and step.first_fault() not in ASKED:
            step.ask_all()
            return
        file = Path(said["file"].strip()) if said["way"] == SAVE else None

        def work() -> Any:
            send, profile = deliver_envelope(desk, file), desk.store.profile
            day = desk.clock().date()
            return new_envelope(profile, profile.key, day, lambda secret: send(envelope_pdf(desk, secret)))

        self._do(work, step.show_made)
