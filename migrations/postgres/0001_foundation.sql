CREATE TABLE installation (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    is_demo BOOLEAN NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE board (
    key TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    mandate TEXT NOT NULL,
    position INTEGER NOT NULL UNIQUE
);

INSERT INTO board (key, name, mandate, position) VALUES
    ('tsc', 'Technical Standards Council', 'API governance', 1),
    ('sco', 'Security & Compliance Office', 'Security and compliance', 2),
    ('erc', 'Extension Review Committee', 'Workflow governance', 3),
    ('cgb', 'Core Governance Board', 'Ecosystem governance', 4);

CREATE TABLE partner (
    id UUID PRIMARY KEY,
    slug TEXT COLLATE "C" NOT NULL UNIQUE,
    name TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE person (
    id UUID PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT,
    -- When the password was last set or made void: a session of before begins no more.
    credentials_at TIMESTAMPTZ NOT NULL,
    is_administrator BOOLEAN NOT NULL,
    is_auditor BOOLEAN NOT NULL,
    partner_id UUID REFERENCES partner (id),
    theme TEXT NOT NULL,
    revision BIGINT NOT NULL,
    disabled_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    CHECK (partner_id IS NULL OR (NOT is_administrator AND NOT is_auditor))
);

CREATE TABLE seat (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    board_key TEXT NOT NULL REFERENCES board (key),
    from_date DATE NOT NULL,
    until_date DATE,
    is_chair BOOLEAN NOT NULL,
    CHECK (until_date IS NULL OR from_date <= until_date)
);
CREATE INDEX seat_by_person ON seat (person_id);

-- One-time links by which a person sets a password; the token itself is nowhere.
CREATE TABLE password_link (
    token_hash BYTEA PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    created_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ
);
CREATE INDEX password_link_by_person ON password_link (person_id);

-- The cookie's value is nowhere: only its SHA-256.
CREATE TABLE session (
    id UUID PRIMARY KEY,
    token_hash BYTEA NOT NULL UNIQUE,
    person_id UUID REFERENCES person (id),
    data JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX session_by_person ON session (person_id);
CREATE INDEX session_by_seen_at ON session (seen_at);

CREATE TABLE sign_in_failure (
    key_hash BYTEA PRIMARY KEY,
    count BIGINT NOT NULL,
    last_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX sign_in_failure_by_last_at ON sign_in_failure (last_at);

CREATE TABLE audit_event (
    id UUID PRIMARY KEY,
    occurred_at TIMESTAMPTZ NOT NULL,
    kind TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id UUID,
    subject_kind TEXT NOT NULL,
    subject_id UUID,
    details JSONB NOT NULL
);

CREATE FUNCTION refuse_change_of_audit_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit events are never changed or deleted';
END $$;
CREATE TRIGGER audit_event_is_never_changed BEFORE UPDATE OR DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_audit_event();
CREATE TRIGGER audit_event_is_never_truncated BEFORE TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit_event();

-- Personal data of the log, apart so that it can be purged.
CREATE TABLE audit_origin (
    event_id UUID PRIMARY KEY REFERENCES audit_event (id),
    address TEXT NOT NULL,
    user_agent TEXT NOT NULL
);
