-- Names as they are searched: in small letters of every script, which the databases themselves do not all know.
ALTER TABLE partner ADD COLUMN folded_name TEXT NOT NULL DEFAULT '';
ALTER TABLE integration ADD COLUMN folded_name TEXT NOT NULL DEFAULT '';
UPDATE partner SET folded_name = LOWER(name);
UPDATE integration SET folded_name = LOWER(name);
