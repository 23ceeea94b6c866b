-- Whether keys alone do something on the docket: a person may switch them off (WCAG 2.1.4).
ALTER TABLE person ADD COLUMN has_shortcuts INTEGER NOT NULL DEFAULT TRUE;

-- What a person looks for again and again on the docket, as it stands in the address.
CREATE TABLE saved_filter (
    person_id BLOB NOT NULL REFERENCES person (id),
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    made_at TEXT NOT NULL,
    PRIMARY KEY (person_id, name)
) STRICT;
