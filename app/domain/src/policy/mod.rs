//! The policy engine: what `PartnerIntegrationSpec` says of a declaration, with its citation.
//!
//! Pure and total: any declaration gets an answer, the same one every time. Rules are data with one test each; to add one,
//! add it to [`Rule`] with its words, and its test to `evaluate.rs`.

mod ask;
mod evaluate;
mod finding;
mod limit;
mod rule;

pub use ask::{Asked, ask};
pub use evaluate::{Context, evaluate};
pub use finding::{Finding, Verdict, may_submit};
pub use limit::{SHORT_RETENTION, longest_grant};
pub use rule::{RULES_VERSION, Rule};
