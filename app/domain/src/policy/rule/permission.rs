//! §6: least privilege, declared one by one, chosen from the catalogue.

use std::collections::BTreeSet;

use super::{
    Check, Context, FORBIDDEN, Name, Notes, Refusal, Rule, Source, Whole,
    address::{Address, is_star},
    api::tier,
};
use crate::{
    declaration::{ComponentKind, Endpoint, Part},
    permission::{Catalogue, Kind, PermissionKey},
    policy::{Asked, Finding, Place, Verdict, ask},
    text::is_invisible,
};

pub static WILDCARD: Rule = Rule {
    id: "PIS-6.wildcard",
    source: Source::Specification(6, "wildcard permissions"),
    verdict: Verdict::Forbidden,
    words: "Wildcard permissions are forbidden",
    weigh: "",
    checks: &[
        Check::Name(|name| {
            is_wild(name).then(|| Refusal {
                message: "Name one entry of the catalogue: nothing stands for several".to_owned(),
                instead: of_resource(name.words, name.catalogue),
            })
        }),
        Check::Endpoint(|endpoint, _, notes| {
            if Address::of(&endpoint.path).is_wild() {
                notes.add(
                    "path",
                    format!("Name each endpoint instead of {}: nothing stands for several", endpoint.path),
                );
            }
        }),
    ],
};

pub static IMPLICIT: Rule = Rule {
    id: "PIS-6.implicit",
    source: Source::Specification(6, "implicit permissions"),
    verdict: Verdict::Forbidden,
    words: "Implicit permissions are forbidden: what an endpoint, a workflow, a component or a copy needs is declared",
    weigh: "",
    checks: &[
        Check::Endpoint(|endpoint, whole, notes| {
            undeclared(&endpoint.path, &endpoint.permissions, whole, notes);
            unnamed(endpoint, notes);
        }),
        Check::Workflow(|workflow, whole, notes| {
            undeclared(&workflow.name, &workflow.permissions, whole, notes);
        }),
        Check::Component(|component, whole, notes| {
            let Some(needed) = &component.permissions else { return };
            undeclared(&component.name, needed, whole, notes);
            if component.kind == ComponentKind::Automation && !needed.iter().any(is_start) {
                let message = format!(
                    "Name the permission by which {} starts what it runs: a workflow permission, or {OWN_WORKFLOWS}",
                    component.name
                );
                notes.add("permissions", message);
            }
            // A page may show what it is given; what is exported or processed comes from somewhere.
            if matches!(component.kind, ComponentKind::Export | ComponentKind::Processor) && needed.is_empty() {
                let message = format!("Name the permission by which {} gets its data: none is implied", component.name);
                notes.add("permissions", message);
            }
        }),
        Check::Storage(|all, whole, notes| {
            for (n, copy) in all.iter().enumerate() {
                notes.part = Part::Storage(n);
                undeclared("the copy", &copy.permissions, whole, notes);
            }
        }),
    ],
};

pub static EXPLICIT: Rule = Rule {
    id: "PIS-6.explicit",
    source: Source::Specification(6, "explicit declaration"),
    verdict: Verdict::Missing,
    words: "What an integration may do is declared: one permission at least",
    weigh: "",
    // Where there is none, there is no part to find it in: whoever reads a manifest, or is handed a draft, says so.
    checks: &[],
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
        // What reaches less cannot reach as much.
        if wanted.len() >= asked.entry.fields.len() {
            return;
        }
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

/// The resource of all that the OS concludes.
const CONCLUSIONS: &str = "intelligence";

/// The permission to start and stop the partner's own workflows.
pub(super) const OWN_WORKFLOWS: &str = "write:workflows.run";

/// Characters by which patterns and lists are written, and by which others are encoded, besides stars.
const WILD: &[char] = &['%', '?', '#', '&', '+', ',', ';', '|', '^', '$', '~', '\\', '[', ']', '{', '}'];
/// Words that stand for anything.
const WILD_WORDS: &[&str] = &["all", "any", "asterisk", "every", "everything", "anything", "wildcard", "star"];
/// Words that do where they stand alone: a full name is one name. The last is how a version is left open: `1.x`.
const WHOLE_WORDS: &[&str] = &["complete", "entire", "full", "whole", "x"];

/// Whether what is asked for stands for several. What the catalogue holds under just that name is taken at its word: only of
/// what it does not hold are the parts of a word looked at, as in `read:all_items`.
fn is_wild(name: &Name<'_>) -> bool {
    let seen = as_seen(name.plain);
    let words = words(&seen);
    let is_wild_word = |word: &&str| WILD_WORDS.contains(word);
    let is_known = || name.catalogue.entries.iter().any(|entry| entry.key.as_str() == name.plain);
    let mut parts = words.iter().flat_map(|word| word.split('_'));
    // Between its colon and its dots something is named, or anything is meant: `read:items.`, `read:items._`.
    let names_nothing = |part: &str| !part.contains(char::is_alphanumeric);
    seen.contains(is_star)
        || seen.contains(WILD)
        || words.iter().any(is_wild_word)
        || !seen.is_empty() && seen.split([':', '.']).any(names_nothing)
        || (parts.any(|part| is_wild_word(&part)) || words.iter().any(|word| WHOLE_WORDS.contains(word))) && !is_known()
}

/// A name as it looks: without what cannot be seen, and with wide letters and signs as they are otherwise written.
fn as_seen(plain: &str) -> String {
    let narrow = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        c => c,
    };
    // The joiners that some scripts need are in no name either.
    let is_seen = |c: &char| !is_invisible(*c) && !matches!(c, '\u{200C}' | '\u{200D}');
    plain.chars().filter(is_seen).map(narrow).collect()
}

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

/// Whether workflows are started by it.
pub(super) fn is_start(key: &PermissionKey) -> bool {
    key.kind() == Kind::Workflow || key.as_str() == OWN_WORKFLOWS
}

fn names(needed: &BTreeSet<PermissionKey>, kinds: &[Kind]) -> bool {
    needed.iter().any(|key| kinds.contains(&key.kind()))
}

/// What is named and not declared; what can never be had is told as whoever asks for it is told, whether or not it is declared.
fn undeclared(name: &str, needed: &BTreeSet<PermissionKey>, whole: &Whole<'_>, notes: &mut Notes<'_>) {
    for key in needed {
        let (rule, message) = match ask(key.as_str(), whole.catalogue) {
            Asked::Entry(_) if whole.declared.contains(key) => continue,
            Asked::Entry(_) => (notes.rule, format!("Declare {key}, or let {name} do without it")),
            Asked::Refused { rule, .. } if *rule == FORBIDDEN => (rule, format!("Take {key} out: it is never granted")),
            Asked::Refused { rule, instead, .. } if *rule == BROAD => {
                let keys = instead.iter().map(PermissionKey::as_str).collect::<Vec<_>>().join(", ");
                (rule, format!("Name the narrower entry instead of {key}: one of {keys}"))
            }
            Asked::Refused { rule, .. } if *rule == WILDCARD => {
                (rule, format!("Name one entry of the catalogue instead of {key}: nothing stands for several"))
            }
            // What is retired is told as whoever asks for it is told.
            Asked::Refused { rule, message, .. } if whole.catalogue.entry(key).is_some() => (rule, message),
            Asked::Refused { rule, .. } => (rule, format!("Take {key} out: there is no such permission")),
        };
        let place = Place { part: notes.part, field: "permissions" };
        notes.findings.push(Finding { rule, place, message, is_unanswered: false });
    }
}

/// What a call does without naming the permission to do it.
fn unnamed(endpoint: &Endpoint, notes: &mut Notes<'_>) {
    let (path, needed) = (&endpoint.path, &endpoint.permissions);
    let address = Address::of(path);
    if address.is_open() {
        return;
    }
    if needed.is_empty() {
        notes.add("permissions", format!("Name the permission that {path} needs: none is implied"));
        return;
    }
    // What the OS concludes is asked for by a POST too, where it is concluded.
    let is_concluded = |key: &PermissionKey| {
        key.kind() == Kind::Intelligence && [CONCLUSIONS, key.resource()].iter().any(|it| address.names(it))
    };
    let concludes = address.is("POST") && needed.iter().any(is_concluded);
    if address.is_write() && !concludes && !names(needed, &[Kind::Write, Kind::Workflow]) {
        let message = format!(
            "Name the write or workflow permission that {path} needs, or make it a GET: a read permits no change"
        );
        notes.add("permissions", message);
    }
}

/// What a name is read as: its words.
pub(in crate::policy) fn words(plain: &str) -> Vec<&str> {
    plain.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect()
}

/// Whether the key of an entry stands for several by one of its words: there are no other characters in it.
pub(in crate::policy) fn is_wild_key(key: &PermissionKey) -> bool {
    key.as_str().split([':', '.']).any(|word| WILD_WORDS.contains(&word))
}
