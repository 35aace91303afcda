"""In which language and size of letters the resident's phone asks for a page."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from starlette.requests import Request

from station_desk.catalogue.item import LANGUAGES, Language

Size = Literal["standard", "large"]
LANGUAGE_NAMES: dict[Language, str] = {"zh-Hans": "简体", "zh-Hant": "繁體", "en": "English"}
"""Each language by its own name: who cannot read the page must find his own."""

TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the resident chose, or his phone for him."""

    language: Language
    size: Size

    @property
    def query(self) -> str:
        """The same page with these wishes, as a link."""
        size = "&size=large" if self.size == "large" else ""
        return f"?lang={self.language}{size}"


def wishes_of(request: Request) -> Wishes:
    """`?lang=` and `?size=large`; else the phone's languages in their order, at last simplified Chinese."""
    chosen = request.query_params.get("lang")
    language = next((known for known in LANGUAGES if known == chosen), None)
    size: Size = "large" if request.query_params.get("size") == "large" else "standard"
    return Wishes(language or preferred(request.headers.get("accept-language", "")), size)


def others(wishes: Wishes) -> Iterator[Wishes]:
    """The same page in the other size and in the other languages."""
    yield replace(wishes, size="standard" if wishes.size == "large" else "large")
    for language in LANGUAGES:
        if language != wishes.language:
            yield replace(wishes, language=language)


def preferred(accepted: str) -> Language:
    """The first language of an Accept-Language header (RFC 9110, 12.5.4) that we speak."""
    for tag in sorted(accepted.lower().split(",")[:20], key=_weight, reverse=True):
        language = _spoken(tag.partition(";")[0].strip())
        if language is not None:
            return language
    return "zh-Hans"


def _weight(tag: str) -> float:
    try:
        return float(tag.partition(";")[2].strip().removeprefix("q=") or 1)
    except ValueError:
        return 0.0


def _spoken(tag: str) -> Language | None:
    if tag.startswith(TRADITIONAL):
        return "zh-Hant"
    if tag == "zh" or tag.startswith("zh-"):
        return "zh-Hans"
    return "en" if tag == "en" or tag.startswith("en-") else None
