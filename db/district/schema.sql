CREATE TABLE about (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (name)
);

CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE caseload (
    station TEXT NOT NULL,
    number TEXT NOT NULL,
    counter TEXT NOT NULL,
    category TEXT NOT NULL,
    item TEXT NOT NULL,
    state TEXT NOT NULL,
    due TEXT NOT NULL,
    provisional BOOLEAN NOT NULL,
    updated_at TEXT NOT NULL,
    entered TEXT NOT NULL,
    open BOOLEAN NOT NULL,
    PRIMARY KEY (station, number)
);

CREATE TABLE daily (
    station TEXT NOT NULL,
    day TEXT NOT NULL,
    category TEXT NOT NULL,
    item TEXT NOT NULL,
    state TEXT NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (station, day, category, item, state)
);

CREATE TABLE day_sum (
    station TEXT NOT NULL,
    category TEXT NOT NULL,
    state TEXT NOT NULL,
    day TEXT NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (station, category, state, day)
);

CREATE TABLE device (
    station TEXT NOT NULL,
    device TEXT NOT NULL,
    counter TEXT NOT NULL,
    public_key TEXT NOT NULL,
    enrolled_at TEXT NOT NULL,
    retired TEXT NOT NULL,
    reason TEXT NOT NULL,
    retired_at TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (station, device)
);

CREATE TABLE dossier (
    station TEXT NOT NULL,
    writer TEXT NOT NULL,
    number BIGINT NOT NULL,
    case_number TEXT NOT NULL,
    parts TEXT NOT NULL,
    received_at TEXT NOT NULL,
    PRIMARY KEY (station, writer, number)
);

CREATE TABLE edition (
    digest TEXT NOT NULL,
    number TEXT NOT NULL,
    effective TEXT NOT NULL,
    expires TEXT NOT NULL,
    size BIGINT NOT NULL,
    uploaded_at TEXT NOT NULL,
    uploaded_by TEXT NOT NULL,
    day TEXT NOT NULL,
    released_at TEXT NOT NULL,
    released_by TEXT NOT NULL,
    withdrawn_at TEXT NOT NULL,
    withdrawn_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (digest)
);

CREATE TABLE edition_part (
    digest TEXT NOT NULL,
    place BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (digest, place)
);

CREATE TABLE enrol_code (
    station TEXT NOT NULL,
    digest TEXT NOT NULL,
    made_at TEXT NOT NULL,
    tries INTEGER NOT NULL,
    used_at TEXT NOT NULL,
    PRIMARY KEY (station, digest)
);

CREATE TABLE event (
    station TEXT NOT NULL,
    writer TEXT NOT NULL,
    seq BIGINT NOT NULL,
    prev TEXT NOT NULL,
    hash TEXT NOT NULL,
    subject TEXT NOT NULL,
    revision BIGINT NOT NULL,
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    command TEXT NOT NULL,
    public TEXT NOT NULL,
    commitment TEXT NOT NULL,
    received_at TEXT NOT NULL,
    waiting BOOLEAN DEFAULT 0 NOT NULL,
    PRIMARY KEY (station, writer, seq)
);

CREATE TABLE grade_sum (
    station TEXT NOT NULL,
    grade TEXT NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (station, grade)
);

CREATE TABLE health (
    station TEXT NOT NULL,
    device TEXT NOT NULL,
    counter TEXT NOT NULL,
    heard_at TEXT NOT NULL,
    complete_at TEXT NOT NULL,
    events BIGINT NOT NULL,
    dossiers BIGINT NOT NULL,
    oldest_at TEXT NOT NULL,
    clock_ahead BIGINT NOT NULL,
    protocol BIGINT NOT NULL,
    program TEXT NOT NULL,
    edition TEXT NOT NULL,
    editions TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (station, device)
);

CREATE TABLE item_month (
    station TEXT NOT NULL,
    category TEXT NOT NULL,
    month TEXT NOT NULL,
    item TEXT NOT NULL,
    state TEXT NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (station, category, month, item, state)
);

CREATE TABLE log_decision (
    station TEXT NOT NULL,
    writer TEXT NOT NULL,
    counter TEXT NOT NULL,
    decided TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    staff TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (station, writer)
);

CREATE TABLE month_sum (
    station TEXT NOT NULL,
    month TEXT NOT NULL,
    category TEXT NOT NULL,
    state TEXT NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (station, month, category, state)
);

CREATE TABLE passkey_ask (
    digest TEXT NOT NULL,
    staff TEXT NOT NULL,
    until TEXT NOT NULL,
    PRIMARY KEY (digest)
);

CREATE TABLE quarantine (
    station TEXT NOT NULL,
    device TEXT NOT NULL,
    digest TEXT NOT NULL,
    counter TEXT NOT NULL,
    received_at TEXT NOT NULL,
    place BIGINT NOT NULL,
    events BIGINT NOT NULL,
    dossiers BIGINT NOT NULL,
    body TEXT NOT NULL,
    decided TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (station, device, digest)
);

CREATE TABLE rating (
    station TEXT NOT NULL,
    number TEXT NOT NULL,
    grade TEXT NOT NULL,
    reasons TEXT NOT NULL,
    words TEXT NOT NULL,
    rated_at TEXT NOT NULL,
    mend_by TEXT NOT NULL,
    mended_at TEXT NOT NULL,
    outcome TEXT NOT NULL,
    mended_by TEXT DEFAULT '' NOT NULL,
    called_on TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (station, number)
);

CREATE TABLE staff (
    staff TEXT NOT NULL,
    role TEXT NOT NULL,
    hashed TEXT NOT NULL,
    secret TEXT NOT NULL,
    step BIGINT NOT NULL,
    setup TEXT NOT NULL,
    setup_until TEXT NOT NULL,
    wrong INTEGER NOT NULL,
    wrong_at TEXT NOT NULL,
    made_at TEXT NOT NULL,
    disabled_at TEXT NOT NULL,
    PRIMARY KEY (staff)
);

CREATE TABLE staff_act (
    seq BIGINT NOT NULL,
    at TEXT NOT NULL,
    staff TEXT NOT NULL,
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (seq)
);

CREATE TABLE staff_passkey (
    passkey TEXT NOT NULL,
    staff TEXT NOT NULL,
    name TEXT NOT NULL,
    public_key TEXT NOT NULL,
    counted BIGINT NOT NULL,
    made_at TEXT NOT NULL,
    used_at TEXT NOT NULL,
    PRIMARY KEY (passkey)
);

CREATE TABLE staff_session (
    digest TEXT NOT NULL,
    staff TEXT NOT NULL,
    form_key TEXT NOT NULL,
    begun_at TEXT NOT NULL,
    made_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    until TEXT NOT NULL,
    PRIMARY KEY (digest)
);

CREATE TABLE station (
    station TEXT NOT NULL,
    name TEXT NOT NULL,
    phone TEXT NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (station)
);

CREATE TABLE station_said (
    station TEXT NOT NULL,
    body TEXT NOT NULL,
    said_at TEXT NOT NULL,
    staff TEXT NOT NULL,
    PRIMARY KEY (station)
);

CREATE TABLE station_told (
    station TEXT NOT NULL,
    told_at TEXT NOT NULL,
    counter TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (station)
);

CREATE TABLE tally (
    station TEXT NOT NULL,
    what TEXT NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (station, what)
);

CREATE TABLE token_place (
    short BIGINT NOT NULL,
    station TEXT NOT NULL,
    number TEXT NOT NULL,
    PRIMARY KEY (short, station, number)
);

CREATE TABLE trace (
    station TEXT NOT NULL,
    number TEXT NOT NULL,
    trace TEXT NOT NULL,
    state TEXT NOT NULL,
    revision BIGINT NOT NULL,
    updated_at TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (station, number)
);

CREATE TABLE writer (
    station TEXT NOT NULL,
    writer TEXT NOT NULL,
    counter TEXT NOT NULL,
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL,
    dossiers BIGINT NOT NULL,
    PRIMARY KEY (station, writer)
);

CREATE INDEX caseload_due ON caseload (due, station) WHERE due <> '';

CREATE INDEX caseload_open ON caseload (station, category, state) WHERE open;

CREATE INDEX daily_day ON daily (day, station);

CREATE INDEX dossier_case ON dossier (station, case_number);

CREATE INDEX event_subject ON event (station, subject, revision);

CREATE INDEX event_waiting ON event (station, writer) WHERE waiting;

CREATE INDEX rating_mended ON rating (mended_at, station) WHERE mended_at <> '';

CREATE INDEX rating_open ON rating (station, mend_by) WHERE mend_by <> '' AND mended_at = '';

CREATE INDEX staff_act_staff ON staff_act (staff, seq);

