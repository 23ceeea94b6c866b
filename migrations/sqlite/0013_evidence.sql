-- What shows what is declared of a permission: files, whose content is kept by its SHA-256 in a store of its own, and links.
CREATE TABLE evidence (
    id BLOB PRIMARY KEY,
    declared_permission_id BLOB NOT NULL REFERENCES declared_permission (id),
    -- `file` or `link`; each has its own columns.
    kind TEXT NOT NULL,
    file_name TEXT,
    media_type TEXT,
    bytes INTEGER,
    sha256 BLOB,
    url TEXT,
    note TEXT,
    -- The day on which it was made, which is not that on which it was attached.
    dated_on TEXT NOT NULL,
    added_at TEXT NOT NULL,
    added_by BLOB NOT NULL REFERENCES person (id)
) STRICT;
CREATE INDEX evidence_by_permission ON evidence (declared_permission_id);
-- Whether anything still names a content.
CREATE INDEX evidence_by_content ON evidence (sha256) WHERE sha256 IS NOT NULL;
