//! Recognising who asks.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{Extensions, HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use kwanus_domain::account::Theme;
use kwanus_service::{
    Caller, Origin,
    session::{Resumed, resume},
};
use kwanus_web::{THEME_COOKIE, Visit};
use tower_sessions::Session;

use super::{Shared, request_id::RequestId};
use crate::config::{Config, Reach};

/// The most of what a browser says it is that we keep.
const LONGEST_AGENT: usize = 300;

/// What an open page asks for by itself, with nobody at the keyboard.
const ASKED_BY_PAGES: [&str; 2] = ["/events", "/do/list_sessions"];

/// Leaves a [`Visit`] in the request. This is the one place where a session becomes a [`Caller`].
pub(super) async fn recognise(State(shared): State<Shared>, mut request: Request, next: Next) -> Response {
    let secret = request.extensions().get::<Session>().and_then(Session::id);
    let origin = origin(&shared.config, request.extensions(), request.headers());
    let is_use = !ASKED_BY_PAGES.contains(&request.uri().path());
    let (caller, former) = match secret {
        None => (None, None),
        Some(secret) => match resume(&shared.state.db, secret.0, origin.clone(), is_use).await {
            Ok(Resumed::Live(person)) => (Some(Caller::Person(person)), None),
            Ok(Resumed::Over(person)) => (None, Some(person)),
            Ok(Resumed::Nobody) => (None, None),
            Err(error) => {
                tracing::error!(error = error.chain(), "the session could not be read");
                return StatusCode::SERVICE_UNAVAILABLE.into_response();
            }
        },
    };
    let visit = Visit {
        caller,
        former,
        origin,
        base: base(&shared.config, request.headers()),
        theme: theme(request.headers()),
        request_id: request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default(),
        at: shared.environment.now(),
        path: request.uri().path_and_query().map(ToString::to_string).unwrap_or_default(),
    };
    request.extensions_mut().insert(visit);
    next.run(request).await
}

/// How this browser reaches us: by the public address, or by whatever name this machine has for itself.
fn base(config: &Config, headers: &HeaderMap) -> String {
    match &config.reach {
        Reach::Public { origin, .. } => origin.clone(),
        Reach::Loopback => {
            let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
            format!("http://{}", host.unwrap_or("127.0.0.1"))
        }
    }
}

/// From where: the other end of the connection, or what the nearest trusted proxy says, and so on outwards.
pub(super) fn address_of(config: &Config, extensions: &Extensions, headers: &HeaderMap) -> Option<IpAddr> {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    peer.map(|peer| client(config, peer, headers))
}

/// That, and with which program.
pub(super) fn origin(config: &Config, extensions: &Extensions, headers: &HeaderMap) -> Origin {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Origin {
        address: address_of(config, extensions, headers).map(|address| address.to_string()).unwrap_or_default(),
        user_agent: agent.chars().take(LONGEST_AGENT).collect(),
    }
}

fn client(config: &Config, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
    let mut client = peer.to_canonical();
    let forwarded = headers.get_all("x-forwarded-for");
    let forwarded = forwarded.iter().filter_map(|value| value.to_str().ok()).collect::<Vec<_>>().join(",");
    for hop in forwarded.rsplit(',').map(str::trim).filter(|hop| !hop.is_empty()) {
        if !config.is_trusted(client) {
            break;
        }
        let Some(address) = address(hop) else { break };
        client = address.to_canonical();
    }
    client
}

/// A hop as proxies write it: `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]` or `[2001:db8::1]:4711`.
fn address(hop: &str) -> Option<IpAddr> {
    let bare = hop.trim_start_matches('[').trim_end_matches(']');
    bare.parse().ok().or_else(|| hop.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

/// The theme chosen before signing in.
pub(super) fn theme(headers: &HeaderMap) -> Theme {
    let cookies = headers.get_all(header::COOKIE);
    let mut pairs = cookies
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split("; "))
        .filter_map(|pair| pair.split_once('='));
    pairs.find(|(name, _)| *name == THEME_COOKIE).map_or_else(Theme::default, |(_, value)| Theme::parse(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_trusted_proxies_may_say_for_whom_they_ask() {
        let config = Config {
            address: "127.0.0.1:0".parse().unwrap(),
            reach: Reach::Loopback,
            trusted_proxies: vec!["10.0.0.0/8".parse().unwrap()],
            demo: None,
            evidence: None,
            mail: crate::mail::Settings::new(&crate::cli::Mail::default(), &Reach::Loopback, false).unwrap(),
            hash_cost: kwanus_service::account::Cost::default(),
        };
        let from = |peer: &str, forwarded: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("x-forwarded-for", forwarded.parse().unwrap());
            client(&config, peer.parse().unwrap(), &headers).to_string()
        };
        assert_eq!(from("192.0.2.9", "203.0.113.1"), "192.0.2.9");
        assert_eq!(from("10.0.0.1", "203.0.113.1"), "203.0.113.1");
        assert_eq!(from("10.0.0.1", "198.51.100.7, 203.0.113.1, 10.0.0.2"), "203.0.113.1");
        assert_eq!(from("10.0.0.1", "203.0.113.1:4711"), "203.0.113.1");
        assert_eq!(from("10.0.0.1", "[2001:db8::1]:4711, [2001:db8::2]"), "2001:db8::2");
        assert_eq!(from("10.0.0.1", "[2001:db8::1]:4711"), "2001:db8::1");
        assert_eq!(from("10.0.0.1", "nonsense"), "10.0.0.1");
    }
}
