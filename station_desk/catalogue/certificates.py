"""Which certificate somebody asks for, however it is written, and whether a committee may issue it.

Nothing beyond the district's own positive list is issued, and what the national list forbids never is,
whatever the positive list says. Names are compared without regard to width, blanks, punctuation, the ending
证明 and traditional characters; which of these belong together is learnt from the published names themselves.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from station_desk.catalogue.item import AllowedCertificate, Certificates, ForbiddenCertificate, Words

Listed = AllowedCertificate | ForbiddenCertificate
SHORTEST_INSIDE = 4
"""So many characters of a name, its ending left out, lead to it within a longer one: 出生 is too short."""

GAP = re.compile(r"\{([^{}]*)\}")
"""A place in the words of a certificate that the case fills: {name.full}."""

PERSON = ("name.full", "identity.full", "identity.masked", "address.full", "phone.full")
"""What the words of a certificate may say of the applicant; all else are keys of form fields."""

_ENDINGS = ("证明书", "证明書", "證明書", "证明", "證明")
_BEGINNINGS = ("居民", "proofof")


def certificate_meant(asked: str, certificates: Certificates) -> Listed | None:
    """The entry of either list that was asked for; None for what is on neither, which is refused as well.

    A forbidden name counts even within a longer one, so that the resident hears where to go; the positive
    list must be met as a whole.
    """
    simple = simplified(certificates)
    core = _core(asked, simple)
    forbidden = {one: _cores(one, simple) for one in certificates.forbidden}
    for one, names in forbidden.items():
        if core in names:
            return one
    for allowed in certificates.allowed:
        if core in _cores(allowed, simple):
            return allowed
    whole = _plain(asked, simple)
    inside = [
        (len(name), one) for one in forbidden for name in _within(one, simple) if name and name in whole
    ]
    return max(inside, key=lambda found: found[0])[1] if inside else None


def gaps_of(listed: AllowedCertificate) -> tuple[str, ...]:
    """What the words of a certificate ask of its case, each once."""
    return tuple(dict.fromkeys(GAP.findall(listed.text.hans))) if listed.text else ()


def same_certificate(one: Listed, other: Listed, certificates: Certificates) -> bool:
    """Whether two entries of the lists could be asked for by the same name."""
    called = names_in(certificates)
    return not called(one).isdisjoint(called(other))


def names_in(certificates: Certificates) -> Callable[[Listed], frozenset[str]]:
    """By what an entry may be asked for, however it is written; reckoned once for each entry."""
    simple = simplified(certificates)
    return cache(lambda one: _cores(one, simple))


def simplified(certificates: Certificates) -> dict[str, str]:
    """Traditional characters of the published names with the simplified ones in their place."""
    listed: tuple[Listed, ...] = (*certificates.forbidden, *certificates.allowed)
    pairs = [words for one in listed for words in _words(one) if len(words.hans) == len(words.hant)]
    return {hant: hans for words in pairs for hans, hant in zip(words.hans, words.hant, strict=True)}


def _words(one: Listed) -> Iterator[Words]:
    yield one.name
    if isinstance(one, ForbiddenCertificate):
        yield one.refer


def _names(one: Listed) -> tuple[str, ...]:
    return (one.name.hans, one.name.hant, one.name.en, *one.also)


def _cores(one: Listed, simple: Mapping[str, str]) -> frozenset[str]:
    return frozenset(_core(name, simple) for name in _names(one)) - {""}


def _within(one: ForbiddenCertificate, simple: Mapping[str, str]) -> Iterator[str]:
    """What of a name is enough to know it by inside a longer one: all of it, or a long part."""
    for name in _names(one):
        core = _core(name, simple)
        yield core if len(core) >= SHORTEST_INSIDE else _plain(name, simple)


def _core(name: str, simple: Mapping[str, str]) -> str:
    plain = _plain(name, simple)
    for ending in _ENDINGS:
        if plain.endswith(ending):
            plain = plain.removesuffix(ending)
            break
    for beginning in _BEGINNINGS:
        plain = plain.removeprefix(beginning)
    return plain


def _plain(name: str, simple: Mapping[str, str]) -> str:
    letters = unicodedata.normalize("NFKC", name).casefold()
    return "".join(simple.get(letter, letter) for letter in letters if letter.isalnum())
