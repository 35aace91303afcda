"""Through Qt, as Windows prints, every page comes out in its size, and its codes can be read."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from station_desk.counter.desk import Desk
from station_desk.counter.papers.print_paper import paper_pdf_of
from station_desk.printing.pictures import page_sizes
from station_desk.printing.printers.setting import PrinterSetting, Size
from station_desk.printing.printers.trouble import PrinterRefuses, PrinterUnknown
from station_desk.printing.proof import codes_on
from station_desk.ui.paper.qt_printer import QtPrinter
from tests.paper.private_cups import private_cups
from tests.paper.wire import listening, prints_all
from tests.ui.test_case_pages import accepted

MM = 25.4 / 72


@pytest.fixture
def receipt(desk: Desk) -> bytes:
    return paper_pdf_of(desk, accepted(desk, "LS-001", "李建国"), "receipt")


def printed(paper: bytes, setting: PrinterSetting, file: Path) -> bytes:
    """What Qt makes of a paper for a printer."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    printer.setResolution(300)
    QtPrinter("file", setting).draw(paper, "name of the paper", printer)
    return file.read_bytes()


def rounded_sizes(pdf: bytes) -> list[tuple[int, int]]:
    return [(round(width * MM), round(height * MM)) for width, height in page_sizes(pdf)]


def test_each_page_has_its_size_and_its_codes(
    qtbot: QtBot, desk: Desk, receipt: bytes, tmp_path: Path
) -> None:
    out = printed(receipt, PrinterSetting(), tmp_path / "out.pdf")
    assert rounded_sizes(out) == rounded_sizes(receipt)
    assert codes_on(out) == codes_on(receipt) != []
    sheet = paper_pdf_of(desk, desk.store.read("SELECT number FROM cases")[0][0], "sheet")
    assert rounded_sizes(printed(sheet, PrinterSetting(), tmp_path / "out.pdf")) == [(210, 297)]


SHEETS: tuple[tuple[Size, tuple[int, int]], ...] = (("A4", (297, 210)), ("A5", (210, 148)))


@pytest.mark.parametrize(("size", "millimetres"), SHEETS)
def test_the_sheet_in_the_printer_is_the_one_that_was_set(
    qtbot: QtBot, receipt: bytes, tmp_path: Path, size: Size, millimetres: tuple[int, int]
) -> None:
    out = printed(receipt, PrinterSetting(size=size), tmp_path / "out.pdf")
    assert set(rounded_sizes(out)) == {millimetres}
    assert codes_on(out) == codes_on(receipt)


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_an_unknown_printer_and_one_that_does_not_begin_are_said(
    qtbot: QtBot, receipt: bytes, tmp_path: Path
) -> None:
    with pytest.raises(PrinterUnknown):
        QtPrinter("nowhere", PrinterSetting()).send(receipt, "name")
    with pytest.raises(PrinterRefuses):
        printed(receipt, PrinterSetting(), tmp_path / "no folder" / "out.pdf")


THROUGH_A_QUEUE = """
import sys
from pathlib import Path
from station_desk.main.windows_printers import WindowsPrinters
from station_desk.printing.printers.setting import PrinterSetting

printers = WindowsPrinters()
print(printers.names())
printers.printer("A5", PrinterSetting(size="A5"), lambda: None).send(Path(sys.argv[1]).read_bytes(), "name")
"""


def test_a_paper_goes_through_a_queue_of_the_system(qtbot: QtBot, receipt: bytes, tmp_path: Path) -> None:
    (tmp_path / "receipt.pdf").write_bytes(receipt)
    with listening(prints_all) as wire, private_cups({"A5": wire.port}) as spooler:
        done = subprocess.run(
            [sys.executable, "-c", THROUGH_A_QUEUE, str(tmp_path / "receipt.pdf")],
            env={"CUPS_SERVER": f"{spooler.host}:{spooler.port}", "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert (done.returncode, done.stdout) == (0, "['A5']\n"), done.stderr
        qtbot.waitUntil(lambda: bool(wire.got) and bytes(wire.got[0]).rstrip().endswith(b"%%EOF"))
    assert codes_on(bytes(wire.got[0])) == codes_on(receipt)
