//! §8: how the partner protects, keeps and deletes what it gets.

use std::collections::HashMap;

use super::{Check, PermissionScope, Rule, Source};
use crate::{
    declaration::{Part, Question, Retention},
    permission::{Catalogue, FieldName, PermissionKey},
    policy::{SHORT_RETENTION, Verdict},
};

pub static PROTECTION: Rule = Rule {
    id: "PIS-8.protection",
    source: Source::Specification(8, "data protection"),
    verdict: Verdict::Missing,
    words: "How data is protected is declared",
    weigh: "",
    checks: &[Check::Compliance(|declaration, notes| {
        if declaration.compliance.protection.is_none() {
            notes.add("protection", "Say how the data is protected on its way and at rest");
        }
    })],
};

pub static RETENTION: Rule = Rule {
    id: "PIS-8.retention",
    source: Source::Specification(8, "retention rules"),
    verdict: Verdict::Missing,
    words: "How long data is kept is declared",
    weigh: "",
    checks: &[Check::Permission(|asked, notes| {
        if asked.permission.retention.is_none() {
            notes.add("retention", "Say how many hours you keep the data");
        }
    })],
};

pub static LONG_RETENTION: Rule = Rule {
    id: "PCS.long-retention",
    source: Source::Family("PartnerComplianceSpec"),
    verdict: Verdict::Restricted,
    words: "Keeping data for more than 24 hours is restricted",
    weigh: "Whether the purpose needs the data for so long",
    checks: &[Check::Permission(|asked, notes| {
        let is_long = asked.permission.retention.is_some_and(|retention| retention > SHORT_RETENTION);
        if is_long && beyond(asked).is_none() {
            notes.add("retention", "More than 24 hours is weighed by SCO: shorten it, or say why it must be so long");
        }
    })],
};

pub static ENDLESS_RETENTION: Rule = Rule {
    id: "PCS.endless-retention",
    source: Source::Family("PartnerComplianceSpec"),
    verdict: Verdict::Forbidden,
    words: "Keeping data beyond the ceiling of its class is forbidden",
    weigh: "",
    checks: &[
        Check::Permission(|asked, notes| {
            if let Some(ceiling) = beyond(asked) {
                notes
                    .add("retention", format!("Enter {ceiling} hours or fewer: longer is never allowed for this data"));
            }
        }),
        Check::Storage(|all, whole, notes| {
            if all.is_empty() {
                return;
            }
            let allowed = whole.catalogue.classes.iter().filter(|class| !class.is_forbidden);
            let highest = allowed.map(|class| class.ceiling_hours).max();
            let mut ceilings: HashMap<&PermissionKey, i64> = HashMap::new();
            for permission in &whole.declaration.permissions {
                let Some(own) = ceiling(&permission.fields, whole.catalogue) else { continue };
                ceilings.entry(&permission.key).and_modify(|ceiling| *ceiling = own.min(*ceiling)).or_insert(own);
            }
            for (n, copy) in all.iter().enumerate() {
                let held = copy.permissions.iter().filter_map(|key| Some((*ceilings.get(key)?, key)));
                // Whatever else it holds, no data is kept for longer than the highest ceiling.
                let (ceiling, data) = match held.min() {
                    Some((ceiling, key)) => (Some(ceiling), format!("the data of {key}")),
                    None => (highest, "any data".to_owned()),
                };
                if let Some(ceiling) = ceiling.filter(|ceiling| is_beyond(copy.retention, *ceiling)) {
                    let message = format!("Enter {ceiling} hours or fewer: longer is never allowed for {data}");
                    notes.add_to(Part::Storage(n), "retention_hours", message);
                }
            }
        }),
    ],
};

pub static DELETION: Rule = Rule {
    id: "PIS-8.deletion",
    source: Source::Specification(8, "deletion rules"),
    verdict: Verdict::Missing,
    words: "How data is deleted is declared",
    weigh: "",
    checks: &[Check::Permission(|asked, notes| {
        if asked.permission.answer(Question::Deletion).is_none() {
            notes.add(Question::Deletion.field(), Question::Deletion.missing());
        }
    })],
};

pub static AUDIT_CONTACT: Rule = Rule {
    id: "PIS-8.audit-contact",
    source: Source::Specification(8, "auditability"),
    verdict: Verdict::Missing,
    words: "Auditors know whom to reach",
    weigh: "",
    checks: &[Check::Compliance(|declaration, notes| {
        if declaration.compliance.audit_contact.is_none() {
            notes.add("audit_contact", "Give the address of whoever answers auditors");
        }
    })],
};

pub static ANNUAL_REVIEW: Rule = Rule {
    id: "PIS-8.annual-review",
    source: Source::Specification(8, "annual compliance review"),
    verdict: Verdict::Missing,
    words: "The partner accepts the annual compliance review",
    weigh: "",
    checks: &[Check::Compliance(|declaration, notes| {
        if !declaration.compliance.accepts_annual_review {
            notes.add("accepts_annual_review", "Accept that compliance is reviewed each year");
        }
    })],
};

pub static EXPORT: Rule = Rule {
    id: "PIS-8.export",
    source: Source::Specification(8, "unauthorized data export"),
    verdict: Verdict::Forbidden,
    words: "Nobody else gets the data",
    weigh: "",
    checks: &[Check::Compliance(|declaration, notes| {
        for with in &declaration.compliance.shares_with {
            notes.add("shares_with", format!("Keep the data from {with}: who else needs it asks for it"));
        }
    })],
};

pub static TRACKING: Rule = Rule {
    id: "PIS-8.tracking",
    source: Source::Specification(8, "external tracking"),
    verdict: Verdict::Forbidden,
    words: "Nobody is tracked beyond the integration",
    weigh: "",
    checks: &[Check::Compliance(|declaration, notes| {
        if declaration.compliance.tracks == Some(true) {
            notes.add("tracks", "Track nobody: take the trackers out");
        }
    })],
};

pub static TRACKING_SAID: Rule = Rule {
    id: "PIS-8.tracking-said",
    source: Source::Specification(8, "external tracking"),
    verdict: Verdict::Missing,
    words: "It is declared that nobody is tracked",
    weigh: "",
    checks: &[Check::Compliance(|declaration, notes| {
        if declaration.compliance.tracks.is_none() {
            notes.add("tracks", "Confirm that nobody is tracked");
        }
    })],
};

/// The ceiling that the wanted retention is beyond, in hours, if it is.
fn beyond(asked: &PermissionScope<'_>) -> Option<i64> {
    // No ceiling is below what is always allowed.
    asked.permission.retention.filter(|wanted| *wanted > SHORT_RETENTION)?;
    let ceiling = ceiling(&asked.permission.fields, asked.catalogue);
    ceiling.filter(|ceiling| is_beyond(asked.permission.retention, *ceiling))
}

/// The ceiling of these fields, in hours: that of their strictest class counts.
fn ceiling<'f>(fields: impl IntoIterator<Item = &'f FieldName>, catalogue: &Catalogue) -> Option<i64> {
    let classes = fields.into_iter().filter_map(|name| catalogue.class_of(name));
    classes.filter(|class| !class.is_forbidden).map(|class| class.ceiling_hours).min()
}

fn is_beyond(wanted: Option<Retention>, ceiling: i64) -> bool {
    wanted.is_some_and(|wanted| i64::from(wanted.in_hours()) > ceiling && wanted > SHORT_RETENTION)
}
