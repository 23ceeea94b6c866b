//! What a partner may name when it asks for a permission.

use super::Rule;
use crate::permission::{Catalogue, DataClass, Kind, PermissionKey};

/// What was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// An entry of the catalogue.
    Entry(PermissionKey),
    /// Something else, with the rule that refuses it, what to do, and what may be meant.
    Refused {
        /// The rule.
        rule: Rule,
        /// What is wrong and how to mend it, in one sentence without a full stop.
        message: String,
        /// The entries that may be meant, by key.
        instead: Vec<PermissionKey>,
    },
}

/// Characters that stand for anything in one language or another, and those that look like them.
const WILD: &[char] =
    &['*', '\u{FF0A}', '\u{2217}', '\u{204E}', '\u{2731}', '\u{22C6}', '\u{2605}', '%', '?', '\u{FF1F}'];
/// Words that do.
const WILD_WORDS: &[&str] = &["all", "any", "every", "everything", "anything", "wildcard", "star"];

/// Reads what a partner typed, however it is spelled: total, and never a permission that the catalogue does not hold.
#[must_use]
pub fn ask(text: &str, catalogue: &Catalogue) -> Asked {
    let plain: String = text.trim().to_lowercase();
    let words: Vec<&str> = plain.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty()).collect();
    if plain.contains(WILD) || words.iter().any(|word| WILD_WORDS.contains(word)) {
        return Asked::Refused {
            rule: Rule::Wildcard,
            message: "Name one entry of the catalogue: nothing stands for several".to_owned(),
            instead: of_resource(&words, catalogue),
        };
    }
    if let Some(class) = forbidden_class(&plain, catalogue) {
        return forbidden(class);
    }
    if let Some(entry) = catalogue.entries.iter().find(|entry| entry.key.as_str() == plain) {
        return match catalogue.forbidden_classes(entry).first() {
            Some(class) if catalogue.is_forbidden(entry) => forbidden(class),
            _ => Asked::Entry(entry.key.clone()),
        };
    }
    if let Some(class) = forbidden_by_name(&plain, &words, catalogue) {
        return forbidden(class);
    }
    let instead = of_resource(&words, catalogue);
    let is_whole_resource = match plain.split_once(':') {
        Some((kind, resource)) => Kind::from_word(kind).is_some() && !resource.contains('.'),
        None => words.len() == 1,
    };
    if is_whole_resource && !instead.is_empty() {
        return Asked::Refused {
            rule: Rule::Broad,
            message: "Name the narrower entry that does what you need".to_owned(),
            instead,
        };
    }
    Asked::Refused {
        rule: Rule::PartnerDefined,
        message: "Choose a permission of the catalogue: this one is not in it".to_owned(),
        instead,
    }
}

fn forbidden(class: &DataClass) -> Asked {
    Asked::Refused {
        rule: Rule::ForbiddenData,
        message: format!("Ask for something else: {} cannot be shared with partners", class.name),
        instead: vec![],
    }
}

/// The class by its own name, as the extension guide spells it: `read:raw-report-text`, `read:simulation-data`.
fn forbidden_class<'c>(plain: &str, catalogue: &'c Catalogue) -> Option<&'c DataClass> {
    let path = plain.split_once(':').map_or(plain, |(_, path)| path);
    let flat: String = path.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    catalogue.classes.iter().find(|class| class.is_forbidden && flat == class.key.as_str())
}

/// The class of a forbidden field that is named by itself (`read:items.account_number`), or of a resource of which
/// everything is forbidden (`read:simulations`).
fn forbidden_by_name<'c>(plain: &str, words: &[&str], catalogue: &'c Catalogue) -> Option<&'c DataClass> {
    let path = plain.split_once(':').map_or(plain, |(_, path)| path);
    let class = |key| catalogue.class(key).filter(|class| class.is_forbidden);
    let fields = || catalogue.entries.iter().flat_map(|entry| &entry.fields);
    if let Some(field) = fields().find(|field| field.name.as_str() == path) {
        return class(&field.class);
    }
    let of_resource =
        || fields().filter(|field| words.iter().any(|word| field.name.as_str().split('.').next() == Some(word)));
    let first = of_resource().next()?;
    if of_resource().all(|field| class(&field.class).is_some()) { class(&first.class) } else { None }
}

/// The entries of the resource that is named, of the kind that is named, if one is: those that can be had.
fn of_resource(words: &[&str], catalogue: &Catalogue) -> Vec<PermissionKey> {
    let kind = words.first().and_then(|word| Kind::from_word(word));
    let named = |resource: &str| words.iter().any(|word| *word == resource || format!("{word}s") == resource);
    let meant = catalogue.entries.iter().filter(|entry| {
        let is_meant = named(entry.key.resource()) && kind.is_none_or(|kind| kind == entry.kind());
        is_meant && !catalogue.is_forbidden(entry)
    });
    meant.map(|entry| entry.key.clone()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::policy::evaluate::tests::catalogue;

    fn rule(text: &str) -> Option<Rule> {
        match ask(text, &catalogue()) {
            Asked::Entry(_) => None,
            Asked::Refused { rule, .. } => Some(rule),
        }
    }

    #[test]
    fn an_entry_is_found_and_spaces_and_capitals_are_forgiven() {
        let Asked::Entry(key) = ask("  Read:Items.Status ", &catalogue()) else { panic!("it is there") };
        assert_eq!(key.as_str(), "read:items.status");
    }

    #[test]
    fn a_wildcard_is_refused_in_any_spelling() {
        for text in [
            "*",
            "read:*",
            "read:items.*",
            "report.*",
            "all",
            ".All",
            "ALL",
            "<any>",
            "read:items.all",
            "read:items.<ANY>",
            "read:ITEMS.\u{FF0A}",
            "read:items.\u{2217}",
            "read:items.%",
            "read:items.?",
            "everything",
        ] {
            assert_eq!(rule(text), Some(Rule::Wildcard), "{text}");
        }
        assert_eq!(rule("read:items.allowance"), Some(Rule::PartnerDefined), "a word that only begins so is none");
    }

    #[test]
    fn a_whole_resource_is_answered_with_its_narrower_entries() {
        for text in ["read:items", "items", "Items", "item"] {
            let Asked::Refused { rule, instead, .. } = ask(text, &catalogue()) else { panic!("{text}") };
            assert_eq!(rule, Rule::Broad, "{text}");
            assert!(instead.iter().any(|key| key.as_str() == "read:items.status"), "{text}: {instead:?}");
        }
    }

    #[test]
    fn forbidden_data_is_refused_by_name() {
        for text in ["read:items.remarks", "items.remarks"] {
            let Asked::Refused { rule, message, .. } = ask(text, &catalogue()) else { panic!("{text}") };
            assert!(rule == Rule::ForbiddenData && message.contains("raw parsed items"), "{text}: {message}");
        }
        for text in [
            "reports",
            "read:reports",
            "read:reports.letterhead",
            "read:raw-report-text",
            "read:reports.raw_text",
            "read:raw_report_text",
            "raw report text",
        ] {
            let Asked::Refused { rule, message, .. } = ask(text, &catalogue()) else { panic!("{text}") };
            assert_eq!(rule, Rule::ForbiddenData, "{text}");
            assert!(message.contains("raw report text"), "{message}");
        }
    }

    #[test]
    fn what_a_partner_makes_up_is_refused() {
        for text in ["", "read:credit.score", "delete:items.status", "read:items.colour", "<script>alert(1)</script>"] {
            assert_eq!(rule(text), Some(Rule::PartnerDefined), "{text}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_gets_an_answer_and_only_the_catalogue_a_yes(
            at in any::<prop::sample::Index>(), cut in any::<prop::sample::Index>(), other in "(\\PC|.){0,3}", typed in ".{0,40}", is_near in prop::bool::weighted(0.8),
        ) {
            // Mostly a key of the catalogue, whole or with something put into it: what is typed is rarely far off.
            let catalogue = catalogue();
            let key = at.get(&catalogue.entries).key.to_string();
            let mut text = if is_near { key } else { typed };
            let places: Vec<_> = text.char_indices().map(|(place, _)| place).collect();
            if !places.is_empty() {
                text.insert_str(*cut.get(&places), &other);
            }
            match ask(&text, &catalogue) {
                Asked::Entry(key) => {
                    prop_assert_eq!(key.as_str(), text.trim().to_lowercase());
                    prop_assert!(catalogue.entry(&key).is_some_and(|entry| !catalogue.is_forbidden(entry)));
                }
                Asked::Refused { instead, .. } => {
                    prop_assert!(instead.iter().all(|key| catalogue.entry(key).is_some_and(|entry| !catalogue.is_forbidden(entry))));
                }
            }
        }
    }
}
