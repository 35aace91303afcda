"""What became of an edition at a counter, in words."""

from station_desk.core.texts import Texts
from station_desk.district.desk.asked import Asked
from station_desk.district.desk.blocks import Cell
from station_desk.district.desk.health import Counter
from station_desk.protocol.editions import Took


def took_cell(asked: Asked, counter: Counter, number: str) -> Cell | None:
    """Whether it arrived there, or why it was refused; None where the counter said nothing of it."""
    took = next((one for one in counter.took if one.number == number), None)
    if took is None:
        return None
    if not took.refused:
        return Cell(asked.say("desk.editions.arrived"), mark="warn")
    return Cell(asked.say("desk.editions.refused", why=_why(took, asked.say)), mark="bad")


def _why(took: Took, say: Texts) -> str:
    """The sentence of the counter; its code where its program is newer than this one."""
    try:
        return say(f"errors.{took.refused}", **took.values)
    except (KeyError, ValueError, IndexError):
        return took.refused
