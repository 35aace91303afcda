"""A call is said right: every number has its clips, in the right order, and the sound is the clips joined."""

import wave
from io import BytesIO

import pytest

from station_desk.cases.spoken_call import DIGITS, LETTERS, VOICES, Voice, all_clips, clips_of
from station_desk.core.paths import RESOURCES
from station_desk.counter.hall.voice import PAUSE_SECONDS, RATE, announcement, clip, seconds_of, silence

SOUNDS = RESOURCES / "sounds"
SAID: dict[tuple[str, str, Voice], str] = {
    ("A012", "03", "cmn"): "please letter-a digit-0 digit-1 digit-2 to digit-3 counter",
    ("B1003", "1", "yue"): "please letter-b digit-1 digit-0 digit-0 digit-3 to digit-1 counter",
    ("C002", "12", "cmn"): "please letter-c digit-0 digit-0 digit-2 to ten digit-2 counter",
    ("C002", "10", "yue"): "please letter-c digit-0 digit-0 digit-2 to ten counter",
    ("C002", "20", "cmn"): "please letter-c digit-0 digit-0 digit-2 to digit-2 ten counter",
    ("C002", "35", "cmn"): "please letter-c digit-0 digit-0 digit-2 to digit-3 ten digit-5 counter",
    ("A012", "12", "en"): "ticket letter-a digit-0 digit-1 digit-2 to number-12",
    ("A012", "20", "en"): "ticket letter-a digit-0 digit-1 digit-2 to number-20",
    ("A012", "21", "en"): "ticket letter-a digit-0 digit-1 digit-2 to number-20 digit-1",
    ("A012", "3", "en"): "ticket letter-a digit-0 digit-1 digit-2 to digit-3",
    ("A012", "012", "en"): "ticket letter-a digit-0 digit-1 digit-2 to number-12",
    ("A012", "", "cmn"): "please letter-a digit-0 digit-1 digit-2",
}


@pytest.mark.parametrize("call", SAID, ids="-".join)
def test_a_call_is_said_clip_by_clip(call: tuple[str, str, Voice]) -> None:
    assert " ".join(clips_of(*call)) == SAID[call]


@pytest.mark.parametrize("voice", VOICES)
def test_every_number_and_every_counter_has_its_clips(voice: Voice) -> None:
    there = {file.stem for file in (SOUNDS / voice).glob("*.wav")}
    assert there == set(all_clips(voice))
    needed = {
        clip for n in range(10_000) for clip in clips_of(f"{LETTERS[n % 26]}{n:04d}", str(n % 99 + 1), voice)
    }
    needed |= {clip for n in range(1000) for clip in clips_of(f"Z{n:03d}", "3", voice)}
    assert needed == there
    assert {f"letter-{letter.lower()}" for letter in LETTERS} | {f"digit-{d}" for d in DIGITS} <= there


@pytest.mark.parametrize(("number", "counter"), [("A012", "03"), ("B1003", "1"), ("A012", "12")])
@pytest.mark.parametrize("voice", VOICES)
def test_the_sound_of_a_call_is_its_clips_joined(voice: Voice, number: str, counter: str) -> None:
    joined = b"".join(
        frames_of(SOUNDS / f"{name}.wav")
        for name in ("chime", *(f"{voice}/{name}" for name in clips_of(number, counter, voice)))
    )
    made = announcement(SOUNDS, number, counter, (voice,))
    with wave.open(BytesIO(made)) as opened:
        assert (opened.getframerate(), opened.getnchannels(), opened.getsampwidth()) == (RATE, 1, 2)
        assert opened.readframes(opened.getnframes()) == joined
    assert 3 < seconds_of(made) < 9


def test_two_voices_follow_each_other_after_one_chime() -> None:
    both = seconds_of(announcement(SOUNDS, "A012", "3", ("cmn", "en")))
    each = [seconds_of(announcement(SOUNDS, "A012", "3", (voice,))) for voice in ("cmn", "en")]
    chime = len(clip(SOUNDS, "chime")) / RATE
    assert both == pytest.approx(sum(each) - chime + PAUSE_SECONDS, abs=0.001)
    assert len(silence(0.5)) == RATE // 2


def test_the_volume_makes_it_softer_and_nothing_else() -> None:
    loud, soft = (announcement(SOUNDS, "A012", "3", ("cmn",), volume) for volume in (100, 50))
    assert len(loud) == len(soft)
    assert max(samples(soft)) == pytest.approx(max(samples(loud)) / 2, abs=1)


def test_every_clip_is_loud_enough_short_and_not_cut_off() -> None:
    for file in SOUNDS.rglob("*.wav"):
        heard = samples(file.read_bytes())
        power = (sum(sample * sample for sample in heard) / len(heard)) ** 0.5 / 32767
        assert 0.05 < power < 0.25, file
        assert 0.2 < len(heard) / RATE < 1.5, file
        assert max(map(abs, heard)) < 32767, file
        assert abs(heard[-1]) < 300, f"{file} ends with a click"


def test_the_clips_are_small() -> None:
    assert sum(file.stat().st_size for file in SOUNDS.rglob("*")) < 3_000_000


def frames_of(file: object) -> bytes:
    with wave.open(str(file)) as opened:
        return bytes(opened.readframes(opened.getnframes()))


def samples(sound: bytes) -> "memoryview[int]":
    with wave.open(BytesIO(sound)) as opened:
        return memoryview(opened.readframes(opened.getnframes())).cast("h")
