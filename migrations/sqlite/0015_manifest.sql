-- A version of an integration's manifest, numbered for each integration. It is recorded by its partner, or with the decision
-- that approved what it declares.
CREATE TABLE manifest_version (
    integration_id BLOB NOT NULL REFERENCES integration (id),
    number INTEGER NOT NULL,
    version TEXT NOT NULL,
    -- The manifest as it is given out, and its SHA-256 in hexadecimal.
    content TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    -- What changed from the one before, in a sentence.
    changes TEXT NOT NULL,
    -- The permissions of which it asks for less than was granted then.
    unneeded TEXT NOT NULL,
    -- What it mends, if it is a security fix.
    security_fix TEXT,
    recorded_at TEXT NOT NULL,
    person_id BLOB REFERENCES person (id),
    token_id BLOB REFERENCES api_token (id),
    case_id BLOB REFERENCES review_case (id),
    PRIMARY KEY (integration_id, number),
    UNIQUE (integration_id, version)
) STRICT;
