"""A scan is told from typing by speed and form, whatever is mixed: made-up hands and scanners."""

from datetime import date
from typing import Literal, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from station_desk.counter.scanned import Scan, may_become_scan, read_scan
from station_desk.ui.scan.burst import FIRST_GAP_MS, LATER_GAP_MS, TAIL_MS, Burst, Stroke
from tests.unit.test_scanned import KNOWN, TODAY

Turn = tuple[str, list["Key"], list["Key"]]
CODES = st.sampled_from(sorted(KNOWN))


class Key(NamedTuple):
    """One key of a story: how long after the last one, and whether a hand or a scanner pressed it."""

    gap: float
    stroke: Stroke


class Told(NamedTuple):
    """What came out: what the field got, and what was scanned."""

    typed: str
    scans: list[Scan]


def play(keys: list[Key]) -> Told:
    """Plays keys as the wedge does, with a clock of its own."""
    burst = Burst(may_become_scan, lambda text: read_scan(text, TODAY))
    held, typed, scans, at = "", "", [], 0.0

    def settled() -> None:
        nonlocal held, typed
        if burst.silence(at) and burst.found:
            scans.append(burst.found)
        else:
            typed += held
        held = ""

    for gap, stroke in keys:
        at += gap
        if burst.is_over(at):
            settled()
        give_back, then = burst.hear(stroke, at)
        if give_back:
            typed, held = typed + held, ""
        match then:
            case "pass":
                typed += stroke.text
            case "hold":
                held += stroke.text
            case "scan":
                held = ""
                assert burst.found is not None
                scans.append(burst.found)
            case "swallow":
                pass
    if burst.holds:
        settled()
    return Told(typed, scans)


def hand(text: str, gap: float) -> list[Key]:
    """Typed at a pace."""
    return [Key(gap, Stroke("end") if c == "\n" else Stroke("text", c)) for c in text]


def scanner(code: str, gap: float, end: Literal["enter", "both", "none"], before: float) -> list[Key]:
    """Scanned, after a while."""
    keys = [Key(before if n == 0 else gap, Stroke("text", c, c)) for n, c in enumerate(code)]
    ends = {"enter": 1, "both": 2, "none": 0}[end]
    return [*keys, *[Key(gap, Stroke("end"))] * ends]


TYPED = st.text("0123456789QSTDX-abhtp:/ \n王", min_size=1, max_size=12) | CODES.map(lambda c: c[:30])
HANDS = st.builds(hand, TYPED, st.floats(LATER_GAP_MS + 1, 400))
QUICK_HANDS = st.builds(hand, st.text("0123456789QSTDXabht", max_size=12), st.floats(FIRST_GAP_MS + 1, 60))
SCANNERS = st.builds(
    scanner, CODES, st.floats(0, 20), st.sampled_from(["enter", "both", "none"]), st.floats(TAIL_MS + 1, 500)
)


@given(st.lists(st.tuples(st.sampled_from("hs"), HANDS, SCANNERS), max_size=8))
def test_fields_have_what_was_typed_and_each_scan_is_heard_once(
    story: list[Turn],
) -> None:
    keys: list[Key] = []
    typed, codes = "", []
    for who, by_hand, by_scanner in story:
        # After a scan without a line end a hand needs a moment, and so does the next scan.
        keys.append(Key(TAIL_MS + 1, Stroke("side")))
        if who == "h":
            keys += by_hand
            typed += "".join(key.stroke.text for key in by_hand)
        else:
            keys += by_scanner
            spelled = "".join(key.stroke.text for key in by_scanner)
            codes.append(KNOWN[spelled])
    assert play(keys) == Told(typed, codes)


@given(QUICK_HANDS)
def test_a_quick_hand_is_no_scanner(keys: list[Key]) -> None:
    assert play(keys) == Told("".join(key.stroke.text for key in keys), [])


@given(
    st.lists(
        st.tuples(st.floats(0, 80), st.text("0123456789QSTDXabht-", min_size=1, max_size=1)), max_size=60
    )
)
def test_keys_at_any_speed_that_spell_no_code_arrive_in_order(told: list[tuple[float, str]]) -> None:
    text = "".join(c for _, c in told)
    played = play([Key(gap, Stroke("text", c)) for gap, c in told])
    if not played.scans:
        assert played.typed == text


def test_a_key_held_down_is_no_scan() -> None:
    keys = [Key(2, Stroke("other")) for _ in range(40)]
    assert play([*hand("1", 200), *keys, *hand("2", 200)]).scans == []


def test_a_scan_on_another_layout_is_read_by_the_places_of_its_keys() -> None:
    # On a French keyboard the row of digits has other signs, and letters change places.
    code = "QSQ001261120020031O"
    french = dict(zip("1234567890Q", "&é\"'(-è_çàA", strict=True))
    keys = [Key(3, Stroke("text", french.get(c, c), c)) for c in code]
    assert play([*keys, Key(3, Stroke("end"))]) == Told("", [Scan("case", "QSQ001-261120-02-0031-O")])


def test_dead_keys_of_a_layout_do_not_lose_a_scan() -> None:
    code = "https://district.example/guide/SA-001"
    keys = [Key(3, Stroke("text", "" if c == "/" else c, c)) for c in code]
    assert [scan.kind for scan in play([*keys, Key(3, Stroke("end"))]).scans] == ["guide"]


def test_a_scanner_that_stumbles_later_is_still_one() -> None:
    code = "T261122-A012"
    keys = [Key(50 if n > 4 else 5, Stroke("text", c, c)) for n, c in enumerate(code)]
    assert [scan.kind for scan in play([*keys, Key(40, Stroke("end"))]).scans] == ["ticket"]


def test_the_day_matters_only_for_residents() -> None:
    assert read_scan("11010520991231002X", date(2026, 1, 1)) != KNOWN["11010519491231002X"]
