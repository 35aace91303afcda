"""A case's stage as a resident may see it: by name, of sensitive items by role, of restricted ones never."""

from station_desk.cases import trace as rules
from station_desk.cases.event import Fact, Head, seal
from station_desk.cases.parts import (
    AcceptedPublic,
    AdvancedPublic,
    Limits,
    RedatedPublic,
    StepPlan,
    Times,
    YearNotice,
)
from station_desk.catalogue.item import Sensitivity, Words

AT = "2026-11-20T10:00:00+08:00"


def accepted(trace: str) -> AcceptedPublic:
    name = Words("审核", "審核", "review")
    steps = (
        StepPlan("intake", name, "clerk", 0, "wd", "run"),
        StepPlan("review", name, "county", 5, "wd", "run"),
    )
    return AcceptedPublic(
        item="LS-008", category="labour", title=name, kind="promise", sensitivity="S1", station="QSQ001",
        counter="02", edition="1", digest="d", received=AT, ticket="", trace=trace, steps=steps,
        limits=Limits(5, None, "wd", "accepted"), fee=0, stage="review", times=Times("2026-11-27"),
    )  # fmt: skip


def test_a_trace_follows_the_public_parts() -> None:
    first, _ = seal(Fact("N", 1, "case.accepted", AT, "a", accepted("t")), "W", Head(), "c")
    later = AdvancedPublic("review", "", Times("2026-11-27"))
    second, _ = seal(Fact("N", 2, "case.advanced", AT, "a", later), "W", Head(), "c")
    trace = rules.fold(rules.fold(None, first), second)
    assert trace is not None
    assert (trace.stage, trace.state, [bool(step.done_at) for step in trace.steps]) == (
        "",
        "processing",
        [True, True],
    )


def test_a_case_without_a_trace_never_gets_one() -> None:
    first, _ = seal(Fact("N", 1, "case.accepted", AT, "a", accepted("")), "W", Head(), "c")
    assert rules.fold(None, first) is None


def test_tokens_are_long_and_never_the_same() -> None:
    tokens = {rules.new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert {len(token) for token in tokens} == {22}
    assert rules.trace_of("a") != rules.trace_of("b")


def test_the_more_sensitive_the_less_is_told() -> None:
    levels: tuple[Sensitivity, ...] = ("S1", "S2", "S3")
    assert [rules.may_be_named(level) for level in levels] == [True, False, False]
    assert [rules.has_public_trace(level) for level in levels] == [True, True, False]


def test_a_trace_follows_a_case_that_is_dated_anew() -> None:
    first, _ = seal(Fact("N", 1, "case.accepted", AT, "a", accepted("t")), "W", Head(), "c")
    times = Times("2026-11-30", "", provisional=False)
    public = RedatedPublic(Times("2026-11-27", "", provisional=True), times, (YearNotice(2026, "official"),))
    second, _ = seal(Fact("N", 2, "case.redated", AT, "a", public), "W", Head(), "c")
    trace = rules.fold(rules.fold(None, first), second)
    assert trace is not None
    assert (trace.times, trace.stage, trace.revision) == (times, "review", 2)
