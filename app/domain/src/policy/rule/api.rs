//! §3: what may be done through the API, and what every use of it shows.

use chrono::NaiveDate;

use super::{Check, Notes, OURS, PermissionScope, RULES, Rule, Source, address::Address, longest_grant};
use crate::{declaration::Rate, partner::Tier, permission::Kind, policy::Verdict, time::show_date};

/// The most calls a minute that are not weighed, which is ours: ten a second.
const MOST_CALLS: u32 = 600;

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

pub static PREDICTIVE_TIER: Rule = Rule {
    id: "EPS.predictive-tier",
    source: Source::Family("EcoPartnerSpec"),
    verdict: Verdict::Forbidden,
    words: "Predictive workflows are for tier 3",
    weigh: "Whether the partner should be of a higher tier",
    checks: &[Check::Workflow(|workflow, whole, notes| {
        let own = whole.context.tier;
        if workflow.is_predictive && own < Tier::Three {
            let own = own.number();
            let message = format!("Predict nothing here: predictive workflows are for tier 3, and yours is {own}");
            notes.add("predictive", message);
        }
    })],
};

pub static REASON: Rule = Rule {
    id: "PIS-3.reason",
    source: Source::Specification(3, "Restricted"),
    verdict: Verdict::Missing,
    words: "What is restricted is asked for with a reason",
    weigh: "",
    checks: &[Check::Permission(|asked, notes| reason(asked, |rule| rule.section() == Some(3), notes))],
};

pub static RETENTION_REASON: Rule = Rule {
    id: "PCS.reason",
    source: Source::Family("PartnerComplianceSpec"),
    verdict: Verdict::Missing,
    words: "Keeping data for more than 24 hours is asked for with a reason",
    weigh: "",
    checks: &[Check::Permission(|asked, notes| {
        reason(asked, |rule| rule.source == Source::Family("PartnerComplianceSpec"), notes);
    })],
};

pub static DIRECT_DATABASE: Rule = Rule {
    id: "PIS-3.direct-database",
    source: Source::Specification(3, "direct DB access"),
    verdict: Verdict::Forbidden,
    words: "Nobody reaches the database directly",
    weigh: "",
    checks: &[Check::Endpoint(|endpoint, _, notes| {
        if Address::of(&endpoint.path).is_database() {
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
        if Address::of(&endpoint.path).is_internal() {
            notes.add("path", format!("Remove {}: it is internal. Name a public endpoint", endpoint.path));
        }
    })],
};

pub static ADDRESS: Rule = Rule {
    id: "PIS-3.address",
    source: Source::Specification(3, "internal API access"),
    verdict: Verdict::Forbidden,
    words: "An endpoint is written so that anybody sees where it leads",
    weigh: "",
    checks: &[Check::Endpoint(|endpoint, _, notes| {
        if !Address::of(&endpoint.path).is_plain() {
            let message = format!(
                "Write {} in ASCII letters, over https or as a path alone, without .. and backslashes",
                endpoint.path
            );
            notes.add("path", message);
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
            if asked.permission.fields.is_empty() {
                notes.ask("fields", "Choose the fields that you need");
            }
            match asked.permission.until {
                None => {
                    let latest = show_date(longest_grant(asked.entry, &asked.catalogue.limits, asked.context.today));
                    notes.ask("until", format!("Choose the last day on which you need it, {latest} or earlier"));
                }
                Some(NaiveDate::MAX) => notes.add("until", "Choose a last day: no permission lasts for ever"),
                Some(_) => {}
            }
        }),
        Check::Endpoint(|endpoint, _, notes| match endpoint.rate {
            Rate::Unsaid => notes.ask("rate_per_minute", "Say how many calls a minute you need at most"),
            Rate::Unlimited => {
                notes.add("rate_per_minute", "Say how many calls a minute you need: none are unlimited");
            }
            Rate::PerMinute(_) => {}
        }),
    ],
};

pub static ENDPOINTS: Rule = Rule {
    id: "PIS-3.endpoints",
    source: Source::Specification(3, "versioned endpoints"),
    verdict: Verdict::Missing,
    words: "The endpoints that an integration calls are declared, each by its method and its path",
    weigh: "",
    checks: &[
        Check::Api(|api, _, notes| {
            if api.endpoints.is_empty() {
                notes.add("endpoints", "Name the endpoints that you call");
            }
        }),
        // What is called by any method could be read by one and changed by another.
        Check::Endpoint(|endpoint, _, notes| {
            if !Address::of(&endpoint.path).is_call() {
                let message = format!(
                    "Write {} as one method and one path, such as GET /v1/items: {METHODS} are methods",
                    endpoint.path
                );
                notes.add("path", message);
            }
        }),
    ],
};

pub static VERSIONED: Rule = Rule {
    id: "PIS-3.versioned",
    source: Source::Specification(3, "versioned endpoints"),
    verdict: Verdict::Missing,
    words: "Every endpoint names its version",
    weigh: "",
    checks: &[Check::Endpoint(|endpoint, _, notes| {
        if !Address::of(&endpoint.path).names_version() {
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

pub static FREQUENT: Rule = Rule {
    id: "KG.frequent",
    source: OURS,
    verdict: Verdict::Restricted,
    words: "More than 600 calls a minute of one endpoint are restricted",
    weigh: "Whether the purpose needs so many calls, and what the OS bears",
    checks: &[Check::Endpoint(|endpoint, _, notes| {
        if matches!(endpoint.rate, Rate::PerMinute(rate) if rate > MOST_CALLS) {
            let message = format!("The boards weigh more than {MOST_CALLS} calls a minute: expect them to ask why");
            notes.add("rate_per_minute", message);
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

/// The methods, as people list them.
const METHODS: &str = "GET, HEAD, POST, PUT, PATCH, DELETE and OPTIONS";

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

/// What some restricting rule of these finds wants a reason.
fn reason(asked: &PermissionScope<'_>, is_of_these: fn(&Rule) -> bool, notes: &mut Notes<'_>) {
    if asked.permission.reason.is_some() {
        return;
    }
    let restricting = RULES.iter().filter(|rule| rule.verdict == Verdict::Restricted && is_of_these(rule));
    let is_restricted = asked.predicts && is_of_these(&PREDICTIVE)
        || restricting.into_iter().any(|rule| {
            let mut found = Vec::new();
            rule.look_at_permission(asked, notes.part, &mut found);
            !found.is_empty()
        });
    if is_restricted {
        notes.add("reason", "Say why the boards should allow what is restricted");
    }
}
