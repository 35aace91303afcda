"""What the receipts of the benchmark say: the same words and codes for every engine, no two alike."""

import random
from dataclasses import dataclass
from pathlib import Path

FULL_FONT = Path(__file__).resolve().parents[2] / "resources" / "fonts" / "NotoSansSC-Regular.ttf"
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华玉梅红建国文斌波宇浩凯琳雪晨佳欣怡子轩梓涵"
ITEMS = (
    "城乡居民基本养老保险参保登记",
    "最低生活保障申请",
    "生育登记服务",
    "流动人口居住登记",
    "老年人优待证办理",
)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@dataclass(frozen=True, slots=True)
class Content:
    """The words and codes of one receipt, however they are set; times as ISO 8601 writes them."""

    station: str
    address: str
    phone: str
    number: str
    item: str
    applicant: str
    identity: str
    accepted: str
    due: str
    url: str
    proof: str
    materials: tuple[tuple[str, str, int], ...]
    stages: tuple[str, ...]


def content(seed: int) -> Content:
    """One receipt, always the same for a seed."""
    dice = random.Random(seed)
    day = f"2026-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
    return Content(
        station="青石桥社区公共服务站",
        address="青石桥路 18 号",
        phone="010-5555 0123",
        number=f"QSQ001-{day[2:].replace('-', '')}-02-{seed % 10_000:04}-K",
        item=dice.choice(ITEMS),
        applicant=f"{dice.choice(SURNAMES)}*{dice.choice(GIVEN)}",
        identity=f"1101**********{dice.randint(0, 9999):04}",
        accepted=f"{day}T{dice.randint(8, 17):02}:{dice.randint(0, 59):02}",
        due=f"2027-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}",
        url="https://banshi.qingshi.gov.cn/t/" + "".join(dice.choices(LETTERS, k=22)),
        proof="SD1" + "".join(dice.choices(LETTERS[:26] + LETTERS[52:62], k=137)),
        materials=(
            ("居民身份证", "原件核验", 0),
            ("户口簿", "原件核验、复印件", dice.randint(1, 3)),
            ("家庭经济状况核对授权书", "原件", 2),
        ),
        stages=("受理", "入户调查", "民主评议", "公示", "办结"),
    )
