//! What a partner connects to KWANUS OS, and the stage that it is in (`PartnerIntegrationSpec` §2, §10).

mod layer;
mod name;
mod stage;

pub use layer::{Layer, Layers};
pub use name::{Description, IntegrationName};
pub use stage::Stage;

crate::id::id! {
    /// An integration.
    IntegrationId
}
