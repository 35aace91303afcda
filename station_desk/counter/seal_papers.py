"""The seal register of a year on paper, as published: a line an entry, voided ones with their reason."""

from station_desk.cases.seal import SealEntry
from station_desk.catalogue.day_paper import DayPaper
from station_desk.counter.access import note_read
from station_desk.counter.certificates import seal_register
from station_desk.counter.day_published import day_paper
from station_desk.counter.desk import Desk
from station_desk.counter.wording import worded
from station_desk.printing.letterhead import Edition
from station_desk.printing.seal_register import RegisterSheet, register_sheet_pdf

REGISTER, ENTRIES = "register", "entries"


def register_pdf(desk: Desk, year: int) -> bytes:
    """公章用印登记: the whole year on A4, to be kept with the seal."""
    desk.require("certify")
    note_read(desk, "", "paper", "command", "register")
    say, entries, paper = desk.texts, seal_register(desk, year), day_paper(desk, REGISTER)
    table = next(one for one in paper.table if one.rows == ENTRIES)
    counted = {
        "year": year, "counter": desk.station.counter_name, "count": len(entries),
        "voided": sum(bool(entry.voided) for entry in entries),
    }  # fmt: skip
    lines = [_row(desk, entry, paper) for entry in entries]
    sheet = RegisterSheet(
        station=desk.station.name,
        title=worded(paper.title, say),
        sentence=worded(paper.sentence["count"], say).format_map(counted),
        titles=[worded(column.title, say) for column in table.column],
        rows=[[line[column.key] for column in table.column] for line in lines],
        empty=worded(table.empty, say) if table.empty else "",
        left=worded(paper.left, say) if paper.left else "",
        right=worded(paper.right, say) if paper.right else "",
        edition=Edition(desk.catalogue.edition, desk.catalogue.digest),
        shares=[column.share for column in table.column],
    )
    return register_sheet_pdf(sheet, say)


def _row(desk: Desk, entry: SealEntry, paper: DayPaper) -> dict[str, str]:
    say, remark = desk.texts, ""
    if entry.voided:
        gaps = {"day": entry.voided[:10], "reason": entry.reason}
        remark = worded(paper.sentence["voided"], say).format_map(gaps)
    elif entry.again:
        remark = worded(paper.sentence["again"], say).format_map({"seal": entry.again.split("-", 1)[1]})
    # The station stands at the head: here the number without it is enough, and fits on a line.
    return {
        "number": entry.number.split("-", 1)[1], "day": entry.at[:10],
        "document": worded(entry.document, say), "purpose": entry.purpose, "copies": str(entry.copies),
        "applicant": entry.applicant, "approver": entry.approver, "clerk": entry.clerk, "remark": remark,
    }  # fmt: skip
