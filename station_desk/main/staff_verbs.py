"""`staff`: the accounts of the station, kept by its head; each changes the own password and PIN."""

from collections.abc import Iterator
from contextlib import contextmanager

from station_desk.core.clock import now
from station_desk.core.errors import AuthError, RuleError
from station_desk.counter.desk import Desk
from station_desk.counter.staff import accounts as a
from station_desk.counter.staff.account_words import account_line
from station_desk.main.open_desk import Options, command_id, open_desk
from station_desk.main.said import Said
from station_desk.main.signing import new_secret, password, signed_in
from station_desk.main.unlocking import typed_for
from station_desk.store.vault.trouble import KeyAway
from station_desk.store.vault.typed import open_envelope

OWN = ("password", "pin")


class WhichNeeded(RuleError):
    code = "staff.which_needed"


class NoAccounts(RuleError):
    code = "staff.no_accounts"


class EnvelopeNeeded(AuthError):
    """Only the recovery key proves who may do this, and none was given."""

    code = "staff.envelope_needed"


def staff_verb(options: Options, said: Said) -> int:
    """Adds, lists, resets, disables and unlocks accounts; changes the own password and PIN."""
    with _desk_of(options) as desk:
        match options.what:
            case "list":
                _list(desk, said)
            case "recover":
                _recover(desk, options, said)
            case "password" | "pin":
                _own(desk, options, said)
            case _:
                _keep(desk, options, said)
    return 0


@contextmanager
def _desk_of(options: Options) -> Iterator[Desk]:
    desk = open_desk(options.profile, options.language, now)
    try:
        # The envelope proves who may set a password when nobody can sign in any more.
        alone = desk.acting is None or options.what == "recover"
        yield desk if alone else signed_in(desk, options)
    finally:
        desk.store.close()


def _list(desk: Desk, said: Said) -> None:
    rows = a.accounts(desk)
    if not rows:
        said.tell({"accounts": []}, "cli.staff_none")
        return
    said.rows([(row, account_line(row, desk.texts)) for row in rows], "cli.staff_count", count=len(rows))


def _keep(desk: Desk, options: Options, said: Said) -> None:
    name = _which(options)
    match options.what:
        case "add":
            wish = a.AddMember(name, options.role)
            done = a.add_member(desk, wish, new_secret(options, desk.texts), command_id(options))
        case "reset":
            done = a.reset_password(desk, name, new_secret(options, desk.texts), command_id(options))
        case "disable":
            done = a.disable_member(desk, name, command_id(options))
        case _:
            done = a.lift(desk, name, command_id(options))
    role = desk.texts(f"staff.role.{done.answer.role}")
    said.tell(done.answer, f"cli.staff_{options.what}", name=done.answer.name, role=role)


def _own(desk: Desk, options: Options, said: Said) -> None:
    if desk.acting is None:
        raise NoAccounts
    told, new = password(options, desk.texts), new_secret(options, desk.texts)
    act = a.change_password if options.what == "password" else a.set_pin
    done = act(desk, desk.acting, told, new, command_id(options))
    said.tell(done.answer, f"cli.staff_{options.what}", name=done.answer.name)


def _recover(desk: Desk, options: Options, said: Said) -> None:
    """A new password for a head, by the envelope; it is proved anew however this desk was opened."""
    name, profile = _which(options), desk.store.profile
    typed = typed_for(options, KeyAway(path=profile.folder))
    if typed is None:
        raise EnvelopeNeeded
    proof = open_envelope(profile, typed)
    done = a.recover_head(desk, proof, name, new_secret(options, desk.texts), command_id(options))
    said.tell(done.answer, "cli.staff_recover", name=done.answer.name)


def _which(options: Options) -> str:
    name = str(options.which or "")
    if not name:
        raise WhichNeeded(what=options.what)
    return name
