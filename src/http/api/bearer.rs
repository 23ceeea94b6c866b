//! Who asks, by the token that a request bears.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use kwanus_service::{Caller, account};

use crate::http::{Shared, problem::Problem, visit};

/// Whoever bears a token. This is the one place where a token becomes a [`Caller`].
pub(in crate::http) struct ByToken(pub(super) Caller);

impl FromRequestParts<Shared> for ByToken {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Problem> {
        let secret = secret(&parts.headers).ok_or(Problem::Token)?;
        let origin = visit::origin(&shared.config, &parts.extensions, &parts.headers);
        let bearer = account::authenticate(&shared.state.db, secret, origin).await?.ok_or(Problem::Token)?;
        Ok(Self(Caller::Token(Box::new(bearer))))
    }
}

/// What stands behind `Bearer`, in whatever letters that is written.
fn secret(headers: &HeaderMap) -> Option<&str> {
    let (scheme, secret) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_stands_behind_its_scheme() {
        for (text, read) in [
            ("Bearer kwanus_a", Some("kwanus_a")),
            ("bearer  kwanus_a ", Some("kwanus_a")),
            ("Basic kwanus_a", None),
            ("kwanus_a", None),
            ("Bearerkwanus_a", None),
        ] {
            let headers = HeaderMap::from_iter([(header::AUTHORIZATION, text.parse().unwrap())]);
            assert_eq!(secret(&headers), read, "{text}");
        }
        assert_eq!(secret(&HeaderMap::new()), None);
    }
}
