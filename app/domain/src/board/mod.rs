//! The boards that govern integrations (`PartnerIntegrationSpec` §11), and who sits on them.

mod key;
mod seat;

pub use key::BoardKey;
pub use seat::Seat;
