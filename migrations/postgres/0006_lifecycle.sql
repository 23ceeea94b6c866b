-- One transition of an integration at a time.
CREATE UNIQUE INDEX review_case_one_transition ON review_case (integration_id)
    WHERE kind = 'LT' AND state IN ('draft', 'open');

-- What a case about a step to another stage proposes (PartnerIntegrationSpec §10).
CREATE TABLE transition (
    case_id UUID PRIMARY KEY REFERENCES review_case (id),
    from_stage TEXT NOT NULL,
    to_stage TEXT NOT NULL,
    reason TEXT NOT NULL,
    -- Of a step to Deprecation alone: the notice, the plan, and how long it lasts at least.
    notice TEXT,
    migration TEXT,
    compatibility TEXT,
    testing TEXT,
    rollback TEXT,
    fallback TEXT,
    window_months BIGINT,
    -- When support may end, known once it is decided.
    window_ends_at TIMESTAMPTZ
);
CREATE INDEX integration_by_stage ON integration (stage, stage_since, id);
