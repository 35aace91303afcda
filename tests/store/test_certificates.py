"""A certificate that no committee may issue is refused at the counter, with where to go instead."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from station_desk.catalogue.item import AllowedCertificate, Words
from station_desk.counter.accept import accept
from station_desk.counter.application import (
    Application,
    ApplicationFaulty,
    CertificateForbidden,
    CertificateNotListed,
    NoCertificateListed,
)
from station_desk.counter.desk import Desk
from station_desk.counter.intake import (
    GiveNotice,
    Receive,
    TakeCompletion,
    TakeOn,
    give_notice,
    receive,
    take_completion,
    take_on,
)
from station_desk.store.lists import case_count
from station_desk.store.verify import verify_deep

Fresh = Callable[[], str]
LIVING = AllowedCertificate(Words("居住情况证明", "居住情況證明", "proof of residence"), "本区清单第3项")


@pytest.fixture(autouse=True)
def all_is_as_written(desk: Desk) -> Any:
    yield
    assert verify_deep(desk.store, lambda done, total: None) == []


@pytest.fixture
def with_list(desk: Desk) -> Desk:
    """A counter whose district allows one certificate."""
    certificates = msgspec.structs.replace(desk.catalogue.certificates, allowed=(LIVING,))
    catalogue = msgspec.structs.replace(desk.catalogue, certificates=certificates)
    forms = msgspec.structs.replace(desk.edition.forms, catalogue=catalogue)
    return replace(desk, catalogue=catalogue, edition=replace(desk.edition, forms=forms))


def asking(pension: Application, certificate: str) -> Application:
    answers = {"certificate_purpose": "上学", "requesting_org": "学校", "list_item": certificate}
    return Application("HV-004", pension.applicant, answers, {"id_card": "brought"})


@pytest.mark.parametrize("asked", ["亲属关系证明", "親屬關係", "与王秀兰的亲属关系证明"])
def test_a_forbidden_certificate_is_neither_accepted_nor_received(
    with_list: Desk, fresh: Fresh, pension: Application, asked: str
) -> None:
    application = asking(pension, asked)
    for act in (
        lambda: accept(with_list, application, fresh()),
        lambda: receive(with_list, Receive(application), fresh()),
    ):
        with pytest.raises(CertificateForbidden) as refused:
            act()
        said = with_list.texts.error(refused.value)
        assert "亲属关系证明" in said
        assert "公安户籍、公证、民政婚姻档案" in said
        assert "民发〔2020〕20号" in said
        assert refused.value.exit_code == 3
    assert case_count(with_list.store) == {}


def test_what_is_on_no_list_is_refused_too(with_list: Desk, fresh: Fresh, pension: Application) -> None:
    with pytest.raises(CertificateNotListed) as refused:
        accept(with_list, asking(pension, "好人证明"), fresh())
    assert "保留清单" in with_list.texts.error(refused.value)


def test_without_a_positive_list_nothing_is_issued(desk: Desk, fresh: Fresh, pension: Application) -> None:
    with pytest.raises(NoCertificateListed):
        accept(desk, asking(pension, "居住情况证明"), fresh())
    with pytest.raises(NoCertificateListed):
        receive(desk, Receive(asking(pension, "居住情况证明")), fresh())


def test_what_the_positive_list_has_is_accepted(with_list: Desk, fresh: Fresh, pension: Application) -> None:
    assert accept(with_list, asking(pension, "居住情況證明"), fresh()).answer.item == "HV-004"


def test_a_refused_certificate_comes_with_all_other_faults(
    with_list: Desk, fresh: Fresh, pension: Application
) -> None:
    faulty = msgspec.structs.replace(asking(pension, "出生证明"), materials={})
    with pytest.raises(CertificateForbidden) as refused:
        accept(with_list, faulty, fresh())
    assert [fault.code for fault in refused.value.faults] == ["certificate_forbidden", "material_missing"]


def test_a_request_taken_in_without_a_name_is_not_completed_with_a_forbidden_one(
    with_list: Desk, fresh: Fresh, pension: Application
) -> None:
    open_ = msgspec.structs.replace(asking(pension, "x"), answers={"certificate_purpose": "上学"})
    number = receive(with_list, Receive(open_), fresh()).answer.number
    give_notice(with_list, GiveNotice(number, (), "2026-12-04", ("未写明证明名称",)), fresh())
    wish = TakeCompletion(number, asking(pension, "死亡证明").answers, {"id_card": "brought"})
    with pytest.raises(CertificateForbidden):
        take_completion(with_list, wish, fresh())
    good = TakeCompletion(number, asking(pension, "居住情况").answers, {"id_card": "brought"})
    take_completion(with_list, good, fresh())
    assert take_on(with_list, TakeOn(number), fresh()).answer.state == "processing"


def test_an_empty_name_is_a_missing_answer_and_nothing_worse(
    with_list: Desk, fresh: Fresh, pension: Application
) -> None:
    with pytest.raises(ApplicationFaulty) as faulty:
        accept(with_list, asking(pension, "　"), fresh())
    assert [fault.code for fault in faulty.value.faults] == ["required"]
