"""Every act that a key or a button does, declared once: the rail, the buttons, the keys that have no button,
the search-and-do (Ctrl+K) and the list of keys in the handbook read this table.

Named tuples: the first paint waits for them. What an act is called stands in `resources/i18n/*/act.toml`.
"""

from typing import Literal, NamedTuple

Place = Literal[
    "window", "queue", "take", "park", "parked", "request", "notice", "done", "cases", "case", "turn",
    "several", "guide", "calendar", "settings", "printers", "preview", "certificate", "diagnose",
    "trouble", "handbook", "first_run", "hall", "access", "care", "contents", "register",
    "confirm", "staff", "envelope", "unlock", "resident", "records",
    "call_backs",
]  # fmt: skip
"""Where a key is heard: while that part of the window is in sight."""


class Act(NamedTuple):
    """One act. `page` is where it is done when somebody asks for it from elsewhere by Ctrl+K; `-` is
    anywhere, empty: only where it is seen.
    """

    name: str
    place: Place
    key: str = ""
    page: str = ""


class ActKey(str):
    """The key of an act, which knows whose it is."""

    __slots__ = ("act",)
    act: str


INSIDE: dict[Place, Place] = {
    "queue": "window", "take": "queue", "park": "queue", "parked": "queue", "request": "queue",
    "notice": "queue", "done": "queue", "cases": "window", "case": "cases", "turn": "cases",
    "several": "cases", "guide": "window", "calendar": "window", "access": "window", "settings": "window",
}  # fmt: skip
"""A place inside another: the keys of both are heard at once."""

BESIDE: tuple[tuple[Place, Place], ...] = tuple(
    (left, right) for left in ("take", "park") for right in ("parked", "request", "notice", "done")
)  # fmt: skip
"""Places that are in sight beside one another."""

LEAVES = "Esc"
"""The one key that several may have: it leaves what was opened last."""

PAGES = ("counter", "progress", "finished", "guide", "calendar", "access", "settings")
SETTINGS_KEY = "Ctrl+,"

ACTS: tuple[Act, ...] = (
    Act("window.help", "window", "F1", "-"),
    Act("window.search", "window", "Ctrl+K"),
    Act("window.sync", "window", "Ctrl+R", "-"),
    Act("window.printers", "window", "F10", "-"),
    Act("window.hall", "window", "F11", "-"),
    Act("window.mute", "window", "Ctrl+F11", "-"),
    Act("window.care", "window", "Ctrl+B", "-"),
    Act("window.lock", "window", "Ctrl+L", "-"),
    Act("window.close_strip", "window", "Ctrl+W"),
    *(
        Act(f"go.{page}", "window", SETTINGS_KEY if page == "settings" else f"Ctrl+{n}")
        for n, page in enumerate(PAGES, start=1)
    ),
    Act("queue.take", "queue", "F2", "counter"),
    Act("queue.call", "queue", "F3", "counter"),
    Act("ticket.recall", "queue", "F4"),
    Act("ticket.skip", "queue", "Shift+F4"),
    Act("ticket.serve", "queue", "F5"),
    Act("ticket.transfer", "queue", "Shift+F5"),
    Act("ticket.next", "queue", "Ctrl+F5"),
    Act("ticket.hold", "queue", "F6"),
    Act("ticket.park", "queue", "Shift+F6"),
    Act("ticket.missed", "queue", "F7"),
    Act("ticket.done", "queue", "Shift+F7"),
    Act("ticket.undo", "queue", "Ctrl+F7"),
    Act("ticket.more", "queue", "Shift+F10"),
    Act("take.take", "take"),
    Act("take.serve", "take", "Ctrl+Return"),
    Act("take.toggle", "take", "Space"),
    Act("take.leave", "take", LEAVES),
    Act("park.park", "park"),
    Act("park.leave", "park", LEAVES),
    Act("parked.direct", "parked", "Ctrl+N", "counter"),
    Act("parked.resume", "parked", "Ctrl+O"),
    Act("parked.restore", "parked", "Ctrl+Z"),
    Act("request.accept", "request", "F9"),
    Act("request.notice", "request", "F8"),
    Act("request.confirm", "request", "F12"),
    Act("request.papers", "request", "Ctrl+M"),
    Act("request.clear", "request", "Ctrl+Shift+L"),
    Act("request.tab", "request", "Ctrl+Tab"),
    Act("request.card", "request"),
    Act("notice.give", "notice", "F8"),
    Act("notice.leave", "notice", LEAVES),
    Act("done.close", "done", "F9"),
    Act("done.again", "done", "Ctrl+P"),
    Act("done.sheet", "done", "Ctrl+Shift+P"),
    Act("done.undo", "done", "Ctrl+Z"),
    Act("done.undo_now", "done", "F8"),
    Act("cases.export", "cases", "Ctrl+E"),
    Act("cases.register", "cases", "Ctrl+G", "finished"),
    Act("cases.toggle", "cases", "Space"),
    Act("cases.copy", "cases", "Ctrl+C"),
    Act("case.next", "case", "F9"),
    Act("case.more", "case", "Ctrl+M"),
    Act("case.paper", "case", "Ctrl+P"),
    Act("case.papers", "case", "Ctrl+Shift+P"),
    Act("case.contents", "case", "Ctrl+I"),
    Act("case.resident", "case", "Ctrl+J"),
    Act("case.step_back", "case", "Ctrl+Z"),
    Act("contents.reveal", "contents", "F9"),
    Act("contents.leave", "contents", LEAVES),
    Act("turn.do", "turn", "F8"),
    Act("turn.every", "turn", "Ctrl+M"),
    Act("turn.leave", "turn", LEAVES),
    Act("confirm.do", "confirm", "F9"),
    Act("confirm.leave", "confirm", LEAVES),
    Act("register.case", "register", "F4"),
    Act("register.void", "register", "F8"),
    Act("register.print", "register", "Ctrl+P"),
    Act("register.leave", "register", LEAVES),
    Act("several.advance", "several", "F9"),
    Act("several.sheets", "several", "Ctrl+P"),
    Act("several.forward", "several", "Ctrl+Shift+L"),
    Act("guide.search", "guide", "Ctrl+F"),
    Act("guide.way", "guide", "Ctrl+Tab"),
    Act("guide.sheet", "guide", "Ctrl+P"),
    Act("guide.papers", "guide", "Ctrl+Shift+P"),
    Act("guide.copy", "guide", "Ctrl+Shift+C"),
    Act("guide.begin", "guide", "F9"),
    Act("calendar.enter", "calendar", "F9"),
    Act("calendar.leave", "calendar", LEAVES),
    Act("access.search", "access", "Ctrl+F"),
    Act("access.export", "access", "Ctrl+E"),
    Act("access.destroy", "access"),
    Act("access.records", "access", "Ctrl+J"),
    Act("resident.export", "resident", "Ctrl+E"),
    Act("resident.correct", "resident", "F8"),
    Act("resident.erase", "resident"),
    Act("resident.leave", "resident", LEAVES),
    Act("records.csv", "records", "Ctrl+E"),
    Act("records.pdf", "records", "Ctrl+P"),
    Act("records.leave", "records", LEAVES),
    Act("settings.search", "settings", "Ctrl+F"),
    Act("settings.diagnose", "settings", "F8"),
    Act("settings.accounts", "settings", "F6"),
    Act("settings.envelope", "settings", "F7"),
    Act("settings.reset", "settings"),
    Act("printers.trial", "printers", "F8"),
    Act("printers.save", "printers", "F9"),
    Act("printers.leave", "printers", LEAVES),
    Act("preview.print", "preview", "F9"),
    Act("preview.leave", "preview", LEAVES),
    Act("certificate.seal", "certificate", "F9"),
    Act("certificate.leave", "certificate", LEAVES),
    Act("diagnose.save", "diagnose", "F9"),
    Act("diagnose.leave", "diagnose", LEAVES),
    Act("care.call_backs", "care", "F4"),
    Act("care.sheet", "care", "F6"),
    Act("care.daily", "care", "F7"),
    Act("care.close_day", "care", "F8"),
    Act("care.make", "care", "F9"),
    Act("care.drill", "care", "F10"),
    Act("care.deep", "care", "F11"),
    Act("care.put_back", "care"),
    Act("care.leave", "care", LEAVES),
    Act("call_backs.answer", "call_backs", "F9"),
    Act("call_backs.leave", "call_backs", LEAVES),
    Act("staff.do", "staff", "F9"),
    Act("staff.leave", "staff", LEAVES),
    Act("trouble.copy", "trouble", "F7"),
    Act("trouble.save", "trouble", "F8"),
    Act("trouble.leave", "trouble", LEAVES),
    Act("handbook.search", "handbook", "Ctrl+F"),
    Act("handbook.back", "handbook", "Alt+Left"),
    Act("handbook.leave", "handbook", LEAVES),
    Act("first_run.next", "first_run", "F9"),
    Act("first_run.back", "first_run", "Alt+Left"),
    Act("first_run.trial", "first_run", "F8"),
    Act("first_run.help", "first_run", "F1"),
    Act("first_run.later", "first_run", "F7"),
    Act("envelope.make", "envelope", "F8"),
    Act("envelope.on", "envelope", "F9"),
    Act("envelope.leave", "envelope", LEAVES),
    Act("unlock.show", "unlock", "F8"),
    Act("unlock.open", "unlock", "F9"),
    Act("hall.mute", "hall", "M"),
    Act("hall.louder", "hall", "+"),
    Act("hall.quieter", "hall", "-"),
    Act("hall.language", "hall", "L"),
    Act("hall.theme", "hall", "T"),
    Act("hall.page", "hall", "Space"),
    Act("hall.leave", "hall", LEAVES),
)

_BY_NAME = {act.name: act for act in ACTS}


def act_named(name: str) -> Act:
    """The act of a name."""
    return _BY_NAME[name]


def key_of(name: str) -> ActKey:
    """The key of an act; empty for one that has a button only."""
    key = ActKey(_BY_NAME[name].key)
    key.act = name
    return key
