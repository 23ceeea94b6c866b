//! What stands behind the cookie: sessions, kept by the SHA-256 of their secret.

mod holder;
mod keep;
mod resume;

pub(crate) use holder::holder;
pub use holder::{HOLDER, Holder, MEMORIES};
pub use keep::{create, delete, load, purge, save};
pub use resume::{Resumed, resume};
