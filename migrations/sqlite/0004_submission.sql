-- The last number given to a case of each kind and year. A number once given is never given again.
CREATE TABLE case_counter (
    kind TEXT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (kind, year)
) STRICT;

CREATE TABLE review_case (
    id BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    integration_id BLOB NOT NULL REFERENCES integration (id),
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    submitted_at TEXT,
    UNIQUE (kind, year, number)
) STRICT;
-- One submission at a time for each integration.
CREATE UNIQUE INDEX review_case_one_submission ON review_case (integration_id)
    WHERE kind = 'PJ' AND state IN ('draft', 'open');

-- A revision of what a partner declares; numbered for each integration.
CREATE TABLE declaration (
    id BLOB PRIMARY KEY,
    case_id BLOB NOT NULL REFERENCES review_case (id),
    integration_id BLOB NOT NULL REFERENCES integration (id),
    number INTEGER NOT NULL,
    rules_version TEXT,
    created_at TEXT NOT NULL,
    submitted_at TEXT,
    UNIQUE (integration_id, number)
) STRICT;
CREATE INDEX declaration_by_case ON declaration (case_id);

CREATE TABLE declared_permission (
    id BLOB PRIMARY KEY,
    declaration_id BLOB NOT NULL REFERENCES declaration (id),
    permission_key TEXT NOT NULL REFERENCES permission (key),
    fields TEXT NOT NULL,
    purpose TEXT,
    narrower TEXT,
    consent TEXT,
    deletion TEXT,
    if_refused TEXT,
    retention_hours INTEGER,
    until_date TEXT,
    reason TEXT,
    revision INTEGER NOT NULL,
    UNIQUE (declaration_id, permission_key)
) STRICT;

-- What the rules found as a declaration was submitted.
CREATE TABLE finding (
    declared_permission_id BLOB NOT NULL REFERENCES declared_permission (id),
    position INTEGER NOT NULL,
    rule TEXT NOT NULL,
    field TEXT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (declared_permission_id, position)
) STRICT;
