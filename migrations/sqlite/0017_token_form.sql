-- The form by which a token was created: sent twice, it creates one.
ALTER TABLE api_token ADD COLUMN form_key TEXT;
CREATE UNIQUE INDEX api_token_by_form ON api_token (person_id, form_key);
