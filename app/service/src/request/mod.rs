//! Questions on an open submission: a board asks for a change, its partner answers, the board replies or resolves it.

mod answer;
mod answer_by_revision;
mod ask;
mod find;
mod list;
mod log;
mod reply;
mod resolve;

pub use answer::answer;
pub use ask::{AskInput, Asked, ask};
pub use list::{Entry, Thread};
pub use reply::reply;
pub use resolve::resolve;

pub(crate) use answer::record_answer;
pub(crate) use answer_by_revision::answer_by_revision;
pub(crate) use ask::record_request;
pub(crate) use find::own_submission;
pub(crate) use list::{list, pending};
pub(crate) use resolve::record_resolution;
