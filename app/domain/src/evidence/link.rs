//! Evidence that stands elsewhere.

use crate::{
    Violation,
    text::{text, verbatim},
};

/// The longest address, in characters.
const LONGEST: usize = 500;

const MALFORMED: &str =
    "Enter a whole address that begins with https://, such as https://docs.partner.example/deletion";

text! {
    /// An address that is opened by https, in ASCII as browsers copy it, with the name of a host and without a password.
    EvidenceLink
}

impl EvidenceLink {
    /// Reads what was typed.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        let url = verbatim("url", "Enter the address of the page", LONGEST, text)?;
        let malformed = || Violation::new("url", "malformed", MALFORMED);
        // What browsers would write otherwise, or read as something else.
        let is_plain = url.bytes().all(|b| b.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&b));
        let rest = url.strip_prefix("https://").filter(|_| is_plain).ok_or_else(malformed)?;
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if authority.contains('@') {
            return Err(Violation::new(
                "url",
                "credentials",
                "Leave out the user name and the password: everybody who reads the case would see them",
            ));
        }
        let (host, port) = authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port)));
        let is_port =
            |port: &str| port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port > 0);
        if is_host(host) && port.is_none_or(is_port) { Ok(Self(url)) } else { Err(malformed()) }
    }

    /// The host, which says whose it is.
    #[must_use]
    pub fn host(&self) -> &str {
        let rest = self.0.strip_prefix("https://").unwrap_or(&self.0);
        rest.split(['/', '?', '#', ':']).next().unwrap_or_default()
    }
}

/// Labels of letters, digits and hyphens, at least two, of which the last is no number: a name that others can look up.
fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let is_name = |last: &str| last.bytes().any(|b| b.is_ascii_alphabetic());
    host.len() <= 253 && host.split('.').all(is_label) && host.rsplit_once('.').is_some_and(|(_, last)| is_name(last))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_that_others_can_open_is_one() {
        for url in [
            "https://docs.partner.example",
            "https://docs.partner.example/deletion?version=2&x=%C3%A9#log",
            "https://partner.example:8443/a@b",
            "https://xn--bcher-kva.example/",
        ] {
            assert_eq!(EvidenceLink::parse(&format!(" {url} ")).unwrap().as_str(), url);
        }
        assert_eq!(EvidenceLink::parse("https://partner.example:8443/a").unwrap().host(), "partner.example");
    }

    #[test]
    fn what_is_no_https_address_or_carries_a_password_is_refused() {
        for (url, code) in [
            ("", "missing"),
            ("http://docs.partner.example/", "malformed"),
            ("javascript:alert(1)", "malformed"),
            ("data:text/html,<script>alert(1)</script>", "malformed"),
            ("file:///etc/passwd", "malformed"),
            ("//docs.partner.example/", "malformed"),
            ("https://", "malformed"),
            ("https://localhost/", "malformed"),
            ("https://127.0.0.1/", "malformed"),
            ("https://[::1]/", "malformed"),
            ("https://docs.partner.example:99999/", "malformed"),
            ("https://docs.partner.example:/", "malformed"),
            ("https://docs..partner.example/", "malformed"),
            ("https:///docs.partner.example/", "malformed"),
            ("https://docs.partner.example\\@evil.example/", "malformed"),
            ("https://docs.partner.example/a b", "malformed"),
            ("https://docs.partner.example/\"onclick=", "malformed"),
            ("https://docs.partnér.example/", "malformed"),
            ("https://felix:secret@docs.partner.example/", "credentials"),
            ("https://docs.partner.example/\u{202E}x", "invisible"),
            (&*format!("https://docs.partner.example/{}", "x".repeat(500)), "too_long"),
        ] {
            let violation = EvidenceLink::parse(url).unwrap_err();
            assert_eq!((&*violation.code, &*violation.field), (code, "url"), "{url}");
        }
    }

    proptest! {
        #[test]
        fn reading_is_total_and_what_was_read_leads_by_https_to_a_host(typed in "\\PC{0,60}|(https://)?[a-z.:@/\\\\?#\\[\\]1-9-]{0,40}") {
            if let Ok(link) = EvidenceLink::parse(&typed) {
                prop_assert!(link.as_str().starts_with("https://") && link.host().contains('.'));
                prop_assert_eq!(EvidenceLink::parse(link.as_str()), Ok(link));
            }
        }
    }
}
