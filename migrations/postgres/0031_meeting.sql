-- A meeting of a board. A board has one a day, and the day names it.
CREATE TABLE meeting (
    id UUID PRIMARY KEY,
    board_key TEXT NOT NULL REFERENCES board (key),
    day DATE NOT NULL,
    starts_at TIMESTAMPTZ NOT NULL,
    -- A room, or a link.
    place TEXT NOT NULL,
    -- Who keeps the minutes; nobody until the chair names somebody.
    secretary_id UUID REFERENCES person (id),
    state TEXT NOT NULL,
    -- Counts the edits; an edit names the one that it saw.
    revision BIGINT NOT NULL,
    planned_by UUID NOT NULL REFERENCES person (id),
    planned_at TIMESTAMPTZ NOT NULL,
    cancel_reason TEXT,
    held_at TIMESTAMPTZ,
    -- The agenda as it stood when the meeting was marked held.
    agenda JSONB,
    -- When its chair approved the minutes, and who that was.
    closed_at TIMESTAMPTZ,
    closed_by UUID REFERENCES person (id),
    UNIQUE (board_key, day),
    CHECK ((state = 'cancelled') = (cancel_reason IS NOT NULL)),
    CHECK ((held_at IS NULL) = (agenda IS NULL) AND (closed_at IS NULL) = (closed_by IS NULL))
);

-- A case that a board puts before its meeting. Its ballot closes when it would have.
CREATE TABLE deferral (
    id UUID PRIMARY KEY,
    meeting_id UUID NOT NULL REFERENCES meeting (id),
    ballot_id UUID NOT NULL REFERENCES ballot (id),
    person_id UUID NOT NULL REFERENCES person (id),
    -- Whether they chaired the board then: without its chair, a board defers a case once.
    by_chair BOOLEAN NOT NULL,
    reason TEXT NOT NULL,
    deferred_at TIMESTAMPTZ NOT NULL,
    UNIQUE (meeting_id, ballot_id)
);
CREATE INDEX deferral_by_ballot ON deferral (ballot_id);

-- Who was present at a meeting.
CREATE TABLE attendance (
    meeting_id UUID NOT NULL REFERENCES meeting (id),
    person_id UUID NOT NULL REFERENCES person (id),
    PRIMARY KEY (meeting_id, person_id)
);

-- What the minutes of a meeting say of a case.
CREATE TABLE minutes_note (
    meeting_id UUID NOT NULL REFERENCES meeting (id),
    case_id UUID NOT NULL REFERENCES review_case (id),
    note TEXT NOT NULL,
    PRIMARY KEY (meeting_id, case_id)
);

-- Who recorded a position on behalf of a member, and at which meeting.
ALTER TABLE position ADD COLUMN recorder_id UUID REFERENCES person (id);
ALTER TABLE position ADD COLUMN meeting_id UUID REFERENCES meeting (id);
CREATE INDEX position_by_meeting ON position (meeting_id) WHERE meeting_id IS NOT NULL;
