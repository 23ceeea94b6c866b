-- What somebody is to a partner. Nothing of it is deleted: it ends, with a date and a reason.
CREATE TABLE conflict (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    partner_id BLOB NOT NULL REFERENCES partner (id),
    relation TEXT NOT NULL,
    from_date TEXT NOT NULL,
    until_date TEXT,
    note TEXT,
    declared_by BLOB NOT NULL REFERENCES person (id),
    declared_at TEXT NOT NULL,
    -- When somebody said when it ends; nothing where that was said as it was declared.
    ended_at TEXT,
    ended_by BLOB REFERENCES person (id),
    end_reason TEXT,
    CHECK (until_date IS NULL OR from_date <= until_date)
) STRICT;
CREATE INDEX conflict_by_person ON conflict (person_id, id);
CREATE INDEX conflict_by_partner ON conflict (partner_id);
-- When what recuses begins and ends by itself.
CREATE INDEX conflict_by_first_day ON conflict (from_date);
CREATE INDEX conflict_by_last_day ON conflict (until_date);

-- When somebody said that they have nothing else to declare.
CREATE TABLE conflict_declaration (
    person_id BLOB NOT NULL REFERENCES person (id),
    declared_at TEXT NOT NULL,
    PRIMARY KEY (person_id, declared_at)
) STRICT;

-- When a member is away.
CREATE TABLE leave (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    from_date TEXT NOT NULL,
    until_date TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    -- When it was given up: from that day on it is none.
    ended_at TEXT,
    CHECK (from_date <= until_date)
) STRICT;
CREATE INDEX leave_by_person ON leave (person_id, id);
CREATE INDEX leave_by_last_day ON leave (until_date);

-- Who acts for a member of a board.
CREATE TABLE delegation (
    id BLOB PRIMARY KEY,
    board_key TEXT NOT NULL REFERENCES board (key),
    member_id BLOB NOT NULL REFERENCES person (id),
    deputy_id BLOB NOT NULL REFERENCES person (id),
    from_date TEXT NOT NULL,
    until_date TEXT NOT NULL,
    -- The kinds of cases, separated by commas; all where none is named.
    kinds TEXT NOT NULL,
    delegated_at TEXT NOT NULL,
    -- When it was given up.
    ended_at TEXT,
    CHECK (from_date <= until_date AND member_id <> deputy_id)
) STRICT;
CREATE INDEX delegation_by_board ON delegation (board_key, until_date);
CREATE INDEX delegation_by_member ON delegation (member_id, id);
CREATE INDEX delegation_by_deputy ON delegation (deputy_id, until_date);
-- When deputies begin and cease by themselves.
CREATE INDEX delegation_by_first_day ON delegation (from_date);
CREATE INDEX delegation_by_last_day ON delegation (until_date);
