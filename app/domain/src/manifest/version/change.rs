//! What changed from one version to the next.

use crate::declaration::{Declaration, Extension, How, PartDifference, difference};

/// How many parts are named of those that changed alike.
const MOST_NAMED: usize = 3;
/// How much of the name of a part is shown, in characters.
const LONGEST: usize = 80;

/// What changed from the version before, in a sentence. That its number did is known.
#[must_use]
pub fn changes(before: Option<&Declaration>, now: &Declaration) -> String {
    let Some(before) = before else { return "The first version on record.".to_owned() };
    let parts = difference(&unnumbered(before), &unnumbered(now));
    let said = [How::Added, How::Changed, How::Removed].into_iter().filter_map(|how| named(&parts, how));
    let sentence = said.collect::<Vec<_>>().join("; ");
    let mut letters = sentence.chars();
    match letters.next() {
        Some(first) => format!("{}{}.", first.to_uppercase(), letters.as_str()),
        None => "Nothing that is declared changed.".to_owned(),
    }
}

fn unnumbered(declaration: &Declaration) -> Declaration {
    let extension = declaration.extension.clone().map(|extension| Extension { version: None, ..extension });
    Declaration { extension, ..declaration.clone() }
}

/// `added “Endpoint: GET /v4/notes” and 2 more`; none where nothing changed so.
fn named(parts: &[PartDifference], how: How) -> Option<String> {
    let titles: Vec<_> = parts.iter().filter(|part| part.how == how).map(|part| short(&part.title)).collect();
    let shown = titles.iter().take(MOST_NAMED).map(|title| format!("“{title}”")).collect::<Vec<_>>().join(", ");
    let verb = how.label().to_lowercase();
    match titles.len().saturating_sub(MOST_NAMED) {
        _ if titles.is_empty() => None,
        0 => Some(format!("{verb} {shown}")),
        more => Some(format!("{verb} {shown} and {more} more")),
    }
}

fn short(title: &str) -> String {
    match title.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &title[..end]),
        None => title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        manifest::{Manifest, parse},
        policy::tests::catalogue,
    };

    fn of(text: &str) -> Declaration {
        Manifest::of(&parse(text).unwrap(), &catalogue()).declaration
    }

    #[test]
    fn what_changed_is_named_and_the_number_of_the_version_is_not() {
        let first = of(r#"{ "version": "1.0.0", "entry": "a.js", "permissions": ["read:items.status"] }"#);
        assert_eq!(changes(None, &first), "The first version on record.");
        let next = of(r#"{ "version": "1.0.1", "entry": "a.js", "permissions": ["read:items.status"] }"#);
        assert_eq!(changes(Some(&first), &next), "Nothing that is declared changed.");
        let other = of(r#"{ "version": "1.1.0", "entry": "b.js", "permissions": ["read:items.summary"],
                "api": { "endpoints": [{ "path": "a" }, { "path": "b" }] } }"#);
        assert_eq!(
            changes(Some(&next), &other),
            "Added “read:items.summary”, “Use of the API”, “Endpoint: a” and 1 more; changed “Extension”; \
             removed “read:items.status”."
        );
    }

    #[test]
    fn a_long_name_is_cut() {
        let long = of(&format!(r#"{{ "workflows": [{{ "name": "{}", "kind": "triggered" }}] }}"#, "ж".repeat(200)));
        let said = changes(Some(&Declaration::default()), &long);
        assert!(said.ends_with("…”.") && said.chars().count() < 120, "{said}");
    }
}
