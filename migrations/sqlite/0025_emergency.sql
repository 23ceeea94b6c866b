-- Whose chair suspends at once, before any vote.
ALTER TABLE board ADD COLUMN suspends_at_once INTEGER NOT NULL DEFAULT FALSE;
UPDATE board SET suspends_at_once = TRUE WHERE key = 'sco';

-- Whether a case proposes a suspension, asks that one be ratified which took effect at once, or proposes to lift one.
ALTER TABLE suspension ADD COLUMN act TEXT NOT NULL DEFAULT 'suspend';
UPDATE suspension SET act = 'lift' WHERE is_lift;
ALTER TABLE suspension DROP COLUMN is_lift;

-- The permissions whose grants it is about; none where it is about the whole integration.
CREATE TABLE suspension_permission (
    case_id BLOB NOT NULL REFERENCES suspension (case_id),
    permission_key TEXT NOT NULL REFERENCES permission (key),
    PRIMARY KEY (case_id, permission_key)
) STRICT, WITHOUT ROWID;

-- Since when a grant rests by itself, and by which case.
ALTER TABLE permission_grant ADD COLUMN suspended_at TEXT;
ALTER TABLE permission_grant ADD COLUMN suspended_by BLOB REFERENCES review_case (id);
CREATE INDEX permission_grant_suspended ON permission_grant (suspended_by) WHERE suspended_by IS NOT NULL;
