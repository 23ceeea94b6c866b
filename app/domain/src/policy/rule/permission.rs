//! §6: least privilege, declared one by one, chosen from the catalogue.

use std::collections::BTreeSet;

use super::{Check, Context, Notes, Refusal, Rule, Source, api::tier};
use crate::{
    declaration::{Declaration, Question},
    permission::{Catalogue, Kind, PermissionKey},
    policy::Verdict,
};

pub static WILDCARD: Rule = Rule {
    id: "PIS-6.wildcard",
    source: Source::Specification(6, "wildcard permissions"),
    verdict: Verdict::Forbidden,
    words: "Wildcard permissions are forbidden",
    weigh: "",
    checks: &[Check::Name(|name| {
        let is_wild = name.plain.contains(WILD) || name.words.iter().any(|word| WILD_WORDS.contains(word));
        is_wild.then(|| Refusal {
            message: "Name one entry of the catalogue: nothing stands for several".to_owned(),
            instead: of_resource(name.words, name.catalogue),
        })
    })],
};

pub static IMPLICIT: Rule = Rule {
    id: "PIS-6.implicit",
    source: Source::Specification(6, "implicit permissions"),
    verdict: Verdict::Forbidden,
    words: "Implicit permissions are forbidden: what an endpoint, a workflow or a component needs is declared",
    weigh: "",
    checks: &[
        Check::Endpoint(|endpoint, declaration, notes| {
            undeclared(&endpoint.path, &endpoint.permissions, declaration, notes);
        }),
        Check::Workflow(|workflow, declaration, notes| {
            undeclared(&workflow.name, &workflow.permissions, declaration, notes);
        }),
        Check::Component(|component, declaration, notes| {
            let needed = component.permissions.iter().flatten().cloned().collect();
            undeclared(&component.name, &needed, declaration, notes);
        }),
    ],
};

pub static EXPLICIT: Rule = Rule {
    id: "PIS-6.explicit",
    source: Source::Specification(6, "explicit declaration"),
    verdict: Verdict::Missing,
    words: "Every field is declared by name",
    weigh: "",
    checks: &[Check::Permission(|asked, notes| {
        if asked.permission.fields.is_empty() {
            notes.add("fields", "Choose the fields that you need");
        }
    })],
};

pub static PARTNER_DEFINED: Rule = Rule {
    id: "PIS-6.partner-defined",
    source: Source::Specification(6, "partner-defined permissions"),
    verdict: Verdict::Forbidden,
    words: "Partner-defined permissions are forbidden: choose from the catalogue",
    weigh: "",
    checks: &[Check::Name(|name| {
        let is_known = name.catalogue.entries.iter().any(|entry| entry.key.as_str() == name.plain);
        (!is_known).then(|| Refusal {
            message: "Choose a permission of the catalogue: this one is not in it".to_owned(),
            instead: of_resource(name.words, name.catalogue),
        })
    })],
};

pub static BROAD: Rule = Rule {
    id: "PIS-6.broad",
    source: Source::Specification(6, "least privilege"),
    verdict: Verdict::Forbidden,
    words: "Least privilege: a narrower entry is named instead of a whole resource",
    weigh: "",
    checks: &[Check::Name(|name| {
        let instead = of_resource(name.words, name.catalogue);
        let is_whole_resource = match name.plain.split_once(':') {
            Some((kind, resource)) => Kind::from_word(kind).is_some() && !resource.contains('.'),
            None => name.words.len() == 1,
        };
        let is_entry = name.catalogue.entries.iter().any(|entry| entry.key.as_str() == name.plain);
        (is_whole_resource && !is_entry && !instead.is_empty())
            .then(|| Refusal { message: "Name the narrower entry that does what you need".to_owned(), instead })
    })],
};

pub static NARROWER: Rule = Rule {
    id: "PIS-6.narrower",
    source: Source::Specification(6, "least privilege"),
    verdict: Verdict::Advisory,
    words: "Least privilege: another entry of the catalogue covers the declared fields and reaches less",
    weigh: "Why the narrower entry does not do",
    checks: &[Check::Permission(|asked, notes| {
        let wanted = &asked.permission.fields;
        let narrower = asked.catalogue.narrower(asked.entry, wanted, asked.context.tier);
        if let Some(entry) = narrower.into_iter().find(|entry| entry.reaches_all(wanted))
            && !wanted.is_empty()
        {
            notes.add("fields", format!("Consider {}: it has these fields, and reaches less", entry.key));
        }
    })],
};

pub static JUSTIFICATION: Rule = Rule {
    id: "PIS-6.justification",
    source: Source::Specification(6, "justification required"),
    verdict: Verdict::Missing,
    words: "Every permission is justified",
    weigh: "",
    checks: &[Check::Permission(|asked, notes| {
        let Context { tier, stage, .. } = asked.context;
        for question in asked.permission.questions(asked.catalogue, tier, stage) {
            let is_justification = question.section() == 6;
            if is_justification && asked.permission.answer(question).is_none() {
                notes.add(question.field(), question.missing());
            }
        }
    })],
};

pub static INTELLIGENCE_TIER: Rule = Rule {
    id: "PIS-6.intelligence-tier",
    source: Source::Specification(6, "intelligence permissions (Tier 3 only)"),
    verdict: Verdict::Forbidden,
    words: "Intelligence permissions are for tier 3 only",
    weigh: "Whether the partner should be of a higher tier",
    checks: &[Check::Permission(|asked, notes| tier(asked, Kind::Intelligence, notes))],
};

/// Characters that stand for anything in one language or another, and those that look like them.
const WILD: &[char] =
    &['*', '\u{FF0A}', '\u{2217}', '\u{204E}', '\u{2731}', '\u{22C6}', '\u{2605}', '%', '?', '\u{FF1F}'];
/// Words that do.
const WILD_WORDS: &[&str] = &["all", "any", "every", "everything", "anything", "wildcard", "star"];

/// The entries of the resource that is named, of the kind that is named, if one is: those that can be had.
fn of_resource(words: &[&str], catalogue: &Catalogue) -> Vec<PermissionKey> {
    let kind = words.first().and_then(|word| Kind::from_word(word));
    let named = |resource: &str| words.iter().any(|word| *word == resource || format!("{word}s") == resource);
    let meant = catalogue.entries.iter().filter(|entry| {
        let is_meant = named(entry.key.resource()) && kind.is_none_or(|kind| kind == entry.kind());
        is_meant && catalogue.is_offered(entry)
    });
    meant.map(|entry| entry.key.clone()).collect()
}

fn undeclared(name: &str, needed: &BTreeSet<PermissionKey>, declaration: &Declaration, notes: &mut Notes<'_>) {
    let declared: BTreeSet<_> = declaration.permissions.iter().map(|permission| &permission.key).collect();
    for key in needed.iter().filter(|key| !declared.contains(key)) {
        notes.add("permissions", format!("Declare {key}, or let {name} do without it"));
    }
}

/// What a name is read as: its words.
pub(in crate::policy) fn words(plain: &str) -> Vec<&str> {
    plain.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect()
}
