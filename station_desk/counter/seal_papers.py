"""The seal register of a year on paper: a line for each entry, voided ones with their reason."""

from station_desk.cases.seal import SealEntry
from station_desk.counter.access import note_read
from station_desk.counter.certificates import seal_register
from station_desk.counter.desk import Desk
from station_desk.counter.wording import worded
from station_desk.printing.letterhead import Edition
from station_desk.printing.seal_register import COLUMNS, RegisterSheet, register_sheet_pdf


def register_pdf(desk: Desk, year: int) -> bytes:
    """公章用印登记: the whole year on A4, to be kept with the seal."""
    desk.require("certify")
    note_read(desk, "", "paper", "command", "register")
    say, entries = desk.texts, seal_register(desk, year)
    voided = sum(bool(entry.voided) for entry in entries)
    sheet = RegisterSheet(
        station=desk.station.name,
        title=say("papers.register.title"),
        sentence=say(
            "papers.register.count", year=year, counter=desk.station.counter_name, count=len(entries),
            voided=voided,
        ),
        titles=[say(f"papers.register.column.{key}") for key in COLUMNS],
        rows=[_row(desk, entry) for entry in entries],
        empty=say("papers.register.empty"),
        left=say("papers.register.keeper"),
        right=say("papers.register.head"),
        edition=Edition(desk.catalogue.edition, desk.catalogue.digest),
    )  # fmt: skip
    return register_sheet_pdf(sheet, say)


def _row(desk: Desk, entry: SealEntry) -> tuple[str, ...]:
    say, remark = desk.texts, ""
    if entry.voided:
        remark = say("papers.register.voided", day=entry.voided[:10], reason=entry.reason)
    elif entry.again:
        remark = say("papers.register.again", seal=entry.again.split("-", 1)[1])
    # The station stands at the head: here the number without it is enough, and fits on a line.
    return (
        entry.number.split("-", 1)[1], entry.at[:10], worded(entry.document, say), entry.purpose,
        str(entry.copies), entry.applicant, entry.approver, entry.clerk, remark,
    )  # fmt: skip
