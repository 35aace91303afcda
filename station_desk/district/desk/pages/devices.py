"""The PCs of the stations: who enrolled, with which six words; one-time codes; revocation."""

from collections.abc import Mapping, Sequence

from sqlalchemy import RowMapping, select

from station_desk.core.clock import moment, stamp
from station_desk.core.texts import Say
from station_desk.district import tables as t
from station_desk.district.desk.asked import Asked, Deed, Done, PageOf
from station_desk.district.desk.blocks import Block, Cell, Choice, Field, Form, Table, Words
from station_desk.district.desk.links import files_of, station_names
from station_desk.district.enrolment import MOST_TRIES, VALID_FOR, cancel_codes, new_enrol_code, revoke
from station_desk.district.page import shown
from station_desk.protocol.key_words import key_words

LONGEST_REASON = 200


def devices(asked: Asked) -> Sequence[Block]:
    """All PCs, those in use first, and what may be done with them."""
    d = t.device.c
    rows = asked.district.rows(select(t.device).order_by(d.station, d.counter, d.retired, d.enrolled_at))
    names, codes = station_names(asked), _open_codes(asked)
    blocks: list[Block] = [_table(asked, rows, names), _codes(asked, codes)]
    if asked.may("enrol"):
        blocks.append(_make(asked))
        blocks += [_cancel(asked, codes)] if codes else []
        in_use = [row for row in rows if not row["retired"]]
        blocks += [_revoke(asked, in_use, names)] if in_use else []
    return blocks


def words_of(public_key: str, say: Say) -> str:
    """The six words of a key as they are read aloud, the same as on the screen of the counter."""
    words = (
        say(f"key_word.syllable.{word.first}") + say(f"key_word.syllable.{word.second}")
        for word in key_words(public_key)
    )
    return say("key_word.between").join(words)


def _table(asked: Asked, rows: Sequence[RowMapping], names: Mapping[str, str]) -> Table:
    say = asked.say
    return Table(
        say("desk.devices.title"),
        (
            say("desk.station"), say("desk.stations.counter"), say("desk.devices.words"),
            say("desk.devices.since"), say("desk.devices.state"),
        ),
        [_row(asked, row, names) for row in rows], say("desk.devices.empty"),
        files=files_of(asked, "devices"), remark=say("desk.devices.remark"),
    )  # fmt: skip


def _row(asked: Asked, row: RowMapping, names: Mapping[str, str]) -> tuple[Cell, ...]:
    say = asked.say
    if not row["retired"]:
        state = Cell(say("desk.devices.in_use"), mark="ok")
    elif row["retired"] == "sync.revoked":
        state = Cell(say("desk.devices.revoked", reason=row["reason"]))
    else:
        state = Cell(say("desk.devices.replaced"))
    return (
        Cell(f"{row['station']} {names.get(row['station'], '')}".strip()), Cell(row["counter"]),
        Cell(words_of(row["public_key"], say)), Cell(shown(row["enrolled_at"])), state,
    )  # fmt: skip


def _open_codes(asked: Asked) -> Sequence[RowMapping]:
    c = t.enrol_code.c
    rows = asked.district.rows(
        select(c.station, c.made_at, c.tries).where(c.used_at == "", c.tries < MOST_TRIES)
        .order_by(c.station, c.made_at)
    )  # fmt: skip
    return [row for row in rows if asked.now - moment(row["made_at"]) < VALID_FOR]


def _codes(asked: Asked, codes: Sequence[RowMapping]) -> Table:
    say = asked.say
    rows = [
        (
            Cell(row["station"]), Cell(shown(row["made_at"])),
            Cell(shown(stamp(moment(row["made_at"]) + VALID_FOR))), Cell(f"{row['tries']}", number=True),
        )
        for row in codes
    ]  # fmt: skip
    head = (say("desk.station"), *(say(f"desk.devices.{name}") for name in ("made_at", "until", "tries")))
    return Table(say("desk.devices.codes"), head, rows, say("desk.devices.codes_empty"))


def _make(asked: Asked) -> Form:
    say = asked.say
    station = Field(
        "station", say("desk.devices.code_station"), asked.one("station"), hint=say("desk.devices.code_hint"),
        most=6,
    )  # fmt: skip
    return Form(
        say("desk.devices.make"), say("desk.devices.make_send"), (station,), asked.href("devices"), "new_code"
    )


def _cancel(asked: Asked, codes: Sequence[RowMapping]) -> Form:
    say = asked.say
    stations = [Choice(code, code) for code in sorted({row["station"] for row in codes})]
    field = Field("station", say("desk.station"), choices=stations)
    return Form(
        say("desk.devices.cancel"), say("desk.devices.cancel_send"), (field,), asked.href("devices"),
        "cancel_code",
    )  # fmt: skip


def _revoke(asked: Asked, in_use: Sequence[RowMapping], names: Mapping[str, str]) -> Form:
    say = asked.say
    counters = [
        Choice(
            f"{row['station']}.{row['counter']}",
            f"{row['station']} {names.get(row['station'], '')} · {row['counter']}",
        )
        for row in in_use
    ]
    fields = (
        Field(
            "which", say("desk.devices.which"), choices=[Choice("", say("desk.devices.choose")), *counters]
        ),
        Field(
            "reason", say("desk.devices.reason"), hint=say("desk.devices.reason_hint"), most=LONGEST_REASON
        ),
    )
    return Form(
        say("desk.devices.revoke"), say("desk.devices.revoke_send"), fields, asked.href("devices"), "revoke",
        danger=True,
    )  # fmt: skip


def _new_code(asked: Asked, form: Mapping[str, str]) -> Done:
    station = form.get("station", "").strip().upper()
    code = new_enrol_code(asked.district, station)
    words = Words(
        [asked.say("desk.devices.code_words")], "ok", asked.say("desk.devices.code_is", station=station), code
    )
    return Done(shown=[words])


def _cancel_code(asked: Asked, form: Mapping[str, str]) -> Done:
    cancel_codes(asked.district, form.get("station", ""))
    return Done("code_cancelled")


def _do_revoke(asked: Asked, form: Mapping[str, str]) -> Done:
    station, _, counter = form.get("which", "").partition(".")
    revoke(asked.district, station, counter, form.get("reason", "").strip()[:LONGEST_REASON])
    return Done("revoked")


def _of_station(form: Mapping[str, str]) -> str:
    return form.get("station", "")


DEVICES = PageOf(
    "devices", "devices", devices,
    {
        "new_code": Deed("enrol", _of_station, _new_code),
        "cancel_code": Deed("enrol", _of_station, _cancel_code),
        "revoke": Deed(
            "enrol", lambda form: f"{form.get('which', '')} {form.get('reason', '')}".strip(), _do_revoke
        ),
    },
)  # fmt: skip
