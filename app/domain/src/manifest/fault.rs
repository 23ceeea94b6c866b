//! What in a manifest cannot be read as what it should be.

use crate::{Violation, declaration::Answer, text::line};

/// The longest name or path, in characters.
const LONGEST_LINE: usize = 200;

/// Something that cannot be read as what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where, as a JSON pointer (RFC 6901).
    pub pointer: String,
    /// What is wrong and how to mend it.
    pub message: String,
}

/// Faults as they are found.
#[derive(Debug, Default)]
pub(super) struct Faults(Vec<Fault>);

impl Faults {
    pub fn add(&mut self, pointer: String, violation: Violation) {
        self.0.push(Fault { pointer, message: violation.message.into_owned() });
    }

    /// An answer, if there is one that can be read.
    pub fn answer(&mut self, pointer: &str, text: Option<&str>) -> Option<Answer> {
        match Answer::parse_draft("", text?) {
            Ok(answer) => answer,
            Err(violation) => {
                self.add(pointer.to_owned(), violation);
                None
            }
        }
    }

    /// A line that must be there; what cannot be read stands in as nothing.
    pub fn line(&mut self, pointer: &str, missing: &'static str, text: &str) -> String {
        line("", missing, LONGEST_LINE, text).unwrap_or_else(|violation| {
            self.add(pointer.to_owned(), violation);
            String::new()
        })
    }

    pub fn into_all(self) -> Vec<Fault> {
        self.0
    }
}
