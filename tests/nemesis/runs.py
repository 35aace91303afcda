"""Runs seeds one after the other on one stage that is made once."""

import gc
import os
import tempfile
from collections import Counter
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Self

from tests.nemesis.judge import Verdict, judge
from tests.nemesis.line import Fault, Line
from tests.nemesis.stage import fast_place, make_stage, set_for
from tests.nemesis.trial import Trial


class Runs:
    """The stage, the line and the folder of all seeds; use it in a `with`."""

    def __enter__(self) -> Self:
        self._place = tempfile.TemporaryDirectory(prefix="nemesis-", dir=fast_place())
        self._folder = Path(self._place.name)
        self._state = os.environ.get("XDG_STATE_HOME")
        os.environ["XDG_STATE_HOME"] = str(self._folder / "state")
        self._trial: Trial | None = None
        self._line = Line(self._strike)
        (self._folder / "stage").mkdir()
        make_stage(self._folder / "stage", self._line)
        # What is loaded stays as it is: no search for garbage copies it into every fork.
        gc.collect()
        gc.freeze()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        gc.unfreeze()
        self._line.close()
        self._place.cleanup()
        if self._state is None:
            os.environ.pop("XDG_STATE_HOME")
        else:
            os.environ["XDG_STATE_HOME"] = self._state

    def run(self, seed: int, steps: int, *, clones: bool = True) -> tuple[Verdict, Counter[str]]:
        """One seed and what became of it, with the faults that really struck."""
        with set_for(seed, self._folder / "stage", self._folder) as folder:
            self._line.recorded.clear()
            self._trial = Trial(folder, self._line, Random(seed), clones=clones)
            self._trial.run(steps)
            return judge(self._trial), self._trial.faults

    def _strike(self, fault: Fault) -> None:
        if self._trial:
            self._trial.strike(fault)
