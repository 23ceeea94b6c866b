-- Which permissions the boards decided on, how, and how long it took: those of the revision that was before them. That is the
-- case's to say and never changes; it stands here too, so that the last hundred are read without as many cases. A permission that is hardly ever asked for is found by its key, however much was decided since.
CREATE TABLE decided_permission (
    case_id BLOB NOT NULL REFERENCES review_case (id),
    permission_key TEXT NOT NULL REFERENCES permission (key),
    state TEXT NOT NULL,
    submitted_at TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    PRIMARY KEY (case_id, permission_key)
) STRICT;
CREATE INDEX decided_permission_by_key ON decided_permission (permission_key, decided_at, case_id);

INSERT INTO decided_permission (case_id, permission_key, state, submitted_at, decided_at)
SELECT review_case.id, declared_permission.permission_key, review_case.state, review_case.submitted_at, review_case.decided_at
FROM review_case
JOIN declaration ON declaration.case_id = review_case.id AND declaration.number = review_case.revision
JOIN declared_permission ON declared_permission.declaration_id = declaration.id
WHERE review_case.decided_at IS NOT NULL AND review_case.state <> 'withdrawn';
