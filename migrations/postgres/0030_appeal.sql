-- What a partner appeals: a decision once, with what was not known as it was taken.
CREATE TABLE appeal (
    case_id UUID PRIMARY KEY REFERENCES review_case (id),
    -- The case that was decided.
    appealed_id UUID NOT NULL UNIQUE REFERENCES review_case (id),
    -- The new facts.
    facts TEXT NOT NULL,
    -- What it asks for.
    relief TEXT NOT NULL
);

-- What a review ended, and an appeal may resume.
CREATE INDEX permission_grant_by_end ON permission_grant (ended_by) WHERE ended_by IS NOT NULL;

-- A decided case that two members want before the boards again.
CREATE TABLE reopening (
    id UUID PRIMARY KEY,
    case_id UUID NOT NULL REFERENCES review_case (id),
    reason TEXT NOT NULL,
    proposed_by UUID NOT NULL REFERENCES person (id),
    proposed_at TIMESTAMPTZ NOT NULL,
    -- The first instant at which nobody confirms it any more.
    lapses_at TIMESTAMPTZ NOT NULL,
    confirmed_by UUID REFERENCES person (id),
    confirmed_at TIMESTAMPTZ,
    -- The case that was opened in its place.
    opened_id UUID UNIQUE REFERENCES review_case (id)
);
CREATE INDEX reopening_by_case ON reopening (case_id, id);
CREATE UNIQUE INDEX reopening_once_a_case ON reopening (case_id) WHERE opened_id IS NOT NULL;

-- An appeal goes to the board of this row and to those that decided, by this rule.
INSERT INTO route (key, board_key, part, threshold, objection_blocks, days, minimum_days, needs_workflow)
VALUES ('appeal', 'cgb', 'decides', 'majority', TRUE, 21, 0, FALSE);

-- It changes none of the rules that there were: every version of them is the same, and says this as well.
DROP TRIGGER rule_version_is_never_changed ON rule_version;
UPDATE rule_version SET rules = (
    SELECT jsonb_agg(rule.value ORDER BY board.position, (rule.value ->> 'key') COLLATE "C")
    FROM (
        SELECT value FROM jsonb_array_elements(rule_version.rules)
        UNION ALL SELECT jsonb_build_object('key', 'appeal', 'board', 'cgb', 'part', 'decides', 'threshold', 'majority',
            'objection_blocks', TRUE, 'days', 21, 'minimum_days', 0, 'needs_workflow', FALSE)
    ) AS rule
    JOIN board ON board.key = rule.value ->> 'board');
CREATE TRIGGER rule_version_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON rule_version
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_rule_version();
