"""Every kind of paper is fit for the archive, sound to other readers, and the same bytes each time."""

import subprocess
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from station_desk.catalogue.day_paper import DAY_KINDS
from station_desk.catalogue.paper_kinds import PAPER_KINDS
from station_desk.catalogue.public_paper import PUBLIC_KINDS
from tests.paper.archive_rules import breaches
from tests.paper.every_paper import Make, every_paper

pytestmark = pytest.mark.long

EVERY = list(every_paper())
IDS = [name for name, _ in EVERY]


def test_no_kind_is_missing() -> None:
    """Whatever can be printed stands in the list that these tests and the validator go through."""
    begun = {name.removeprefix("day-").split("-")[0] for name in IDS}
    assert {*PAPER_KINDS, *DAY_KINDS, *PUBLIC_KINDS, "hall", "ticket", "diagram", "trial"} <= begun


@pytest.mark.parametrize(("name", "make"), EVERY, ids=IDS)
def test_every_paper_is_fit_for_the_archive(name: str, make: Make, tmp_path: Path) -> None:
    pdf = make()
    assert breaches(pdf) == []
    with pikepdf.open(BytesIO(pdf)) as read:
        assert read.check_pdf_syntax() == []
        fonts = [font for page in read.pages for font in page.Resources.get("/Font", {}).values()]
        assert fonts
        assert [str(font.BaseFont) for font in fonts if "/FontFile2" not in font.FontDescriptor] == []
        assert str(read.docinfo["/Title"])
        assert str(read.docinfo["/Author"])
        assert str(read.Root.Lang) == "zh-Hans"
        assert b"pdfaid:part" in read.Root.Metadata.read_bytes()
    file = tmp_path / f"{name}.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(["qpdf", "--check", file], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b""), done.stdout.decode()
    assert make() == pdf
