"""Where a line of text may end: between Chinese characters and between words, but not before a closing mark.

W3C CLREQ, prohibition rules for line start and line end. Needs no font, so that a slip is set without one.
"""

NO_LINE_BEGINS_WITH = frozenset("，。、；：？！）》」』】〕〗〉”’…—·％℃,.;:?!)]}%")
NO_LINE_ENDS_WITH = frozenset("（《「『【〔〖〈“‘([{￥¥$①②③④⑤⑥⑦⑧⑨⑩")
SPACES = frozenset(" \u3000")
BREAKS_ANYWHERE_FROM = 0x2190
"""From the arrows on, characters may be parted; below lie the scripts that are written in words."""


def may_part(before: str, after: str) -> bool:
    """Whether a line may end between two characters."""
    if after in SPACES or after in NO_LINE_BEGINS_WITH or before in NO_LINE_ENDS_WITH:
        return False
    return before in SPACES or ord(before) >= BREAKS_ANYWHERE_FROM or ord(after) >= BREAKS_ANYWHERE_FROM
