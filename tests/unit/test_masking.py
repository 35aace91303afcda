"""What may stand in a list, in the hall and on paper."""

import pytest

from station_desk.core.masking import masked_id, masked_name, masked_phone


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王秀兰", "王*兰"),
        ("王兰", "王*"),
        ("王", "*"),
        ("", ""),
        ("欧阳文静", "欧**静"),
        ("古丽·阿不都", "古****都"),
    ],
)
def test_a_name_keeps_its_ends(name: str, shown: str) -> None:
    assert masked_name(name) == shown


def test_an_identity_number_keeps_four_and_four() -> None:
    assert masked_id("11010519491231002X") == "1101**********002X"
    assert masked_id("E12345678") == "*******78"
    assert masked_id("") == ""


def test_a_phone_keeps_its_last_four() -> None:
    assert masked_phone("13912345678") == "*******5678"
