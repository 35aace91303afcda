"""Printers by command line: chosen, tried, printed on, and a sentence for every mistake."""

from pathlib import Path

import pytest

from station_desk.printing.proof import codes_on
from tests.end2end.conftest import Run
from tests.paper.thermal import read_slip, texts_of
from tests.paper.wire import answering, closed_port, listening


def test_a_ticket_is_printed_when_it_is_taken(run: Run, tmp_path: Path) -> None:
    with listening(answering(b"\0")) as wire:
        printer = f"tcp://127.0.0.1:{wire.port}"
        chosen = run.one("printers", "set", "ticket", printer, "--size", "58mm", "--letters", "gb2312")
        assert (chosen["address"], chosen["size"], chosen["answers"]) == (printer, "58mm", True)
        number = run.one("ticket", "take", "--item", "SA-001")["number"]
        assert run.one("print", "ticket", number)["printed"] is True
        assert run.one("printers", "test", "ticket")["printed"] is True
    assert [number in texts_of(read_slip(bytes(got))) for got in wire.got] == [True, True, False]


def test_a_ticket_is_taken_whatever_its_printer_says(run: Run) -> None:
    run("printers", "set", "ticket", f"tcp://127.0.0.1:{closed_port()}")
    taken, trouble = run("ticket", "take", "--item", "SA-001", "--id", "t-1", code=5)
    assert (taken["number"], trouble["error"]) == ("A001", "printer.unreachable")
    run("printers", "forget", "ticket")
    assert run.one("ticket", "take", "--item", "SA-001", "--id", "t-1") == taken
    (row,) = run("ticket", "list")
    assert (row["number"], [one["item"] for one in row["services"]]) == ("A001", ["SA-001"])


def test_a_ticket_goes_into_a_file_as_pdf_or_for_a_thermal_printer(run: Run, tmp_path: Path) -> None:
    ticket = run.one("ticket", "take", "--item", "SA-001")["id"]
    pdf, thermal = tmp_path / "t.pdf", tmp_path / "t.bin"
    for file in (pdf, thermal):
        assert run.one("print", "ticket", ticket, "--out", str(file), "--roll", "58mm")["file"] == str(file)
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert "A001" in texts_of(read_slip(thermal.read_bytes()))
    assert "-" * 32 in texts_of(read_slip(thermal.read_bytes()))


def test_the_printers_are_listed(run: Run) -> None:
    run("printers", "set", "papers", "ipp://a4.lan:8631/ipp/print", "--sides", "long", "--size", "A4")
    rows = {row["kind"]: row for row in run("printers", "list") if "kind" in row}
    assert rows["receipt"]["address"] == rows["sheet"]["address"] == "ipp://a4.lan:8631/ipp/print"
    assert (rows["papers"]["own"], rows["receipt"]["own"]) == (True, False)
    assert (rows["papers"]["sides"], rows["papers"]["size"]) == ("long", "A4")
    assert rows["ticket"]["address"] == ""


def test_a_receipt_is_printed_twice_unless_another_number_is_asked_for(run: Run) -> None:
    assert run.one("printers", "set", "receipt", "folder")["copies"] == 2
    assert run.one("printers", "set", "sheet", "folder")["copies"] == 1
    assert run.one("printers", "set", "receipt", "folder", "--copies", "3")["copies"] == 3


def test_the_trial_page_has_codes_to_scan(run: Run) -> None:
    run("printers", "test", "receipt")
    pdf = (run.profile / "papers" / "trial-receipt.pdf").read_bytes()
    assert sorted(text for _, _, text in codes_on(pdf)) == ["TRIAL-128"] * 2


REFUSED: dict[str, tuple[tuple[str, ...], int, str]] = {
    "no kind": (("printers", "set"), 3, "printer.needed"),
    "no printer": (("printers", "set", "receipt"), 3, "printer.needed"),
    "nothing to try": (("printers", "test"), 3, "printer.needed"),
    "unknown kind": (("printers", "set", "shoes", "folder"), 3, "printer.kind_unknown"),
    "unknown kind tried": (("printers", "test", "shoes"), 3, "printer.kind_unknown"),
    "unknown kind forgotten": (("printers", "forget", "shoes"), 3, "printer.kind_unknown"),
    "no address": (("printers", "set", "receipt", "printer"), 3, "printer.address_not_understood"),
    "thermal for pages": (("printers", "set", "receipt", "tcp://h"), 3, "printer.only_tickets"),
    "wrong paper": (("printers", "set", "ticket", "tcp://h", "--size", "A4"), 3, "printer.size_not_possible"),
    "copies": (("printers", "set", "sheet", "folder", "--copies", "-1"), 3, "printer.copies_not_possible"),
    "no ticket printer": (("printers", "test", "ticket"), 3, "printer.no_ticket_printer"),
    "ticket unknown": (("print", "ticket", "A009", "--out", "t.pdf"), 3, "ticket.unknown"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_every_mistake_gets_a_sentence(run: Run, name: str) -> None:
    words, code, error = REFUSED[name]
    said = run.one(*words, code=code)
    assert said["error"] == error
    assert said["text"]


def test_a_file_that_cannot_be_written_is_said(run: Run, tmp_path: Path) -> None:
    ticket = run.one("ticket", "take", "--item", "SA-001")["id"]
    (tmp_path / "file").write_text("no folder")
    said = run.one("print", "ticket", ticket, "--out", str(tmp_path / "file" / "t.pdf"), code=5)
    assert said["error"] == "file.not_writable"
