"""Rules for the queue: the priority classes get some calls, never all; each reason to park is there once."""

from collections.abc import Iterator

from station_desk.catalogue.check.material_rules import key_faults
from station_desk.catalogue.check.numbers import too_small
from station_desk.catalogue.fault import Fault
from station_desk.catalogue.item import QueueRules


def queue_faults(rules: QueueRules) -> Iterator[Fault]:
    """What is wrong in `queue.toml`."""
    yield from too_small(("priority_calls",), rules.priority_calls, least=1)
    yield from too_small(("calls",), rules.calls, least=max(rules.priority_calls, 1) + 1)
    yield from too_small(("skip_places",), rules.skip_places, least=1)
    yield from too_small(("undo_minutes",), rules.undo_minutes, least=1)
    codes = [reason.code for reason in rules.reason]
    for index, code in enumerate(codes):
        for fault in key_faults([code]):
            yield Fault(("reason", index, "code"), fault.code, fault.values)
        if code in codes[:index]:
            yield Fault(("reason", index, "code"), "entry_twice", {"key": "reason", "found": code})
