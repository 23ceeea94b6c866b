//! What stands in an e-mail.

use std::fmt::Write;

/// How many notices an e-mail lists.
pub const MOST_LISTED: u8 = 50;

/// What a notice says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// In a few words, with what it is about.
    pub title: String,
    /// In a sentence.
    pub line: String,
    /// The page that it leads to.
    pub path: String,
}

/// An e-mail as it is read: plain text, with the address of the page on which something can be done. It never does anything
/// itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
}

impl Letter {
    /// An e-mail that lists these notices, of which there may be more, of the site at `base`.
    #[must_use]
    pub fn new(notices: &[Said], is_more: bool, base: &str) -> Self {
        let subject = match notices {
            [only] if !is_more => only.title.clone(),
            several => {
                let count = if is_more { format!("More than {}", several.len()) } else { several.len().to_string() };
                format!("KWANUS Governance: {count} notices")
            }
        };
        let mut text = String::new();
        for Said { title, line, path } in notices {
            // Writing to a string does not fail.
            let _ = writeln!(text, "{title}\n{line}\n{base}{path}\n");
        }
        if is_more {
            let _ = writeln!(text, "The others stand in your inbox: {base}/inbox\n");
        }
        let _ = writeln!(text, "Choose how you are told, or that you are not, by email: {base}/inbox#delivery");
        Self { subject, text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(number: u8) -> Said {
        Said {
            title: format!("PJ-2026-000{number} is before your board"),
            line: "Orbit CRM, Client Timeline.".into(),
            path: format!("/cases/PJ-2026-000{number}"),
        }
    }

    #[test]
    fn an_email_about_one_thing_is_called_by_it() {
        let letter = Letter::new(&[said(1)], false, "https://g.example");
        assert_eq!(letter.subject, "PJ-2026-0001 is before your board");
        assert_eq!(
            letter.text,
            "PJ-2026-0001 is before your board\nOrbit CRM, Client Timeline.\nhttps://g.example/cases/PJ-2026-0001\n\n\
             Choose how you are told, or that you are not, by email: https://g.example/inbox#delivery\n"
        );
    }

    #[test]
    fn a_digest_lists_what_there_is_and_says_where_the_rest_stands() {
        let few = Letter::new(&[said(1), said(2)], false, "https://g.example");
        assert_eq!(few.subject, "KWANUS Governance: 2 notices");
        assert!(few.text.contains("/cases/PJ-2026-0001\n\n") && few.text.contains("/cases/PJ-2026-0002\n\n"));
        assert!(!few.text.contains("The others"));
        let many = Letter::new(&[said(1), said(2)], true, "https://g.example");
        assert_eq!(many.subject, "KWANUS Governance: More than 2 notices");
        assert!(many.text.contains("The others stand in your inbox: https://g.example/inbox\n"));
    }
}
