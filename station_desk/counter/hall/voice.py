"""A call as sound: the clips of `resources/sounds/` joined into one WAV, at the volume of the hall."""

import wave
from array import array
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from pathlib import Path

from station_desk.cases.spoken_call import CHIME, Voice, clips_of

RATE = 16_000
PAUSE_SECONDS = 0.35
"""Between two voices, and after the chime of the second."""


def announcement(
    folder: Path, number: str, counter: str, voices: Iterable[Voice], volume: int = 100
) -> bytes:
    """The WAV of a call: the chime once, then each voice; without a voice the chime alone."""
    said = array("h", clip(folder, CHIME))
    for place, voice in enumerate(voices):
        if place:
            said.extend(silence(PAUSE_SECONDS))
        for name in clips_of(number, counter, voice):
            said.extend(clip(folder, f"{voice}/{name}"))
    return wav(said if volume >= 100 else array("h", (sample * volume // 100 for sample in said)))


@cache
def clip(folder: Path, name: str) -> "array[int]":
    """The samples of one clip."""
    with wave.open(str(folder / f"{name}.wav"), "rb") as opened:
        return array("h", opened.readframes(opened.getnframes()))


def silence(seconds: float) -> "array[int]":
    """So many seconds without a sound."""
    return array("h", bytes(2 * round(seconds * RATE)))


def wav(samples: "array[int]") -> bytes:
    """Samples as a WAV file: 16 kHz, mono, 16 bit."""
    made = BytesIO()
    with wave.open(made, "wb") as opened:
        opened.setnchannels(1)
        opened.setsampwidth(2)
        opened.setframerate(RATE)
        opened.writeframes(samples.tobytes())
    return made.getvalue()


def seconds_of(sound: bytes) -> float:
    """How long a WAV lasts."""
    with wave.open(BytesIO(sound), "rb") as opened:
        return opened.getnframes() / opened.getframerate()
