"""Each fault of a published file can be told, and its remedy too."""

from typing import get_args

import pytest

from station_desk.catalogue.fault import FaultCode
from station_desk.core.paths import RESOURCES
from station_desk.core.texts import LANGUAGES, read_texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_fault_has_a_text_and_no_text_is_left_over(language: str) -> None:
    assert set(read_texts(RESOURCES / "i18n" / language / "check.toml")) == set(get_args(FaultCode))
