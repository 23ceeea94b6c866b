-- The day on which the boards look at a decision again.
CREATE TABLE revisit (
    case_id BLOB PRIMARY KEY REFERENCES review_case (id),
    on_date TEXT NOT NULL,
    reason TEXT NOT NULL,
    set_by BLOB NOT NULL REFERENCES person (id),
    set_at TEXT NOT NULL,
    -- When the members were told that it has come.
    told_at TEXT
) STRICT;
CREATE INDEX revisit_to_tell ON revisit (on_date) WHERE told_at IS NULL;
