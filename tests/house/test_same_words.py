"""The same thing has the same word in every window: the two scripts of Chinese say the very same words, and
what an act does is called on its button as in the list of keys.
"""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from station_desk.core.paths import RESOURCES

OTHERWISE = (
    ("打印", "列印"), ("打印机", "印表機"), ("导出", "匯出"), ("导入", "匯入"), ("信息", "資訊"),
    ("登录", "登入"), ("文件", "檔案"), ("程序", "程式"), ("窗口", "視窗"), ("设置", "設定"),
    ("超期", "逾期"), ("联系", "聯絡"), ("密钥", "金鑰"), ("服务器", "伺服器"), ("保存", "儲存"),
    ("默认", "預設"), ("记录", "紀錄"), ("字符", "字元"), ("添加", "新增"), ("打开", "開啟"),
    ("网络", "網路"), ("屏幕", "螢幕"), ("U 盘", "隨身碟"), ("“", "「"),
)  # fmt: skip
"""Words of the desk, and what they are called where the desk is not used."""

WORDS = RESOURCES / "i18n"


def test_both_scripts_use_the_same_words() -> None:
    plain, full = dict(texts("zh-Hans")), dict(texts("zh-Hant"))
    found = [
        (key, other)
        for key, text in plain.items()
        for word, other in OTHERWISE
        if word in text and other in full[key]
    ]
    assert found == []


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_a_place_is_called_as_its_window(language: str) -> None:
    said = dict(texts(language))
    for place, window in (
        ("care", "backup:title"),
        ("first_run", "first_run:title"),
        ("diagnose", "diagnose:title"),
    ):
        assert said[f"act:place.{place}"] == said[window]


def test_english_quotes_are_narrow() -> None:
    """The round ones come from the Chinese letters of the font, a whole character wide."""
    assert [key for key, text in texts("en") if "“" in text or "”" in text] == []


def texts(language: str) -> Iterator[tuple[str, str]]:
    """Every text by its file and key."""
    for file in (WORDS / language).glob("*.toml"):
        for key, text in _flat(tomllib.loads(file.read_text("utf-8"))):
            yield f"{file.stem}:{key}", text


def _flat(table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from ((f"{key}.{inner}", text) for inner, text in _flat(value))
        elif isinstance(value, str):
            yield key, value
