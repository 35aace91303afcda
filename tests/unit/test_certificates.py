"""Whatever a resident calls a certificate, the right entry of the two lists is meant, or none."""

import msgspec
import pytest

from station_desk.catalogue.certificates import certificate_meant, same_certificate
from station_desk.catalogue.check.certificate_rules import certificate_text_faults
from station_desk.catalogue.item import (
    LANGUAGES,
    AllowedCertificate,
    Certificates,
    ForbiddenCertificate,
    Words,
)
from station_desk.catalogue.read import read_catalogue
from station_desk.core.paths import FORMS

LIVING = AllowedCertificate(
    Words("居住情况证明", "居住情況證明", "proof of residence"), "本区清单第3项", ("住这里",)
)
BURIAL = AllowedCertificate(Words("非正常死亡证明", "非正常死亡證明", "unnatural death"), "本区清单第7项")


@pytest.fixture(scope="module")
def certificates() -> Certificates:
    shipped = read_catalogue(FORMS).certificates
    return msgspec.structs.replace(shipped, allowed=(LIVING, BURIAL))


def named(asked: str, certificates: Certificates) -> str:
    meant = certificate_meant(asked, certificates)
    return meant.name.hans if meant else ""


def test_every_forbidden_certificate_is_known_by_each_of_its_names(certificates: Certificates) -> None:
    assert len(certificates.forbidden) == 20
    for one in certificates.forbidden:
        for name in (one.name.hans, one.name.hant, one.name.en, one.name.en.upper()):
            assert certificate_meant(name, certificates) is one, name


@pytest.mark.parametrize(
    "asked",
    [
        "亲属关系证明", "亲属关系", " 亲属 关系　证明 ", "親屬關係證明", "親屬關係", "亲属關係证明书",
        "親屬關係證明書", "《亲属关系证明》", "与王秀兰的亲属关系证明",
        "亲属关系的证明", "PROOF OF KINSHIP", "kinship", "ｋｉｎｓｈｉｐ",
    ],
)  # fmt: skip
def test_width_blanks_ending_and_script_make_no_difference(certificates: Certificates, asked: str) -> None:
    assert named(asked, certificates) == "亲属关系证明"


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("居民财产证明", "居民财产证明"),
        ("财产证明", "居民财产证明"),
        ("養犬證明", "居民养犬证明"),
        ("王秀兰健在证明", "健在证明"),
        ("王秀兰健在", ""),
        ("出生证明", "出生证明"),
        ("出生地证明", ""),
        ("死亡证明", "死亡证明"),
        ("非正常死亡证明", "非正常死亡证明"),
        ("居住情况证明", "居住情况证明"),
        ("居住情況", "居住情况证明"),
        ("住这里", "居住情况证明"),
        ("王秀兰的居住情况证明", ""),
        ("无犯罪记录和居住情况证明", "无犯罪记录证明"),
        ("好人证明", ""),
        ("证明", ""),
        ("居民证明", ""),
        ("", ""),
        ("…", ""),
    ],
)
def test_what_is_meant(certificates: Certificates, asked: str, meant: str) -> None:
    assert named(asked, certificates) == meant


def test_what_is_forbidden_everywhere_is_not_allowed_by_a_list_that_says_so(
    certificates: Certificates,
) -> None:
    kin = next(one for one in certificates.forbidden if one.name.hans == "亲属关系证明")
    hostile = msgspec.structs.replace(certificates, allowed=(AllowedCertificate(kin.name, "x"),))
    assert certificate_meant("亲属关系", hostile) is kin
    assert same_certificate(kin, hostile.allowed[0], hostile)


def test_lists_without_names_mean_nothing() -> None:
    empty = Words("（）", "", "")
    assert certificate_meant("亲属关系", Certificates("x", (ForbiddenCertificate(empty, empty),))) is None


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("{name.full}住{address.full}",) * 3, []),
        (("{verified_by}", "{verified_by}", "by {verified_by}"), []),
        (("{name.ful}", "x", "y"), [("zh-Hans", "gap_unknown")]),
        (("{phone.masked}",) * 3, [(language, "gap_unknown") for language in LANGUAGES]),
        (("{name.full", "x", "}"), [("zh-Hans", "gap_broken"), ("en", "gap_broken")]),
        (("{name.full}", "{name.full}", "x"), [("en", "gap_differs")]),
        (("x", "x", "{name.full}"), [("en", "gap_differs")]),
    ],
)
def test_the_words_of_a_certificate_ask_only_for_what_a_case_can_say(
    certificates: Certificates, texts: tuple[str, str, str], found: list[tuple[str, str]]
) -> None:
    one = msgspec.structs.replace(LIVING, text=Words(*texts))
    lists = msgspec.structs.replace(certificates, allowed=(BURIAL, one))
    fields = read_catalogue(FORMS).fields
    faults = list(certificate_text_faults(lists, fields))
    assert [(fault.place[-1], fault.code) for fault in faults] == found
    assert all(fault.place[:3] == ("allowed", 1, "text") for fault in faults)
