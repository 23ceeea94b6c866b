//! What each command does. Their errors are lines for a person.

mod export;
mod lint;
mod migrate;
mod openapi;
mod serve;
mod user;

pub use export::export;
pub use lint::lint;
pub use migrate::migrate;
pub use openapi::openapi;
pub use serve::serve;
pub use user::user;

/// What a command returns: nothing, or the line to show.
pub type Outcome = Result<(), Box<dyn std::error::Error>>;
