//! One permission as a partner declares it, answered or still to be answered.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Answer, Retention};
use crate::permission::{FieldName, PermissionKey};

/// What is asked about every permission, in the order of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    /// What it will be used for.
    Purpose,
    /// Why a narrower one would not do.
    Narrower,
    /// Where the person consents.
    Consent,
    /// How the data is deleted, and how that can be checked.
    Deletion,
    /// What happens if it is refused.
    IfRefused,
}

impl Question {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Purpose, Self::Narrower, Self::Consent, Self::Deletion, Self::IfRefused];

    /// The form's field.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Purpose => "purpose",
            Self::Narrower => "narrower",
            Self::Consent => "consent",
            Self::Deletion => "deletion",
            Self::IfRefused => "if_refused",
        }
    }

    /// The question.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Purpose => "What will you use it for?",
            Self::Narrower => "Why does a narrower permission fail?",
            Self::Consent => "Where does the person consent?",
            Self::Deletion => "How do you delete the data?",
            Self::IfRefused => "What happens if it is refused?",
        }
    }

    /// What a good answer says.
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Purpose => "One purpose, in words the person giving consent would recognise.",
            Self::Narrower => "Name the narrower permission and what breaks.",
            Self::Consent => "The screen, its words, and how often you ask.",
            Self::Deletion => "What deletes it, when, and which log shows that it was.",
            Self::IfRefused => "What people could not do, and what you would do instead.",
        }
    }

    /// What to say where the answer is missing.
    pub const fn missing(self) -> &'static str {
        match self {
            Self::Purpose => "Say what you will use it for",
            Self::Narrower => "Say why a narrower permission fails",
            Self::Consent => "Say where the person consents",
            Self::Deletion => "Say how you delete the data",
            Self::IfRefused => "Say what happens if it is refused",
        }
    }

    /// The section of the specification that asks.
    pub const fn section(self) -> u8 {
        match self {
            Self::Purpose | Self::Narrower | Self::IfRefused => 6,
            Self::Consent => 7,
            Self::Deletion => 8,
        }
    }
}

/// One permission as declared. What is `None` or empty is still to be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredPermission {
    /// Which, of the catalogue.
    pub key: PermissionKey,
    /// The fields that it is wanted for.
    pub fields: BTreeSet<FieldName>,
    /// The answers, in the order of [`Question::ALL`].
    pub answers: [Option<Answer>; 5],
    /// How long the data is kept.
    pub retention: Option<Retention>,
    /// The last day on which it is wanted.
    pub until: Option<NaiveDate>,
    /// Why the boards should allow what is restricted.
    pub reason: Option<Answer>,
}

impl DeclaredPermission {
    /// A permission about which nothing is answered yet.
    #[must_use]
    pub fn new(key: PermissionKey) -> Self {
        Self { key, fields: BTreeSet::new(), answers: [const { None }; 5], retention: None, until: None, reason: None }
    }

    /// The answer to a question, if there is one.
    #[must_use]
    pub fn answer(&self, question: Question) -> Option<&Answer> {
        self.answers[question as usize].as_ref()
    }
}
