"""The less common turns of a case by command line: certificates, public notices, bundles, other counters."""

import json
from pathlib import Path

import pytest

from station_desk.main.cli import main
from tests.end2end.conftest import Run

KIN = "亲属关系证明"


def test_certificates_are_listed_and_asked_for_even_before_a_counter_is_set_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Run(tmp_path / "nothing", capsys)
    rows = run("certificates", "list")
    assert [row["name"] for row in rows if row["allowed"]] == []
    assert len([row for row in rows if row["refer"]]) == 20
    said = run.one("certificates", "ask", "親屬關係", code=3)
    assert said["error"] == "certificate.forbidden"
    assert KIN in said["text"]
    assert "公安户籍、公证、民政婚姻档案" in said["text"]
    assert run.one("certificates", "ask", "好人证明", code=3)["error"] == "certificate.no_list"
    assert run.one("certificates", "ask", " ", code=3)["error"] == "certificate.name_needed"


@pytest.mark.parametrize(
    ("language", "refer"), [("zh-Hant", "公安戶籍"), ("en", "police household register")]
)
def test_where_to_go_instead_is_said_in_every_language(
    capsys: pytest.CaptureFixture[str], language: str, refer: str
) -> None:
    assert main(["--language", language, "certificates", "ask", KIN]) == 3
    assert refer in capsys.readouterr().err


def test_a_forbidden_certificate_is_refused_at_the_counter(run: Run, tmp_path: Path) -> None:
    form = tmp_path / "form.json"
    answers = {"certificate_purpose": "上学", "requesting_org": "学校", "list_item": KIN}
    who = {"name": "王秀兰", "id_number": "11010519491231002X"}
    said = {"applicant": who, "answers": answers, "materials": {"id_card": "brought"}}
    form.write_text(json.dumps(said, ensure_ascii=False), "utf-8")
    for verb in ("accept", "receive"):
        refused = run.one(verb, "--item", "HV-004", "--form", str(form), code=3)
        assert refused["error"] == "certificate.forbidden"
        assert refused["faults"][0]["field"] == "list_item"
        assert "民政婚姻档案" in refused["faults"][0]["text"]
    assert run("cases") == []


@pytest.fixture
def repair(run: Run, tmp_path: Path) -> str:
    """The number of a case whose present step is a public notice."""
    form = tmp_path / "repair.json"
    who = {"name": "王秀兰", "id_number": "11010519491231002X", "phone": "13912345678"}
    said = {
        "applicant": who,
        "answers": {"house": "砖木"},
        "materials": {"app_form": "brought", "id_card": "brought"},
    }
    form.write_text(json.dumps(said, ensure_ascii=False), "utf-8")
    return str(run.one("accept", "--item", "HV-002", "--form", str(form))["number"])


def test_a_public_notice_is_shown_posted_and_taken_down(run: Run, repair: str) -> None:
    before = run.one("notice", "show", repair)
    assert [label for label, _ in before["lines"]] == ["申请人", "事项", "拟办结果"]
    assert before["posted"] is False
    assert run.one("notice", "post", repair, "--place", "公告栏", code=3)["error"] == "notice.phone_needed"
    run("notice", "post", repair, "--place", "公告栏", "--phone", "010-55550199")
    shown = run.one("notice", "show", repair)
    assert (shown["place"], shown["phone"], shown["posted"]) == ("公告栏", "010-55550199", True)
    assert run.one("advance", repair, code=3)["error"] == "notice.hangs"
    assert run.one("notice", "down", repair, code=3)["error"] == "notice.early"
    run("notice", "down", repair, "--note", "照片 2 张", "--objection", "王秀兰另有住房")
    case = run.one("case", repair)
    assert [posting["objections"] for posting in case["postings"]] == [True]
    assert "另有住房" not in json.dumps(run("dump"), ensure_ascii=False)
    assert run("verify", "--deep") == []


def test_a_case_tells_people_of_its_notices(
    run: Run, repair: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run("notice", "post", repair, "--place", "公告栏", "--phone", "1")
    for words, said in ((["case", repair], "公示中："), (["notice", "show", repair], "申请人：王*兰")):
        capsys.readouterr()
        assert main(["--profile", str(run.profile), *words]) == 0
        assert said in capsys.readouterr().out


@pytest.mark.parametrize("words", [["post"], ["post", "a", "b"], ["a", "b"]])
def test_a_notice_that_is_not_understood_is_a_sentence(run: Run, words: list[str]) -> None:
    assert run.one("notice", *words, code=3)["error"] == "notice.words_not_understood"


def test_the_one_time_notice_still_wants_its_day(run: Run, repair: str) -> None:
    assert run.one("notice", repair, "--material", "hukou", code=3)["error"] == "case.until_needed"


def test_a_bundle_is_asked_for_accepted_and_shown(run: Run, tmp_path: Path) -> None:
    asked = run.one("bundle", "form", "--event", "birth", "--items", "hf-001, ls-014")
    assert asked["items"] == ["HF-001", "LS-014"]
    assert [field["items"] for field in asked["fields"] if field["key"] == "contact"] == [
        ["HF-001", "LS-014"]
    ]
    form = tmp_path / "birth.json"
    said = {
        "applicant": {"name": "王秀兰", "id_number": "11010519491231002X"},
        "answers": {"live_in_local": "yes", "person_category": "学生儿童"},
        "materials": {"id_card": "brought", "hukou": "brought", "app_form": "brought"},
    }
    form.write_text(json.dumps(said, ensure_ascii=False), "utf-8")
    words = ("bundle", "accept", "--event", "birth", "--items", "HF-001,LS-014", "--form", str(form))
    done = run.one(*words)
    numbers = [case["number"] for case in done["cases"]]
    assert [row["number"] for row in run("bundle", "show", done["bundle"])] == numbers
    assert run.one("case", numbers[0])["bundled"] == numbers
    assert run.one("status")["unprinted"][1]["number"] == numbers[1]
    assert run("verify", "--deep") == []


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["accept"], "bundle.options_needed"),
        (["form"], "bundle.options_needed"),
        (["form", "--event", "wedding"], "bundle.event_unknown"),
        (["form", "--event", "birth", "--items", "HF-001,CC-001"], "bundle.not_together"),
        (["form", "--event", "birth", "--items", "HF-001"], "bundle.too_small"),
        (["show"], "bundle.unknown"),
    ],
)
def test_a_bundle_that_cannot_be_is_a_sentence(run: Run, words: list[str], error: str) -> None:
    assert run.one("bundle", *words, code=3)["error"] == error
