"""How a section of the handbook looks: room between its paragraphs, and keys in the letters of the house."""

from PySide6.QtGui import QColor, QFont, QTextBlock, QTextCharFormat, QTextCursor, QTextDocument

from station_desk.ui.look.look import Look

INDENT, BELOW, BELOW_HEAD, BETWEEN = 22, 10, 6, 4


def dress(document: QTextDocument, look: Look) -> None:
    """Dresses what was read from Markdown, which knows no looks."""
    document.setIndentWidth(look.px(INDENT))
    block = document.begin()
    while block.isValid():
        _part(block, look)
        for start, length in _keys(block):
            _key(block, start, length, look)
        block = block.next()


def _part(block: QTextBlock, look: Look) -> None:
    """Paragraphs stand apart, the points of a list a little."""
    cursor = QTextCursor(block)
    if cursor.currentTable() is not None:
        return
    looks = block.blockFormat()
    if looks.headingLevel():
        looks.setBottomMargin(look.px(BELOW_HEAD))
    elif block.textList() is not None and block.next().textList() is not None:
        looks.setBottomMargin(look.px(BETWEEN))
    else:
        looks.setBottomMargin(look.px(BELOW))
    cursor.setBlockFormat(looks)


def _keys(block: QTextBlock) -> list[tuple[int, int]]:
    """Where keys and words to type stand: what Markdown wants in letters of one width."""
    found = []
    parts = block.begin()
    while not parts.atEnd():
        part = parts.fragment()
        if part.charFormat().fontFixedPitch():
            found.append((part.position(), part.length()))
        parts += 1
    return found


def _key(block: QTextBlock, start: int, length: int, look: Look) -> None:
    cursor = QTextCursor(block)
    cursor.setPosition(start)
    cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
    looks = QTextCharFormat()
    looks.setFontFamilies([look.family])
    looks.setFontFixedPitch(False)
    looks.setFontWeight(QFont.Weight.DemiBold)
    looks.setBackground(QColor(look.palette.plain_soft))
    cursor.mergeCharFormat(looks)
