//! The API: what a partner's build needs before anything is declared, which is nobody's and for everybody; and submitting,
//! for which a program bears a token. It reads no session, so that any program may call it, wherever it runs, and no page
//! elsewhere can act by it in the name of whoever has signed in.

mod bearer;
mod document;
mod idempotency;
mod limit;
mod lint;
mod openapi;
mod refused;
mod rules;
mod schema;
mod submission;
mod submit;
mod version;

pub(super) use limit::{Limiter, limit};
pub(super) use lint::lint;
pub(super) use openapi::describe;
pub use openapi::openapi;
pub(super) use rules::rules;
pub(super) use schema::schema;
pub(super) use submission::submission;
pub(super) use submit::submit;
pub(super) use version::{record_version, versions};
