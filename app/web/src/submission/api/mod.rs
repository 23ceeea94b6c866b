//! What a partner's user does to a submission: each a form that is posted to `/do/<verb>`.

pub mod draft;
pub mod part;
pub mod permission;
