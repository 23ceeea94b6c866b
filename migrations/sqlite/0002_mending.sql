-- A session that was ended stays for a while, so that what its holder was typing still reaches them.
ALTER TABLE session ADD COLUMN ended_at TEXT;

-- The first refusal of a wait is logged, and the others are not: a flood would fill the log.
ALTER TABLE sign_in_failure ADD COLUMN refused_at TEXT;

-- REPLACE deletes without asking the trigger that refuses to.
CREATE TRIGGER audit_event_is_never_replaced BEFORE INSERT ON audit_event
WHEN EXISTS (SELECT 1 FROM audit_event WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'audit events are never changed'); END;
