-- How many refusals are kept for a token.
CREATE INDEX idempotency_refused ON idempotency (token_id) WHERE status >= 400;
