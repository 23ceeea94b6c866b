//! Hosts: which are there for everybody, and which for those beside them alone.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// How names end that lead to no public host (RFC 6761, RFC 6762, RFC 8375, and what is used alike).
const PRIVATE_NAMES: &[&str] = &[
    "corp",
    "home",
    "home.arpa",
    "internal",
    "intranet",
    "lan",
    "local",
    "localdomain",
    "localhost",
    "private",
    "svc",
];

/// The host of what stands there, with its port.
pub fn authority(text: &str) -> &str {
    cut(text).0
}

/// The host of what stands there, with its port, and what comes after it.
pub fn cut(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| matches!(c, '/' | '?' | '#' | '&' | '\\') || c.is_whitespace());
    let (authority, rest) = text.split_at(end.unwrap_or(text.len()));
    (authority.rsplit('@').next().unwrap_or(authority), rest)
}

/// The host alone, and its port as text.
fn host(authority: &str) -> (&str, &str) {
    if let Some((host, rest)) = authority.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return (host, rest.trim_start_matches(':'));
    }
    match authority.split_once(':') {
        // An address of version 6 that nobody put into brackets.
        Some((_, rest)) if rest.contains(':') => (authority, ""),
        Some((host, port)) => (host, port),
        None => (authority, ""),
    }
}

/// The port that is named.
pub fn port(authority: &str) -> Option<u16> {
    host(authority).1.parse().ok()
}

/// Whether no public host is there; of what is certainly a host, a name without a dot is none either.
pub fn is_private(authority: &str, is_host: bool) -> bool {
    let name = host(authority).0.trim_end_matches('.');
    match address(name) {
        Some(IpAddr::V4(address)) => is_private_v4(address),
        Some(IpAddr::V6(address)) => is_private_v6(address),
        None => is_private_name(name) || is_host && !name.is_empty() && !name.contains('.'),
    }
}

/// Whether a host of that name is nobody's but those beside it.
fn is_private_name(name: &str) -> bool {
    PRIVATE_NAMES.iter().any(|ending| {
        let before = name.len().checked_sub(ending.len()).filter(|at| name.is_char_boundary(*at));
        before.is_some_and(|at| name[at..].eq_ignore_ascii_case(ending) && (at == 0 || name[..at].ends_with('.')))
    })
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    let [first, second, third, _] = address.octets();
    // 100.64.0.0/10 is shared by those behind one carrier (RFC 6598), 192.0.0.0/24 is of protocols (RFC 6890), and between
    // the hosts of 198.18.0.0/15 networks are measured (RFC 2544).
    let is_shared = first == 100 && (64..128).contains(&second);
    let is_special = [first, second, third] == [192, 0, 0] || first == 198 && matches!(second, 18 | 19);
    // From 224 on there is nobody, or whoever listens.
    matches!(first, 0 | 224..)
        || address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || is_shared
        || is_special
}

fn is_private_v6(address: Ipv6Addr) -> bool {
    let first = address.segments()[0];
    // fec0::/10 was what fc00::/7 is (RFC 3879); 64:ff9b:1::/48 is of one network (RFC 8215).
    let is_site_local = first & 0xFFC0 == 0xFEC0;
    let is_translated_here = address.segments().starts_with(&[0x64, 0xFF9B, 1]);
    address.is_unique_local()
        || address.is_unicast_link_local()
        || address.is_multicast()
        || is_site_local
        || is_translated_here
        || within(address).is_some_and(is_private_v4)
}

/// The address of version 4 that is reached by one of version 6: `::ffff:10.0.0.1`, `::10.0.0.1`, `64:ff9b::10.0.0.1` and
/// `2002:a00:1::`. Nothing and oneself, `::` and `::1`, are read as `0.0.0.0` and `0.0.0.1`.
fn within(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let of = |high: u16, low: u16| Ipv4Addr::from(u32::from(high) << 16 | u32::from(low));
    match address.segments() {
        [0, 0, 0, 0, 0, 0 | 0xFFFF, high, low]
        | [0, 0, 0, 0, 0xFFFF, 0, high, low]
        | [0x64, 0xFF9B, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => Some(of(high, low)),
        _ => None,
    }
}

fn address(name: &str) -> Option<IpAddr> {
    let plain = name.split('%').next().unwrap_or(name);
    plain.parse().map(IpAddr::V6).ok().or_else(|| ipv4(name).map(IpAddr::V4))
}

/// An address of version 4 as browsers read it: `127.1`, `0x7f.1` and `2130706433` are one and the same.
fn ipv4(name: &str) -> Option<Ipv4Addr> {
    let number = |text: &str| match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some("") => Some(0),
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None if text.len() > 1 && text.starts_with('0') => u32::from_str_radix(text, 8).ok(),
        None => text.parse().ok(),
    };
    let numbers: Vec<u32> = name.split('.').map(number).collect::<Option<_>>()?;
    let (last, first) = numbers.split_last()?;
    if first.len() > 3 || first.iter().any(|part| *part > 255) {
        return None;
    }
    let head = first.iter().zip([24, 16, 8]).fold(0, |sum, (part, shift)| sum | part << shift);
    let room = 32 - 8 * u32::try_from(first.len()).ok()?;
    (room == 32 || *last < 1 << room).then(|| Ipv4Addr::from(head | last))
}

/// Whether it is the address of a page that anybody can open: `https://status.partner.example`.
pub fn is_public_page(text: &str) -> bool {
    let is_secure = text.get(..8).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https://"));
    let rest = if is_secure { &text[8..] } else { return false };
    let (name, port) = host(authority(rest));
    let is_name = name.split('.').count() > 1 && name.split('.').all(is_label);
    let is_named = is_name || address(name).is_some();
    is_named
        && (port.is_empty() || port.parse::<u16>().is_ok())
        && !text.contains(char::is_whitespace)
        && !rest.starts_with('/')
        && !is_private(authority(rest), true)
}

/// Whether it is one word of the name of a host (RFC 1123).
pub fn is_label(label: &str) -> bool {
    let is_sound = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    (1..=63).contains(&label.len()) && label.bytes().all(is_sound) && !label.starts_with('-') && !label.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_page_has_an_address_that_anybody_can_open() {
        for text in
            ["https://status.partner.example", "HTTPS://Status.partner.example:8443/now?x=1", "https://203.0.113.7/"]
        {
            assert!(is_public_page(text), "{text}");
        }
        for text in [
            "",
            "By mail to our customers",
            "http://status.partner.example",
            "https://",
            "https:///status",
            "https://status",
            "https://localhost/status",
            "https://10.0.0.1/status",
            "https://[::10.0.0.1]/",
            "https://198.18.0.1/status",
            "https://status.prod.svc",
            "https://status.internal",
            "https://status..example",
            "https://status.example and by mail",
            "https://status.example:port",
            "https://st\u{430}tus.example",
        ] {
            assert!(!is_public_page(text), "{text}");
        }
    }
}
