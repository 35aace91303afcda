"""`verify-receipt` as clerks and scripts use it: genuine, altered, unknown, revoked, and what is no code."""

import io
import json
import time
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from station_desk.district.enrolment import new_enrol_code
from station_desk.main.cli import main
from station_desk.main.district import Served
from station_desk.printing.proof import codes_on, page_pictures

FORM = {
    "applicant": {"name": "王秀兰", "id_number": "11010519491231002x", "phone": "13912345678"},
    "answers": {"payment_grade": "500", "payment_mode": "自行缴费"},
    "materials": {"id_card": "brought", "hukou": "shared", "app_form": "brought"},
}


class Counter:
    """A counter asked by its command line."""

    def __init__(self, profile: Path, station: str, capsys: pytest.CaptureFixture[str]) -> None:
        self.profile = profile
        self._capsys = capsys
        self.run("init", "--station", station, "--name", "青石桥社区公共服务站", "--counter", "2")
        self.form = profile / "form.json"
        self.form.write_text(json.dumps(FORM, ensure_ascii=False), "utf-8")
        self.pdf = profile / "receipt.pdf"

    def run(self, *words: str, code: int = 0) -> dict[str, Any]:
        self._capsys.readouterr()
        assert main(["--profile", str(self.profile), "--json", *words]) == code, self._capsys.readouterr()
        said = self._capsys.readouterr()
        assert "Traceback" not in said.err
        lines = [json.loads(line) for line in said.out.splitlines()]
        return dict(lines[-1]) if lines else {}

    def verify(self, *words: str, code: int = 0) -> dict[str, Any]:
        return self.run("verify-receipt", *words, code=code)

    def receipt(self, item: str = "LS-008") -> str:
        """Accepts an application and reads the signed code off its paper."""
        self.run("accept", "--item", item, "--form", str(self.form), "--pdf", str(self.pdf), "--again", "试")
        return codes_on(self.pdf.read_bytes())[-1][2]

    def enrol(self, district: Served, station: str) -> None:
        self.run("enroll", "--server", district.url, "--code", new_enrol_code(district.district, station))


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Counter:
    return Counter(tmp_path / "profile", "QSQ001", capsys)


def test_a_genuine_receipt_is_told_by_number_and_day_and_names_nobody(counter: Counter) -> None:
    code = counter.receipt()
    said = counter.verify(code)
    assert (said["genuine"], said["station"], said["signed_by"], said["here"]) == (True, "QSQ001", "02", True)
    assert said["state"] == "processing"
    assert said["day"] == said["accepted"][:10]
    assert said["day"].replace("-", "")[2:] == said["number"][7:13]
    for secret in ("王秀兰", "11010519491231002", "13912345678", "LS-008"):
        assert secret not in json.dumps(said, ensure_ascii=False)


def test_people_read_it_in_their_language(counter: Counter, capsys: pytest.CaptureFixture[str]) -> None:
    code = counter.receipt()
    for language, words in (
        ("zh-Hans", "回执真实"),
        ("zh-Hant", "回執真實"),
        ("en", "The receipt is genuine"),
    ):
        assert main(["--profile", str(counter.profile), "--language", language, "verify-receipt", code]) == 0
        assert capsys.readouterr().out.startswith(words)


def test_an_altered_code_is_exit_code_6(counter: Counter) -> None:
    code = counter.receipt()
    for altered in (
        code[:-1],
        code + "A",
        code[:40] + ("B" if code[40] == "A" else "A") + code[41:],
        code[:3],
    ):
        said = counter.verify(altered, code=6)
        assert (said["ok"], said["error"]) == (False, "receipt.altered")


NO_CODES = {
    "nothing": ((), "receipt.code_needed"),
    "empty": (("",), "receipt.code_needed"),
    "words": (("你好",), "receipt.no_code"),
    "a case number": (("QSQ001-261120-02-0031-O",), "receipt.no_code"),
    "a tracking address": (("https://a.gov.cn/t/q9Zk3vT1mUo_xW7bRf2s8A",), "receipt.no_code"),
    "very long": (("A" * 100_000,), "receipt.no_code"),
    "of a newer program": (("SD2" + "A" * 137,), "receipt.newer_code"),
    "picture not there": (("--image", "/nowhere.png"), "receipt.picture_not_readable"),
    "picture is a folder": (("--image", "/"), "receipt.picture_not_readable"),
}


@pytest.mark.parametrize("name", NO_CODES)
def test_what_is_no_code_is_exit_code_3_with_a_sentence(counter: Counter, name: str) -> None:
    words, error = NO_CODES[name]
    said = counter.verify(*words, code=3)
    assert said["error"] == error
    assert len(said["text"]) > 10


@pytest.mark.parametrize(
    ("sent", "code"), [("{}\n", 0), ("\ufeff\r\n  {}", 0), ("", 3), ("\ufeff", 3), ("x" * 100_000, 3)]
)
def test_a_code_may_come_by_standard_input(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, sent: str, code: int
) -> None:
    text = sent.format(counter.receipt())
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    counter.verify("-", code=code)


def test_bytes_that_are_no_text_are_no_code(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\xff\xfe\x00")))
    assert counter.verify("-", code=3)["error"] == "receipt.no_code"


def test_a_photograph_or_the_pdf_itself_can_be_verified(counter: Counter, tmp_path: Path) -> None:
    counter.receipt()
    (picture,) = page_pictures(counter.pdf.read_bytes(), 150)
    picture.rotate(5, expand=True, fillcolor=255).save(tmp_path / "photo.jpg", quality=60)
    for file in (counter.pdf, tmp_path / "photo.jpg"):
        assert counter.verify("--image", str(file))["genuine"] is True
    picture.crop((0, 0, picture.width, picture.height // 2)).save(tmp_path / "top.png")
    assert (
        counter.verify("--image", str(tmp_path / "top.png"), code=3)["error"]
        == "receipt.picture_without_code"
    )
    counter.receipt()
    both = Image.new("L", (picture.width, 2 * picture.height), 255)
    both.paste(picture)
    both.paste(page_pictures(counter.pdf.read_bytes(), 150)[0], (0, picture.height))
    both.save(tmp_path / "two.png")
    assert counter.verify("--image", str(tmp_path / "two.png"), code=3)["error"] == "receipt.picture_of_many"


def test_the_receipt_of_a_restricted_item_is_proved_without_a_trace(counter: Counter) -> None:
    assert counter.run("items", "show", "CC-003")["sensitivity"] == "S3"
    form = {
        "answers": {"release_date": "2026-01-05"},
        "materials": {"id_card": "brought", "court": "brought"},
    }
    counter.form.write_text(json.dumps({**FORM, **form}), "utf-8")
    proof = counter.receipt("CC-003")
    assert counter.verify(proof)["genuine"] is True
    squares = [text for _, kind, text in codes_on(counter.pdf.read_bytes()) if "QR" in kind]
    assert squares == [proof]


def test_the_district_makes_receipts_known_and_revoked(
    counter: Counter, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Counter(tmp_path / "other", "QSQ002", capsys)
    db = f"sqlite:///{tmp_path / 'district.db'}"
    with Served(db) as district:
        counter.enrol(district, "QSQ001")
        other.enrol(district, "QSQ002")
        code = counter.receipt()
        assert other.verify(code, code=3)["error"] == "receipt.key_unknown"
        other.run("sync")
        said = other.verify(code)
        assert (said["genuine"], said["here"], said["until"]) == (True, False, "")
        time.sleep(1.1)
        revoked = ("--station", "QSQ001", "--counter", "2", "--reason", "电脑失窃")
        assert counter.run("district", "revoke", "--db", db, *revoked)["counter"] == "02"
        time.sleep(1.1)
        late = counter.receipt()
        counter.run("sync", code=7)
        other.run("sync")
    # The district is gone: all of this is known offline.
    assert other.verify(code)["until"]
    refused = other.verify(late, code=3)
    assert refused["error"] == "receipt.key_revoked"
    assert "电脑失窃" in refused["text"]
    said = counter.run("district", "revoke", "--db", db, "--station", "QSQ009", "--counter", "2", code=3)
    assert said["error"] == "district.no_such_device"
