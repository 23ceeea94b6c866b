//! What is wrong with something that was typed.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// One rule that an input breaks: beside which field it is shown, a stable code for machines, and the sentence a person
/// reads, which says what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Violation {
    /// The name of the form field, the same in HTML and in JSON.
    pub field: Cow<'static, str>,
    /// Stable and closed, such as `too_short`.
    pub code: Cow<'static, str>,
    /// What to do, in one sentence without a full stop.
    pub message: Cow<'static, str>,
}

impl Violation {
    /// A violation of `field` that says `message`.
    pub const fn new(field: &'static str, code: &'static str, message: &'static str) -> Self {
        Self { field: Cow::Borrowed(field), code: Cow::Borrowed(code), message: Cow::Borrowed(message) }
    }

    /// A violation whose sentence holds a value, such as a date.
    pub const fn with_message(field: &'static str, code: &'static str, message: String) -> Self {
        Self { field: Cow::Borrowed(field), code: Cow::Borrowed(code), message: Cow::Owned(message) }
    }
}
