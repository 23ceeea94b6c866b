//! Tokens by which programs of partners use the API in the name of one of the partner's users.

mod authenticate;
mod create;
mod list;
mod revoke;

use kwanus_domain::account::TokenSecret;
use sha2::{Digest, Sha256};

pub use authenticate::authenticate;
pub use create::{CreateToken, create_token};
pub use list::{Token, list_tokens};
pub use revoke::revoke_token;

/// As which a secret is kept.
fn hash(secret: &TokenSecret) -> [u8; 32] {
    Sha256::digest(secret.expose()).into()
}
