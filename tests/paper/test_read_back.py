"""Text copied out of a paper is what was written: all characters of the standard, and the rarest of names."""

import random
import subprocess
from collections.abc import Sequence

import pytest

from station_desk.printing.fonts import Weight
from station_desk.printing.page import A4_PORTRAIT, Mark, Words
from station_desk.printing.pdf import About, pdf_of
from station_desk.printing.wrapping import Lettering, Run
from tests.paper.test_characters import LEVEL_3, standard_characters

A_LINE, LINES_A_PAGE = 40, 60
ABOUT = About("字表", "青石桥", "zh-Hans")
LOST = "\U0002ebf5"


@pytest.mark.parametrize("weight", ["regular", "bold"])
def test_all_standard_characters_are_copied_as_they_were_written(weight: Weight) -> None:
    table = standard_characters()
    assert copied(table, weight) == table


@pytest.mark.parametrize("weight", ["regular", "bold"])
def test_three_thousand_characters_of_level_3_are_copied_as_they_were_written(weight: Weight) -> None:
    dice = random.Random(18030)
    rare = "".join(map(chr, dice.sample(sorted(LEVEL_3), 3000)))
    assert copied(rare, weight) == rare


def test_a_character_that_no_font_has_is_copied_as_it_is_seen() -> None:
    assert copied(f"王{LOST}兰😀", "regular") == "王〓U+2EBF5兰〓U+1F600"
    assert copied("王\ud800兰\uffff", "bold") == "王〓U+D800兰〓U+FFFF"


def copied(text: str, weight: Weight) -> str:
    """The text set on pages, as poppler's pdftotext reads it back, without the ends of lines and pages."""
    lines = [text[start : start + A_LINE] for start in range(0, len(text), A_LINE)]
    pages = [lines[start : start + LINES_A_PAGE] for start in range(0, len(lines), LINES_A_PAGE)]
    pdf = pdf_of([page_of(page, weight) for page in pages], A4_PORTRAIT, ABOUT)
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return "".join(done.stdout.decode().split())


def page_of(lines: Sequence[str], weight: Weight) -> list[Mark]:
    """One line below the other."""
    lettering = Lettering(10, weight)
    return [Words(15, 20 + 4.5 * n, (Run(line, lettering),)) for n, line in enumerate(lines)]
