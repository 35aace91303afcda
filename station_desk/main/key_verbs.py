"""`key`: by which ways the database opens, the envelope of the head, another passphrase, another key."""

from collections.abc import Callable
from dataclasses import asdict, replace

from station_desk.core.clock import now
from station_desk.core.errors import RuleError
from station_desk.counter.desk import Desk
from station_desk.counter.envelope import deliver_envelope, envelope_pdf
from station_desk.main.open_desk import Options, desk_of, open_desk
from station_desk.main.said import Said
from station_desk.main.unlocking import is_openable, key_of, secret_in, typed_for
from station_desk.store.profile import Profile, require_profile
from station_desk.store.vault.changes import (
    Keeping,
    drop_passphrase,
    keep_here,
    new_envelope,
    note_proved,
    set_passphrase,
)
from station_desk.store.vault.opening import asked_for
from station_desk.store.vault.ring import read_ring
from station_desk.store.vault.rotation import rotate
from station_desk.store.vault.telling import KeyState, key_state
from station_desk.store.vault.typed import unlock


class SecretNeeded(RuleError):
    """What shall be proved, or opened by, was not given. Values: what."""

    code = "key.secret_needed"


def key_verb(options: Options, said: Said) -> int:
    """Tells of the key, or changes a way to it."""
    profile = Profile(options.profile)
    require_profile(profile)
    _ACTS[options.what](options, profile, said)
    return 0


def _status(_options: Options, profile: Profile, said: Said) -> None:
    state = key_state(profile)
    said.either(
        {**asdict(state), "weaker": state.way in ("file", "plain")}, "\n".join(state_lines(state, said))
    )


def state_lines(state: KeyState, said: Said) -> list[str]:
    """The state of the key in sentences."""
    say = said.texts
    lines = [say(f"key.way.{state.way}")]
    if not state.opens and state.way in ("store", "file"):
        lines.append(say("key.half_missing"))
    if not state.envelope:
        lines.append(say("key.envelope.missing"))
    else:
        lines.append(say(f"key.envelope.{'proved' if state.proved else 'unproved'}", day=state.envelope))
    lines += [say(f"key.{name}") for name in ("was_plain", "changing") if getattr(state, name)]
    return lines


def _unlock(options: Options, profile: Profile, said: Said) -> None:
    """With what was typed this PC opens the profile by itself again, or by a new passphrase."""
    if is_openable(profile) and not options.key_file:
        said.tell({"ok": True}, "key.open_already")
        return
    typed = typed_for(options, asked_for(read_ring(profile), profile))
    if typed is None:
        raise asked_for(read_ring(profile), profile)
    key = unlock(profile, typed)
    if options.passphrase_file:
        set_passphrase(profile, key, secret_in(options.passphrase_file))
    elif key_state(profile).way != "passphrase":
        keep_here(profile, key)
    elif options.this_pc:
        drop_passphrase(profile, key)
    said.tell({"ok": True, "way": key_state(profile).way}, "key.unlocked")


def _show_recovery(options: Options, _profile: Profile, said: Said) -> None:
    with desk_of(options) as desk:
        profile = desk.store.profile
        new_envelope(profile, profile.key, desk.clock().date(), _onto_paper(desk, options))
    _tell_envelope(options, said)


def _prove(options: Options, profile: Profile, said: Said) -> None:
    if options.key_file is None:
        raise SecretNeeded
    unlock(profile, secret_in(options.key_file))
    note_proved(profile)
    said.tell({"ok": True}, "key.proved")


def _passphrase(options: Options, profile: Profile, said: Said) -> None:
    key = key_of(options)
    if options.this_pc:
        drop_passphrase(profile, key)
    elif options.passphrase_file:
        set_passphrase(profile, key, secret_in(options.passphrase_file))
    else:
        raise SecretNeeded
    way = key_state(profile).way
    said.either({"ok": True, "way": way}, said.texts(f"key.way.{way}"))


def _rotate(options: Options, profile: Profile, said: Said) -> None:
    key, way = key_of(options), key_state(profile).way
    passphrase = secret_in(options.passphrase_file) if options.passphrase_file else ""
    if way == "passphrase" and not passphrase:
        raise SecretNeeded
    desk = open_desk(options.profile, options.language, now, key=key)
    on_paper = _onto_paper(desk, options)
    desk.store.close()
    rotate(replace(profile, key=""), key, Keeping(passphrase), now().date(), on_paper)
    _tell_envelope(options, said)
    said.progress(said.texts("key.rotated"))


def _onto_paper(desk: Desk, options: Options) -> Callable[[bytes], None]:
    # Looked up while the desk is open: a change of keys needs the database for itself.
    def deliver(secret: bytes) -> None:
        send(envelope_pdf(desk, secret))

    send = deliver_envelope(desk, options.out)
    return deliver


def _tell_envelope(options: Options, said: Said) -> None:
    written = str(options.out) if options.out else ""
    key = "key.envelope.written" if written else "key.envelope.printed"
    said.tell({"ok": True, "envelope": written or "printer"}, key, file=written)


_ACTS: dict[str, Callable[[Options, Profile, Said], None]] = {
    "status": _status,
    "unlock": _unlock,
    "show-recovery": _show_recovery,
    "prove": _prove,
    "passphrase": _passphrase,
    "rotate": _rotate,
}
