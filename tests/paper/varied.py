"""Receipts as different as real ones are, printed coarsely and scanned badly: what the codes must survive."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from random import Random

import zxingcpp
from PIL import Image, ImageFilter

from station_desk.cases.number import CaseNumber
from station_desk.cases.trace import has_public_trace
from station_desk.catalogue.item import Catalogue, Item
from station_desk.core import paths
from station_desk.core.clock import CHINA
from station_desk.core.masking import masked_id, masked_name
from station_desk.core.texts import LANGUAGES, Texts
from station_desk.counter.wording import worded
from station_desk.printing.letterhead import Edition, Matter, Promise, Station
from station_desk.printing.proof import OUR_CODES, page_pictures
from station_desk.printing.receipt import Receipt, ReceivedMaterial, Stage, receipt_pdf
from station_desk.protocol.receipt_code import signed_code

MOST_TURNED, MOST_BLUR, JPEG_QUALITY = 2.0, 1.25, 40
"""Degrees, dots (standard deviation), and what is left of a picture that was sent by phone."""

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
STATION_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
NAMES = (
    "单",
    "李强",
    "王秀兰",
    "欧阳娜娜",
    "古丽娜尔·买买提江",
    "阿卜杜热合曼·阿卜杜拉·" * 4,
    "Maria da Conceição Lee",
)
STATIONS = (
    "青石桥社区公共服务站",
    "青石桥街道青石桥社区党群服务中心（便民服务站）综合受理窗口",
    "Qingshiqiao Community Service Station",
)
HOSTS = (
    "a.cn",
    "banshi.qingshi.gov.cn",
    "shequ-fuwu.qingshiqiao-qu.beijing.gov.cn:8443",
    "x" * 40 + ".gov.cn",
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A receipt on paper, and the codes that must be read from it."""

    pdf: bytes
    codes: tuple[str, ...]
    number: CaseNumber
    language: str
    sensitivity: str


def printed(dice: Random, catalogue: Catalogue) -> Printed:
    """A receipt of a real item for somebody, in some language, at some station with a key of its own."""
    item = dice.choice(list(catalogue.items.values()))
    language = dice.choice(LANGUAGES)
    say = Texts(paths.RESOURCES / "i18n", language)
    accepted = datetime(2026, 1, 1, 8, tzinfo=CHINA) + timedelta(minutes=dice.randrange(5 * 525_600))
    number = CaseNumber(
        "".join(dice.choices(STATION_LETTERS, k=6)), accepted.date() - timedelta(days=dice.choice((0, 0, 3))),
        f"{dice.randint(1, 99):02d}{dice.choice(('', '', 'A', 'Z'))}", dice.choice((1, 31, 9999, 123_456)),
    )  # fmt: skip
    token = "".join(dice.choices(LETTERS, k=22))
    url = f"https://{dice.choice(HOSTS)}/t/{token}" if has_public_trace(item.sensitivity) else None
    proof = signed_code(dice.randbytes(32).hex(), number, accepted)
    receipt = Receipt(
        station=Station(dice.choice(STATIONS), dice.choice(("", "青石桥路 18 号")), "010-5555 0123"),
        matter=_matter(dice, item, str(number), accepted, say),
        collect=say("term.collect.counter"),
        fee=say("term.fee.none"),
        materials=_materials(dice, item, catalogue, say),
        stages=tuple(Stage(worded(step.name, say), n == 0) for n, step in enumerate(item.step)),
        tracking_url=url,
        complaint_phone="010-5555 0199",
        copies=2,
        edition=Edition(catalogue.edition, catalogue.digest),
        copy_no=dice.choice((1, 1, 2)),
        proof=proof,
    )
    wanted = (number.compact, *([url] if url else []), proof)
    return Printed(receipt_pdf(receipt, say), wanted, number, language, item.sensitivity)


def scanned(dice: Random, pdf: bytes, blur: float = MOST_BLUR) -> list[Image.Image]:
    """The pages off a counter printer, turned by up to two degrees, blurred, and pressed into a poor JPEG."""
    return [_spoilt(dice, picture, blur) for picture in page_pictures(pdf)]


def read(pictures: list[Image.Image]) -> set[str]:
    """What a scanner reads from these pictures."""
    return {code.text for p in pictures for code in zxingcpp.read_barcodes(p, formats=OUR_CODES)}


def _spoilt(dice: Random, picture: Image.Image, blur: float) -> Image.Image:
    turned = picture.rotate(
        dice.uniform(-MOST_TURNED, MOST_TURNED), Image.Resampling.BILINEAR, expand=True, fillcolor=255
    )
    into = BytesIO()
    turned.filter(ImageFilter.GaussianBlur(dice.uniform(0.5, 1.0) * blur)).save(
        into, "JPEG", quality=JPEG_QUALITY
    )
    return Image.open(BytesIO(into.getvalue()))


def _matter(dice: Random, item: Item, number: str, accepted: datetime, say: Texts) -> Matter:
    unit = item.limit.unit
    due = accepted + timedelta(days=item.limit.promised)
    promise = Promise(
        due if unit == "h" else date(due.year, due.month, due.day), item.limit.promised, unit, False
    )
    return Matter(
        number, worded(item.name, say), say(f"term.kind.{item.kind}"),
        masked_name(dice.choice(NAMES)), masked_id("11010519491231002X"), accepted, "2", "陈立新",
        dice.choice((promise, promise, None)),
    )  # fmt: skip


def _materials(dice: Random, item: Item, catalogue: Catalogue, say: Texts) -> tuple[ReceivedMaterial, ...]:
    """Those of the item; one in ten brings thirty more."""
    own = [
        ReceivedMaterial(
            worded(catalogue.materials[material.key].name, say),
            say(f"term.form.{material.form}"), material.copies,
        )
        for material in item.material
    ]  # fmt: skip
    more = [ReceivedMaterial(f"附件 {n}", "", n) for n in range(30)] if dice.random() < 0.1 else []
    return (*own, *more)
