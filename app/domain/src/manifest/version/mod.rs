//! Versions of a manifest: which of them is recorded without a vote, by what the boards approved and by the stage of
//! the integration (`PartnerIntegrationSpec` §6, §10).

mod change;
mod file;
mod number;
mod record;
mod scope;

pub use change::changes;
pub use file::{SecurityFix, VersionFile, content, parse_recorded, parse_version};
pub use number::ManifestVersion;
pub use record::{Ground, Recording, Refusal, record};
