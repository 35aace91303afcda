CREATE TABLE alembic_version (
        version_num VARCHAR(32) NOT NULL, 
        CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE about (
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY ("key")
) STRICT, WITHOUT ROWID;
CREATE TABLE writers (
    writer TEXT NOT NULL,
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (writer)
) STRICT, WITHOUT ROWID;
CREATE TABLE events (
    place INTEGER NOT NULL,
    writer TEXT NOT NULL,
    seq INTEGER NOT NULL,
    prev TEXT NOT NULL,
    hash TEXT NOT NULL,
    subject TEXT NOT NULL,
    revision INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    command TEXT NOT NULL,
    public TEXT NOT NULL,
    commitment TEXT NOT NULL,
    private TEXT,
    salt TEXT,
    PRIMARY KEY (place),
    CONSTRAINT events_in_order UNIQUE (writer, seq),
    CONSTRAINT events_of_subject UNIQUE (subject, revision),
    CONSTRAINT events_private_with_salt CHECK ((private IS NULL) = (salt IS NULL))
) STRICT;
CREATE TABLE commands (
    id TEXT NOT NULL,
    asked TEXT NOT NULL,
    answer TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
CREATE TABLE serials (
    name TEXT NOT NULL,
    value INTEGER NOT NULL,
    PRIMARY KEY (name)
) STRICT, WITHOUT ROWID;
CREATE TABLE cases (
    place INTEGER NOT NULL,
    number TEXT NOT NULL,
    item TEXT NOT NULL,
    category TEXT NOT NULL,
    sensitivity TEXT NOT NULL,
    state TEXT NOT NULL,
    stage TEXT NOT NULL,
    promised TEXT NOT NULL,
    accepted_at TEXT NOT NULL,
    finished_at TEXT NOT NULL,
    counter TEXT NOT NULL,
    clerk TEXT NOT NULL,
    name TEXT NOT NULL,
    initials TEXT NOT NULL,
    id_number TEXT NOT NULL,
    phone TEXT NOT NULL,
    dossier INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (place),
    UNIQUE (number)
) STRICT;
CREATE INDEX cases_id_number ON cases (id_number)
    ;
CREATE INDEX cases_phone ON cases (phone)
    ;
CREATE TABLE papers (
    case_number TEXT NOT NULL,
    paper TEXT NOT NULL,
    copy INTEGER NOT NULL,
    state TEXT NOT NULL,
    intended_at TEXT NOT NULL,
    sent_at TEXT NOT NULL,
    confirmed_at TEXT NOT NULL,
    PRIMARY KEY (case_number, paper, copy)
) STRICT, WITHOUT ROWID;
CREATE INDEX papers_open ON papers (state) WHERE state <> 'confirmed'
    ;
CREATE TABLE dossiers (
    writer TEXT NOT NULL,
    number INTEGER NOT NULL,
    case_number TEXT NOT NULL,
    upto INTEGER NOT NULL,
    PRIMARY KEY (writer, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE marks (
    writer TEXT NOT NULL,
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL,
    dossiers INTEGER NOT NULL,
    PRIMARY KEY (writer)
) STRICT, WITHOUT ROWID;
CREATE TABLE counter_keys (
    source TEXT NOT NULL,
    station TEXT NOT NULL,
    counter TEXT NOT NULL,
    public_key TEXT NOT NULL,
    since TEXT NOT NULL,
    until TEXT NOT NULL,
    retired TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (source, station, public_key, since)
) STRICT, WITHOUT ROWID;
CREATE TABLE seals (
    number TEXT NOT NULL,
    year INTEGER NOT NULL,
    counter TEXT NOT NULL,
    serial INTEGER NOT NULL,
    case_number TEXT NOT NULL,
    paper TEXT NOT NULL,
    state TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (number)
) STRICT;
CREATE INDEX seals_of_case ON seals (case_number, paper);
CREATE TABLE tickets (
    id TEXT NOT NULL,
    number TEXT NOT NULL,
    day TEXT NOT NULL,
    item TEXT NOT NULL,
    category TEXT NOT NULL,
    state TEXT NOT NULL,
    rank INTEGER NOT NULL,
    taken_at TEXT NOT NULL,
    since TEXT NOT NULL,
    priority TEXT NOT NULL,
    counter TEXT NOT NULL,
    case_number TEXT NOT NULL,
    place TEXT NOT NULL,
    bound TEXT NOT NULL,
    until TEXT NOT NULL,
    recalls INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (id)
) STRICT;
CREATE INDEX tickets_of_day ON tickets (day, state, rank, place, id);
CREATE INDEX tickets_live ON tickets (day) WHERE state IN ('waiting', 'called', 'serving', 'held', 'parked');
CREATE TABLE calls (
    place INTEGER NOT NULL,
    ticket TEXT NOT NULL,
    revision INTEGER NOT NULL,
    number TEXT NOT NULL,
    category TEXT NOT NULL,
    day TEXT NOT NULL,
    counter TEXT NOT NULL,
    at TEXT NOT NULL,
    recall INTEGER NOT NULL,
    rank INTEGER NOT NULL,
    others INTEGER NOT NULL,
    among TEXT NOT NULL,
    undone INTEGER NOT NULL,
    PRIMARY KEY (place),
    CONSTRAINT calls_of_ticket UNIQUE (ticket, revision)
) STRICT;
CREATE INDEX calls_of_day ON calls (day, counter, place);
CREATE INDEX cases_open ON cases (promised, number, state, category, clerk)
WHERE state IN ('received', 'noticed', 'processing', 'supplement', 'suspended');
CREATE INDEX cases_done ON cases (finished_at, number, state, category, clerk) WHERE finished_at <> ''
    ;
CREATE INDEX cases_done_number ON cases (number, state, category, clerk) WHERE finished_at <> ''
    ;
CREATE INDEX cases_done_category ON cases (category, finished_at, number, state, clerk)
WHERE finished_at <> '';
CREATE INDEX cases_done_clerk ON cases (clerk, finished_at, number, state, category)
WHERE finished_at <> '';
CREATE INDEX cases_done_state ON cases (state, finished_at, number, category, clerk)
WHERE finished_at <> '' AND state <> 'delivered';
CREATE INDEX cases_transferred ON cases (place) WHERE state = 'transferred'
    ;
CREATE VIRTUAL TABLE case_words USING fts5(
    words, tokenize = "ascii tokenchars '#='", content = '', detail = none, columnsize = 0
);
CREATE TABLE case_counts (
    state TEXT NOT NULL,
    category TEXT NOT NULL,
    clerk TEXT NOT NULL,
    cases INTEGER NOT NULL,
    PRIMARY KEY (state, category, clerk)
) STRICT, WITHOUT ROWID;
CREATE TABLE case_days (
    day TEXT NOT NULL,
    cases INTEGER NOT NULL,
    PRIMARY KEY (day)
) STRICT, WITHOUT ROWID;
CREATE TABLE drafts (
    id TEXT NOT NULL,
    ticket TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
CREATE TABLE staff (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    is_disabled INTEGER NOT NULL,
    added_at TEXT NOT NULL,
    added_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
CREATE TABLE staff_secrets (
    id TEXT NOT NULL,
    way TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (id, way)
) STRICT, WITHOUT ROWID;
CREATE TABLE staff_tries (
    id TEXT NOT NULL,
    way TEXT NOT NULL,
    wrong INTEGER NOT NULL,
    boot TEXT NOT NULL,
    since REAL NOT NULL,
    PRIMARY KEY (id, way)
) STRICT, WITHOUT ROWID;
CREATE TABLE staff_presence (
    place INTEGER NOT NULL,
    id TEXT NOT NULL,
    way TEXT NOT NULL,
    since TEXT NOT NULL,
    till TEXT NOT NULL,
    PRIMARY KEY (place)
) STRICT;
CREATE INDEX staff_presence_open ON staff_presence (id) WHERE till = '';
CREATE INDEX events_access ON events (at, place) WHERE kind IN ('resident.opened', 'access.read', 'access.unmasked', 'access.exported', 'case.corrected', 'case.erased', 'data.destroyed');
CREATE INDEX cases_token ON cases (substr(body, instr(body, CAST('"token":"' AS BLOB)) + 9, 22))
        ;
CREATE TABLE events_aside (
    writer TEXT NOT NULL,
    seq INTEGER NOT NULL,
    prev TEXT NOT NULL,
    hash TEXT NOT NULL,
    subject TEXT NOT NULL,
    revision INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    command TEXT NOT NULL,
    public TEXT NOT NULL,
    commitment TEXT NOT NULL,
    private TEXT,
    salt TEXT,
    PRIMARY KEY (writer, seq)
) STRICT, WITHOUT ROWID;
