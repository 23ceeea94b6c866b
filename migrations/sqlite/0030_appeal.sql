-- What a partner appeals: a decision once, with what was not known as it was taken.
CREATE TABLE appeal (
    case_id BLOB PRIMARY KEY REFERENCES review_case (id),
    -- The case that was decided.
    appealed_id BLOB NOT NULL UNIQUE REFERENCES review_case (id),
    -- The new facts.
    facts TEXT NOT NULL,
    -- What it asks for.
    relief TEXT NOT NULL
) STRICT;

-- What a review ended, and an appeal may resume.
CREATE INDEX permission_grant_by_end ON permission_grant (ended_by) WHERE ended_by IS NOT NULL;

-- A decided case that two members want before the boards again.
CREATE TABLE reopening (
    id BLOB PRIMARY KEY,
    case_id BLOB NOT NULL REFERENCES review_case (id),
    reason TEXT NOT NULL,
    proposed_by BLOB NOT NULL REFERENCES person (id),
    proposed_at TEXT NOT NULL,
    -- The first instant at which nobody confirms it any more.
    lapses_at TEXT NOT NULL,
    confirmed_by BLOB REFERENCES person (id),
    confirmed_at TEXT,
    -- The case that was opened in its place.
    opened_id BLOB UNIQUE REFERENCES review_case (id)
) STRICT;
CREATE INDEX reopening_by_case ON reopening (case_id, id);
CREATE UNIQUE INDEX reopening_once_a_case ON reopening (case_id) WHERE opened_id IS NOT NULL;

-- An appeal goes to the board of this row and to those that decided, by this rule.
INSERT INTO route (key, board_key, part, threshold, objection_blocks, days, minimum_days, needs_workflow)
VALUES ('appeal', 'cgb', 'decides', 'majority', TRUE, 21, 0, FALSE);

-- It changes none of the rules that there were: every version of them is the same, and says this as well.
DROP TRIGGER rule_version_is_never_updated;
UPDATE rule_version SET rules = (
    SELECT json_group_array(json(rule.value) ORDER BY board.position, rule.value ->> 'key')
    FROM (
        SELECT value FROM json_each(rule_version.rules)
        UNION ALL SELECT json_object('key', 'appeal', 'board', 'cgb', 'part', 'decides', 'threshold', 'majority',
            'objection_blocks', json('true'), 'days', 21, 'minimum_days', 0, 'needs_workflow', json('false'))
    ) AS rule
    JOIN board ON board.key = rule.value ->> 'board');
CREATE TRIGGER rule_version_is_never_updated BEFORE UPDATE ON rule_version
BEGIN SELECT RAISE(ABORT, 'versions of the rules are never changed'); END;
