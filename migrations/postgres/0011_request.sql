-- A change that a board asks a partner for, numbered within its case. It decides nothing.
CREATE TABLE change_request (
    id UUID PRIMARY KEY,
    case_id UUID NOT NULL REFERENCES review_case (id),
    number BIGINT NOT NULL,
    board_key TEXT NOT NULL REFERENCES board (key),
    asked_by UUID NOT NULL REFERENCES person (id),
    -- The permission that it is about; nothing where it is about the whole case.
    permission_key TEXT,
    -- The revision that it was asked on.
    revision BIGINT NOT NULL,
    state TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    -- Until when the partner is to answer.
    due_at TIMESTAMPTZ NOT NULL,
    answered_at TIMESTAMPTZ,
    resolved_at TIMESTAMPTZ,
    resolved_by UUID REFERENCES person (id),
    UNIQUE (case_id, number)
);

-- What was said in its thread: first what is asked, then answers and replies. A revision answers without a text.
CREATE TABLE change_request_entry (
    id UUID PRIMARY KEY,
    request_id UUID NOT NULL REFERENCES change_request (id),
    side TEXT NOT NULL,
    person_id UUID NOT NULL REFERENCES person (id),
    text TEXT,
    revision BIGINT,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX change_request_entry_by_request ON change_request_entry (request_id, id);
