//! The API for everybody: what a partner's build needs before anything is declared. Nothing in it is anybody's: it reads no
//! session and changes nothing, so that any program may call it, wherever it runs.

mod document;
mod limit;
mod lint;
mod openapi;
mod rules;
mod schema;

pub(super) use limit::{Limiter, limit};
pub(super) use lint::lint;
pub(super) use openapi::describe;
pub use openapi::openapi;
pub(super) use rules::rules;
pub(super) use schema::schema;
