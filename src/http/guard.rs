//! Who is let in: requests for our name, and mutations from our own pages.

use std::net::SocketAddr;

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::Shared;
use crate::config::{Reach, is_loopback_authority};

const FORWARDED_PROTO: header::HeaderName = header::HeaderName::from_static("x-forwarded-proto");

/// Refuses requests for another name (which is how a page elsewhere could reach a server on this machine), and those
/// that came by plain http where https is spoken.
pub(super) async fn host(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let authority = text(request.headers(), &header::HOST).unwrap_or_default();
    let is_ours = match &shared.config.reach {
        Reach::Loopback => is_loopback_authority(authority),
        Reach::Public { authority: ours, .. } => {
            let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
            let is_https = text(request.headers(), &FORWARDED_PROTO) == Some("https");
            authority.eq_ignore_ascii_case(ours) && is_https && peer.is_some_and(|peer| shared.config.is_trusted(peer))
        }
    };
    if is_ours { next.run(request).await } else { StatusCode::MISDIRECTED_REQUEST.into_response() }
}

/// Lets a mutation pass only when the browser says that it comes from a page of ours: every header that speaks of it must
/// say so, and at least one must be there.
pub(super) async fn origin(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let is_safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if is_safe || is_same_origin(&shared.config.reach, request.headers()) {
        next.run(request).await
    } else {
        StatusCode::FORBIDDEN.into_response()
    }
}

fn is_same_origin(reach: &Reach, headers: &HeaderMap) -> bool {
    let ours = match reach {
        Reach::Loopback => format!("http://{}", text(headers, &header::HOST).unwrap_or_default()),
        Reach::Public { origin, .. } => origin.clone(),
    };
    let says = |name: &str, expected: &str| headers.get(name).map(|value| value.as_bytes() == expected.as_bytes());
    match (says("origin", &ours), says("sec-fetch-site", "same-origin")) {
        (None, None) => false,
        (origin, site) => origin.unwrap_or(true) && site.unwrap_or(true),
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &header::HeaderName) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mutation_passes_only_from_a_page_of_ours() {
        let reach = Reach::Public { origin: "https://g.example".into(), authority: "g.example".into() };
        for (origin, site, passes) in [
            (Some("https://g.example"), Some("same-origin"), true),
            (Some("https://g.example"), None, true),
            (None, Some("same-origin"), true),
            (None, None, false),
            (Some("null"), None, false),
            (Some("null"), Some("same-origin"), false),
            (Some("https://evil.example"), Some("cross-site"), false),
            (Some("https://evil.example"), Some("same-origin"), false),
            (Some("https://a.g.example"), Some("same-site"), false),
            (Some("https://g.example"), Some("cross-site"), false),
            (Some("https://g.example"), Some("none"), false),
            (Some("http://g.example"), None, false),
        ] {
            let mut headers = HeaderMap::new();
            for (name, value) in [("origin", origin), ("sec-fetch-site", site)] {
                if let Some(value) = value {
                    headers.insert(name, value.parse().unwrap());
                }
            }
            assert_eq!(is_same_origin(&reach, &headers), passes, "{origin:?} {site:?}");
        }
    }
}
