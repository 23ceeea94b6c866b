//! What a person is told of what others did, in their inbox and by e-mail. Nothing is decided by it, and nobody answers it: each
//! notice leads to the page where that is done.

mod delivery;
mod failure;
mod kind;
mod letter;
mod news;

pub use delivery::Delivery;
pub use failure::{Failure, wait_after};
pub use kind::NoticeKind;
pub use letter::{Letter, MOST_LISTED, Said};
pub use news::{About, News};

crate::id::id! {
    /// A notice to one person.
    NoticeId
}

crate::id::id! {
    /// An e-mail: the same on every try to send it, so that mail programs fold what comes twice.
    MailId
}
