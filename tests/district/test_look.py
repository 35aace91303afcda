"""How the pages look: legible for weak eyes, in the language of the phone, from our own files alone."""

import re

import pytest

from station_desk.core.paths import RESOURCES
from station_desk.district.wishes import preferred
from tests.district.conftest import Reached

ON_GROUND = {
    "ink": ("ground", "surface", "warn-soft"),
    "muted": ("ground", "surface"),
    "accent": ("surface", "accent-soft"),
    "ok": ("ok-soft",),
    "warn": ("warn-soft",),
    "bad": ("bad-soft",),
    "on-top": ("top",),
}


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_text_stands_out_from_its_ground(scheme: int) -> None:
    """WCAG 2.2, 1.4.3: a contrast of at least 4.5 to 1."""
    style = (RESOURCES / "web" / "page.css").read_text("utf-8")
    colours = dict(
        re.findall(r"--([a-z-]+): #([0-9a-f]+);", re.findall(r":root {(.*?)}", style, re.DOTALL)[scheme])
    )
    pairs = [(text, ground) for text, grounds in ON_GROUND.items() for ground in grounds]
    weak = [pair for pair in pairs if _contrast(colours[pair[0]], colours[pair[1]]) < 4.5]
    assert weak == []


def test_style_and_icons_are_served_and_nothing_beside_them(reached: Reached) -> None:
    answers = [reached.http.get(f"/web/{name}") for name in ("page.css", "icon.svg", "tick.svg")]
    kinds = [answer.headers["content-type"] for answer in answers]
    assert kinds == ["text/css; charset=utf-8", "image/svg+xml", "image/svg+xml"]
    for name in ("layout.html", "..%2fapp.py", "%2e%2e/pyproject.toml", ""):
        assert reached.http.get(f"/web/{name}").status_code == 404


def test_without_a_wish_the_phone_decides(reached: Reached) -> None:
    traditional = reached.http.get("/", headers={"Accept-Language": "fr, zh-TW;q=0.9, en;q=0.8"})
    assert '<html lang="zh-Hant"' in traditional.text
    assert '<html lang="zh-Hans"' in reached.http.get("/?lang=xx", headers={"Accept-Language": "fr"}).text


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "zh-Hans"),
        ("*", "zh-Hans"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("zh", "zh-Hans"),
        ("zh-CN,en", "zh-Hans"),
        ("zh-HK", "zh-Hant"),
        ("zh-Hant-MO;q=0.7,en;q=0.8", "en"),
        ("en;q=0.1,zh-tw;q=0.2", "zh-Hant"),
        ("english, zhuang", "zh-Hans"),
        ("en;q=nonsense,zh-CN", "zh-Hans"),
    ],
)
def test_the_language_of_the_phone_is_read_by_its_weights(accepted: str, language: str) -> None:
    assert preferred(accepted) == language


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    full = colour if len(colour) == 6 else "".join(digit * 2 for digit in colour)
    parts = [int(full[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
