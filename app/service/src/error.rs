//! Why an action did not happen.

use chrono::Duration;
use kwanus_domain::Violation;

/// What an action returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why not. Each door (pages, machines, command line) shows these in its own way.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Nobody has signed in.
    #[error("sign in first")]
    SignIn,
    /// Somebody has, and may not do this; the sentence says who may.
    #[error("{0}")]
    Forbidden(&'static str),
    /// There is no such thing, or none that this caller may know of.
    #[error("not found")]
    NotFound,
    /// What was typed breaks rules.
    #[error("{}", .0.iter().map(|violation| &*violation.message).collect::<Vec<_>>().join("; "))]
    Invalid(Vec<Violation>),
    /// Somebody else changed it meanwhile; the sentence says what.
    #[error("{0}")]
    Conflict(String),
    /// The same, field by field: what stands there now.
    #[error("{what}")]
    Changed {
        /// What happened, in one sentence.
        what: String,
        /// What each field that differs says now.
        now: Vec<Violation>,
    },
    /// What was written on is not there to be written on any more; the sentence says why. What was typed is kept.
    #[error("{0}")]
    Gone(String),
    /// Too many attempts: wait.
    #[error("too many attempts")]
    Wait(Duration),
    /// Our fault. The door logs it and shows a reference.
    #[error("internal error")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// What fields whose value somebody else changed say now, each with its name and that value, for [`Error::Changed`].
pub(crate) fn say_now(fields: impl IntoIterator<Item = (&'static str, bool, String)>) -> Vec<Violation> {
    let differing = fields.into_iter().filter(|(_, is_same, _)| !is_same);
    let said = differing.map(|(field, _, now)| {
        let now = if now.is_empty() { "It is empty now".to_owned() } else { format!("It says now: {now}") };
        Violation::with_message(field, "changed", now)
    });
    said.collect()
}

impl Error {
    /// Whether running the whole action again may succeed.
    pub(crate) fn is_transient(&self) -> bool {
        match self {
            Self::Internal(source) => {
                source.downcast_ref::<kwanus_store::Error>().is_some_and(kwanus_store::Error::is_transient)
            }
            _ => false,
        }
    }

    /// The error and what caused it, in one line for the log.
    #[must_use]
    pub fn chain(&self) -> String {
        let mut line = self.to_string();
        let mut source = std::error::Error::source(self);
        while let Some(error) = source {
            line = format!("{line}: {error}");
            source = error.source();
        }
        line
    }
}

impl From<kwanus_store::Error> for Error {
    fn from(error: kwanus_store::Error) -> Self {
        Self::Internal(Box::new(error))
    }
}

impl From<Violation> for Error {
    fn from(violation: Violation) -> Self {
        Self::Invalid(vec![violation])
    }
}
