"""The passkeys of whoever is signed in: which there are, a new one, one that goes."""

from collections.abc import Mapping, Sequence

from station_desk.district.desk.asked import Asked, Deed, Done, PageOf
from station_desk.district.desk.blocks import Block, Cell, Choice, Field, Form, Table, Words
from station_desk.district.desk.passkey_proof import told
from station_desk.district.desk.passkeys import (
    LONGEST_NAME,
    LONGEST_USER,
    MAKE,
    Passkey,
    add_passkey,
    challenge,
    passkeys_of,
    remove_passkey,
)
from station_desk.district.page import shown

SENT = ("passkey", "client", "data")
"""What the script fills in."""


def passkeys(asked: Asked) -> Sequence[Block]:
    """One's own alone: nobody sees or changes those of another."""
    say = asked.say
    mine = passkeys_of(asked.district, asked.session.staff)
    head = [say(f"desk.passkeys.{name}") for name in ("name", "made", "used")]
    rows = [
        (
            Cell(one.name), Cell(shown(one.made_at)),
            Cell(say("desk.passkeys.copied"), mark="bad") if one.stopped
            else Cell(shown(one.used_at) or say("desk.none")),
        )
        for one in mine
    ]  # fmt: skip
    table = Table(
        say("desk.passkeys.title"), head, rows, say("desk.passkeys.empty"), remark=say("desk.passkeys.remark")
    )
    return [table, *_make(asked), *([_remove(asked, mine)] if mine else [])]


def _make(asked: Asked) -> Sequence[Block]:
    """Shown by the script; without it, or by a number in place of a name, the words say why there is none."""
    say, staff = asked.say, asked.session.staff
    without = Words([say("desk.passkeys.without")], until_script=True)
    if asked.site is None:
        return [without]
    fields = (
        Field("name", say("desk.passkeys.name"), hint=say("desk.passkeys.name_hint"), most=LONGEST_NAME),
        Field("code", say("desk.sign_in.code"), how="code", most=9, complete="one-time-code"),
    )
    data = (
        ("passkey", MAKE), ("host", asked.site.host), ("site", asked.place), ("account", staff),
        ("user", told(staff.encode()[:LONGEST_USER])),
        ("challenge", challenge(asked.district, f"{MAKE} {staff}")),
        ("failed", say("desk.passkeys.failed")),
    )  # fmt: skip
    hidden = tuple((name, "") for name in SENT)
    title, send = say("desk.passkeys.make"), say("desk.passkeys.make_send")
    return [without, Form(title, send, fields, asked.href("passkeys"), "add_passkey", hidden, data=data)]


def _remove(asked: Asked, mine: Sequence[Passkey]) -> Form:
    say = asked.say
    choices = [Choice(one.passkey, f"{one.name} · {shown(one.made_at)}") for one in mine]
    field = Field("passkey", say("desk.passkeys.which"), choices=choices)
    return Form(
        say("desk.passkeys.remove"), say("desk.passkeys.remove_send"), (field,), asked.href("passkeys"),
        "remove_passkey", danger=True,
    )  # fmt: skip


def _added(asked: Asked, form: Mapping[str, str]) -> Done:
    add_passkey(asked.district, asked.session.staff, form, asked.site)
    return Done("passkey_added")


def _removed(asked: Asked, form: Mapping[str, str]) -> Done:
    remove_passkey(asked.district, asked.session.staff, form.get("passkey", ""))
    return Done("passkey_removed")


PASSKEYS = PageOf(
    "passkeys", "see", passkeys,
    {
        "add_passkey": Deed("see", lambda form: form.get("name", ""), _added),
        "remove_passkey": Deed("see", lambda form: form.get("passkey", "")[:20], _removed),
    },
)  # fmt: skip
