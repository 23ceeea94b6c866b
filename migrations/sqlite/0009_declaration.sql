-- What is declared besides permissions, as a manifest writes it.
ALTER TABLE declaration ADD COLUMN parts TEXT NOT NULL DEFAULT '{}';

-- What the rules found in it as it was submitted.
CREATE TABLE part_finding (
    declaration_id BLOB NOT NULL REFERENCES declaration (id),
    position INTEGER NOT NULL,
    part TEXT NOT NULL,
    rule TEXT NOT NULL,
    field TEXT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (declaration_id, position)
) STRICT;
