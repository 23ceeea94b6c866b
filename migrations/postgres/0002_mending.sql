-- A session that was ended stays for a while, so that what its holder was typing still reaches them.
ALTER TABLE session ADD COLUMN ended_at TIMESTAMPTZ;

-- The first refusal of a wait is logged, and the others are not: a flood would fill the log.
ALTER TABLE sign_in_failure ADD COLUMN refused_at TIMESTAMPTZ;
