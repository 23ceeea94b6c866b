-- A session that was ended stays for a while, so that what its holder was typing still reaches them.
ALTER TABLE session ADD COLUMN ended_at TEXT;
