//! §3: what may be done through the API, and what every use of it shows.

use super::{Check, Notes, PermissionScope, RULES, Rule, Source};
use crate::{declaration::Rate, permission::Kind, policy::Verdict};

pub static READ_TIER: Rule = Rule {
    id: "PIS-3.read-tier",
    source: Source::Specification(3, "read-only access (Tier 1+)"),
    verdict: Verdict::Forbidden,
    words: "Read-only access is for tier 1 and above",
    weigh: "Whether the partner should be of a higher tier",
    checks: &[Check::Permission(|asked, notes| tier(asked, Kind::Read, notes))],
};

pub static WORKFLOW_TIER: Rule = Rule {
    id: "PIS-3.workflow-tier",
    source: Source::Specification(3, "workflow triggers (Tier 2+)"),
    verdict: Verdict::Forbidden,
    words: "Workflow triggers are for tier 2 and above",
    weigh: "Whether the partner should be of a higher tier",
    checks: &[Check::Permission(|asked, notes| tier(asked, Kind::Workflow, notes))],
};

pub static WRITE: Rule = Rule {
    id: "PIS-3.write",
    source: Source::Specification(3, "write operations"),
    verdict: Verdict::Restricted,
    words: "Write operations are restricted: the boards weigh the reason",
    weigh: "What goes wrong when the write is wrong, and how it is undone",
    checks: &[Check::Permission(|asked, notes| {
        if asked.entry.kind() == Kind::Write {
            notes.add("reason", "The boards weigh every write: say why it must be one");
        }
    })],
};

pub static WRITE_TIER: Rule = Rule {
    id: "EPS.write-tier",
    source: Source::Family("EcoPartnerSpec"),
    verdict: Verdict::Forbidden,
    words: "Limited writes are for tier 2 and above",
    weigh: "Whether the partner should be of a higher tier",
    checks: &[Check::Permission(|asked, notes| tier(asked, Kind::Write, notes))],
};

pub static ADVANCED: Rule = Rule {
    id: "PIS-3.advanced",
    source: Source::Specification(3, "advanced permissions"),
    verdict: Verdict::Restricted,
    words: "Advanced permissions are restricted: the boards weigh the reason",
    weigh: "Whether a read would do, and what people are told of the conclusion",
    checks: &[Check::Permission(|asked, notes| {
        if asked.entry.kind() == Kind::Intelligence {
            notes.add("reason", "The boards weigh every advanced permission: say why a read does not do");
        }
    })],
};

pub static PREDICTIVE: Rule = Rule {
    id: "PIS-3.predictive",
    source: Source::Specification(3, "predictive workflows"),
    verdict: Verdict::Restricted,
    words: "Predictive workflows are restricted",
    weigh: "What is predicted of whom, and what follows when it is wrong",
    checks: &[Check::Workflow(|workflow, _, notes| {
        if workflow.is_predictive {
            notes.add(
                "predictive",
                "The boards weigh every prediction: expect them to ask what follows when it is wrong",
            );
        }
    })],
};

pub static REASON: Rule = Rule {
    id: "PIS-3.reason",
    source: Source::Specification(3, "Restricted"),
    verdict: Verdict::Missing,
    words: "What is restricted is asked for with a reason",
    weigh: "",
    checks: &[Check::Permission(reason)],
};

pub static DIRECT_DATABASE: Rule = Rule {
    id: "PIS-3.direct-database",
    source: Source::Specification(3, "direct DB access"),
    verdict: Verdict::Forbidden,
    words: "Nobody reaches the database directly",
    weigh: "",
    checks: &[Check::Endpoint(|endpoint, _, notes| {
        if names_any(&endpoint.path, DATABASES) {
            notes.add("path", format!("Remove {}: data is reached by the API, never by a database", endpoint.path));
        }
    })],
};

pub static INTERNAL: Rule = Rule {
    id: "PIS-3.internal",
    source: Source::Specification(3, "internal API access"),
    verdict: Verdict::Forbidden,
    words: "Internal APIs are closed to partners",
    weigh: "",
    checks: &[Check::Endpoint(|endpoint, _, notes| {
        if names_any(&endpoint.path, INTERNALS) {
            notes.add("path", format!("Remove {}: it is internal. Name a public endpoint", endpoint.path));
        }
    })],
};

pub static UNBOUNDED: Rule = Rule {
    id: "PIS-3.unbounded",
    source: Source::Specification(3, "unbounded permissions"),
    verdict: Verdict::Forbidden,
    words: "Every permission is bounded: by its fields, by its end and by how often it is used",
    weigh: "",
    checks: &[
        Check::Permission(|asked, notes| {
            if asked.permission.until == Some(chrono::NaiveDate::MAX) {
                notes.add("until", "Choose a last day: no permission lasts for ever");
            }
        }),
        Check::Endpoint(|endpoint, _, notes| {
            if endpoint.rate == Rate::Unlimited {
                notes.add("rate_per_minute", "Say how many calls a minute you need: none are unlimited");
            }
        }),
    ],
};

pub static ENDPOINTS: Rule = Rule {
    id: "PIS-3.endpoints",
    source: Source::Specification(3, "versioned endpoints"),
    verdict: Verdict::Missing,
    words: "The endpoints that an integration calls are declared",
    weigh: "",
    checks: &[Check::Api(|api, _, notes| {
        if api.endpoints.is_empty() {
            notes.add("endpoints", "Name the endpoints that you call");
        }
    })],
};

pub static VERSIONED: Rule = Rule {
    id: "PIS-3.versioned",
    source: Source::Specification(3, "versioned endpoints"),
    verdict: Verdict::Missing,
    words: "Every endpoint names its version",
    weigh: "",
    checks: &[Check::Endpoint(|endpoint, _, notes| {
        if !segments(&endpoint.path).any(is_version) {
            notes.add("path", format!("Name the version of {}, such as /v1/items", endpoint.path));
        }
    })],
};

pub static CONTRACT: Rule = Rule {
    id: "PIS-3.contract",
    source: Source::Specification(3, "contract adherence"),
    verdict: Verdict::Missing,
    words: "The contract that the integration keeps is named",
    weigh: "",
    checks: &[Check::Api(|api, _, notes| {
        if api.contract.is_none() {
            notes.add("contract", "Name the contract that you keep, and its version");
        }
    })],
};

pub static RATE: Rule = Rule {
    id: "PIS-3.rate",
    source: Source::Specification(3, "unbounded permissions"),
    verdict: Verdict::Missing,
    words: "How often each endpoint is called is declared",
    weigh: "",
    checks: &[Check::Endpoint(|endpoint, _, notes| {
        if endpoint.rate == Rate::Unsaid {
            notes.add("rate_per_minute", "Say how many calls a minute you need at most");
        }
    })],
};

pub static VALIDATION: Rule = Rule {
    id: "PIS-3.validation",
    source: Source::Specification(3, "permission validation"),
    verdict: Verdict::Missing,
    words: "The partner checks the permission before each call",
    weigh: "",
    checks: &[Check::Api(|api, _, notes| {
        if !api.validates_permissions {
            notes.add("validates_permissions", "Confirm that you check the permission before each call");
        }
    })],
};

pub static AUDIT_LOGGING: Rule = Rule {
    id: "PIS-3.audit-logging",
    source: Source::Specification(3, "audit logging"),
    verdict: Verdict::Missing,
    words: "The partner logs each call",
    weigh: "",
    checks: &[Check::Api(|api, _, notes| {
        if !api.logs_calls {
            notes.add("logs_calls", "Confirm that you log each call, without personal data");
        }
    })],
};

/// Words of a path or an address by which a database is meant, and those by which something internal is.
const DATABASES: &[&str] = &[
    "db",
    "database",
    "databases",
    "sql",
    "jdbc",
    "odbc",
    "postgres",
    "postgresql",
    "mysql",
    "mariadb",
    "sqlite",
    "mongodb",
    "redis",
    "sqlserver",
    "oracle",
];
const INTERNALS: &[&str] = &["internal", "internals", "private", "localhost", "admin", "debug", "_internal"];

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

fn names_any(path: &str, names: &[&str]) -> bool {
    segments(path).any(|word| names.contains(&word.to_lowercase().as_str()))
}

/// `v1`, `v12`
fn is_version(word: &str) -> bool {
    word.strip_prefix(['v', 'V']).is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether an entry of that kind is beyond the partner's tier.
pub(super) fn tier(asked: &PermissionScope<'_>, kind: Kind, notes: &mut Notes<'_>) {
    let (entry, own) = (asked.entry, asked.context.tier);
    if entry.kind() == kind && own < entry.tier {
        notes.add(
            "permission",
            format!("Remove it: it is for tier {}, and yours is {}", entry.tier.number(), own.number()),
        );
    }
}

/// What some restricting rule finds wants a reason.
fn reason(asked: &PermissionScope<'_>, notes: &mut Notes<'_>) {
    if asked.permission.reason.is_some() {
        return;
    }
    let is_restricted = RULES.iter().filter(|rule| rule.verdict == Verdict::Restricted).any(|rule| {
        let mut found = Vec::new();
        rule.look_at_permission(asked, notes.part, &mut found);
        !found.is_empty()
    });
    if is_restricted {
        notes.add("reason", "Say why the boards should allow what is restricted");
    }
}
