//! What there is to know: help, accessibility, privacy. Public, and true.

mod page;

pub(crate) use page::{AccessibilityPage, HelpPage, PrivacyPage};
