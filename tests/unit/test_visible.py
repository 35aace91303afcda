"""A name is refused for what hides in it, never for being written with a new or a rare character."""

import pytest

from station_desk.core.visible import is_visible


@pytest.mark.parametrize(
    "text",
    [
        "王秀兰",
        "阿卜杜拉·买买提",
        "王𠮷𪚥",
        "王\U0002ebf0",
        "\U00031350\U000323af",
        "青石桥\u3000路 18\u00a0号",
        "é̈ 😀 مر",
        "",
    ],
)
def test_what_people_can_write_is_visible(text: str) -> None:
    assert is_visible(text)


@pytest.mark.parametrize(
    "hidden",
    [
        "\n",
        "\t",
        "\x07",
        "\x7f",
        "\u200b",
        "\u202e",
        "\ufeff",
        "\u2028",
        "\ud800",
        "\ue000",
        "\uffff",
        "\U0002ffff",
    ],
)
def test_what_hides_is_found(hidden: str) -> None:
    assert not is_visible(f"王{hidden}兰")


def test_what_is_named_may_stand() -> None:
    assert is_visible("one\ntwo\tthree", but="\n\t")
    assert not is_visible("one\rtwo", but="\n\t")
