//! What in a path stands for anything.

use super::{
    Address, DOORS, past_version,
    word::{is_among, is_parameter, is_version_segment, literal, parameters, segments},
};

/// What of a pattern may stand in a path besides stars: `[a-z]`, a list, the sign by which others are encoded.
const PATTERN: &[char] = &['%', '+', '|', '^', '[', ']', '{', '}'];
/// Words that stand for everything in the place of a resource.
const EVERYTHING: &[&str] = &["all", "any", "anything", "every", "everything", "wildcard"];
/// What parameters are called that stand for any resource.
const ANYTHING: &[&str] =
    &["any", "collection", "endpoint", "entity", "path", "proxy", "resource", "resources", "rest"];

/// Whether it stands for anything in a path, or looks like what does: an asterisk, a star.
pub const fn is_star(c: char) -> bool {
    matches!(
        c,
        '*' | '\u{066D}' | '\u{203B}' | '\u{2042}' | '\u{204E}' | '\u{2051}' | '\u{2055}' | '\u{20F0}' | '\u{2217}' | '\u{229B}'
            | '\u{22C6}' | '\u{2605}' | '\u{2606}' | '\u{2722}'..='\u{274B}' | '\u{2B50}' | '\u{2BE8}' | '\u{FE61}' | '\u{FF0A}'
            | '\u{1F31F}' | '\u{1F7B0}'..='\u{1F7BF}'
    )
}

impl Address<'_> {
    /// Whether something in it stands for anything.
    pub fn is_wild(&self) -> bool {
        // What stands before the first slash is no part of the path: a method that is none.
        let path = self.path();
        let path = &path[path.find('/').unwrap_or(0)..];
        let literal = literal(path);
        let is_word = |segment: &&str| !is_parameter(segment);
        // Below the door of every API stands the resource.
        let mut places = past_version(&literal).filter(|it| !is_among(it, &["api"]));
        let is_any_resource = match places.next() {
            Some(place) if is_word(&place) => segments(place).next().is_some_and(|it| is_among(it, EVERYTHING)),
            // Whose resource it is may stand before it, `{tenant}/items`; or what has the version, `items/v1/{id}`.
            Some(_) => {
                let mut before =
                    literal.split('/').take_while(|it| !is_version_segment(it)).filter(|it| !it.is_empty());
                let is_named = before.any(|it| is_word(&it) && !is_among(it, DOORS)) || places.any(|it| is_word(&it));
                !is_named || parameters(path).any(|it| is_among(it, ANYTHING))
            }
            None => false,
        };
        self.target().contains(is_star)
            || literal.contains(PATTERN)
            || path.contains("...")
            || parameters(path).any(is_any_path)
            || is_any_resource
    }
}

/// Whether a parameter stands for more than a segment, or for several: `{proxy+}`, `{path:.+}`, `<path:rest>`, `{a,b}`.
fn is_any_path(parameter: &str) -> bool {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
    let is_converted = parameter.contains(':') && parameter.split(':').any(|part| part == "path");
    is_converted || !parameter.chars().all(is_plain)
}
