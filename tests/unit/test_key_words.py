"""The six words of a key: from the key alone, never two keys alike by chance, each word its own sound."""

from hypothesis import given
from hypothesis import strategies as st

from station_desk.core import paths
from station_desk.core.texts import LANGUAGES, Texts
from station_desk.counter.key_words import spoken
from station_desk.protocol.key_words import SYLLABLES, WORDS, key_words, word_of

KEY = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
"""The public key of the first test vector of RFC 8032."""

ALL = [word_of(number) for number in range(2048)]


def test_there_are_2048_words_that_sound_and_look_differently() -> None:
    assert len(set(SYLLABLES)) == 64
    assert len({"".join(word) for word in ALL}) == 2048
    for language in LANGUAGES:
        say = Texts(paths.RESOURCES / "i18n", language)
        assert len({spoken(word, say) for word in ALL}) == 2048


def test_the_words_of_a_key_stay_the_same_for_ever() -> None:
    assert [f"{word.first}{word.second}" for word in key_words(KEY)] == EXPECTED


@given(st.integers(0, 2**256 - 1), st.integers(0, 255))
def test_one_other_bit_of_the_key_gives_other_words(key: int, bit: int) -> None:
    one, other = (key_words(f"{number:064x}") for number in (key, key ^ 1 << bit))
    assert len(one) == WORDS
    assert one != other


EXPECTED = ["dulao", "tantan", "maopu", "supai", "saila", "daota"]
