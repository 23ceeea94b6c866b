-- Counts what is changed in a draft, so that what is submitted is what was checked.
ALTER TABLE declaration ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;

-- The revision before the boards, on which positions are taken.
ALTER TABLE review_case ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
-- Who brought it before the boards, and does not decide on it.
ALTER TABLE review_case ADD COLUMN proposer_id BLOB REFERENCES person (id);
ALTER TABLE review_case ADD COLUMN decided_at TEXT;
CREATE INDEX review_case_by_submission ON review_case (submitted_at, id);
CREATE INDEX review_case_by_state ON review_case (state, submitted_at, id);
CREATE INDEX review_case_by_integration ON review_case (integration_id, submitted_at);

-- How long a board's ballots are open, in days.
ALTER TABLE board ADD COLUMN ballot_days INTEGER NOT NULL DEFAULT 14;
UPDATE board SET ballot_days = 21 WHERE key = 'cgb';
CREATE INDEX seat_by_board ON seat (board_key);

-- Which boards a case goes to (PartnerGovCharter).
CREATE TABLE route (
    key TEXT NOT NULL,
    board_key TEXT NOT NULL REFERENCES board (key),
    part TEXT NOT NULL,
    threshold TEXT NOT NULL,
    needs_workflow INTEGER NOT NULL,
    PRIMARY KEY (key, board_key)
) STRICT;

INSERT INTO route (key, board_key, part, threshold, needs_workflow) VALUES
    ('api_permission', 'tsc', 'decides', 'majority', FALSE),
    ('api_permission', 'sco', 'decides', 'majority', FALSE),
    ('workflow_permission', 'tsc', 'informed', 'majority', FALSE),
    ('workflow_permission', 'sco', 'decides', 'majority', FALSE),
    ('workflow_permission', 'erc', 'decides', 'majority', FALSE),
    ('tier_three_permission', 'tsc', 'decides', 'majority', FALSE),
    ('tier_three_permission', 'sco', 'decides', 'majority', FALSE),
    ('tier_three_permission', 'erc', 'decides', 'majority', FALSE),
    ('tier_three_permission', 'cgb', 'decides', 'majority', FALSE),
    ('intelligence_permission', 'tsc', 'decides', 'unanimity', FALSE),
    ('intelligence_permission', 'sco', 'decides', 'unanimity', FALSE),
    ('intelligence_permission', 'erc', 'decides', 'unanimity', FALSE),
    ('intelligence_permission', 'cgb', 'decides', 'unanimity', FALSE),
    ('maintenance', 'tsc', 'decides', 'majority', FALSE),
    ('maintenance', 'sco', 'decides', 'majority', FALSE),
    ('maintenance', 'erc', 'decides', 'majority', TRUE),
    ('maintenance', 'cgb', 'informed', 'majority', FALSE),
    ('deprecation', 'tsc', 'advises', 'majority', FALSE),
    ('deprecation', 'sco', 'advises', 'majority', FALSE),
    ('deprecation', 'erc', 'advises', 'majority', FALSE),
    ('deprecation', 'cgb', 'decides', 'majority', FALSE),
    ('quarterly_review', 'tsc', 'decides', 'majority', FALSE),
    ('quarterly_review', 'sco', 'decides', 'majority', FALSE),
    ('quarterly_review', 'erc', 'decides', 'majority', TRUE),
    ('quarterly_review', 'cgb', 'informed', 'majority', FALSE),
    ('annual_review', 'tsc', 'decides', 'majority', FALSE),
    ('annual_review', 'sco', 'decides', 'majority', FALSE),
    ('annual_review', 'erc', 'decides', 'majority', FALSE),
    ('annual_review', 'cgb', 'decides', 'majority', FALSE);

-- A board's ballot on a case. Its state is counted from the positions; here stands only when it closes.
CREATE TABLE ballot (
    id BLOB PRIMARY KEY,
    case_id BLOB NOT NULL REFERENCES review_case (id),
    board_key TEXT NOT NULL REFERENCES board (key),
    part TEXT NOT NULL,
    threshold TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    closes_at TEXT NOT NULL,
    -- When time next changes something about it: its date, then the end of its extension.
    settle_at TEXT NOT NULL,
    is_open INTEGER NOT NULL,
    UNIQUE (case_id, board_key)
) STRICT;
CREATE INDEX ballot_open_by_board ON ballot (board_key, closes_at, id) WHERE is_open;
CREATE INDEX ballot_open_by_time ON ballot (settle_at) WHERE is_open;

-- What members said. A later position supersedes an earlier one, which stays.
CREATE TABLE position (
    id BLOB PRIMARY KEY,
    ballot_id BLOB NOT NULL REFERENCES ballot (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    revision INTEGER NOT NULL,
    stance TEXT NOT NULL,
    reason TEXT,
    taken_at TEXT NOT NULL,
    superseded_at TEXT
) STRICT;
CREATE INDEX position_by_ballot ON position (ballot_id);
CREATE UNIQUE INDEX position_current ON position (ballot_id, person_id) WHERE superseded_at IS NULL;

-- What was decided, with everything that it was decided on.
CREATE TABLE decision (
    case_id BLOB PRIMARY KEY REFERENCES review_case (id),
    outcome TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    facts TEXT NOT NULL
) STRICT;
CREATE INDEX decision_by_time ON decision (decided_at, case_id);

CREATE TRIGGER decision_is_never_updated BEFORE UPDATE ON decision
BEGIN SELECT RAISE(ABORT, 'decisions are never changed'); END;
CREATE TRIGGER decision_is_never_deleted BEFORE DELETE ON decision
BEGIN SELECT RAISE(ABORT, 'decisions are never deleted'); END;
CREATE TRIGGER decision_is_never_replaced BEFORE INSERT ON decision
WHEN EXISTS (SELECT 1 FROM decision WHERE case_id = NEW.case_id)
BEGIN SELECT RAISE(ABORT, 'decisions are never changed'); END;

-- What the boards granted: for a declared permission, which nothing changes once submitted.
CREATE TABLE permission_grant (
    id BLOB PRIMARY KEY,
    integration_id BLOB NOT NULL REFERENCES integration (id),
    case_id BLOB NOT NULL REFERENCES review_case (id),
    declared_permission_id BLOB NOT NULL REFERENCES declared_permission (id),
    starts_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    ended_at TEXT,
    ended_by BLOB REFERENCES review_case (id),
    end_cause TEXT
) STRICT;
CREATE INDEX permission_grant_by_integration ON permission_grant (integration_id);
CREATE INDEX permission_grant_by_case ON permission_grant (case_id);

CREATE INDEX audit_event_by_subject ON audit_event (subject_id, id);
