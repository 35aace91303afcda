"""Rules for the certificates: none twice, and none allowed here that is forbidden everywhere."""

from collections.abc import Iterator

from station_desk.catalogue.fault import Fault
from station_desk.catalogue.item import Certificates


def certificate_faults(certificates: Certificates) -> Iterator[Fault]:
    """What is wrong in `certificates.toml`."""
    forbidden = [certificate.name.hans for certificate in certificates.forbidden]
    allowed = [certificate.name.hans for certificate in certificates.allowed]
    yield from _twice("forbidden", forbidden)
    yield from _twice("allowed", allowed)
    for index, name in enumerate(allowed):
        if name in forbidden:
            yield Fault(("allowed", index, "name"), "certificate_forbidden", {"found": name})


def _twice(key: str, names: list[str]) -> Iterator[Fault]:
    for index, name in enumerate(names):
        if name in names[:index]:
            yield Fault((key, index, "name"), "certificate_twice", {"found": name})
