"""What a station and its district say to each other: version 3. Both ends decode with these shapes alone.

`hello` first: the device asks what the district holds now of all its writers. Then `push` of the events after
those marks, in order, and of the dossiers of finished cases, in the order of their numbers. The answer of
each push is again what the district holds now. Nothing is ever "sent" by a local memory. A device that was
restored from a backup finds the district ahead of it: `pull` gives it back what it wrote itself. `keys` last,
when the answer to `hello` told of other keys than the device knows: with them it proves receipts offline.

Version 2 tells the `Health` of the desk in `hello` and `push`; in version 3 a dossier brings what other logs
of the same counter hold of its case. A district answers its own version and the two before it; a desk that
meets an older district speaks as that one does.
"""

from typing import Literal

import msgspec

from station_desk.cases.event import Event, Head
from station_desk.protocol.editions import EditionsOnStick
from station_desk.protocol.station_said import StationByDistrict

VERSION = 3
OLDEST = max(1, VERSION - 2)
"""The oldest version that a district still answers."""

TELLS_HEALTH = 2
"""The first version in which a desk tells how it stands."""

NAMES_LOGS = 3
"""The first version in which a part of a dossier may lie in another log than the dossier."""

MOST_EVENTS = 256
MOST_AT_ONCE = 1024
"""The same for a district that says in its answer to `hello` how many it takes at once."""

MOST_BYTES = 1024 * 1024
MOST_UNREAD = 256
MOST_CALL_BACKS = 256
MOST_TEXT = 64 * 1024
"""The longest public or private part in characters: what is longer must be refused at the counter, before it
becomes an event, because no district would ever take it."""

MEDIA_TYPE = "application/json"

RefusalCode = Literal[
    "sync.not_enrolled",
    "sync.revoked",
    "sync.replaced",
    "sync.enrol_refused",
    "sync.writer_not_ours",
    "sync.log_forked",
    "sync.log_gap",
    "sync.hash_wrong",
    "sync.commitment_wrong",
    "sync.message_refused",
    "sync.message_too_big",
    "sync.version_refused",
    "sync.district_in_trouble",
]


class Mark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the district holds of one writer: events up to `head`, dossiers up to number `dossiers`."""

    head: Head = Head()
    dossiers: int = 0


class Enrol(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A counter PC introduces itself with the one-time code; `public_key` is its Ed25519 key in hex."""

    code: str
    station: str
    station_name: str
    counter: str
    phone: str
    address: str
    public_key: str


class Rotate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The PC goes on with another key; the message is signed by the one before, `proof` by the new one.

    Asked again with the same key, after an answer that was lost, it answers the same.
    """

    version: int
    public_key: str
    proof: str


class DistrictKeys(msgspec.Struct, frozen=True):
    """The district's own public keys (hex): X25519 to seal files for it, Ed25519 by which it signs.

    Empty from a district that has none yet.
    """

    seal: str = ""
    sign: str = ""


class Enrolled(msgspec.Struct, frozen=True):
    """The district knows the device from now on. `public_url` is where residents follow their cases."""

    device: str
    district: str
    public_url: str
    own_keys: DistrictKeys = DistrictKeys()


class Health(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the desk stands as it says this: `ends` are the ends of its logs, which the district compares.

    `told_at` is the moment by the clock of the PC, `oldest_at` that of the first event the district lacks as
    far as the desk knows, empty when nothing waits. `program` and `edition` say what the counter works with.
    """

    ends: dict[str, Mark]
    told_at: str = ""
    oldest_at: str = ""
    program: str = ""
    edition: str = ""


class Hello(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Asks for the marks of all writers of this device, those it does not name as well."""

    version: int
    writers: tuple[str, ...]
    health: Health | None = None


class Unread(msgspec.Struct, frozen=True):
    """An event that the district keeps verbatim until a newer program of it can read it."""

    writer: str
    seq: int


class CallBack(msgspec.Struct, frozen=True):
    """A badly rated case whose resident is to be called by `mend_by` (a day).

    It never says who rated, nor in which words.
    """

    number: str
    grade: str
    reasons: tuple[str, ...]
    rated_at: str
    mend_by: str


class AskCallBacks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Asks whom the station of this counter has to call back."""

    version: int


class CallBacks(msgspec.Struct, frozen=True):
    """All call-backs of a station that nobody answered yet, the most urgent first, MOST_CALL_BACKS at most.

    There are `count` of them; another `mark` than before says that it is another list.
    """

    version: int
    mark: str
    count: int = 0
    open: tuple[CallBack, ...] = ()


class Marks(msgspec.Struct, frozen=True):
    """What the district holds now of the logs of one counter, by the name of the log.

    A new `epoch` says that it was restored from a backup. `waiting` counts events of kinds it does not know
    yet and keeps verbatim, `unread` names the first of them. `keys` is told in the answer to `hello`: another
    one than before says that keys of counters came or were retired; empty, that this district tells no keys.
    So are the district's `own_keys`, the content codings in which it `accepts` messages and the marks of the
    station's `call_backs`, of the `editions` and of what it says of the `station`; empty, that it tells none.
    The answer to a file holds these themselves. `most` events and dossiers may come in one message; that too
    is told in the answer to `hello` alone.
    """

    version: int
    epoch: str
    time: str
    marks: dict[str, Mark]
    waiting: int = 0
    keys: str = ""
    own_keys: DistrictKeys = DistrictKeys()
    accepts: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()
    call_backs: str = ""
    called_back: CallBacks | None = None
    most: int = MOST_EVENTS
    editions: str = ""
    editions_brought: EditionsOnStick | None = None
    station: str = ""
    station_brought: StationByDistrict | None = None


class SignedWord(msgspec.Struct, frozen=True):
    """An answer of the district as it came, with what proves it, so that it can be proved again later."""

    status: int
    headers: dict[str, str]
    body: str
    asked: dict[str, str]


class AskKeys(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Asks for the keys of all counters of the district, page by page: those that come after `after`."""

    version: int
    after: str = ""


class CounterKey(msgspec.Struct, frozen=True):
    """The Ed25519 key (hex) with which a counter signs: the present one, or one of before.

    `since` and `until` are moments; `until` is empty while the key is in use, else `retired` is the code of
    the sentence that says why, and `reason` what the district wrote beside it.
    """

    station: str
    counter: str
    public_key: str
    since: str = ""
    until: str = ""
    retired: str = ""
    reason: str = ""


class CounterKeys(msgspec.Struct, frozen=True):
    """A page of keys; `more` is where the next page begins, empty at the end."""

    version: int
    keys: tuple[CounterKey, ...]
    more: str = ""


class DossierPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """The private part of the event `seq` of a log: of the dossier's own where `log` is empty."""

    seq: int
    text: str
    salt: str
    log: str = ""


class Dossier(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The private parts of a finished case; `number` counts the cases that ended in the log from 1.

    A case that went on in another log of its counter ends there, and its dossier brings what both logs hold.
    """

    writer: str
    number: int
    case: str
    parts: tuple[DossierPart, ...]


class Push(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Events of one writer in order, then dossiers in order; at most MOST_BYTES and `Marks.most` together.

    `oldest_at` of its `health` is the first event that will still wait when these are taken.
    """

    version: int
    events: tuple[Event, ...] = ()
    dossiers: tuple[Dossier, ...] = ()
    health: Health | None = None


class Pull(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Asks for a log of this counter back, after a restore: its events and dossiers after these numbers."""

    version: int
    writer: str
    seq: int
    dossiers: int


class Pulled(msgspec.Struct, frozen=True):
    """The next events and dossiers of the log in order, as they were pushed; both empty at the end."""

    version: int
    events: tuple[Event, ...] = ()
    dossiers: tuple[Dossier, ...] = ()


class AskTaken(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Asks which of these cases, which this counter handed over, another counter has taken over since."""

    version: int
    cases: tuple[str, ...]


class Taken(msgspec.Struct, frozen=True):
    """The cases of the question that another counter has now."""

    cases: tuple[str, ...]


class Refusal(msgspec.Struct, frozen=True):
    """Why the district did not take a message.

    `code` is one of the sentences in `errors.toml`: a RefusalCode, or that of a newer district.
    """

    code: str
    detail: str = ""
    time: str = ""


class RefusalOf(Refusal, frozen=True):
    """A refusal that is about the log `writer`; `seq` or `dossier` is the number of the one thing meant."""

    writer: str = ""
    seq: int = 0
    dossier: int = 0
