-- What somebody is to a partner. Nothing of it is deleted: it ends, with a date and a reason.
CREATE TABLE conflict (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    partner_id UUID NOT NULL REFERENCES partner (id),
    relation TEXT NOT NULL,
    from_date DATE NOT NULL,
    until_date DATE,
    note TEXT,
    declared_by UUID NOT NULL REFERENCES person (id),
    declared_at TIMESTAMPTZ NOT NULL,
    -- When somebody said when it ends; nothing where that was said as it was declared.
    ended_at TIMESTAMPTZ,
    ended_by UUID REFERENCES person (id),
    end_reason TEXT,
    CHECK (until_date IS NULL OR from_date <= until_date)
);
CREATE INDEX conflict_by_person ON conflict (person_id, id);
CREATE INDEX conflict_by_partner ON conflict (partner_id);
-- When what recuses begins and ends by itself.
CREATE INDEX conflict_by_first_day ON conflict (from_date);
CREATE INDEX conflict_by_last_day ON conflict (until_date);

-- When somebody said that they have nothing else to declare.
CREATE TABLE conflict_declaration (
    person_id UUID NOT NULL REFERENCES person (id),
    declared_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (person_id, declared_at)
);

-- When a member is away.
CREATE TABLE leave (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    from_date DATE NOT NULL,
    until_date DATE NOT NULL,
    taken_at TIMESTAMPTZ NOT NULL,
    -- When it was given up: from that day on it is none.
    ended_at TIMESTAMPTZ,
    CHECK (from_date <= until_date)
);
CREATE INDEX leave_by_person ON leave (person_id, id);
CREATE INDEX leave_by_last_day ON leave (until_date);

-- Who acts for a member of a board.
CREATE TABLE delegation (
    id UUID PRIMARY KEY,
    board_key TEXT NOT NULL REFERENCES board (key),
    member_id UUID NOT NULL REFERENCES person (id),
    deputy_id UUID NOT NULL REFERENCES person (id),
    from_date DATE NOT NULL,
    until_date DATE NOT NULL,
    -- The kinds of cases, separated by commas; all where none is named.
    kinds TEXT NOT NULL,
    delegated_at TIMESTAMPTZ NOT NULL,
    -- When it was given up.
    ended_at TIMESTAMPTZ,
    CHECK (from_date <= until_date AND member_id <> deputy_id)
);
CREATE INDEX delegation_by_board ON delegation (board_key, until_date);
CREATE INDEX delegation_by_member ON delegation (member_id, id);
CREATE INDEX delegation_by_deputy ON delegation (deputy_id, until_date);
-- When deputies begin and cease by themselves.
CREATE INDEX delegation_by_first_day ON delegation (from_date);
CREATE INDEX delegation_by_last_day ON delegation (until_date);
