//! §7: data that the person approved, as little of it as does, and for a time.

use std::collections::HashMap;

use chrono::{Datelike, Months, NaiveDate};

use super::{Check, Name, OURS, Refusal, Rule, Source, address::Address};
use crate::{
    declaration::{Part, Question, Retention},
    permission::{Catalogue, DataClass, Entry, Kind, Limits, PermissionKey},
    policy::{SHORT_RETENTION, Verdict},
    time::show_date,
};

pub static CONSENT: Rule = Rule {
    id: "PIS-7.consent",
    source: Source::Specification(7, "user-approved data"),
    verdict: Verdict::Missing,
    words: "Data is approved by the person whose it is",
    weigh: "",
    checks: &[Check::Permission(|asked, notes| {
        if asked.permission.answer(Question::Consent).is_none() {
            notes.add(Question::Consent.field(), Question::Consent.missing());
        }
    })],
};

pub static UNKNOWN_FIELD: Rule = Rule {
    id: "PIS-7.unknown-field",
    source: Source::Specification(7, "minimal required fields"),
    verdict: Verdict::Forbidden,
    words: "Only the fields that the catalogue offers can be asked for",
    weigh: "",
    checks: &[Check::Permission(|asked, notes| {
        for name in &asked.permission.fields {
            let is_offered = asked.entry.fields.iter().any(|field| field.name == *name);
            let is_forbidden = || asked.catalogue.class_of(name).is_some_and(|class| class.is_forbidden);
            if !is_offered && !is_forbidden() {
                notes.add("fields", format!("Remove {name}, which {} does not offer", asked.entry.key));
            }
        }
    })],
};

pub static MINIMAL: Rule = Rule {
    id: "PIS-7.minimal",
    source: Source::Specification(7, "minimal required fields"),
    verdict: Verdict::Advisory,
    words: "The fewest fields that do are asked for",
    weigh: "Whether the purpose needs each of the fields",
    checks: &[Check::Permission(|asked, notes| {
        let offered = asked.entry.fields.len();
        if offered >= MANY_FIELDS && asked.permission.fields.len() >= offered {
            notes.add("fields", format!("Check that you need all {offered} fields: the boards ask about each"));
        }
    })],
};

pub static EXPIRY: Rule = Rule {
    id: "PIS-7.expiry",
    source: Source::Specification(7, "temporary access"),
    verdict: Verdict::Missing,
    words: "Access is temporary: it ends on a day that is still to come",
    weigh: "",
    checks: &[Check::Permission(|asked, notes| {
        if asked.permission.until.is_some_and(|until| until <= asked.context.today) {
            notes.add("until", "Choose a day that is still to come");
        }
    })],
};

pub static LONGEST_GRANT: Rule = Rule {
    id: "KG.longest-grant",
    source: OURS,
    verdict: Verdict::Forbidden,
    words: "No access is asked for beyond the longest grant of the tier",
    weigh: "",
    checks: &[Check::Permission(|asked, notes| {
        let latest = longest_grant(asked.entry, &asked.catalogue.limits, asked.context.today);
        // That nothing lasts for ever is said by the rule of what is unbounded.
        if asked.permission.until.is_some_and(|until| until > latest && until < NaiveDate::MAX) {
            notes.add("until", format!("Choose {} or an earlier day", show_date(latest)));
        }
    })],
};

pub static WORKFLOW_WRITE: Rule = Rule {
    id: "PIS-7.workflow-write",
    source: Source::Specification(7, "workflow-level write access"),
    verdict: Verdict::Restricted,
    words: "Writes by a workflow are restricted",
    weigh: "What the workflow writes while nobody looks, and how it is undone",
    checks: &[Check::Workflow(|workflow, _, notes| {
        if workflow.permissions.iter().any(|key| key.kind() == Kind::Write) {
            notes.add("permissions", "The boards weigh every write of a workflow: expect them to ask how it is undone");
        }
    })],
};

pub static STORAGE: Rule = Rule {
    id: "PIS-7.storage",
    source: Source::Specification(7, "partner-provided data storage"),
    verdict: Verdict::Restricted,
    words: "Storage at the partner is restricted",
    weigh: "Whether the data has to leave the OS at all",
    checks: &[Check::Storage(|all, _, notes| {
        for n in 0..all.len() {
            let message = "The boards weigh every copy at the partner: expect them to ask whether it is needed";
            notes.add_to(Part::Storage(n), "place", message);
        }
    })],
};

pub static STORAGE_SAID: Rule = Rule {
    id: "PIS-7.storage-said",
    source: Source::Specification(7, "partner-provided data storage"),
    verdict: Verdict::Missing,
    words: "Storage at the partner declares where, of which permissions, for how long and who reads it",
    weigh: "",
    checks: &[Check::Storage(|all, _, notes| {
        for (n, storage) in all.iter().enumerate() {
            let asked = [
                (storage.place.is_none(), "place", "Say where the copy is"),
                (storage.permissions.is_empty(), "permissions", "Name the permissions whose data the copy holds"),
                (storage.retention.is_none(), "retention_hours", "Say how many hours the copy is kept"),
                (storage.readers.is_none(), "readers", "Say who can read the copy"),
            ];
            for (_, field, message) in asked.into_iter().filter(|(is_missing, ..)| *is_missing) {
                notes.add_to(Part::Storage(n), field, message);
            }
        }
    })],
};

pub static COPY_DECLARED: Rule = Rule {
    id: "PIS-7.copy-declared",
    source: Source::Specification(7, "partner-provided data storage"),
    verdict: Verdict::Missing,
    words: "What is kept for more than 24 hours is held by a copy that is declared, kept for as long",
    weigh: "",
    checks: &[Check::Storage(|all, whole, notes| {
        let mut longest: HashMap<&PermissionKey, Retention> = HashMap::new();
        for (copy, key) in all.iter().flat_map(|copy| copy.permissions.iter().map(move |key| (copy, key))) {
            // How long a copy is kept that does not say so is asked beside it.
            let kept = copy.retention.unwrap_or(Retention::hours(u32::MAX));
            longest.entry(key).and_modify(|longest| *longest = kept.max(*longest)).or_insert(kept);
        }
        // Beside the copy that is missing, which would stand after the last.
        let missing = Part::Storage(all.len());
        for permission in &whole.declaration.permissions {
            let Some(retention) = permission.retention.filter(|it| *it > SHORT_RETENTION) else { continue };
            let (key, hours) = (&permission.key, retention.in_hours());
            let message = match longest.get(key) {
                None => format!("Declare the copy: say where the data of {key} is kept for {hours} hours"),
                Some(kept) if *kept < retention => {
                    format!("Say {hours} hours of a copy with the data of {key}, or keep that data for less")
                }
                Some(_) => continue,
            };
            notes.add_to(missing, "place", message);
        }
    })],
};

pub static COPY_RETENTION: Rule = Rule {
    id: "PIS-7.copy-retention",
    source: Source::Specification(7, "partner-provided data storage"),
    verdict: Verdict::Missing,
    words: "A copy is kept no longer than is said with the permissions whose data it holds",
    weigh: "",
    checks: &[Check::Storage(|all, whole, notes| {
        let said = whole.declaration.permissions.iter().filter_map(|it| Some((&it.key, it.retention?)));
        let said: HashMap<_, _> = said.collect();
        for (n, copy) in all.iter().enumerate() {
            let Some(kept) = copy.retention else { continue };
            // How long the data is kept is asked beside the permission that does not say so.
            for key in copy.permissions.iter().filter(|key| said.get(key).is_some_and(|said| *said < kept)) {
                let message = format!("Say {} hours with {key}, or keep the copy for less", kept.in_hours());
                notes.add_to(Part::Storage(n), "retention_hours", message);
            }
        }
    })],
};

pub static FORBIDDEN: Rule = Rule {
    id: "PIS-7.forbidden-data",
    source: Source::Specification(7, "Forbidden"),
    verdict: Verdict::Forbidden,
    words: "Raw report text, raw parsed items, simulation data and intelligence data are forbidden",
    weigh: "",
    checks: &[
        Check::Name(|name| {
            let class = forbidden_class(name)?;
            let message = format!("Ask for something else: {} cannot be shared with partners", class.name);
            Some(Refusal { message, instead: vec![] })
        }),
        Check::Permission(|asked, notes| {
            for name in &asked.permission.fields {
                let offered = asked.entry.fields.iter().find(|field| field.name == *name);
                let class = match offered {
                    Some(field) => asked.catalogue.class(&field.class),
                    None => asked.catalogue.class_of(name),
                };
                match class {
                    // What is forbidden is refused as such, whether or not this entry offers it.
                    Some(class) if class.is_forbidden => {
                        notes.add("fields", format!("Remove {name}: {} cannot be shared with partners", class.name));
                    }
                    // A class that nobody knows is no licence.
                    None if offered.is_some() => notes.add("fields", format!("Remove {name}: its class is unknown")),
                    Some(_) | None => {}
                }
            }
        }),
        Check::Endpoint(|endpoint, whole, notes| {
            if let Some(class) = Address::of(&endpoint.path).forbidden(whole.catalogue) {
                let message = format!("Remove {}: {} cannot be shared with partners", endpoint.path, class.name);
                notes.add("path", message);
            }
        }),
    ],
};

/// An entry of so many fields or more is rarely needed whole.
const MANY_FIELDS: usize = 4;

/// The last day on which a grant that is decided today can still hold.
#[must_use]
pub fn longest_grant(entry: &Entry, limits: &Limits, today: NaiveDate) -> NaiveDate {
    today.checked_add_months(Months::new(limits.months(entry.tier))).unwrap_or_else(|| {
        // Beyond the calendar there is no later day.
        NaiveDate::from_ymd_opt(today.year(), 12, 31).unwrap_or(today)
    })
}

/// The forbidden class that is asked for: by its own name, as the extension guide spells it (`read:raw-report-text`), by an
/// entry all of which is forbidden, by a field (`read:items.account_number`), or by a resource of which everything is
/// forbidden (`read:simulations`).
fn forbidden_class<'n>(name: &Name<'n>) -> Option<&'n DataClass> {
    let Name { plain, words, catalogue } = *name;
    let path = plain.split_once(':').map_or(plain, |(_, path)| path);
    let flat: String = path.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    if let Some(class) = catalogue.classes.iter().find(|class| class.is_forbidden && flat == class.key.as_str()) {
        return Some(class);
    }
    if let Some(entry) = catalogue.entries.iter().find(|entry| entry.key.as_str() == plain) {
        return if catalogue.is_forbidden(entry) { catalogue.forbidden_classes(entry).first().copied() } else { None };
    }
    let fields = || catalogue.entries.iter().flat_map(|entry| &entry.fields);
    if let Some(field) = fields().find(|field| field.name.as_str() == path) {
        return forbidden(catalogue, &field.class);
    }
    let of_resource =
        || fields().filter(|field| words.iter().any(|word| field.name.as_str().split('.').next() == Some(word)));
    let first = of_resource().next()?;
    if of_resource().all(|field| forbidden(catalogue, &field.class).is_some()) {
        forbidden(catalogue, &first.class)
    } else {
        None
    }
}

fn forbidden<'c>(catalogue: &'c Catalogue, key: &crate::permission::ClassKey) -> Option<&'c DataClass> {
    catalogue.class(key).filter(|class| class.is_forbidden)
}
