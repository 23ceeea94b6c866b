//! What the path of an endpoint leads to, whatever it is disguised as.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Words by which a database is meant, wherever they stand.
const DATABASES: &[&str] = &[
    "cockroachdb",
    "couchdb",
    "database",
    "databases",
    "db",
    "dbaccess",
    "directdb",
    "dynamodb",
    "jdbc",
    "mariadb",
    "memcached",
    "mongo",
    "mongodb",
    "mssql",
    "mysql",
    "odbc",
    "oracle",
    "postgres",
    "postgresql",
    "rawdb",
    "rawsql",
    "redis",
    "rediss",
    "sql",
    "sqlite",
    "sqlserver",
];
/// Schemes of databases that are plain words elsewhere.
const DATABASE_SCHEMES: &[&str] = &[
    "arangodb",
    "bolt",
    "cassandra",
    "clickhouse",
    "couchbase",
    "influxdb",
    "ldap",
    "ldaps",
    "neo4j",
    "redshift",
    "snowflake",
];
/// Ports at which databases answer.
const DATABASE_PORTS: &[u16] = &[1433, 1521, 3306, 5432, 5984, 6379, 6380, 7687, 8123, 9042, 9200, 11211, 26257, 27017];

/// Words by which something internal is meant, wherever they stand.
const INTERNALS: &[&str] = &["internal", "internalapi", "internalapis", "internals", "localhost", "privateapi"];
/// Words that mean something internal as a whole segment of a path, or beside one of [`DOORS`]: of private student loans and
/// administration fees there are public endpoints.
const CLOSED: &[&str] = &["admin", "debug", "private"];
const DOORS: &[&str] = &["api", "apis", "console", "endpoint", "endpoints", "network", "only", "service", "services"];
/// How names end that lead to no public host (RFC 6761, RFC 6762, RFC 8375, and what is used alike).
const PRIVATE_NAMES: &[&str] =
    &["corp", "home", "home.arpa", "internal", "intranet", "lan", "local", "localdomain", "localhost", "private"];

/// Words of paths behind which is nothing of anybody, so that no permission is needed.
const OPEN: &[&str] = &[
    "health", "healthz", "json", "livez", "oauth", "oauth2", "openapi", "ping", "readyz", "status", "token", "version",
];
/// What a POST asks at the end of its path where it changes nothing.
const QUERIES: &[&str] = &["compare", "count", "filter", "lookup", "match", "query", "search"];

/// What stands for anything in a path, and what looks like it.
pub(super) const STARS: &[char] = &['*', '\u{FF0A}', '\u{2217}', '\u{204E}', '\u{2731}', '\u{22C6}', '\u{2605}'];

/// The path of an endpoint with nothing in it encoded: a method, perhaps a host, and a path.
pub(super) struct Address(String);

impl Address {
    /// Reads what was declared: anything is read as something.
    pub fn of(path: &str) -> Self {
        let mut bytes = path.trim().as_bytes().to_vec();
        // What is encoded twice is decoded twice: each time it gets shorter, so that this ends.
        while let Some(decoded) = decoded(&bytes) {
            bytes = decoded;
        }
        Self(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The method, where there is one.
    pub fn method(&self) -> Option<&str> {
        let (method, _) = self.0.split_once(char::is_whitespace)?;
        (!method.is_empty() && method.bytes().all(|b| b.is_ascii_alphabetic())).then_some(method)
    }

    /// What stands after the method.
    fn target(&self) -> &str {
        self.method().map_or(&*self.0, |method| self.0[method.len()..].trim_start())
    }

    /// The path alone: neither host nor query.
    fn path(&self) -> &str {
        let target = self.target();
        let path = match target.split_once("://") {
            Some((_, rest)) => rest.find(['/', '?', '#']).map_or("", |at| &rest[at..]),
            None => target,
        };
        path.split(['?', '#']).next().unwrap_or(path)
    }

    /// Whether it says where it leads: in letters that are what they look like, without a way back, by no foreign scheme.
    pub fn is_plain(&self) -> bool {
        let target = self.target();
        let is_web = |scheme: &str| ["http", "https", "ws", "wss"].iter().any(|web| scheme.eq_ignore_ascii_case(web));
        target.bytes().all(|b| (b' '..=b'~').contains(&b) && b != b'\\')
            && !self.path().split('/').any(|segment| matches!(segment.split(';').next(), Some("." | "..")))
            && target.split_once("://").is_none_or(|(scheme, _)| is_web(scheme))
    }

    /// Whether something in it stands for anything.
    pub fn is_wild(&self) -> bool {
        self.target().contains(STARS)
    }

    /// Whether it names its version where versions are named: what stands after a question mark is no part of the path.
    pub fn names_version(&self) -> bool {
        let target = self.target();
        let named = target.split(['?', '#']).next().unwrap_or(target);
        named.split(|c: char| !c.is_alphanumeric() && c != '_').any(is_version)
    }

    /// Whether it leads to a database.
    pub fn is_database(&self) -> bool {
        let target = self.target();
        let is_scheme = |scheme: &str| DATABASE_SCHEMES.iter().any(|of| scheme.eq_ignore_ascii_case(of));
        words(target).any(|word| is_among(word, DATABASES))
            || target.split_once("://").is_some_and(|(scheme, _)| is_scheme(scheme.split('+').next().unwrap_or(scheme)))
            || self.authorities().any(|authority| port(authority).is_some_and(|port| DATABASE_PORTS.contains(&port)))
    }

    /// Whether it leads to what is not public.
    pub fn is_internal(&self) -> bool {
        let target = self.target();
        let is_closed = |segment: &str| {
            let mut parts = words(segment);
            is_among(segment, CLOSED)
                || parts.clone().any(|word| is_among(word, CLOSED)) && parts.any(|word| is_among(word, DOORS))
        };
        words(target).any(|word| is_among(word, INTERNALS))
            || segments(target).any(is_closed)
            || self.authorities().any(|authority| is_private(authority, target.contains("://")))
    }

    /// Whether nothing of anybody is behind it: `GET /v1/health`.
    pub fn is_open(&self) -> bool {
        let mut words = segments(self.path()).filter(|segment| !is_version(segment)).peekable();
        words.peek().is_some() && words.all(|word| is_among(word, OPEN))
    }

    /// Whether that is its method.
    pub fn is(&self, method: &str) -> bool {
        self.method().is_some_and(|own| own.eq_ignore_ascii_case(method))
    }

    /// Whether its method changes something.
    pub fn is_write(&self) -> bool {
        let asks = || segments(self.path()).last().is_some_and(|last| is_among(last, QUERIES));
        ["PUT", "PATCH", "DELETE"].iter().any(|method| self.is(method)) || self.is("POST") && !asks()
    }

    /// The hosts in it with their ports: its own, and those that it hands on.
    fn authorities(&self) -> impl Iterator<Item = &str> {
        let target = self.target();
        // A host without a scheme is told from a path by what only hosts have.
        let bare = target.trim_start_matches('/');
        let bare = (!target.starts_with('/') || target.starts_with("//")).then_some(bare);
        let bare = bare.filter(|_| !target.contains("://")).map(authority).filter(|host| host.contains(['.', ':']));
        bare.into_iter().chain(target.match_indices("://").map(|(at, _)| authority(&target[at + 3..])))
    }
}

/// The text with what is percent-encoded in it decoded; none where nothing is.
fn decoded(text: &[u8]) -> Option<Vec<u8>> {
    let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        let code = (*byte == b'%').then(|| digit(text.get(at + 1)).zip(digit(text.get(at + 2)))).flatten();
        if let Some(code) = code.and_then(|(high, low)| u8::try_from(high * 16 + low).ok()) {
            out.push(code);
            at += 3;
        } else {
            out.push(*byte);
            at += 1;
        }
    }
    (out.len() < text.len()).then_some(out)
}

/// `v1`, `v12`
fn is_version(word: &str) -> bool {
    word.strip_prefix(['v', 'V']).is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether it is one of these words, in whatever case, with a number behind it or without.
fn is_among(word: &str, words: &[&str]) -> bool {
    let bare = word.trim_end_matches(|c: char| c.is_ascii_digit());
    words.iter().any(|other| other.eq_ignore_ascii_case(word) || other.eq_ignore_ascii_case(bare))
}

/// What stands between slashes, dots and the like.
fn segments(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').filter(|segment| !segment.is_empty())
}

/// The words of a text, each whole and by the capitals in it: `internalApi` is `internalApi`, `internal` and `Api`.
fn words(text: &str) -> impl Iterator<Item = &str> + Clone {
    let whole = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    whole.flat_map(|word| std::iter::once(word).chain(humps(word)))
}

/// The parts of a word that capitals begin, if there are several.
fn humps(word: &str) -> impl Iterator<Item = &str> + Clone {
    let bytes = word.as_bytes();
    // `userDb` begins anew before the D, `DBAccess` before the A.
    let begins = move |at: &usize| {
        let is = |at: usize, kind: fn(&u8) -> bool| bytes.get(at).is_some_and(kind);
        let after_small = !is(at - 1, u8::is_ascii_uppercase) && is(at - 1, u8::is_ascii_alphanumeric);
        is(*at, u8::is_ascii_uppercase) && (after_small || is(at + 1, u8::is_ascii_lowercase))
    };
    let mut ends = (1..word.len()).filter(begins).chain([word.len()]);
    let mut begin = 0;
    std::iter::from_fn(move || {
        let end = ends.next()?;
        let hump = word.get(begin..end);
        begin = end;
        hump
    })
}

/// The host of what stands there, with its port.
fn authority(text: &str) -> &str {
    let end = text.find(|c: char| matches!(c, '/' | '?' | '#' | '&' | '\\') || c.is_whitespace());
    let authority = end.map_or(text, |end| &text[..end]);
    authority.rsplit('@').next().unwrap_or(authority)
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

fn port(authority: &str) -> Option<u16> {
    host(authority).1.parse().ok()
}

/// Whether no public host is there; of what is certainly a host, a name without a dot is none either.
fn is_private(authority: &str, is_host: bool) -> bool {
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
    let [first, second, ..] = address.octets();
    // 100.64.0.0/10 is shared by those behind one carrier (RFC 6598).
    let is_shared = first == 100 && (64..128).contains(&second);
    first == 0 || address.is_private() || address.is_loopback() || address.is_link_local() || is_shared
}

fn is_private_v6(address: Ipv6Addr) -> bool {
    let is_local = address.is_loopback() || address.is_unspecified();
    is_local
        || address.is_unique_local()
        || address.is_unicast_link_local()
        || address.to_ipv4_mapped().is_some_and(is_private_v4)
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
pub(super) fn is_public_page(text: &str) -> bool {
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
pub(super) fn is_label(label: &str) -> bool {
    let is_sound = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    (1..=63).contains(&label.len()) && label.bytes().all(is_sound) && !label.starts_with('-') && !label.ends_with('-')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_database_is_one_in_any_disguise_and_what_only_sounds_like_one_is_none() {
        for path in [
            "postgres://db/v1/items",
            "mongodb+srv://cluster.example/v1",
            "cassandra://ring.example/v1",
            "GET /v1/mongo/items",
            "GET /v1/user_db",
            "GET /v1/userDb",
            "GET /v1/DBAccess",
            "GET /v1/direct-database",
            "GET /v1/%64%62/items",
            "GET /v1/%2564b/items",
            "GET /v1/redis2",
            "POST /v1/runSQL",
            "GET https://data.example:5432/v1/items",
            "GET data.example:27017/v1/items",
        ] {
            assert!(Address::of(path).is_database(), "{path}");
        }
        for path in [
            "GET /v1/items",
            "GET /v1/dashboard",
            "GET /v1/feedback",
            "GET /v1/mongolia",
            "GET /v1/redistribution",
            "GET /v1/cassandra/reports",
            "GET /v1/bolts",
            "GET https://api.kwanus.example:8443/v1/items",
            "GET /v1/items:5432",
        ] {
            assert!(!Address::of(path).is_database(), "{path}");
        }
    }

    #[test]
    fn what_is_internal_is_found_in_any_disguise_and_what_is_public_is_not() {
        for path in [
            "GET /v1/internal/items",
            "GET /v1/internal_items",
            "GET /v1/internalApi/items",
            "GET /v1/itemsInternal",
            "GET /v1/%69nternal",
            "GET /v1/items%2finternal",
            "GET /internalapi/v1",
            "GET /v1/private",
            "GET /v1/private-api/items",
            "GET /v1/adminConsole",
            "GET /admin/v1",
            "GET http://localhost:8080/v1/items",
            "GET http://items.local/v1/items",
            "GET https://api.corp.internal./v1",
            "GET http://backend/v1/items",
            "GET items.lan/v1",
            "GET 10.1.2.3/v1/items",
            "GET //10.1.2.3/v1/items",
            "GET http://172.16.0.1/v1",
            "GET http://172.31.255.255/v1",
            "GET http://192.168.0.1:8080/v1",
            "GET http://127.0.0.1/v1",
            "GET http://127.1/v1",
            "GET http://0x7f000001/v1",
            "GET http://2130706433/v1",
            "GET http://0177.0.0.1/v1",
            "GET http://169.254.169.254/v1",
            "GET http://100.64.0.1/v1",
            "GET http://0.0.0.0/v1",
            "GET http://[::1]/v1",
            "GET http://[::1]:8080/v1",
            "GET ::1/v1",
            "GET http://[fd00::1]/v1",
            "GET http://[fe80::1%25eth0]/v1",
            "GET http://[::ffff:10.0.0.1]/v1",
            "GET http://user@10.0.0.1/v1",
            "GET /v1/proxy?url=http://10.0.0.1/items",
            "GET /v1/proxy?url=http%3A%2F%2F10.0.0.1%2Fitems",
        ] {
            assert!(Address::of(path).is_internal(), "{path}");
        }
        for path in [
            "GET /v1/items",
            "GET /v1/international",
            "GET /v1/internally",
            "GET /v1/private_student_loans",
            "GET /v1/admin-fees",
            "GET /v1/administrators",
            "GET /v1/locals",
            "GET /v1/lan/items",
            "GET v1.2/items",
            "GET https://api.kwanus.example/v1/items",
            "GET https://locals.example/v1/items",
            "GET http://11.0.0.1/v1",
            "GET http://172.15.0.1/v1",
            "GET http://172.32.0.1/v1",
            "GET http://192.169.0.1/v1",
            "GET http://100.128.0.1/v1",
            "GET http://[2001:db8::1]/v1",
            "GET /v1/items/10.0.0.1",
        ] {
            assert!(!Address::of(path).is_internal(), "{path}");
        }
    }

    #[test]
    fn a_path_is_written_plainly() {
        for path in
            ["GET /v1/items", "/v1/items/{id}?since=a%20b", "https://api.kwanus.example/v1/a..b", "GET /v1/:id/_x"]
        {
            assert!(Address::of(path).is_plain(), "{path}");
        }
        for path in [
            "GET /v1/\u{456}tems",
            "GET /v1/%D1%96tems",
            "GET /v1/items/../accounts",
            "GET /v1/%2e%2e/accounts",
            "GET /v1/..;/accounts",
            "GET /v1\\items",
            "GET /v1/items%00",
            "GET /v1/%ff",
            "ftp://files.example/v1",
            "GET file:///v1/items",
            "GET https://ex\u{430}mple.com/v1",
        ] {
            assert!(!Address::of(path).is_plain(), "{path}");
        }
    }

    #[test]
    fn a_version_stands_in_the_path_and_a_star_for_anything() {
        for (path, is_versioned) in [
            ("GET /v1/items", true),
            ("GET /items-v2", true),
            ("GET /api/V12", true),
            ("GET /items?version=v1", false),
            ("GET /items%3Fapi=v1", false),
            ("GET /items#v1", false),
            ("GET /vital/items", false),
            ("GET /v/items", false),
        ] {
            assert_eq!(Address::of(path).names_version(), is_versioned, "{path}");
        }
        for (path, is_wild) in [
            ("GET /v1/*", true),
            ("GET /v1/items/%2A", true),
            ("GET /v1/items/%252a", true),
            ("GET /v1/items/\u{FF0A}", true),
            ("GET /v1/items/{id}?a=b%20c", false),
        ] {
            assert_eq!(Address::of(path).is_wild(), is_wild, "{path}");
        }
    }

    #[test]
    fn what_asks_is_told_from_what_changes_and_what_is_anybodys_from_what_is_somebodys() {
        for (path, is_write) in [
            ("POST /v1/items", true),
            ("post /v1/items", true),
            ("PUT /v1/items/search", true),
            ("DELETE /v1/items", true),
            ("PATCH /v1/items", true),
            ("POST /v1/items/search", false),
            ("POST /v1/items:query?all=no", false),
            ("GET /v1/items", false),
            ("/v1/post", false),
        ] {
            assert_eq!(Address::of(path).is_write(), is_write, "{path}");
        }
        for (path, is_open) in [
            ("GET /v4/health", true),
            ("GET https://api.kwanus.example/v4/openapi.json", true),
            ("POST /v1/oauth/token", true),
            ("GET /v4/items", false),
            ("GET /v4/items/status", false),
            ("GET /v4", false),
            ("GET /v4/?health", false),
            ("GET https://health.example/v4/items", false),
        ] {
            assert_eq!(Address::of(path).is_open(), is_open, "{path}");
        }
    }

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
            "https://status.internal",
            "https://status..example",
            "https://status.example and by mail",
            "https://status.example:port",
            "https://st\u{430}tus.example",
        ] {
            assert!(!is_public_page(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_path_is_read_as_something(path in "\\PC{0,60}|(GET |POST )?(https?://)?[a-zA-Z0-9%./:@?#*_\\[\\]-]{0,40}") {
            let address = Address::of(&path);
            let _ = (address.is_plain(), address.is_database(), address.is_internal(), address.is_open(), address.is_write());
            let _ = (address.names_version(), address.is_wild(), is_public_page(&path));
            prop_assert!(address.0.len() <= path.len() * 3);
        }

        #[test]
        fn what_is_encoded_is_what_it_says(path in "[a-z/._]{1,20}", is_encoded in prop::collection::vec(any::<bool>(), 20)) {
            use std::fmt::Write as _;
            let mut encoded = String::new();
            for (letter, is_encoded) in path.chars().zip(is_encoded) {
                if is_encoded {
                    write!(encoded, "%{:02x}", u32::from(letter)).unwrap();
                } else {
                    encoded.push(letter);
                }
            }
            prop_assert_eq!(Address::of(&encoded).0, path);
        }
    }
}
