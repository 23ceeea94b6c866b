-- A change that a board asks a partner for, numbered within its case. It decides nothing.
CREATE TABLE change_request (
    id BLOB PRIMARY KEY,
    case_id BLOB NOT NULL REFERENCES review_case (id),
    number INTEGER NOT NULL,
    board_key TEXT NOT NULL REFERENCES board (key),
    asked_by BLOB NOT NULL REFERENCES person (id),
    -- The permission that it is about; nothing where it is about the whole case.
    permission_key TEXT,
    -- The revision that it was asked on.
    revision INTEGER NOT NULL,
    state TEXT NOT NULL,
    created_at TEXT NOT NULL,
    -- Until when the partner is to answer.
    due_at TEXT NOT NULL,
    answered_at TEXT,
    resolved_at TEXT,
    resolved_by BLOB REFERENCES person (id),
    UNIQUE (case_id, number)
) STRICT;

-- What was said in its thread: first what is asked, then answers and replies. A revision answers without a text.
CREATE TABLE change_request_entry (
    id BLOB PRIMARY KEY,
    request_id BLOB NOT NULL REFERENCES change_request (id),
    side TEXT NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    text TEXT,
    revision INTEGER,
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX change_request_entry_by_request ON change_request_entry (request_id, id);
