//! A person's identifier, and the link by which they set a password.

use chrono::Duration;

crate::id::id! {
    /// A person who can sign in.
    PersonId
}

crate::id::id! {
    /// A session as its owner may name it; not the secret in the cookie.
    SessionId
}

/// How long a one-time link to set a password is good for.
pub const LINK_LIFETIME: Duration = Duration::hours(24);
