"""The receipt of the benchmark as the counter makes it."""

from datetime import date, datetime

from station_desk.core import paths
from station_desk.core.texts import Texts
from station_desk.printing.letterhead import Edition, Matter, Promise, Station
from station_desk.printing.receipt import Receipt, ReceivedMaterial, Stage, receipt_pdf
from tests.bench.receipt_content import Content

SAY = Texts(paths.RESOURCES / "i18n", "zh-Hans")
EDITION = Edition("2026.11", "3f9a1c0d77aa51e2")


def make(content: Content) -> bytes:
    """The finished file."""
    matter = Matter(
        number=content.number,
        item=content.item,
        kind="承诺件",
        applicant=content.applicant,
        identity=content.identity,
        accepted_at=datetime.fromisoformat(content.accepted),
        counter="2",
        clerk="陈立新",
        promise=Promise(date.fromisoformat(content.due), 18, "wd", provisional=False),
    )
    receipt = Receipt(
        station=Station(content.station, content.address, content.phone),
        matter=matter,
        collect="到窗口领取，凭本回执和身份证",
        fee="不收费",
        materials=tuple(ReceivedMaterial(*material) for material in content.materials),
        stages=tuple(Stage(name, done=place == 0) for place, name in enumerate(content.stages)),
        tracking_url=content.url,
        complaint_phone="010-5555 0199",
        copies=2,
        edition=EDITION,
        copy_no=1,
        proof=content.proof,
    )
    return receipt_pdf(receipt, SAY)
