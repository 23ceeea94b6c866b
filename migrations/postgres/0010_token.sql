-- Tokens by which programs of partners use the API. The secret is nowhere: only its SHA-256.
CREATE TABLE api_token (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    hash BYTEA NOT NULL UNIQUE,
    created_at TIMESTAMPTZ NOT NULL,
    ends_on DATE NOT NULL,
    revoked_at TIMESTAMPTZ,
    -- To the minute.
    last_used_at TIMESTAMPTZ
);
CREATE INDEX api_token_by_person ON api_token (person_id);

-- What was answered to a request that its sender gave a name, so that sending it again does nothing again.
CREATE TABLE idempotency (
    token_id UUID NOT NULL REFERENCES api_token (id),
    key TEXT NOT NULL,
    body_hash BYTEA NOT NULL,
    status BIGINT NOT NULL,
    answer TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (token_id, key)
);
CREATE INDEX idempotency_by_created_at ON idempotency (created_at);
