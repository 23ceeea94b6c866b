//! Sessions in words.

use chrono::{DateTime, Utc};
use kwanus_domain::time::{show_ago, show_instant};
use kwanus_service::account;

use crate::wire;

/// Sessions in words.
pub(in crate::account) fn sessions(sessions: Vec<account::Session>, now: DateTime<Utc>) -> Vec<wire::Session> {
    let moment =
        |at: DateTime<Utc>| wire::Moment { iso: at.to_rfc3339(), text: show_instant(at), ago: show_ago(at, now) };
    sessions
        .into_iter()
        .map(|session| wire::Session {
            id: session.id.to_string(),
            is_this: session.is_this,
            device: device(&session.user_agent),
            address: session.address,
            began: moment(session.created_at),
            seen: moment(session.seen_at),
        })
        .collect()
}

/// What a browser says it is, in two words: enough to tell a phone from a laptop.
fn device(user_agent: &str) -> String {
    let find = |known: &[(&str, &'static str)]| {
        known.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    let browser = find(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = find(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(only), None) | (None, Some(only)) => only.to_owned(),
        (None, None) => "Another program".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_told_by_its_marks() {
        let chrome =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1";
        assert_eq!(
            (device(chrome), device(phone), device("curl/8")),
            ("Chrome on Linux".into(), "Safari on iPhone".into(), "Another program".into())
        );
    }
}
