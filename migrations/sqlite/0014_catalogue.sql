-- What an administrator proposes to change of the catalogue, and what became of it.
CREATE TABLE catalogue_proposal (
    id BLOB PRIMARY KEY,
    -- The version that its author saw.
    based_on INTEGER NOT NULL,
    change TEXT NOT NULL,
    -- What it changes, a sentence each.
    differences TEXT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL,
    proposed_by BLOB NOT NULL REFERENCES person (id),
    proposed_at TEXT NOT NULL,
    decided_by BLOB REFERENCES person (id),
    decided_at TEXT,
    answer TEXT
) STRICT;
CREATE INDEX catalogue_proposal_open ON catalogue_proposal (id) WHERE state = 'open';

-- The catalogue, version by version, as a file of it is written. What is declared is read against the newest; what was
-- submitted keeps the number of its own.
CREATE TABLE catalogue_version (
    number INTEGER PRIMARY KEY,
    content TEXT NOT NULL,
    -- What made it; nothing of the one that comes with the program.
    proposal_id BLOB UNIQUE REFERENCES catalogue_proposal (id)
) STRICT;

INSERT INTO catalogue_version (number, content) VALUES (1, '{
    "version": 1,
    "classes": [
        {"key": "advice", "name": "advice", "is_forbidden": false, "ceiling_hours": 720},
        {"key": "dispute_state", "name": "dispute state", "is_forbidden": false, "ceiling_hours": 720},
        {"key": "funding", "name": "funding", "is_forbidden": false, "ceiling_hours": 720},
        {"key": "intelligence", "name": "intelligence API results", "is_forbidden": false, "ceiling_hours": 720},
        {"key": "intelligence_data", "name": "intelligence data", "is_forbidden": true, "ceiling_hours": 0},
        {"key": "item_summary", "name": "item summary", "is_forbidden": false, "ceiling_hours": 720},
        {"key": "output", "name": "output", "is_forbidden": false, "ceiling_hours": 720},
        {"key": "person", "name": "person", "is_forbidden": false, "ceiling_hours": 720},
        {"key": "raw_parsed_items", "name": "raw parsed items", "is_forbidden": true, "ceiling_hours": 0},
        {"key": "raw_report_text", "name": "raw report text", "is_forbidden": true, "ceiling_hours": 0},
        {"key": "report_metadata", "name": "report metadata", "is_forbidden": false, "ceiling_hours": 720},
        {"key": "simulation_data", "name": "simulation data", "is_forbidden": true, "ceiling_hours": 0},
        {"key": "workflow", "name": "workflow state", "is_forbidden": false, "ceiling_hours": 720}
    ],
    "fields": [
        {"name": "comparisons.report_a", "class": "report_metadata"},
        {"name": "comparisons.report_b", "class": "report_metadata"},
        {"name": "comparisons.summary", "class": "report_metadata"},
        {"name": "disputes.bureau_response_status", "class": "dispute_state"},
        {"name": "disputes.letter_status", "class": "dispute_state"},
        {"name": "disputes.round", "class": "dispute_state"},
        {"name": "disputes.selection", "class": "dispute_state"},
        {"name": "exports.format", "class": "output"},
        {"name": "exports.requested_at", "class": "output"},
        {"name": "exports.status", "class": "output"},
        {"name": "funding.lender", "class": "funding"},
        {"name": "funding.reason", "class": "funding"},
        {"name": "funding.score", "class": "funding"},
        {"name": "funding.score_created_at", "class": "funding"},
        {"name": "intelligence.model", "class": "intelligence_data"},
        {"name": "intelligence.next_step", "class": "intelligence"},
        {"name": "intelligence.summary", "class": "intelligence"},
        {"name": "items.account_number", "class": "raw_parsed_items"},
        {"name": "items.balance", "class": "raw_parsed_items"},
        {"name": "items.balance_band", "class": "item_summary"},
        {"name": "items.closed_date", "class": "item_summary"},
        {"name": "items.creditor", "class": "raw_parsed_items"},
        {"name": "items.id", "class": "item_summary"},
        {"name": "items.limit", "class": "raw_parsed_items"},
        {"name": "items.opened_date", "class": "item_summary"},
        {"name": "items.remarks", "class": "raw_parsed_items"},
        {"name": "items.status", "class": "item_summary"},
        {"name": "items.type", "class": "item_summary"},
        {"name": "profile.consent_state", "class": "person"},
        {"name": "profile.locale", "class": "person"},
        {"name": "profile.name", "class": "person"},
        {"name": "profile.time_zone", "class": "person"},
        {"name": "recommendations.created_at", "class": "advice"},
        {"name": "recommendations.id", "class": "advice"},
        {"name": "recommendations.item_id", "class": "advice"},
        {"name": "recommendations.lender_category", "class": "advice"},
        {"name": "recommendations.status", "class": "advice"},
        {"name": "recommendations.text", "class": "advice"},
        {"name": "reports.bureau", "class": "report_metadata"},
        {"name": "reports.created_at", "class": "report_metadata"},
        {"name": "reports.id", "class": "report_metadata"},
        {"name": "reports.parsed", "class": "report_metadata"},
        {"name": "reports.raw_text", "class": "raw_report_text"},
        {"name": "simulations.payload", "class": "simulation_data"},
        {"name": "simulations.result", "class": "simulation_data"},
        {"name": "simulations.type", "class": "simulation_data"},
        {"name": "workflows.run", "class": "workflow"},
        {"name": "workflows.status", "class": "workflow"}
    ],
    "permissions": [
        {"key": "intelligence:bureau.summary", "title": "What the OS concludes of a bureau''s reports", "layer": "api", "tier": 3, "fields": ["intelligence.summary"]},
        {"key": "intelligence:insight.next_step", "title": "What the OS would do next", "layer": "api", "tier": 3, "fields": ["intelligence.next_step"]},
        {"key": "read:comparisons.summary", "title": "What changed between two reports, in a sentence", "layer": "api", "tier": 1, "fields": ["comparisons.report_a", "comparisons.report_b", "comparisons.summary"]},
        {"key": "read:disputes.progress", "title": "How far a dispute is", "layer": "api", "tier": 1, "fields": ["disputes.round", "disputes.letter_status"]},
        {"key": "read:disputes.responses", "title": "Whether the bureau has answered", "layer": "api", "tier": 1, "fields": ["disputes.bureau_response_status"]},
        {"key": "read:disputes.selection", "title": "Which items a person chose to dispute", "layer": "api", "tier": 1, "fields": ["disputes.selection"]},
        {"key": "read:exports.status", "title": "Whether an export is ready", "layer": "extension", "tier": 1, "fields": ["exports.format", "exports.requested_at", "exports.status"]},
        {"key": "read:funding.lenders", "title": "Which lenders fit, and why", "layer": "api", "tier": 1, "fields": ["funding.lender", "funding.reason"]},
        {"key": "read:funding.score.latest", "title": "The latest funding readiness", "layer": "api", "tier": 1, "fields": ["funding.score", "funding.score_created_at"]},
        {"key": "read:intelligence.model", "title": "The data of the intelligence models", "layer": "api", "tier": 3, "fields": ["intelligence.model"]},
        {"key": "read:items.balance_band", "title": "Between which amounts a balance lies", "layer": "api", "tier": 1, "fields": ["items.id", "items.balance_band"]},
        {"key": "read:items.count", "title": "How many items a report holds", "layer": "api", "tier": 1, "fields": ["items.id"]},
        {"key": "read:items.dates", "title": "When an item was opened and closed", "layer": "api", "tier": 1, "fields": ["items.id", "items.opened_date", "items.closed_date"]},
        {"key": "read:items.raw", "title": "Everything that was parsed of an item", "layer": "api", "tier": 1, "fields": ["items.creditor", "items.account_number", "items.balance", "items.limit", "items.remarks"]},
        {"key": "read:items.status", "title": "Whether an item is open, closed or disputed", "layer": "api", "tier": 1, "fields": ["items.id", "items.status"]},
        {"key": "read:items.summary", "title": "An item in short", "layer": "api", "tier": 1, "fields": ["items.id", "items.type", "items.status", "items.opened_date", "items.closed_date", "items.balance_band"]},
        {"key": "read:items.type", "title": "What kind of item it is", "layer": "api", "tier": 1, "fields": ["items.id", "items.type"]},
        {"key": "read:profile.consent", "title": "What a person has consented to", "layer": "api", "tier": 1, "fields": ["profile.consent_state"]},
        {"key": "read:profile.locale", "title": "A person''s language and time zone", "layer": "api", "tier": 1, "fields": ["profile.locale", "profile.time_zone"]},
        {"key": "read:profile.name", "title": "What a person is called", "layer": "api", "tier": 1, "fields": ["profile.name"]},
        {"key": "read:recommendations.lenders", "title": "Which kind of lender is advised", "layer": "api", "tier": 1, "fields": ["recommendations.id", "recommendations.item_id", "recommendations.lender_category"]},
        {"key": "read:recommendations.status", "title": "Whether advice was followed", "layer": "api", "tier": 1, "fields": ["recommendations.id", "recommendations.status"]},
        {"key": "read:recommendations.text", "title": "What a person is advised to do", "layer": "api", "tier": 1, "fields": ["recommendations.id", "recommendations.text", "recommendations.created_at"]},
        {"key": "read:reports.raw_text", "title": "The text of a report", "layer": "api", "tier": 1, "fields": ["reports.raw_text"]},
        {"key": "read:reports.status", "title": "Whether a report is parsed", "layer": "api", "tier": 1, "fields": ["reports.id", "reports.parsed"]},
        {"key": "read:reports.summary", "title": "Which reports there are, from which bureau and of when", "layer": "api", "tier": 1, "fields": ["reports.id", "reports.bureau", "reports.created_at"]},
        {"key": "read:simulations.result", "title": "What a simulation was given and gave", "layer": "api", "tier": 3, "fields": ["simulations.type", "simulations.payload", "simulations.result"]},
        {"key": "read:workflows.status", "title": "How far a workflow is", "layer": "workflow", "tier": 1, "fields": ["workflows.run", "workflows.status"]},
        {"key": "workflow:dispute.prepare", "title": "Prepare a dispute for a person to review", "layer": "workflow", "tier": 2, "fields": ["items.id", "items.type", "items.status", "items.opened_date", "items.remarks"]},
        {"key": "workflow:followup.create", "title": "Create a reminder for a person", "layer": "workflow", "tier": 2, "fields": ["disputes.letter_status", "disputes.bureau_response_status"]},
        {"key": "workflow:letter.render", "title": "Render a dispute letter", "layer": "workflow", "tier": 2, "fields": ["disputes.selection", "disputes.round", "disputes.letter_status"]},
        {"key": "workflow:readiness.recalculate", "title": "Calculate funding readiness anew", "layer": "workflow", "tier": 2, "fields": ["funding.score", "funding.score_created_at"]},
        {"key": "workflow:timeline.refresh", "title": "Refresh a person''s timeline", "layer": "workflow", "tier": 2, "fields": ["reports.id", "reports.created_at", "items.id", "items.status"]},
        {"key": "write:disputes.selection", "title": "Change which items are to be disputed", "layer": "api", "tier": 2, "fields": ["disputes.selection"]},
        {"key": "write:exports.request", "title": "Ask for an export", "layer": "extension", "tier": 2, "fields": ["exports.format"]},
        {"key": "write:recommendations.status", "title": "Mark advice as followed", "layer": "api", "tier": 2, "fields": ["recommendations.id", "recommendations.status"]},
        {"key": "write:workflows.run", "title": "Start and stop workflows of one''s own", "layer": "workflow", "tier": 2, "fields": ["workflows.run"]}
    ],
    "limits": {"longest_grant_months": [12, 6, 6]}
}');

CREATE TRIGGER catalogue_version_is_never_updated BEFORE UPDATE ON catalogue_version
BEGIN SELECT RAISE(ABORT, 'versions of the catalogue are never changed'); END;
CREATE TRIGGER catalogue_version_is_never_deleted BEFORE DELETE ON catalogue_version
BEGIN SELECT RAISE(ABORT, 'versions of the catalogue are never changed'); END;
CREATE TRIGGER catalogue_version_is_never_replaced BEFORE INSERT ON catalogue_version
WHEN EXISTS (SELECT 1 FROM catalogue_version WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'versions of the catalogue are never changed'); END;

-- Versions hold the catalogue now. Of a permission there stays its key, which what is declared refers to.
DROP TABLE permission_field;
DROP TABLE catalogue_field;
DROP TABLE data_class;
ALTER TABLE permission DROP COLUMN title;
ALTER TABLE permission DROP COLUMN layer;
ALTER TABLE permission DROP COLUMN tier;

-- The version of the catalogue that a revision was submitted under.
ALTER TABLE declaration ADD COLUMN catalogue_version INTEGER REFERENCES catalogue_version (number);
UPDATE declaration SET catalogue_version = 1 WHERE submitted_at IS NOT NULL;
