"""Renders the clips of the spoken calls: run by hand when `resources/sounds/words.toml` changes.

    apt-get install espeak-ng flite sox
    .venv/bin/python installer/make_sounds.py

Mandarin and Cantonese are spoken by espeak-ng, English by the voice slt of flite. Each clip becomes 16 kHz
mono 16 bit, without the silence around it, as loud as the others, with a short pause at its end, so that a
call is nothing but its clips one after the other. The same programs make the same bytes.
"""

import math
import subprocess
import tempfile
import tomllib
import wave
from array import array
from pathlib import Path

SOUNDS = Path(__file__).resolve().parent.parent / "resources" / "sounds"
RATE = 16_000
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ESPEAK = {"cmn": ("cmn-latn-pinyin+f3", "150"), "yue": ("yue+f3", "150")}
LETTER_VOICE = {"cmn": "cmn-latn-pinyin+f3", "yue": "en-gb+f3"}
# Silence under 0.6 % of full scale is cut from both ends.
CUT = ("silence", "1", "0.004", "0.6%")
PAUSE = {"cmn": "0.05", "yue": "0.05", "en": "0.07"}
LONGER = {"please": "0.12", "ticket": "0.10"}
LEVEL_DB = "-20"
"""The loudness of every clip, as the mean power of its samples."""

CHIME = ((659.26, 0.0), (523.25, 0.38))
"""E5, then C5: frequency and start in seconds."""

CHIME_SECONDS = 1.25


def main() -> None:
    """Render all clips anew."""
    words = tomllib.loads((SOUNDS / "words.toml").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw.wav"
        for voice in ("cmn", "yue", "en"):
            (SOUNDS / voice).mkdir(exist_ok=True)
            for name, text in words[voice].items():
                speak(voice, text, raw)
                cut(raw, SOUNDS / voice / f"{name}.wav", LONGER.get(name, PAUSE[voice]))
            for letter in LETTERS:
                spell(voice, letter, words["sounds"][letter], raw)
                cut(raw, SOUNDS / voice / f"letter-{letter.lower()}.wav", PAUSE[voice])
    write(SOUNDS / "chime.wav", chime())
    size = sum(file.stat().st_size for file in SOUNDS.rglob("*.wav"))
    print(f"{len(list(SOUNDS.rglob('*.wav')))} clips, {size} bytes")


def speak(voice: str, text: str, out: Path) -> None:
    """Words in a voice, as its program says them."""
    if voice == "en":
        run("flite", "-voice", "slt", "-t", text, "-o", str(out))
    else:
        name, speed = ESPEAK[voice]
        run("espeak-ng", "-v", name, "-s", speed, "-w", str(out), text)


def spell(voice: str, letter: str, sounds: str, out: Path) -> None:
    """A letter by its name: alone, flite would read A as the article."""
    if voice == "en":
        run("flite", "-voice", "slt", "-p", f"pau {sounds} pau", "-o", str(out))
    else:
        run("espeak-ng", "-v", LETTER_VOICE[voice], "-s", ESPEAK[voice][1], "-w", str(out), letter)


def cut(raw: Path, out: Path, pause: str) -> None:
    """One clip: converted, its silence cut, made as loud as the others, a pause behind it."""
    trimmed = raw.with_name("trimmed.wav")
    convert = ["-R", "-D", str(raw), "-r", str(RATE), "-c", "1", "-b", "16", str(trimmed)]
    run("sox", *convert, "norm", "-3", *CUT, "fade", "0.004", "reverse", *CUT, "fade", "0.008", "reverse")
    samples = read(trimmed)
    loud = math.sqrt(sum(sample * sample for sample in samples) / len(samples))
    factor = min(10 ** (int(LEVEL_DB) / 20) * 32767 / loud * 1.6, 32000 / max(map(abs, samples)))
    silence = array("h", [0]) * round(float(pause) * RATE)
    write(out, array("h", (round(sample * factor) for sample in samples)) + silence)


def chime() -> "array[int]":
    """Two calm tones that fade away."""
    samples = array("h")
    for number in range(round(CHIME_SECONDS * RATE)):
        at, sum_ = number / RATE, 0.0
        for frequency, start in CHIME:
            if at > start:
                since = at - start
                swell = min(1.0, since / 0.01) * math.exp(-4.5 * since)
                wave_ = math.sin(math.tau * frequency * since) + 0.25 * math.sin(
                    math.tau * 2 * frequency * since
                )
                sum_ += 0.3 * swell * wave_
        samples.append(round(32767 * sum_ * min(1.0, (CHIME_SECONDS - at) / 0.05)))
    return samples


def read(file: Path) -> "array[int]":
    """The samples of a clip."""
    with wave.open(str(file), "rb") as opened:
        return array("h", opened.readframes(opened.getnframes()))


def write(file: Path, samples: "array[int]") -> None:
    """A clip as WAV."""
    with wave.open(str(file), "wb") as opened:
        opened.setnchannels(1)
        opened.setsampwidth(2)
        opened.setframerate(RATE)
        opened.writeframes(samples.tobytes())


def run(*command: str) -> None:
    """Start a program that must succeed."""
    subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    main()
