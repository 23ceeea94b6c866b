-- The last number given to a case of each kind and year. A number once given is never given again.
CREATE TABLE case_counter (
    kind TEXT NOT NULL,
    year BIGINT NOT NULL,
    last BIGINT NOT NULL,
    PRIMARY KEY (kind, year)
);

CREATE TABLE review_case (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    year BIGINT NOT NULL,
    number BIGINT NOT NULL,
    integration_id UUID NOT NULL REFERENCES integration (id),
    state TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    submitted_at TIMESTAMPTZ,
    UNIQUE (kind, year, number)
);
-- One submission at a time for each integration.
CREATE UNIQUE INDEX review_case_one_submission ON review_case (integration_id)
    WHERE kind = 'PJ' AND state IN ('draft', 'open');

-- A revision of what a partner declares; numbered for each integration.
CREATE TABLE declaration (
    id UUID PRIMARY KEY,
    case_id UUID NOT NULL REFERENCES review_case (id),
    integration_id UUID NOT NULL REFERENCES integration (id),
    number BIGINT NOT NULL,
    rules_version TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    submitted_at TIMESTAMPTZ,
    UNIQUE (integration_id, number)
);
CREATE INDEX declaration_by_case ON declaration (case_id);

CREATE TABLE declared_permission (
    id UUID PRIMARY KEY,
    declaration_id UUID NOT NULL REFERENCES declaration (id),
    permission_key TEXT COLLATE "C" NOT NULL REFERENCES permission (key),
    fields TEXT NOT NULL,
    purpose TEXT,
    narrower TEXT,
    consent TEXT,
    deletion TEXT,
    if_refused TEXT,
    retention_hours BIGINT,
    until_date DATE,
    reason TEXT,
    revision BIGINT NOT NULL,
    UNIQUE (declaration_id, permission_key)
);

-- What the rules found as a declaration was submitted.
CREATE TABLE finding (
    declared_permission_id UUID NOT NULL REFERENCES declared_permission (id),
    position BIGINT NOT NULL,
    rule TEXT NOT NULL,
    field TEXT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (declared_permission_id, position)
);
