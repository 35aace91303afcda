"""The receipt of the benchmark as one writes it with reportlab and segno by their manuals: the peer."""

from io import BytesIO
from typing import Any

import segno
from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.pagesizes import A5, landscape
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.bench.receipt_content import FULL_FONT, Content

WIDTH, HEIGHT = landscape(A5)
LEFT, RIGHT = 10 * mm, WIDTH - 10 * mm
FONT = "Receipt"
PROOF = "左侧小码供窗口验真：本区任一窗口可离线核验本回执的真伪"
pdfmetrics.registerFont(TTFont(FONT, str(FULL_FONT)))


def make(content: Content) -> bytes:
    """The finished file."""
    into = BytesIO()
    canvas = Canvas(into, pagesize=(WIDTH, HEIGHT), pageCompression=1)
    y = _head(canvas, content)
    for label, words in _facts(content):
        _write(canvas, LEFT, y, label, 9)
        _write(canvas, LEFT + 18 * mm, y, words, 9.5)
        y -= 5.7 * mm
    y = _materials(canvas, content, y - 2 * mm)
    _qr(canvas, content.proof, LEFT, y - 17 * mm, 20 * mm)
    _write(canvas, LEFT + 24 * mm, y, "流程", 9.5)
    _write(canvas, LEFT + 38 * mm, y, "  →  ".join(_stages(content)), 9.5)
    _write(canvas, LEFT + 24 * mm, y - 5 * mm, PROOF, 8)
    _foot(canvas)
    canvas.showPage()
    canvas.save()
    return into.getvalue()


def _head(canvas: Canvas, content: Content) -> float:
    _write(canvas, LEFT, HEIGHT - 14 * mm, content.station, 12.5)
    _write(canvas, LEFT, HEIGHT - 19 * mm, f"地址 {content.address}　电话 {content.phone}", 8)
    Code128(content.number.replace("-", ""), barHeight=9.5 * mm, barWidth=0.25 * mm).drawOn(
        canvas, RIGHT - 55 * mm, HEIGHT - 18.5 * mm
    )
    canvas.setFont(FONT, 17)
    canvas.drawCentredString(WIDTH / 2, HEIGHT - 27 * mm, "受理回执")
    _qr(canvas, content.url, RIGHT - 38 * mm, HEIGHT - 58 * mm, 29 * mm)
    for size, words, y in (
        (8, "扫码查进度，网址须与此一致", 61),
        (12, content.url.split("/")[2], 65.5),
        (8, "查询页面绝不索要", 69),
        (8, "钱款、密码或身份证号", 72.5),
    ):
        canvas.setFont(FONT, size)
        canvas.drawCentredString(RIGHT - 24 * mm, HEIGHT - y * mm, words)
    return HEIGHT - 36 * mm


def _facts(content: Content) -> list[tuple[str, str]]:
    accepted = content.accepted.replace("T", " ")
    return [
        ("案号", content.number),
        ("事项", f"{content.item}（承诺件）"),
        ("申请人", f"{content.applicant}　证件 {content.identity}"),
        ("受理时间", f"{accepted}　2 号窗口　经办 陈立新"),
        ("承诺办结", f"{content.due}（18 个工作日，自次日起算，补正期间不计）"),
        ("领取方式", "到窗口领取，凭本回执和身份证"),
        ("收费", "不收费"),
    ]


def _materials(canvas: Canvas, content: Content, y: float) -> float:
    columns = (LEFT, LEFT + 99 * mm, LEFT + 167 * mm)
    rows = [("收到材料", "形式", "份数")]
    rows += [(name, form, str(count or "—")) for name, form, count in content.materials]
    for row in rows:
        canvas.line(LEFT, y + 4 * mm, RIGHT, y + 4 * mm)
        for x, words in zip(columns, row, strict=True):
            _write(canvas, x + 1.6 * mm, y, words, 9.5)
            if x > LEFT:
                canvas.line(x, y + 4 * mm, x, y - 1.6 * mm)
        y -= 5.6 * mm
    canvas.line(LEFT, y + 4 * mm, RIGHT, y + 4 * mm)
    return y - 3 * mm


def _stages(content: Content) -> list[str]:
    return [f"{chr(0x2460 + place)} {name}" for place, name in enumerate(content.stages)]


def _foot(canvas: Canvas) -> None:
    for x, words in ((LEFT, "申请人签名"), (LEFT + 105 * mm, "经办人签名"), (RIGHT - 14 * mm, "（盖章）")):
        _write(canvas, x, 16 * mm, words, 9.5)
    canvas.line(LEFT + 19 * mm, 15 * mm, LEFT + 75 * mm, 15 * mm)
    canvas.line(LEFT + 124 * mm, 15 * mm, RIGHT - 16 * mm, 15 * mm)
    canvas.line(LEFT, 12 * mm, RIGHT, 12 * mm)
    notes = "监督投诉 010-5555 0199　·　本回执一式 2 份　·　目录版本 2026.11 / 3f9a1c0"
    _write(canvas, LEFT, 8.7 * mm, notes, 8)


def _write(canvas: Canvas, x: float, y: float, words: str, size: float) -> None:
    canvas.setFont(FONT, size)
    canvas.drawString(x, y, words)


def _qr(canvas: Canvas, text: str, x: float, y: float, size: float) -> None:
    """The dark runs of each row as rectangles of one path."""
    matrix: Any = segno.make(text, error="m", micro=False).matrix
    module = size / len(matrix)
    path = canvas.beginPath()
    for place, row in enumerate(matrix):
        start = None
        for column, dark in enumerate((*row, 0)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                bottom = y + size - (place + 1) * module
                path.rect(x + start * module, bottom, (column - start) * module, module)
                start = None
    canvas.drawPath(path, stroke=0, fill=1)
