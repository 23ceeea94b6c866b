//! The secret of a token that was created, on its way to the page that shows it once.

use kwanus_domain::account::{PersonId, TokenSecret};

use super::once::Once;
use crate::state::Visit;

const ISSUED: Once = Once { cookie: "issued_token", page: "/account" };

/// Sends the secret along to the next page, for that person.
pub(super) fn give(owner: PersonId, secret: &TokenSecret) {
    ISSUED.give(&format!("{owner}.{}", secret.expose()));
}

/// Takes the secret out, for its owner: somebody else may have signed in since.
pub(super) fn take(visit: &Visit) -> Option<TokenSecret> {
    let person = visit.person()?;
    let issued = ISSUED.take()?;
    let (owner, secret) = issued.split_once('.')?;
    // Whatever else stands there is not one of ours.
    TokenSecret::parse(secret).filter(|_| owner == person.id().to_string())
}
