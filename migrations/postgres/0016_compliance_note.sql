-- How compliance was checked before a change in Maintenance, which stood in the place of the reason before.
ALTER TABLE declared_permission ADD COLUMN compliance_note TEXT;

-- What is in Maintenance keeps what was said, in both places: which of the two it answered, nobody can tell.
UPDATE declared_permission SET compliance_note = reason
WHERE reason IS NOT NULL AND declaration_id IN (
    SELECT declaration.id FROM declaration JOIN integration ON integration.id = declaration.integration_id
    WHERE integration.stage = 'maintenance'
);
