//! What travels between the server and an island.

use leptos::{
    prelude::{FromServerFnError, ServerFnErrorErr},
    server_fn::codec::JsonEncoding,
};
use serde::{Deserialize, Serialize};

/// Why a server function did not answer. Closed, and with nothing in it but the kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Error {
    /// Nobody has signed in, or the session is over.
    SignIn,
    /// What was sent cannot be read.
    Malformed,
    /// The network, or our fault.
    Failed,
}

impl FromServerFnError for Error {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                Self::Malformed
            }
            _ => Self::Failed,
        }
    }
}

/// One of one's own sessions, in words ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// How it is named in the form that ends it.
    pub id: String,
    /// Whether it is the one that asks.
    pub is_this: bool,
    /// The browser and system, such as "Firefox on Linux".
    pub device: String,
    /// The address from which it began.
    pub address: String,
    /// When it began.
    pub began: Moment,
    /// When it was last used.
    pub seen: Moment,
}

/// An instant for machines and for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// ISO 8601.
    pub iso: String,
    /// `Wed 18 Nov 2026, 09:42 UTC`
    pub text: String,
    /// `4 minutes ago`
    pub ago: String,
}

/// What became of something that was typed into a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Stands for what is kept now, if it was: what is sent next names it.
    pub mark: Option<String>,
    /// What became of it, in a sentence.
    pub status: String,
    /// What the rules find now, if it was kept.
    pub notes: Option<Vec<Note>>,
}

/// What a rule finds beside a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Beside which.
    pub field: String,
    /// The word of the verdict, as it is to whoever is still writing.
    pub verdict: String,
    /// What is wrong and how to mend it.
    pub message: String,
    /// The id of the rule.
    pub rule: String,
    /// The source of the rule.
    pub citation: String,
}

#[cfg(feature = "ssr")]
impl From<&kwanus_domain::policy::Finding> for Note {
    fn from(finding: &kwanus_domain::policy::Finding) -> Self {
        Self {
            field: finding.place.field.to_owned(),
            verdict: finding.while_writing().label().to_owned(),
            message: finding.message.clone(),
            rule: finding.rule.id.to_owned(),
            citation: finding.citation(),
        }
    }
}
