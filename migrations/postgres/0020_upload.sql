-- How much the users of each partner uploaded, hour by hour, for as long as it counts against what they may upload in a day. It
-- refers to no table: what is referred to is locked, and here that would be after the case, against the order of the others.
CREATE TABLE upload (
    partner_id UUID NOT NULL,
    began_at TIMESTAMPTZ NOT NULL,
    bytes BIGINT NOT NULL,
    PRIMARY KEY (partner_id, began_at)
);
