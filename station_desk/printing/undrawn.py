"""Which characters of a finished paper no font draws, read from the very file: the screen lists them."""

import re

from station_desk.printing.characters import UNDRAWABLE
from station_desk.printing.pictures import ONE_AT_A_TIME, pypdfium2

STANDS_FOR = re.compile(f"{UNDRAWABLE}(U\\+[0-9A-F]{{4,6}})")


def undrawn_on(pdf: bytes) -> tuple[str, ...]:
    """The code points for which 〓 stands on the paper, each once, in the order of the pages."""
    with ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return tuple(dict.fromkeys(code for text in texts for code in STANDS_FOR.findall(text)))
