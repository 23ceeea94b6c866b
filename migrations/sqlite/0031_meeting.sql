-- A meeting of a board. A board has one a day, and the day names it.
CREATE TABLE meeting (
    id BLOB PRIMARY KEY,
    board_key TEXT NOT NULL REFERENCES board (key),
    day TEXT NOT NULL,
    starts_at TEXT NOT NULL,
    -- A room, or a link.
    place TEXT NOT NULL,
    -- Who keeps the minutes; nobody until the chair names somebody.
    secretary_id BLOB REFERENCES person (id),
    state TEXT NOT NULL,
    -- Counts the edits; an edit names the one that it saw.
    revision INTEGER NOT NULL,
    planned_by BLOB NOT NULL REFERENCES person (id),
    planned_at TEXT NOT NULL,
    cancel_reason TEXT,
    held_at TEXT,
    -- The agenda as it stood when the meeting was marked held.
    agenda TEXT,
    -- When its chair approved the minutes, and who that was.
    closed_at TEXT,
    closed_by BLOB REFERENCES person (id),
    UNIQUE (board_key, day),
    CHECK ((state = 'cancelled') = (cancel_reason IS NOT NULL)),
    CHECK ((held_at IS NULL) = (agenda IS NULL) AND (closed_at IS NULL) = (closed_by IS NULL))
) STRICT;

-- A case that a board puts before its meeting. Its ballot closes when it would have.
CREATE TABLE deferral (
    id BLOB PRIMARY KEY,
    meeting_id BLOB NOT NULL REFERENCES meeting (id),
    ballot_id BLOB NOT NULL REFERENCES ballot (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    -- Whether they chaired the board then: without its chair, a board defers a case once.
    by_chair INTEGER NOT NULL,
    reason TEXT NOT NULL,
    deferred_at TEXT NOT NULL,
    UNIQUE (meeting_id, ballot_id)
) STRICT;
CREATE INDEX deferral_by_ballot ON deferral (ballot_id);

-- Who was present at a meeting.
CREATE TABLE attendance (
    meeting_id BLOB NOT NULL REFERENCES meeting (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    PRIMARY KEY (meeting_id, person_id)
) STRICT, WITHOUT ROWID;

-- What the minutes of a meeting say of a case.
CREATE TABLE minutes_note (
    meeting_id BLOB NOT NULL REFERENCES meeting (id),
    case_id BLOB NOT NULL REFERENCES review_case (id),
    note TEXT NOT NULL,
    PRIMARY KEY (meeting_id, case_id)
) STRICT, WITHOUT ROWID;

-- Who recorded a position on behalf of a member, and at which meeting.
ALTER TABLE position ADD COLUMN recorder_id BLOB REFERENCES person (id);
ALTER TABLE position ADD COLUMN meeting_id BLOB REFERENCES meeting (id);
CREATE INDEX position_by_meeting ON position (meeting_id) WHERE meeting_id IS NOT NULL;
