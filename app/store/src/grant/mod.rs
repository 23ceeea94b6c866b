//! What the boards granted: by integration, and by partner.

mod partner;
mod register;
mod suspension;

pub use partner::{PartnerGrantRow, count_of_partner, list_of_partner};
pub use register::{
    GrantRow, end, end_all, insert, list_at, list_current, list_of_case, list_past, list_reduced, lock,
};
pub use suspension::{inherit, restore, resume, resume_of, suspend, withhold};
