"""`enroll` and `sync`: the counter and its district."""

import msgspec

from station_desk.core.errors import TroubleError
from station_desk.counter.key_words import together, words_of_counter
from station_desk.counter.new_key import rotate_key
from station_desk.counter.sync_now import introduce, note_success, note_trouble, sync_or_raise
from station_desk.counter.sync_state import sync_state
from station_desk.main.courier_verbs import export_bundle, import_answer
from station_desk.main.open_desk import Options, desk_of
from station_desk.main.said import Said
from station_desk.sync.run import Progress


def enroll_verb(options: Options, said: Said) -> int:
    """Introduces this counter to its district."""
    with desk_of(options) as desk:
        enrolled, _ = introduce(desk, options.server, options.code)
        words = words_of_counter(desk)
        facts = {**msgspec.to_builtins(enrolled), "key_words": words}
        said.tell(
            facts, "cli.enrolled", device=enrolled.device, url=enrolled.public_url,
            words=together(words, desk.texts),
        )  # fmt: skip
    return 0


def sync_verb(options: Options, said: Said) -> int:
    """Sends what waits over the wire, or carries it in a file where there is none."""
    match options.what:
        case "export-bundle":
            return export_bundle(options, said)
        case "import-answer":
            return import_answer(options, said)
        case "rotate-key":
            return _rotate(options, said)
        case _:
            return _sync(options, said)


def _rotate(options: Options, said: Said) -> int:
    """Goes on with a new key; its six words are to be compared with the district as at the enrolment."""
    with desk_of(options) as desk:
        device = rotate_key(desk)
        words = words_of_counter(desk)
        facts = {"device": device, "key_words": words}
        said.tell(facts, "cli.key_rotated", device=device, words=together(words, desk.texts))
    return 0


def _sync(options: Options, said: Said) -> int:
    """Sends what waits; a failure is kept for the window and said here."""
    with desk_of(options) as desk:

        def progress(now: Progress) -> None:
            done, total = now.events + now.dossiers, now.events_total + now.dossiers_total
            if total:
                said.progress(desk.texts("cli.sync_progress", done=done, total=total))

        try:
            report = sync_or_raise(desk, progress)
        except TroubleError as trouble:
            note_trouble(desk, trouble)
            raise
        note_success(desk)
        held = report.marks.marks.values()
        events, dossiers = sum(m.head.seq for m in held), sum(m.dossiers for m in held)
        facts = {
            "events": events,
            "dossiers": dossiers,
            "sent": report.events,
            "state": sync_state(desk.store),
        }
        said.tell(facts, "cli.synced", events=events, dossiers=dossiers)
    return 0
