-- What a grant is of, and whose, beside the grant: what was declared and whose an integration is never change, and what was
-- decided before is looked up by both.
ALTER TABLE permission_grant ADD COLUMN permission_key TEXT REFERENCES permission (key);
ALTER TABLE permission_grant ADD COLUMN partner_id BLOB REFERENCES partner (id);
UPDATE permission_grant SET
    permission_key = (SELECT declared_permission.permission_key FROM declared_permission
        WHERE declared_permission.id = permission_grant.declared_permission_id),
    partner_id = (SELECT integration.partner_id FROM integration
        WHERE integration.id = permission_grant.integration_id);
-- What a partner was granted, what it holds, and who holds a permission.
CREATE INDEX permission_grant_by_partner ON permission_grant (partner_id, permission_key, starts_at);
CREATE INDEX permission_grant_held_by_partner ON permission_grant (partner_id, ends_at) WHERE ended_at IS NULL;
CREATE INDEX permission_grant_held_by_key ON permission_grant (permission_key, ends_at, partner_id) WHERE ended_at IS NULL;

-- The last cases of a kind that were decided.
CREATE INDEX review_case_decided ON review_case (kind, decided_at, id) WHERE decided_at IS NOT NULL;
