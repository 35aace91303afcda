"""Our code words are those that qrcode makes, for any text that fits, and none for one that does not."""

import random
import string

import pytest
from qrcode import util
from qrcode.exceptions import DataOverflowError
from qrcode.main import QRCode

from station_desk.printing.qr_data import code_words

LEVELS = range(4)
LENGTHS = (0, 1, 2, 3, 17, 40, 140, 500, 1200, 2331, 2332, 5000)
SIGNS = {
    "digits": string.digits,
    "capitals": util.ALPHA_NUM.decode(),
    "any": string.printable + "王李𠮷",
}


@pytest.mark.parametrize("signs", SIGNS.values(), ids=SIGNS)
@pytest.mark.parametrize("level", LEVELS)
def test_the_words_are_those_of_another_encoder(level: int, signs: str) -> None:
    dice = random.Random(level)
    for length in LENGTHS:
        text = "".join(dice.choices(signs, k=length))
        assert said_by(code_words, text, level) == said_by(words_of_qrcode, text, level)


def words_of_qrcode(text: str, level: int) -> tuple[int, list[int]]:
    """What qrcode makes by itself."""
    code = QRCode(error_correction=level)
    code.add_data(text, optimize=0)
    version = code.version
    return version, util.create_data(version, level, code.data_list)


def said_by(encoder: object, text: str, level: int) -> object:
    """The words, or that there are none."""
    assert callable(encoder)
    try:
        return encoder(text, level)
    except (ValueError, DataOverflowError):
        return None
