-- By what rule a board decides on what each route sends to it. Rules are data.
ALTER TABLE route ADD COLUMN objection_blocks BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE route ADD COLUMN days BIGINT NOT NULL DEFAULT 14;
ALTER TABLE route ADD COLUMN minimum_days BIGINT NOT NULL DEFAULT 0;
UPDATE route SET days = (SELECT board.ballot_days FROM board WHERE board.key = route.board_key);
ALTER TABLE board DROP COLUMN ballot_days;

-- The board with the final word also serves for a board of which fewer than two members may take part.
ALTER TABLE board ADD COLUMN has_final_word BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE board SET has_final_word = TRUE WHERE key = 'cgb';

-- A ballot keeps the rule that it opened with.
ALTER TABLE ballot ADD COLUMN objection_blocks BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE ballot ADD COLUMN days BIGINT NOT NULL DEFAULT 14;
ALTER TABLE ballot ADD COLUMN minimum_days BIGINT NOT NULL DEFAULT 0;
-- Before then nothing is decided by it.
ALTER TABLE ballot ADD COLUMN decides_from TIMESTAMPTZ NOT NULL DEFAULT '1970-01-01T00:00:00+00:00';
-- The end of its extension, where it has one.
ALTER TABLE ballot ADD COLUMN ends_at TIMESTAMPTZ NOT NULL DEFAULT '1970-01-01T00:00:00+00:00';
UPDATE ballot SET
    days = COALESCE((SELECT MAX(route.days) FROM route WHERE route.board_key = ballot.board_key), 14),
    ends_at = closes_at + INTERVAL '7 days';
-- Its chair, where it was closed after its date.
ALTER TABLE ballot ADD COLUMN closed_by UUID REFERENCES person (id);
ALTER TABLE ballot ADD COLUMN closed_at TIMESTAMPTZ;
ALTER TABLE ballot ADD COLUMN closing_reason TEXT;

-- Who took it for the member whose position it is.
ALTER TABLE position ADD COLUMN deputy_id UUID REFERENCES person (id);

-- What an objection is about, numbered within its case.
CREATE TABLE concern (
    id UUID PRIMARY KEY,
    case_id UUID NOT NULL REFERENCES review_case (id),
    ballot_id UUID NOT NULL REFERENCES ballot (id),
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    -- The permission that it is about; nothing where it is about the whole case.
    permission_key TEXT,
    -- The revision that it was raised on.
    revision BIGINT NOT NULL,
    raised_by UUID NOT NULL REFERENCES person (id),
    raised_at TIMESTAMPTZ NOT NULL,
    state TEXT NOT NULL,
    closed_at TIMESTAMPTZ,
    closed_by UUID REFERENCES person (id),
    UNIQUE (case_id, number)
);

-- The concerns that an objection is made with.
CREATE TABLE position_concern (
    position_id UUID NOT NULL REFERENCES position (id),
    concern_id UUID NOT NULL REFERENCES concern (id),
    PRIMARY KEY (position_id, concern_id)
);

-- What was said in its thread.
CREATE TABLE concern_entry (
    id UUID PRIMARY KEY,
    concern_id UUID NOT NULL REFERENCES concern (id),
    side TEXT NOT NULL,
    person_id UUID NOT NULL REFERENCES person (id),
    text TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX concern_entry_by_concern ON concern_entry (concern_id, id);

-- Who would overrule it, and why.
CREATE TABLE concern_overruling (
    concern_id UUID NOT NULL REFERENCES concern (id),
    person_id UUID NOT NULL REFERENCES person (id),
    reason TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (concern_id, person_id)
);

-- What must be met besides, named with an approval.
CREATE TABLE condition (
    id UUID PRIMARY KEY,
    position_id UUID NOT NULL REFERENCES position (id),
    text TEXT NOT NULL,
    owner_id UUID NOT NULL REFERENCES person (id),
    due_on DATE NOT NULL
);
CREATE INDEX condition_by_position ON condition (position_id, id);
