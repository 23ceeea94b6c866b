-- Tokens by which programs of partners use the API. The secret is nowhere: only its SHA-256.
CREATE TABLE api_token (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    hash BLOB NOT NULL UNIQUE,
    created_at TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    revoked_at TEXT,
    -- To the minute.
    last_used_at TEXT
) STRICT;
CREATE INDEX api_token_by_person ON api_token (person_id);

-- What was answered to a request that its sender gave a name, so that sending it again does nothing again.
CREATE TABLE idempotency (
    token_id BLOB NOT NULL REFERENCES api_token (id),
    key TEXT NOT NULL,
    body_hash BLOB NOT NULL,
    status INTEGER NOT NULL,
    answer TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (token_id, key)
) STRICT;
CREATE INDEX idempotency_by_created_at ON idempotency (created_at);
