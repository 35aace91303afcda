"""A paper of any kind filled with made-up facts: short ones, or all that could be too long."""

from functools import cache

from station_desk.catalogue.paper import Paper
from station_desk.catalogue.paper_kinds import LISTS, PAPER_KINDS
from station_desk.catalogue.read import read_papers
from station_desk.core import paths
from station_desk.core.texts import Texts
from station_desk.printing.blocks.setting import Filled, Row
from station_desk.printing.letterhead import Edition, Station

NUMBER = "QSQ001-261120-02-0031-K"
URL = "https://banshi.qingshi.gov.cn/t/q9Zk3vT1mUo_xW7bRf2s8A"
PROOF = "SD1:" + "Q9Zk3vT1mUoXW7bRf2s8A" * 5
"""As long as the signed code of a receipt."""

FIFTY = "阿卜杜拉·买买提·" * 6 + "王秀"
"""A name of fifty characters with middle dots, as the inter-ministry notice on name fields asks for."""

LONG = "景德镇瓷器修复，" * 1250
"""Ten thousand characters: the longest answer that a form takes."""

MOST_ROWS = 60


@cache
def published() -> dict[str, Paper]:
    """The papers that come with the program."""
    return read_papers(paths.FORMS)


@cache
def texts(language: str) -> Texts:
    """The texts of a language."""
    return Texts(paths.RESOURCES / "i18n", language)


def filled(
    kind: str,
    *,
    facts: dict[str, str] | None = None,
    rows: int = 2,
    url: str | None = URL,
    proved: bool = True,
) -> Filled:
    """Every fact says its own name, unless it is told otherwise; every table has so many rows."""
    said = {key: f"〔{key}〕" for key in PAPER_KINDS[kind].known} | {"number": NUMBER}
    return Filled(
        station=Station("青石桥社区公共服务站", "青石桥路 18 号", "010-5555 0123"),
        number="" if kind in LISTS else NUMBER,
        values=said | (facts or {}),
        rows={name: tuple(_row(name, keys, n) for n in range(1, rows + 1)) for name, keys in _tables(kind)},
        tracking_url=url,
        complaint_phone="010-5555 0199",
        edition=Edition("2026.11", "3f9a1c0d77aa51e2"),
        copy_no=1,
        proof=PROOF if proved else "",
    )


def _tables(kind: str) -> list[tuple[str, frozenset[str]]]:
    return list(PAPER_KINDS[kind].rows.items())


def _row(name: str, keys: frozenset[str], number: int) -> Row:
    said = {key: f"〔{name}.{key} {number:02}〕" for key in keys} | {"no": str(number)}
    return said | ({"number": NUMBER} if "number" in keys else {})
