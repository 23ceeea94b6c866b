-- Whether conditions that are overdue suspend what was granted, kept by a ballot as the rest of its rule is.
ALTER TABLE route ADD COLUMN suspends_overdue INTEGER NOT NULL DEFAULT FALSE;
ALTER TABLE ballot ADD COLUMN suspends_overdue INTEGER NOT NULL DEFAULT FALSE;

-- The conditions that bind since their case was decided, numbered within it, and how far each is.
CREATE TABLE binding_condition (
    condition_id BLOB PRIMARY KEY REFERENCES condition (id),
    case_id BLOB NOT NULL REFERENCES review_case (id),
    number INTEGER NOT NULL,
    state TEXT NOT NULL,
    -- Since when it is in that state.
    state_since TEXT NOT NULL,
    -- When it was told that it is overdue.
    overdue_at TEXT,
    -- Since when it suspends what was granted by its case, while it does.
    suspended_at TEXT,
    -- When time may change something about it; nothing where it does not.
    escalates_at TEXT,
    UNIQUE (case_id, number)
) STRICT;
CREATE INDEX binding_condition_to_escalate ON binding_condition (escalates_at) WHERE escalates_at IS NOT NULL;

-- What its partner showed, and what came of it.
CREATE TABLE condition_step (
    id BLOB PRIMARY KEY,
    condition_id BLOB NOT NULL REFERENCES binding_condition (condition_id),
    act TEXT NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    -- Whether the board's chair judged in the place of its owner.
    is_in_place INTEGER NOT NULL DEFAULT FALSE,
    text TEXT,
    link TEXT,
    taken_at TEXT NOT NULL
) STRICT;
CREATE INDEX condition_step_by_condition ON condition_step (condition_id, id);

-- Since when a grant rests for conditions that are overdue, and of which case: apart from any other suspension, so that either
-- ends without the other.
ALTER TABLE permission_grant ADD COLUMN withheld_at TEXT;
ALTER TABLE permission_grant ADD COLUMN withheld_by BLOB REFERENCES review_case (id);
CREATE INDEX permission_grant_withheld ON permission_grant (withheld_by) WHERE withheld_by IS NOT NULL;
