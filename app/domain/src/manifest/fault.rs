//! What in a manifest cannot be read as what it should be.

use std::fmt::Display;

use super::Refused;
use crate::{
    Violation,
    declaration::Answer,
    permission::{Catalogue, PermissionKey},
    policy::{Asked, Rule, ask},
    text::line,
};

/// The longest name or path, in characters.
pub(super) const LONGEST_LINE: usize = 200;

/// Something that cannot be read as what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where, as a JSON pointer (RFC 6901).
    pub pointer: String,
    /// What is wrong and how to mend it.
    pub message: String,
}

/// Faults as they are found, and what is asked for and is no permission.
#[derive(Debug, Default)]
pub(super) struct Faults<'c> {
    all: Vec<Fault>,
    refused: Vec<Refused>,
    /// What there is to be named; none where keys are taken as they stand.
    catalogue: Option<&'c Catalogue>,
}

impl<'c> Faults<'c> {
    /// For what is read against a catalogue; an empty one holds nothing against anybody.
    pub fn against(catalogue: &'c Catalogue) -> Self {
        Self { catalogue: Some(catalogue).filter(|it| !it.entries.is_empty()), ..Self::default() }
    }

    pub fn add(&mut self, pointer: String, violation: Violation) {
        self.all.push(Fault { pointer, message: violation.message.into_owned() });
    }

    /// An answer, if there is one that can be read.
    pub fn answer(&mut self, pointer: impl Display, text: Option<&str>) -> Option<Answer> {
        match Answer::parse_draft("", text?) {
            Ok(answer) => answer,
            Err(violation) => {
                self.add(pointer.to_string(), violation);
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

    /// A permission that something needs, by its key. One that is spelled otherwise is asked for as in the list of permissions;
    /// whether there is one of that key is for the rules to say.
    pub fn key(&mut self, pointer: impl Display, text: &str) -> Option<PermissionKey> {
        match (PermissionKey::parse(text), self.catalogue) {
            (Ok(key), _) => Some(key),
            (Err(_), Some(catalogue)) => match ask(text, catalogue) {
                Asked::Entry(key) => Some(key),
                Asked::Refused { rule, message, instead } => {
                    self.refuse(pointer.to_string(), rule, message, &instead);
                    None
                }
            },
            (Err(violation), None) => {
                self.add(pointer.to_string(), violation);
                None
            }
        }
    }

    /// What was asked for is no permission; these may be meant.
    pub fn refuse(&mut self, pointer: String, rule: &'static Rule, message: String, instead: &[PermissionKey]) {
        let keys = instead.iter().map(PermissionKey::as_str).collect::<Vec<_>>().join(", ");
        let message = if keys.is_empty() { message } else { format!("{message}. You may mean {keys}") };
        self.refused.push(Refused { pointer, rule, message });
    }

    pub fn into_all(self) -> (Vec<Fault>, Vec<Refused>) {
        (self.all, self.refused)
    }
}
