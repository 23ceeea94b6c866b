-- What is declared besides permissions, as a manifest writes it.
ALTER TABLE declaration ADD COLUMN parts JSONB NOT NULL DEFAULT '{}';

-- What the rules found in it as it was submitted.
CREATE TABLE part_finding (
    declaration_id UUID NOT NULL REFERENCES declaration (id),
    position BIGINT NOT NULL,
    part TEXT NOT NULL,
    rule TEXT NOT NULL,
    field TEXT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (declaration_id, position)
);
