"""The six words of this counter's key, as people read them to each other."""

from station_desk.core.texts import Say
from station_desk.counter.desk import Desk
from station_desk.protocol.key_words import KeyWord, key_words
from station_desk.store.keys import DeskKeys


def words_of_counter(desk: Desk) -> tuple[str, ...]:
    """The words of the key with which this counter signs now, in the language of the desk."""
    return tuple(spoken(word, desk.texts) for word in key_words(DeskKeys(desk.store).own().public_key))


def spoken(word: KeyWord, say: Say) -> str:
    """One word in a language: it is written otherwise, and sounds alike."""
    return say(f"key_word.syllable.{word.first}") + say(f"key_word.syllable.{word.second}")


def together(words: tuple[str, ...], say: Say) -> str:
    """The words in a row."""
    return say("key_word.between").join(words)
