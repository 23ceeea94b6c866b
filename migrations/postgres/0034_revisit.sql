-- The day on which the boards look at a decision again.
CREATE TABLE revisit (
    case_id UUID PRIMARY KEY REFERENCES review_case (id),
    on_date DATE NOT NULL,
    reason TEXT NOT NULL,
    set_by UUID NOT NULL REFERENCES person (id),
    set_at TIMESTAMPTZ NOT NULL,
    -- When the members were told that it has come.
    told_at TIMESTAMPTZ
);
CREATE INDEX revisit_to_tell ON revisit (on_date) WHERE told_at IS NULL;
