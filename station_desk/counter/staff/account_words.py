"""How an account is told: who it is, in which role, and how it stands now."""

from station_desk.core.texts import Say
from station_desk.counter.staff.accounts import Account


def account_line(row: Account, say: Say) -> str:
    """An account on one line."""
    parts = (row.name, say(f"staff.role.{row.role}"), state_of(row, say))
    return "  ".join((*parts, say("staff.added", at=row.added_at[:10], by=row.added_by)))


def state_of(row: Account, say: Say) -> str:
    """How it stands now."""
    if row.is_disabled:
        return say("staff.state.disabled")
    if row.is_locked:
        return say("staff.state.locked")
    if row.wait:
        return say("staff.state.waits", minutes=-(-row.wait // 60))
    if row.pin_is_locked:
        return say("staff.state.pin_locked")
    if row.since:
        return say("staff.state.here", at=row.since[:16].replace("T", " "))
    return say("staff.state.plain")
