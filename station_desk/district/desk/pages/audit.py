"""Who signed in, looked and acted, newest first."""

from collections.abc import Sequence

from station_desk.district.desk.acts import Act, changed_acts, latest
from station_desk.district.desk.asked import Asked, PageOf
from station_desk.district.desk.blocks import Block, Cell, Field, Form, Table, Words
from station_desk.district.desk.links import files_of
from station_desk.district.page import shown

ON_A_PAGE = 100
MOST = 100_000


def audit(asked: Asked) -> Sequence[Block]:
    """The lines before the wanted one, of one account or of all."""
    say, staff = asked.say, asked.one("staff")
    before = int(asked.one("before")) if asked.one("before").isdecimal() else 0
    most = MOST if asked.whole else ON_A_PAGE
    lines = asked.district.read(lambda c: latest(c, before, most, staff))
    head = tuple(say(f"desk.audit.{name}") for name in ("at", "staff", "act", "subject"))
    table = Table(
        say("desk.audit.title"), head, [_row(asked, line) for line in lines], say("desk.audit.empty"),
        files=files_of(asked, "audit", staff=staff),
    )  # fmt: skip
    find = Form(
        say("desk.audit.find"), say("desk.show"), (Field("staff", say("desk.audit.staff"), staff),),
        asked.href("audit"),
    )  # fmt: skip
    more: list[Block] = []
    if len(lines) == ON_A_PAGE:
        older = asked.href("audit", staff=staff, before=str(lines[-1].seq))
        more = [Words([], links=[(older, say("desk.older"))])]
    return [_proof(asked), find, table, *more]


def _proof(asked: Asked) -> Words:
    """Whether the chain holds: read from end to end, so only when somebody asks."""
    if not asked.one("check"):
        check = (asked.href("audit", check="1"), asked.say("desk.audit.prove"))
        return Words([asked.say("desk.audit.unproved")], links=[check])
    wrong = asked.district.read(lambda connection: next(changed_acts(connection), None))
    if wrong is None:
        return Words([asked.say("desk.audit.whole")], "ok")
    return Words([asked.say("desk.audit.broken", number=wrong)], "bad")


def _row(asked: Asked, line: Act) -> tuple[Cell, ...]:
    return (
        Cell(shown(line.at)), Cell(line.staff or asked.say("desk.audit.nobody")),
        Cell(asked.say(f"desk.act.{line.act}")), Cell(line.subject),
    )  # fmt: skip


AUDIT = PageOf("audit", "audit", audit, {})
