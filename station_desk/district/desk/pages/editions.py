"""Which edition is published here, what was brought, and with which one each counter works."""

from collections.abc import Mapping, Sequence

from station_desk.catalogue.check import Finding
from station_desk.catalogue.edition.bundle import opened
from station_desk.catalogue.edition.number import client_is_new_enough
from station_desk.district.desk.asked import Asked, Deed, Done, PageOf
from station_desk.district.desk.blocks import Block, Cell, Facts, Field, Figure, Figures, Form, Table, Words
from station_desk.district.desk.edition_check import check_brought
from station_desk.district.desk.health import Counter, counters
from station_desk.district.desk.links import files_of, station_names
from station_desk.district.desk.pages.edition import about, edition, edition_file, state_of, wanted
from station_desk.district.desk.pages.edition_deeds import discarded, released, withdrawn
from station_desk.district.desk.took import took_cell
from station_desk.district.edition_root import trusted_root
from station_desk.district.editions import Kept, all_kept, bundle_of, put, standings
from station_desk.district.page import shown

MOST_FINDINGS = 500


def editions(asked: Asked) -> Sequence[Block]:
    """The published one, what was brought, then every counter that is in use; or one edition by itself."""
    if (one := wanted(asked)) is not None:
        return edition(asked, one)
    published = asked.forms()
    number = published.edition.number
    used = [one for one in counters(asked) if one.in_touch != "retired"]
    bring = [_bring(asked)] if asked.may("publish") else []
    return [
        _figures(asked, used, number), _published(asked), _kept(asked), *bring,
        _roll_out(asked, used, number, published.edition.min_client), *_next(asked, used),
    ]  # fmt: skip


def _figures(asked: Asked, used: Sequence[Counter], number: str) -> Figures:
    say = asked.say
    same = sum(one.edition == number for one in used)
    other = sum(bool(one.edition) and one.edition != number for one in used)
    return Figures(
        (
            Figure(say("desk.editions.same"), f"{same}", "ok"),
            Figure(say("desk.editions.other"), f"{other}", "warn" if other else "ok"),
            Figure(say("desk.editions.unknown"), f"{len(used) - same - other}"),
        )
    )


def _published(asked: Asked) -> Facts:
    say, published = asked.say, asked.forms()
    facts = (
        (say("desk.editions.number"), published.edition.number),
        (say("desk.editions.publisher"), published.edition.publisher.in_language(asked.wishes.language)),
        (say("desk.editions.effective"), f"{published.edition.effective}"),
        (say("desk.editions.items"), f"{len(published.catalogue.items)}"),
        (say("desk.editions.digest"), published.catalogue.digest),
    )
    return Facts(say("desk.editions.published"), facts)


def _kept(asked: Asked) -> Table:
    """Every edition that was brought, the newest first."""
    say = asked.say
    head = ("number", "effective", "state", "signed", "brought_by", "brought_at")
    return Table(
        say("desk.editions.kept"), [say(f"desk.editions.{name}") for name in head],
        [_kept_row(asked, one) for one in all_kept(asked.district)], say("desk.editions.kept_empty"),
    )  # fmt: skip


def _kept_row(asked: Asked, one: Kept) -> tuple[Cell, ...]:
    state, mark = state_of(asked, one)
    root = trusted_root(asked.district, asked.forms.folder)
    good = sum(s.how == "good" for s in standings(root, opened(bundle_of(asked.district, one.digest))))
    signed = asked.say("desk.editions.signed_by", good=good, needed=root.threshold)
    return (
        Cell(one.number, asked.href("editions", edition=one.digest)), Cell(one.effective),
        Cell(state, mark=mark), Cell(signed, mark="ok" if good >= root.threshold else "warn"),
        Cell(one.uploaded_by), Cell(shown(one.uploaded_at)),
    )  # fmt: skip


def _bring(asked: Asked) -> Form:
    say = asked.say
    file = Field("file", say("desk.editions.file"), how="file", hint=say("desk.editions.file_hint"))
    return Form(
        say("desk.editions.bring"), say("desk.editions.bring_send"), (file,), asked.href("editions"), "bring"
    )


def _brought(asked: Asked, _form: Mapping[str, str]) -> Done:
    checked = check_brought(asked.upload.content if asked.upload else b"", asked.forms())
    if checked.findings:
        return Done(shown=_faulty(asked, checked.findings), status=422)
    root = trusted_root(asked.district, asked.forms.folder)
    kept = put(asked.district, root, checked.bundle, asked.session.staff)
    return Done("brought", about={"edition": kept.digest})


def _faulty(asked: Asked, findings: Sequence[Finding]) -> Sequence[Block]:
    """All that is wrong, at once, each with its file and line."""
    say = asked.say
    rows = [
        (Cell(one.file), Cell(f"{one.line}", number=True), Cell(say(f"check.{one.code}", **one.values)))
        for one in findings[:MOST_FINDINGS]
    ]
    head = [say(f"desk.editions.{name}") for name in ("fault_file", "fault_line", "fault")]
    return [
        Words([say("desk.editions.faulty", count=len(findings))], "bad"),
        Table(say("desk.editions.faults"), head, rows, ""),
    ]


def _roll_out(asked: Asked, used: Sequence[Counter], number: str, min_client: str) -> Table:
    say, names = asked.say, station_names(asked)
    columns = [say(f"desk.editions.{one}") for one in ("edition", "program", "at", "state")]
    return Table(
        say("desk.editions.title"), (say("desk.station"), say("desk.stations.counter"), *columns),
        [_row(asked, one, (number, min_client), names) for one in used], say("desk.stations.empty"),
        files=files_of(asked, "editions"), remark=say("desk.editions.remark"),
    )  # fmt: skip


def _row(asked: Asked, one: Counter, now: tuple[str, str], names: Mapping[str, str]) -> tuple[Cell, ...]:
    say, none = asked.say, asked.say("desk.none")
    number, min_client = now
    if not one.edition:
        state = Cell(say("desk.editions.not_told"))
    elif one.edition == number:
        state = Cell(say("desk.editions.is_same"), mark="ok")
    elif not client_is_new_enough(one.program, min_client):
        state = Cell(say("desk.editions.too_old", needed=min_client), mark="bad")
    else:
        state = took_cell(asked, one, number) or Cell(say("desk.editions.is_other"), mark="warn")
    return (
        Cell(f"{one.station} {names.get(one.station, '')}".strip()), Cell(one.counter),
        Cell(one.edition or none), Cell(one.program or none), Cell(shown(one.heard_at) or none), state,
    )  # fmt: skip


def _next(asked: Asked, used: Sequence[Counter]) -> Sequence[Block]:
    """Where the edition that holds next has arrived already."""
    say, names = asked.say, station_names(asked)
    coming = [k for k in all_kept(asked.district) if not k.withdrawn_at and k.day > asked.today.isoformat()]
    if not coming:
        return []
    one = coming[-1]
    not_yet = Cell(say("desk.editions.not_arrived"), mark="warn")
    rows = [
        (
            Cell(f"{c.station} {names.get(c.station, '')}".strip()), Cell(c.counter),
            took_cell(asked, c, one.number) or not_yet,
        )
        for c in used
    ]  # fmt: skip
    head = (say("desk.station"), say("desk.stations.counter"), say("desk.editions.state"))
    title = say("desk.editions.next", number=one.number, day=one.day)
    return [Table(title, head, rows, say("desk.stations.empty"))]


def _subject(form: Mapping[str, str]) -> str:
    return form.get("file", "")


EDITIONS = PageOf(
    "editions", "editions", editions,
    {
        "bring": Deed("publish", _subject, _brought),
        "release": Deed("publish", about, released),
        "withdraw": Deed("publish", about, withdrawn),
        "discard": Deed("publish", about, discarded),
    },
    {"edition.zip": edition_file},
)  # fmt: skip
