-- When somebody who may vote first opened a revision before the boards, and first opened one of the files attached to it.
CREATE TABLE reading (
    case_id UUID NOT NULL REFERENCES review_case (id),
    person_id UUID NOT NULL REFERENCES person (id),
    revision BIGINT NOT NULL,
    opened_at TIMESTAMPTZ NOT NULL,
    evidence_opened_at TIMESTAMPTZ,
    PRIMARY KEY (case_id, person_id, revision)
);

-- What was known of that as a position was taken: how long after the revision was opened; nothing where it never was, or where
-- the position was recorded at a meeting.
ALTER TABLE position ADD COLUMN considered_seconds BIGINT;
-- Whether a file attached to it was opened by then; nothing where there was none.
ALTER TABLE position ADD COLUMN has_read_evidence BOOLEAN;
-- What somebody took themselves, for their own seat or for whom they act.
CREATE INDEX position_by_speaker ON position (COALESCE(deputy_id, person_id), taken_at)
    WHERE superseded_at IS NULL AND recorder_id IS NULL;
