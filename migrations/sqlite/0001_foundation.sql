-- Ours, so that no other program's file is ever taken for it ("KWGV").
PRAGMA application_id = 1264011094;

CREATE TABLE installation (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    is_demo INTEGER NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE board (
    key TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    mandate TEXT NOT NULL,
    position INTEGER NOT NULL UNIQUE
) STRICT;

INSERT INTO board (key, name, mandate, position) VALUES
    ('tsc', 'Technical Standards Council', 'API governance', 1),
    ('sco', 'Security & Compliance Office', 'Security and compliance', 2),
    ('erc', 'Extension Review Committee', 'Workflow governance', 3),
    ('cgb', 'Core Governance Board', 'Ecosystem governance', 4);

CREATE TABLE partner (
    id BLOB PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE person (
    id BLOB PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT,
    -- When the password was last set or made void: a session of before begins no more.
    credentials_at TEXT NOT NULL,
    is_administrator INTEGER NOT NULL,
    is_auditor INTEGER NOT NULL,
    partner_id BLOB REFERENCES partner (id),
    theme TEXT NOT NULL,
    revision INTEGER NOT NULL,
    disabled_at TEXT,
    created_at TEXT NOT NULL,
    CHECK (partner_id IS NULL OR (is_administrator = 0 AND is_auditor = 0))
) STRICT;

CREATE TABLE seat (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    board_key TEXT NOT NULL REFERENCES board (key),
    from_date TEXT NOT NULL,
    until_date TEXT,
    is_chair INTEGER NOT NULL,
    CHECK (until_date IS NULL OR from_date <= until_date)
) STRICT;
CREATE INDEX seat_by_person ON seat (person_id);

-- One-time links by which a person sets a password; the token itself is nowhere.
CREATE TABLE password_link (
    token_hash BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    created_at TEXT NOT NULL,
    used_at TEXT
) STRICT;
CREATE INDEX password_link_by_person ON password_link (person_id);

-- The cookie's value is nowhere: only its SHA-256.
CREATE TABLE session (
    id BLOB PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    person_id BLOB REFERENCES person (id),
    data TEXT NOT NULL,
    created_at TEXT NOT NULL,
    seen_at TEXT NOT NULL
) STRICT;
CREATE INDEX session_by_person ON session (person_id);
CREATE INDEX session_by_seen_at ON session (seen_at);

CREATE TABLE sign_in_failure (
    key_hash BLOB PRIMARY KEY,
    count INTEGER NOT NULL,
    last_at TEXT NOT NULL
) STRICT;
CREATE INDEX sign_in_failure_by_last_at ON sign_in_failure (last_at);

CREATE TABLE audit_event (
    id BLOB PRIMARY KEY,
    occurred_at TEXT NOT NULL,
    kind TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id BLOB,
    subject_kind TEXT NOT NULL,
    subject_id BLOB,
    details TEXT NOT NULL
) STRICT;

CREATE TRIGGER audit_event_is_never_updated BEFORE UPDATE ON audit_event
BEGIN SELECT RAISE(ABORT, 'audit events are never changed'); END;
CREATE TRIGGER audit_event_is_never_deleted BEFORE DELETE ON audit_event
BEGIN SELECT RAISE(ABORT, 'audit events are never deleted'); END;

-- Personal data of the log, apart so that it can be purged.
CREATE TABLE audit_origin (
    event_id BLOB PRIMARY KEY REFERENCES audit_event (id),
    address TEXT NOT NULL,
    user_agent TEXT NOT NULL
) STRICT;
