-- A round of reviews, by its quarter or year (PartnerIntegrationSpec §9).
CREATE TABLE campaign (
    id BLOB PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    opens_on TEXT NOT NULL,
    closes_on TEXT NOT NULL,
    -- Once every integration has its case.
    opened_at TEXT,
    revision INTEGER NOT NULL DEFAULT 1
) STRICT;

-- An integration is reviewed once in a round.
ALTER TABLE review_case ADD COLUMN campaign_id BLOB REFERENCES campaign (id);
CREATE UNIQUE INDEX review_case_once_a_campaign ON review_case (campaign_id, integration_id) WHERE campaign_id IS NOT NULL;

-- The permissions that a recommendation to reduce names, separated by commas.
ALTER TABLE position ADD COLUMN permissions TEXT;
-- The rung that a board recommends as its members have spoken, kept so that progress can be counted.
ALTER TABLE ballot ADD COLUMN verdict TEXT;

-- What a case about a suspension proposes.
CREATE TABLE suspension (
    case_id BLOB PRIMARY KEY REFERENCES review_case (id),
    is_lift INTEGER NOT NULL,
    reason TEXT NOT NULL
) STRICT;
ALTER TABLE integration ADD COLUMN suspended_at TEXT;
-- One at a time.
CREATE UNIQUE INDEX review_case_one_suspension ON review_case (integration_id)
    WHERE kind = 'EM' AND state IN ('draft', 'open');

INSERT INTO route (key, board_key, part, threshold, needs_workflow) VALUES
    ('suspension', 'tsc', 'informed', 'majority', FALSE),
    ('suspension', 'sco', 'informed', 'majority', FALSE),
    ('suspension', 'erc', 'informed', 'majority', FALSE),
    ('suspension', 'cgb', 'decides', 'majority', FALSE);
