"""Rules for certificates: none twice, none allowed that is forbidden, and items that always ask which one."""

from collections.abc import Iterator, Mapping, Sequence

from station_desk.catalogue.certificates import Listed, same_certificate
from station_desk.catalogue.fault import Fault
from station_desk.catalogue.item import Certificates, FieldKindOf, Item


def certificate_faults(certificates: Certificates) -> Iterator[Fault]:
    """What is wrong in `certificates.toml`; names count as the same however they are written."""
    yield from _twice("forbidden", certificates.forbidden, certificates)
    yield from _twice("allowed", certificates.allowed, certificates)
    for index, one in enumerate(certificates.allowed):
        if any(same_certificate(one, other, certificates) for other in certificates.forbidden):
            yield Fault(("allowed", index, "name"), "certificate_forbidden", {"found": one.name.hans})


def asked_certificate_faults(item: Item, fields: Mapping[str, FieldKindOf]) -> Iterator[Fault]:
    """An item that ends in a certificate must always ask which one, so that it can be refused in time."""
    asks = [
        (index, field)
        for index, field in enumerate(item.field)
        if field.key in fields and fields[field.key].kind == "certificate"
    ]
    if item.result.kind == "certificate" and not asks and all(field.key in fields for field in item.field):
        yield Fault(("result", "kind"), "certificate_not_asked", rests_on=(("result", "kind"), ("field",)))
    for index, field in asks:
        if not field.required or field.when is not None:
            yield Fault(("field", index), "certificate_may_be_left_out", {"found": field.key})


def _twice(key: str, entries: Sequence[Listed], certificates: Certificates) -> Iterator[Fault]:
    for index, one in enumerate(entries):
        if any(same_certificate(one, other, certificates) for other in entries[:index]):
            yield Fault((key, index, "name"), "certificate_twice", {"found": one.name.hans})
