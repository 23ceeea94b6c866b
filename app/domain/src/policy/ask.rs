//! What a partner may name when it asks for a permission.

use super::{
    Rule,
    rule::{BROAD, Check, FORBIDDEN, Name, PARTNER_DEFINED, WILDCARD, is_wild_key, words},
};
use crate::permission::{Catalogue, PermissionKey};

/// What was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// An entry of the catalogue.
    Entry(PermissionKey),
    /// Something else, with the rule that refuses it, what to do, and what may be meant.
    Refused {
        /// The rule.
        rule: &'static Rule,
        /// What is wrong and how to mend it, in one sentence without a full stop.
        message: String,
        /// The entries that may be meant, by key.
        instead: Vec<PermissionKey>,
    },
}

/// The rules of names, the gravest first: a name is refused for what is worst about it.
static OF_NAMES: &[&Rule] = &[&WILDCARD, &FORBIDDEN, &BROAD, &PARTNER_DEFINED];

/// Reads what a partner typed, however it is spelled: total, and never a permission that the catalogue does not hold.
#[must_use]
pub fn ask(text: &str, catalogue: &Catalogue) -> Asked {
    // Most ask for what there is, by its very name.
    if let Some(entry) = catalogue.entries.iter().find(|entry| entry.key.as_str() == text.trim())
        && !entry.is_retired
        && !is_wild_key(&entry.key)
        && !catalogue.is_forbidden(entry)
    {
        return Asked::Entry(entry.key.clone());
    }
    let plain = text.trim().to_lowercase();
    let words = words(&plain);
    let name = Name { plain: &plain, words: &words, catalogue };
    let entry = catalogue.entries.iter().find(|entry| entry.key.as_str() == plain);
    if let Some(entry) = entry.filter(|entry| entry.is_retired && !catalogue.is_forbidden(entry)) {
        let message = format!("Choose another permission: {} is retired, and granted no more", entry.key);
        return Asked::Refused { rule: &PARTNER_DEFINED, message, instead: vec![] };
    }
    for rule in OF_NAMES {
        // Of what stands in the catalogue under just that name, nothing but a wildcard is wrong, unless it is forbidden.
        if let Some(entry) = entry
            && **rule != WILDCARD
            && !catalogue.is_forbidden(entry)
        {
            return Asked::Entry(entry.key.clone());
        }
        for check in rule.checks {
            if let Check::Name(check) = check
                && let Some(refusal) = check(&name)
            {
                return Asked::Refused { rule, message: refusal.message, instead: refusal.instead };
            }
        }
    }
    // The last of the rules refuses whatever is not in the catalogue.
    Asked::Refused { rule: &PARTNER_DEFINED, message: PARTNER_DEFINED.words.to_owned(), instead: vec![] }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{permission::Entry, policy::evaluate::tests::catalogue};

    fn rule(text: &str) -> Option<&'static str> {
        match ask(text, &catalogue()) {
            Asked::Entry(_) => None,
            Asked::Refused { rule, .. } => Some(rule.id),
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
            "read:all_items",
            "read:items.any_field",
            // Stars that are no asterisk, or are hidden or encoded.
            "read:items.\u{FE61}",
            "read:items.\u{2731}",
            "read:items.st\u{066D}",
            "read:items.\u{1F7B6}",
            "read:items.\u{200B}*\u{200B}",
            "read:items.\u{1F300}",
            "read:items.%2A",
            "read:items.%2a",
            "read:items.&#42;",
            "read:items.\\u002a",
            "read:asterisk",
            // Patterns.
            "read:items..",
            "read:items.+",
            "read:items.[a-z]",
            "^.*$",
            "/^read:/",
            "read:items.~",
            "read:items.#",
            "read:${resource}",
            // Several in one.
            "read:items.{status,type}",
            "read:items.(status|type)",
            "status|type",
            "a,b",
            "read:items.status,items.id",
            "read:items.status; read:items.id",
            // Nothing where something is named.
            "read:",
            "read:items.",
            "read:items:",
            "items.",
            ":items.status",
            "read:items._",
            "read:items.__",
            "read:items.-",
            "_",
            // Words, whole or hidden.
            "_all",
            "-all",
            "read:items.ALL",
            "read:items.a\u{200B}ll",
            "read:items.a\u{200D}ll",
            "read:items.\u{FF21}\u{FF2C}\u{FF2C}",
            "whole",
            "read:items.full",
            "Full access",
            "complete reports",
            "read:entire",
            "read:items.x",
            "x",
        ] {
            assert_eq!(rule(text), Some("PIS-6.wildcard"), "{text}");
        }
        for text in [
            // Words that only begin or end so.
            "read:items.allowance",
            "read:profile.full_name",
            "read:items.completed_date",
            "read:items.x_ray",
            // Letters of another script look like those of a word, and are no pattern.
            "read:items.\u{0430}ll",
            "read:items.\u{1D41A}ll",
            // A range without its brackets, and a list without its commas.
            "read:items.a-z",
            "read:items.status read:items.type",
        ] {
            assert_eq!(rule(text), Some("PIS-6.partner-defined"), "{text}");
        }
    }

    #[test]
    fn what_the_catalogue_offers_is_no_wildcard() {
        let mut catalogue = Catalogue::built_in().unwrap();
        let entry = catalogue.entries.iter().find(|entry| entry.key.as_str() == "read:items.status").unwrap();
        let named = |key: &str| Entry { key: PermissionKey::parse(key).unwrap(), ..entry.clone() };
        // What administrators may have named so.
        let more = ["write:items.complete", "read:items.full", "read:items.x", "read:items.all_dates"].map(named);
        catalogue.entries.extend(more);
        for entry in catalogue.entries.iter().filter(|entry| catalogue.is_offered(entry)) {
            for text in [entry.key.to_string(), entry.key.to_string().to_uppercase()] {
                assert_eq!(ask(&text, &catalogue), Asked::Entry(entry.key.clone()), "{text}");
            }
        }
    }

    #[test]
    fn a_whole_resource_is_answered_with_its_narrower_entries() {
        for text in ["read:items", "items", "Items", "item"] {
            let Asked::Refused { rule, instead, .. } = ask(text, &catalogue()) else { panic!("{text}") };
            assert_eq!(rule.id, "PIS-6.broad", "{text}");
            assert!(instead.iter().any(|key| key.as_str() == "read:items.status"), "{text}: {instead:?}");
        }
    }

    #[test]
    fn forbidden_data_is_refused_by_name() {
        for text in ["read:items.remarks", "items.remarks"] {
            let Asked::Refused { rule, message, .. } = ask(text, &catalogue()) else { panic!("{text}") };
            assert!(rule.id == "PIS-7.forbidden-data" && message.contains("raw parsed items"), "{text}: {message}");
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
            assert_eq!(rule.id, "PIS-7.forbidden-data", "{text}");
            assert!(message.contains("raw report text"), "{message}");
        }
    }

    #[test]
    fn what_is_retired_is_refused_and_never_what_may_be_meant() {
        let mut catalogue = catalogue();
        catalogue.entries[0].is_retired = true;
        let Asked::Refused { rule, message, .. } = ask("read:items.status", &catalogue) else { panic!("retired") };
        assert!(rule.id == "PIS-6.partner-defined" && message.contains("retired"), "{message}");
        let Asked::Refused { instead, .. } = ask("read:items", &catalogue) else { panic!("it is broad") };
        assert_eq!(instead.iter().map(PermissionKey::as_str).collect::<Vec<_>>(), ["read:items.summary"]);
    }

    #[test]
    fn what_a_partner_makes_up_is_refused() {
        for text in ["", "read:credit.score", "delete:items.status", "read:items.colour", "<script>alert(1)</script>"] {
            assert_eq!(rule(text), Some("PIS-6.partner-defined"), "{text}");
        }
    }

    /// What patterns, lists and disguises are made of.
    const SIGNS: &str = "*%?#&+,;|^$~\\[]{}\u{FF0A}\u{FE61}\u{2217}\u{2731}\u{2605}\u{1F7B6}\u{FF1F}\u{FF05}";
    /// What hides or divides, and is no pattern in every place.
    const OTHERS: &str = ".:_-()<>/!@='\"\u{200B}\u{200D}\u{FEFF}\u{AD}\u{FF41}x";

    proptest! {
        #[test]
        fn no_name_in_which_a_sign_of_patterns_stands_is_a_permission(
            at in any::<prop::sample::Index>(), cut in any::<prop::sample::Index>(), sign in any::<prop::sample::Index>(),
        ) {
            let catalogue = Catalogue::built_in().unwrap();
            let key = at.get(&catalogue.entries).key.as_str();
            let signs: Vec<_> = SIGNS.chars().chain(OTHERS.chars()).collect();
            let sign = *sign.get(&signs);
            let mut text = key.to_owned();
            text.insert(cut.index(key.len() + 1), sign);
            let Asked::Refused { rule, .. } = ask(&text, &catalogue) else { panic!("{text} is accepted") };
            prop_assert!(*rule == WILDCARD || OTHERS.contains(sign), "{}: {}", text, rule.id);
        }

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
