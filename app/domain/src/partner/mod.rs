//! The organisations that integrate with KWANUS OS.

mod slug;

pub use slug::Slug;

crate::id::id! {
    /// A partner.
    PartnerId
}
