-- What an administrator proposes to change of a board, and what became of it.
CREATE TABLE board_proposal (
    id UUID PRIMARY KEY,
    -- The version of the rules that its author saw.
    based_on BIGINT NOT NULL,
    change JSONB NOT NULL,
    -- What it does, a sentence each.
    differences JSONB NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL,
    proposed_by UUID NOT NULL REFERENCES person (id),
    proposed_at TIMESTAMPTZ NOT NULL,
    decided_by UUID REFERENCES person (id),
    decided_at TIMESTAMPTZ,
    answer TEXT
);
CREATE INDEX board_proposal_open ON board_proposal (id) WHERE state = 'open';

-- The rules by which boards decide, version by version, as the whole table became.
CREATE TABLE rule_version (
    number BIGINT PRIMARY KEY,
    made_at TIMESTAMPTZ NOT NULL,
    rules JSONB NOT NULL,
    -- What made it; nothing of the one that comes with the program.
    proposal_id UUID UNIQUE REFERENCES board_proposal (id)
);

INSERT INTO rule_version (number, made_at, rules)
SELECT 1, date_trunc('second', now()), jsonb_agg(jsonb_build_object(
    'key', route.key,
    'board', route.board_key,
    'part', route.part,
    'threshold', route.threshold,
    'objection_blocks', route.objection_blocks,
    'days', route.days,
    'minimum_days', route.minimum_days,
    'needs_workflow', route.needs_workflow
) ORDER BY board.position, route.key)
FROM route JOIN board ON board.key = route.board_key;

CREATE FUNCTION refuse_change_of_rule_version() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'versions of the rules are never changed'; END $$;
CREATE TRIGGER rule_version_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON rule_version
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_rule_version();

-- The version of the rules that a ballot opened with.
ALTER TABLE ballot ADD COLUMN rule_version BIGINT NOT NULL DEFAULT 1;

-- Who sits on the board with the final word for one case, of which too few of its members may take part.
CREATE TABLE ad_hoc_member (
    case_id UUID NOT NULL REFERENCES review_case (id),
    person_id UUID NOT NULL REFERENCES person (id),
    board_key TEXT NOT NULL REFERENCES board (key),
    appointed_at TIMESTAMPTZ NOT NULL,
    proposal_id UUID NOT NULL REFERENCES board_proposal (id),
    PRIMARY KEY (case_id, board_key, person_id)
);
