-- What an administrator proposes to change of a board, and what became of it.
CREATE TABLE board_proposal (
    id BLOB PRIMARY KEY,
    -- The version of the rules that its author saw.
    based_on INTEGER NOT NULL,
    change TEXT NOT NULL,
    -- What it does, a sentence each.
    differences TEXT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL,
    proposed_by BLOB NOT NULL REFERENCES person (id),
    proposed_at TEXT NOT NULL,
    decided_by BLOB REFERENCES person (id),
    decided_at TEXT,
    answer TEXT
) STRICT;
CREATE INDEX board_proposal_open ON board_proposal (id) WHERE state = 'open';

-- The rules by which boards decide, version by version, as the whole table became.
CREATE TABLE rule_version (
    number INTEGER PRIMARY KEY,
    made_at TEXT NOT NULL,
    rules TEXT NOT NULL,
    -- What made it; nothing of the one that comes with the program.
    proposal_id BLOB UNIQUE REFERENCES board_proposal (id)
) STRICT;

INSERT INTO rule_version (number, made_at, rules)
SELECT 1, strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now'), json_group_array(json_object(
    'key', route.key,
    'board', route.board_key,
    'part', route.part,
    'threshold', route.threshold,
    'objection_blocks', json(CASE WHEN route.objection_blocks THEN 'true' ELSE 'false' END),
    'days', route.days,
    'minimum_days', route.minimum_days,
    'needs_workflow', json(CASE WHEN route.needs_workflow THEN 'true' ELSE 'false' END)
) ORDER BY board.position, route.key)
FROM route JOIN board ON board.key = route.board_key;

CREATE TRIGGER rule_version_is_never_updated BEFORE UPDATE ON rule_version
BEGIN SELECT RAISE(ABORT, 'versions of the rules are never changed'); END;
CREATE TRIGGER rule_version_is_never_deleted BEFORE DELETE ON rule_version
BEGIN SELECT RAISE(ABORT, 'versions of the rules are never changed'); END;
CREATE TRIGGER rule_version_is_never_replaced BEFORE INSERT ON rule_version
WHEN EXISTS (SELECT 1 FROM rule_version WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'versions of the rules are never changed'); END;

-- The version of the rules that a ballot opened with.
ALTER TABLE ballot ADD COLUMN rule_version INTEGER NOT NULL DEFAULT 1;

-- Who sits on the board with the final word for one case, of which too few of its members may take part.
CREATE TABLE ad_hoc_member (
    case_id BLOB NOT NULL REFERENCES review_case (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    board_key TEXT NOT NULL REFERENCES board (key),
    appointed_at TEXT NOT NULL,
    proposal_id BLOB NOT NULL REFERENCES board_proposal (id),
    PRIMARY KEY (case_id, board_key, person_id)
) STRICT, WITHOUT ROWID;
