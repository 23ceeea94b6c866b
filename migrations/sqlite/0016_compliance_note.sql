-- How compliance was checked before a change in Maintenance, which stood in the place of the reason before.
ALTER TABLE declared_permission ADD COLUMN compliance_note TEXT;
