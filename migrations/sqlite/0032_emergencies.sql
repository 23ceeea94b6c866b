-- What is suspended at once waits for no other case: one that proposes a suspension, or to lift one, may be open beside it.
DROP INDEX review_case_one_suspension;
CREATE INDEX review_case_open_suspension ON review_case (integration_id) WHERE kind = 'EM' AND state = 'open';

-- By which case an integration is suspended: only what that case did lapses with it.
ALTER TABLE integration ADD COLUMN suspended_by BLOB REFERENCES review_case (id);
UPDATE integration SET suspended_by = (
    SELECT review_case.id FROM review_case JOIN suspension ON suspension.case_id = review_case.id
    WHERE review_case.integration_id = integration.id AND suspension.act = 'emergency' AND review_case.state = 'open'
        AND NOT EXISTS (SELECT 1 FROM suspension_permission WHERE suspension_permission.case_id = review_case.id)
) WHERE suspended_at IS NOT NULL;
