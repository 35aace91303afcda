"""The signed code of a receipt, by which any counter proves the paper genuine, with the words beside it."""

from station_desk.catalogue.paper import Section
from station_desk.printing import codes
from station_desk.printing.blocks.setting import Setting
from station_desk.printing.page import MM, plain
from station_desk.printing.wrapping import wrap

BESIDE = 4.0


def set_proof(setting: Setting, section: Section) -> None:
    """The code at the left; nothing where none was signed."""
    proof = setting.filled.proof
    if not proof:
        return
    pages, sizes = setting.pages, setting.sizes
    symbol = codes.qr(proof)
    size = symbol.columns * codes.PROOF_MODULE
    room = (pages.right - pages.left - size - BESIDE) * MM
    lines = wrap(plain(setting.filled_in(section.text), sizes.body), room)
    height = max(size, len(lines) * sizes.leading)
    pages.y += sizes.leading * 0.4
    pages.need(height)
    pages.code(symbol, pages.left, pages.y, codes.PROOF_MODULE, size)
    for number, line in enumerate(lines):
        pages.put(pages.left + size + BESIDE, pages.y + number * sizes.leading, line, sizes.leading)
    pages.y += height + sizes.leading * 0.3
