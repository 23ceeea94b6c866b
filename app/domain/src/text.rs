//! Text that people type: read once, kept clean.

use crate::Violation;

/// Declares a newtype over `String` whose only way in is its own `parse(text) -> Result<Self, Violation>`.
macro_rules! text {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// As text.
            pub fn as_str(&self) -> &str { &self.0 }
        }

        impl TryFrom<String> for $name {
            type Error = String;
            fn try_from(text: String) -> Result<Self, String> {
                Self::parse(&text).map_err(|violation| violation.message.into_owned())
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self { text.0 }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }
    };
}
pub(crate) use text;

/// One line of 1 to `longest` characters. Spaces around it, and doubled inside, are forgiven.
pub(crate) fn line(
    field: &'static str,
    missing: &'static str,
    longest: usize,
    text: &str,
) -> Result<String, Violation> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    check(field, missing, longest, line, char::is_control)
}

/// One line of 1 to `longest` characters, kept as it is but for spaces around it.
pub(crate) fn verbatim(
    field: &'static str,
    missing: &'static str,
    longest: usize,
    text: &str,
) -> Result<String, Violation> {
    check(field, missing, longest, text.trim().to_owned(), char::is_control)
}

/// Prose of 1 to `longest` characters, with line breaks. Spaces around it are forgiven.
pub(crate) fn prose(
    field: &'static str,
    missing: &'static str,
    longest: usize,
    text: &str,
) -> Result<String, Violation> {
    let prose = if text.contains('\r') { &text.replace("\r\n", "\n").replace('\r', "\n") } else { text };
    let prose = prose.trim().to_owned();
    check(field, missing, longest, prose, |c| c.is_control() && !matches!(c, '\n' | '\t'))
}

fn check(
    field: &'static str,
    missing: &'static str,
    longest: usize,
    text: String,
    is_foreign: impl Fn(char) -> bool,
) -> Result<String, Violation> {
    // No text has more characters than bytes: most are not counted.
    let length = if text.len() > longest { text.chars().count() } else { text.len() };
    if text.is_empty() {
        Err(Violation::new(field, "missing", missing))
    } else if length > longest {
        let message = format!("Use at most {longest} characters; these are {length}");
        Err(Violation::with_message(field, "too_long", message))
    } else if text.chars().any(|c| is_foreign(c) || is_invisible(c)) {
        Err(Violation::new(field, "invisible", "Remove the invisible characters"))
    } else {
        Ok(text)
    }
}

/// Zero-width, blank and direction-changing characters and tags, by which one text can be made to look like another.
/// Joiners that scripts need (U+200C, U+200D) stay, and so does every script that runs from right to left.
pub(crate) fn is_invisible(c: char) -> bool {
    // Most text is made of letters before the first of them.
    c >= '\u{00AD}'
        && matches!(
            c,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}' | '\u{200B}'
                | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
                | '\u{E0000}'..='\u{E0FFF}'
        )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_keeps_its_script_and_loses_its_extra_spaces() {
        for (typed, kept) in [("  Priya   Raman ", "Priya Raman"), ("محمد رضا", "محمد رضا"), ("李小龍\n", "李小龍")]
        {
            assert_eq!(line("name", "", 100, typed).unwrap(), kept);
        }
    }

    #[test]
    fn a_line_kept_as_it_is_keeps_the_spaces_within() {
        assert_eq!(verbatim("file", "", 100, " a  b.pdf ").unwrap(), "a  b.pdf");
        assert_eq!(verbatim("file", "", 100, "a\nb.pdf").unwrap_err().code, "invisible");
    }

    #[test]
    fn prose_keeps_its_line_breaks() {
        assert_eq!(prose("purpose", "", 100, " one\r\n\r\ntwo\tthree ").unwrap(), "one\n\ntwo\tthree");
    }

    #[test]
    fn text_that_hides_something_is_refused() {
        for (typed, code) in [
            ("", "missing"),
            (" \n ", "missing"),
            ("Priya\u{202E}namaR", "invisible"),
            ("Pri\u{200B}ya", "invisible"),
            ("a\u{0007}", "invisible"),
            ("\u{3164}", "invisible"),
            ("Pri\u{61C}ya", "invisible"),
            ("Priya\u{E0041}", "invisible"),
            (&*"a".repeat(101), "too_long"),
        ] {
            assert_eq!(line("name", "", 100, typed).unwrap_err().code, code, "{typed:?}");
            assert_eq!(prose("name", "", 100, typed).unwrap_err().code, code, "{typed:?}");
        }
    }

    proptest! {
        #[test]
        fn reading_is_total_and_what_was_read_reads_as_itself(typed in "\\PC{0,60}|.{0,60}") {
            if let Ok(text) = line("name", "", 50, &typed) {
                prop_assert_eq!(line("name", "", 50, &text), Ok(text));
            }
            if let Ok(text) = prose("name", "", 50, &typed) {
                prop_assert_eq!(prose("name", "", 50, &text), Ok(text));
            }
        }
    }
}
