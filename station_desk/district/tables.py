"""What the district keeps, as tables. Every primary and unique key begins with the station.

So the tables can be spread over machines by station, and a push of one station touches one machine. Names are
made by the clients; there are no sequences. OF_THE_DISTRICT names the few small tables that belong to no
station: every machine has a copy of them.
"""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, MetaData, Table, Text, false, text

metadata = MetaData()


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _number(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False)


def _key(name: str) -> Column[str]:
    return Column(name, Text, primary_key=True)


def _place(name: str) -> Column[int]:
    return Column(name, BigInteger, primary_key=True, autoincrement=False)


about = Table("about", metadata, _key("name"), _text("value"))
"""The epoch of this database and what the district is called."""

station = Table("station", metadata, _key("station"), _text("name"), _text("phone"), _text("address"))

station_told = Table(
    "station_told", metadata, _key("station"), _text("told_at"), _text("counter"), _text("body"),
)  # fmt: skip
"""What a station last said of itself to residents (JSON), when, and from which of its counters."""

station_said = Table(
    "station_said", metadata, _key("station"), _text("body"), _text("said_at"), _text("staff"),
)  # fmt: skip
"""What an officer of the district says of a station (JSON): it holds over what the station says."""

enrol_code = Table(
    "enrol_code", metadata,
    _key("station"), _key("digest"), _text("made_at"), Column("tries", Integer, nullable=False),
    _text("used_at"),
)  # fmt: skip
"""One-time codes, kept only as what they hash to. `used_at` is empty until one is used."""

device = Table(
    "device", metadata,
    _key("station"), _key("device"), _text("counter"), _text("public_key"), _text("enrolled_at"),
    _text("retired"), _text("reason"), Column("retired_at", Text, nullable=False, server_default=text("''")),
)  # fmt: skip
"""The counter PCs. `retired` is empty, or the code of the sentence that says why the PC may send no more, and
`retired_at` since when."""

health = Table(
    "health", metadata,
    _key("station"), _key("device"), _text("counter"), _text("heard_at"), _text("complete_at"),
    _number("events"), _number("dossiers"), _text("oldest_at"), _number("clock_ahead"), _number("protocol"),
    _text("program"), _text("edition"),
    Column("editions", Text, nullable=False, server_default=text("''")),
)  # fmt: skip
"""How each counter PC stood when it last spoke: `complete_at` is when all it had was here, empty if never,
`events` and `dossiers` still waited there, the first of them since `oldest_at`; `editions` what became there
of those that were offered (JSON)."""

quarantine = Table(
    "quarantine", metadata,
    _key("station"), _key("device"), _key("digest"), _text("counter"), _text("received_at"), _number("place"),
    _number("events"), _number("dossiers"), _text("body"), _text("decided"), _text("decided_at"),
    _text("reason"),
)  # fmt: skip
"""What revoked PCs still sent, whole, in the order of `place`. `decided` is empty, accepted or rejected."""

writer = Table(
    "writer", metadata,
    _key("station"), _key("writer"), _text("counter"), _number("seq"), _text("hash"), _number("dossiers"),
)  # fmt: skip
"""The log of each writer: how far it is here. What `hello` answers."""

event = Table(
    "event", metadata,
    _key("station"), _key("writer"), _place("seq"), _text("prev"), _text("hash"),
    _text("subject"), _number("revision"), _text("kind"), _text("at"), _text("actor"), _text("command"),
    _text("public"), _text("commitment"), _text("received_at"),
    Column("waiting", Boolean, nullable=False, server_default=false()),
    Index("event_subject", "station", "subject", "revision"),
    Index(
        "event_waiting", "station", "writer", sqlite_where=text("waiting"), postgresql_where=text("waiting")
    ),
)  # fmt: skip
"""Every event as it was received. `waiting` marks those of kinds that this program does not know yet."""

dossier = Table(
    "dossier", metadata,
    _key("station"), _key("writer"), _place("number"), _text("case_number"),
    _text("parts"), _text("received_at"),
    Index("dossier_case", "station", "case_number"),
)  # fmt: skip
"""The private parts of finished cases; `parts` is the JSON of the received parts."""

trace = Table(
    "trace", metadata,
    _key("station"), _key("number"), _text("trace"), _text("state"), _number("revision"), _text("updated_at"),
    _text("body"),
)  # fmt: skip
"""Where each case stands, as its page shows it. `trace` is the SHA-256 of the token on the paper."""

token_place = Table("token_place", metadata, _place("short"), _key("station"), _key("number"))
"""Where a token leads: `short` are the first eight bytes of `trace.trace`. The one table that is asked by the
token alone, so it belongs to no station, and every machine has a copy of it (`places.py`)."""

rating = Table(
    "rating", metadata,
    _key("station"), _key("number"), _text("grade"), _text("reasons"), _text("words"), _text("rated_at"),
    _text("mend_by"), _text("mended_at"), _text("outcome"),
    Column("mended_by", Text, nullable=False, server_default=text("''")),
    Column("called_on", Text, nullable=False, server_default=text("''")),
    Index("rating_mended", "mended_at", "station", sqlite_where=text("mended_at <> ''"),
          postgresql_where=text("mended_at <> ''")),
    Index("rating_open", "station", "mend_by", sqlite_where=text("mend_by <> '' AND mended_at = ''"),
          postgresql_where=text("mend_by <> '' AND mended_at = ''")),
)  # fmt: skip
"""What residents said of finished cases, one a case. `mend_by` is the last day to mend a bad one, empty for
others; `mended_at` and `outcome` say when and how the resident was called back, `mended_by` whether the
station said so or the district, `called_on` the day of the call as the station said it."""

grade_sum = Table("grade_sum", metadata, _key("station"), _key("grade"), _number("amount"))
"""How often residents gave each grade: what the desk shows without counting millions of ratings."""

tally = Table("tally", metadata, _key("station"), _key("what"), _number("amount"))
"""How much of each kind of event, and of dossiers, a station has sent."""

caseload = Table(
    "caseload", metadata,
    _key("station"), _key("number"), _text("counter"), _text("category"), _text("item"), _text("state"),
    _text("due"), Column("provisional", Boolean, nullable=False), _text("updated_at"), _text("entered"),
    Column("open", Boolean, nullable=False),
    Index("caseload_due", "due", "station", sqlite_where=text("due <> ''"),
          postgresql_where=text("due <> ''")),
    Index("caseload_open", "station", "category", "state", sqlite_where=text("open"),
          postgresql_where=text("open")),
)  # fmt: skip
"""Where every case stands, restricted ones too, for those who count. `due` is empty while no clock runs,
`entered` the JSON of the first day of each state."""

daily = Table(
    "daily", metadata,
    _key("station"), _key("day"), _key("category"), _key("item"), _key("state"), _number("amount"),
    Index("daily_day", "day", "station"),
)  # fmt: skip
"""How many cases of an item first came into a state on a day: the sum of `entered` over all cases."""

day_sum = Table(
    "day_sum", metadata, _key("station"), _key("category"), _key("state"), _key("day"), _number("amount")
)
"""`daily` without its items, and once more without its item types (`category` is empty): a row a day."""

month_sum = Table(
    "month_sum", metadata, _key("station"), _key("month"), _key("category"), _key("state"), _number("amount")
)
"""The same by month (the first seven characters of a day)."""

item_month = Table(
    "item_month", metadata,
    _key("station"), _key("category"), _key("month"), _key("item"), _key("state"), _number("amount"),
)  # fmt: skip
"""`daily` by month, each item by itself."""

log_decision = Table(
    "log_decision", metadata,
    _key("station"), _key("writer"), _text("counter"), _text("decided"), _text("decided_at"), _text("staff"),
    _text("reason"),
)  # fmt: skip
"""What an official decided about a log of a counter that has several: go_on, or stopped."""

staff = Table(
    "staff", metadata,
    _key("staff"), _text("role"), _text("hashed"), _text("secret"), _number("step"), _text("setup"),
    _text("setup_until"), Column("wrong", Integer, nullable=False), _text("wrong_at"), _text("made_at"),
    _text("disabled_at"),
)  # fmt: skip
"""Who may sign in to the district desk. `secret` is that of the one-time codes (base 32), `step` the last one
used; `setup` what the token of an open set-up link hashes to."""

staff_session = Table(
    "staff_session", metadata,
    _key("digest"), _text("staff"), _text("form_key"), _text("begun_at"), _text("made_at"), _text("seen_at"),
    _text("until"),
)  # fmt: skip
"""Who is signed in; `digest` is what the cookie hashes to."""

staff_act = Table(
    "staff_act", metadata,
    _place("seq"), _text("at"), _text("staff"), _text("act"), _text("subject"), _text("hash"),
    Index("staff_act_staff", "staff", "seq"),
)  # fmt: skip
"""Every sign-in, opening and act at the district desk, each hash over the one before."""

staff_passkey = Table(
    "staff_passkey", metadata,
    _key("passkey"), _text("staff"), _text("name"), _text("public_key"), _number("counted"), _text("made_at"),
    _text("used_at"),
)  # fmt: skip
"""The passkeys of the officials by their ids (base64url); `public_key` is the DER of its public half."""

passkey_ask = Table("passkey_ask", metadata, _key("digest"), _text("staff"), _text("until"))
"""Challenges that were used, by whom, for as long as they could be used again."""

edition = Table(
    "edition", metadata,
    _key("digest"), _text("number"), _text("effective"), _text("expires"), _number("size"),
    _text("uploaded_at"), _text("uploaded_by"), _text("day"), _text("released_at"), _text("released_by"),
    _text("withdrawn_at"), _text("withdrawn_by"), _text("reason"),
)  # fmt: skip
"""Editions that were brought here, by the SHA-256 of what is signed of them. `day` is since when one is in
force, empty until it is released; `withdrawn_at` is empty while that stands."""

edition_part = Table("edition_part", metadata, _key("digest"), _place("place"), _text("body"))
"""Their files, cut into parts, each in base64."""

OF_THE_DISTRICT = (
    about, staff, staff_session, staff_act, staff_passkey, passkey_ask, edition, edition_part, token_place,
)  # fmt: skip
