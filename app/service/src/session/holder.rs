//! Who a session belongs to.

use chrono::{DateTime, Utc};
use kwanus_domain::account::PersonId;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The key in a session's data under which [`Holder`] stands.
pub const HOLDER: &str = "holder";
/// The key under which forms that failed are remembered: all that outlives a session that is over.
pub const MEMORIES: &str = "memories";

/// Who a session belongs to and where it began.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Holder {
    /// The person who signed in.
    pub person: PersonId,
    /// Of when the password was by which they did.
    pub credentials_at: DateTime<Utc>,
    /// From which address.
    pub address: String,
    /// With which browser.
    pub user_agent: String,
}

pub(super) fn token_hash(secret: i128) -> [u8; 32] {
    Sha256::digest(secret.to_be_bytes()).into()
}

pub(crate) fn holder(data: &serde_json::Value) -> Option<Holder> {
    data.get(HOLDER).and_then(|holder| Holder::deserialize(holder).ok())
}
