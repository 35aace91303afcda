"""The words of a guide for the screen: formatted in the colours of the house, and plain for copying."""

from collections.abc import Sequence
from html import escape

from station_desk.catalogue.guide_page import Group, GuidePage, Line
from station_desk.core.texts import Texts
from station_desk.ui.look.look import Look

LABEL_WIDTH = 132


def group_html(groups: Sequence[Group], say: Texts, look: Look) -> str:
    """Some groups of a guide: under each heading its elements, those not known in a quiet tone."""
    return "".join(_group(group, say, look) for group in groups)


def plain_text(page: GuidePage, say: Texts) -> str:
    """The whole guide as plain text, a paragraph a line."""
    lines = [page.title]
    for group in page.groups:
        lines += ["", group.title]
        for line in group.lines:
            lines.append(
                say("guide.labelled", label=line.label, text="\n".join(line.texts or (say("guide.unknown"),)))
            )
    return "\n".join(lines) + "\n"


def _group(group: Group, say: Texts, look: Look) -> str:
    rows = "".join(_row(line, say, look) for line in group.lines)
    above, below = look.px(16), look.px(4)
    return (
        f'<p style="font-size:{look.sizes.section}px; margin-top:{above}px; margin-bottom:{below}px">'
        f'<a name="{group.key}"></a><b>{escape(group.title)}</b></p>'
        f'<table cellspacing="0" cellpadding="0" width="100%">{rows}</table>'
    )


def _row(line: Line, say: Texts, look: Look) -> str:
    colours, sizes, pad = look.palette, look.sizes, look.px(3)
    if line.texts:
        said = "<br>".join(escape(text).replace("\n", "<br>") for text in line.texts)
    else:
        tone = colours.bad if line.must else colours.muted
        said = f'<span style="color:{tone}">{escape(say("guide.unknown"))}</span>'
    # The smaller words stand on the line of the larger ones.
    lower = pad + round((sizes.body - sizes.secondary) * 0.9)
    quiet = f"color:{colours.muted}; font-size:{sizes.secondary}px; padding-top:{lower}px"
    return (
        f'<tr><td width="{look.px(LABEL_WIDTH)}" style="{quiet}">{escape(line.label)}</td>'
        f'<td style="padding-top:{pad}px; padding-bottom:{pad}px">{said}</td></tr>'
    )
