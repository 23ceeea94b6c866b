-- How a person wants to be told.
ALTER TABLE person ADD COLUMN delivery TEXT NOT NULL DEFAULT 'at_once';

-- An e-mail on its way. Its identifier is its Message-ID: the same on every try.
CREATE TABLE mail (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    made_at TEXT NOT NULL,
    -- When it is tried next; nothing once it was sent or given up. Whoever claims it moves this on, so that it is due again where
    -- they come to nothing.
    due_at TEXT,
    tries INTEGER NOT NULL,
    sent_at TEXT,
    -- Why the last try failed.
    failure TEXT
) STRICT;
CREATE INDEX mail_by_due_at ON mail (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX mail_ended ON mail (made_at) WHERE due_at IS NULL;

-- What a person is told. It is written with what it tells of, and so is when it is to be sent.
CREATE TABLE notice (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    -- What makes it this and no other of its kind.
    key TEXT NOT NULL,
    title TEXT NOT NULL,
    line TEXT NOT NULL,
    path TEXT NOT NULL,
    made_at TEXT NOT NULL,
    read_at TEXT,
    -- When it is to be put into an e-mail; nothing where it is not, or was.
    mail_at TEXT,
    mail_id BLOB REFERENCES mail (id) ON DELETE SET NULL,
    UNIQUE (person_id, kind, key)
) STRICT;
CREATE INDEX notice_unread ON notice (person_id, id) WHERE read_at IS NULL;
CREATE INDEX notice_read ON notice (person_id, id) WHERE read_at IS NOT NULL;
CREATE INDEX notice_by_mail_at ON notice (mail_at) WHERE mail_at IS NOT NULL;
CREATE INDEX notice_by_mail ON notice (mail_id) WHERE mail_id IS NOT NULL;

CREATE INDEX person_by_partner ON person (partner_id) WHERE partner_id IS NOT NULL;
