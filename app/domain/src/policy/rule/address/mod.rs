//! What the path of an endpoint leads to, whatever it is disguised as.

mod host;
mod word;

pub(super) use self::host::{is_label, is_public_page};
use self::{
    host::{authority, cut, is_private, port},
    word::{
        decoded, ends_in, is_among, is_date, is_version, is_version_segment, literal, pairs, parts, segments, wholes,
        words,
    },
};

/// The methods of HTTP by which something can be asked for or changed.
const METHODS: &[&str] = &["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
/// Schemes of what is called by those.
const WEB: &[&str] = &["http", "https", "ws", "wss"];

/// Words by which a database is meant, wherever they stand.
const DATABASES: &[&str] = &[
    "database",
    "databases",
    "dbaccess",
    "jdbc",
    "memcached",
    "mongo",
    "odbc",
    "postgres",
    "redis",
    "rediss",
    "sqlserver",
];
/// How words end that name one: `userdb`, `pgsql`. No other word ends so.
const DATABASE_ENDINGS: &[&str] = &["database", "db", "sql", "sqlite"];
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
    "oracle",
    "redshift",
    "snowflake",
];
/// Ports at which databases answer.
const DATABASE_PORTS: &[u16] = &[1433, 1521, 3306, 5432, 5984, 6379, 6380, 7687, 8123, 9042, 9200, 11211, 26257, 27017];

/// Words by which something internal is meant, wherever they stand.
const INTERNALS: &[&str] = &[
    "adminapi",
    "adminapis",
    "adminconsole",
    "adminpanel",
    "internal",
    "internalapi",
    "internalapis",
    "internals",
    "intranet",
    "localhost",
    "privateapi",
    "privateapis",
];
/// What is internal only by its name: the Internal Revenue Service.
const INTERNAL_NAMES: &[&str] = &["affairs", "medicine", "revenue"];
/// Words that mean something internal where a path begins, or beside one of [`DOORS`]: of private student loans and
/// administration fees there are public endpoints.
const CLOSED: &[&str] = &["admin", "debug", "private"];
const DOORS: &[&str] = &[
    "api",
    "apis",
    "console",
    "dashboard",
    "endpoint",
    "endpoints",
    "network",
    "only",
    "panel",
    "portal",
    "service",
    "services",
];

/// Words of paths behind which is nothing of anybody, so that no permission is needed.
const OPEN: &[&str] = &[
    "health",
    "health-check",
    "healthcheck",
    "healthz",
    "json",
    "jwks",
    "livez",
    "oauth",
    "openapi",
    "openid-configuration",
    "ping",
    "readyz",
    "status",
    "token",
    "version",
    "well-known",
];
/// What is done where a client signs in, beneath `oauth`.
const SIGN_IN: &[&str] = &["authorise", "authorize", "introspect", "revoke"];
/// What a POST asks where it changes nothing.
const QUERIES: &[&str] = &[
    "batch-get",
    "batch_get",
    "batchget",
    "compare",
    "count",
    "filter",
    "graphql",
    "lookup",
    "match",
    "query",
    "search",
];

/// Whether it stands for anything in a path, or looks like what does: an asterisk, a star.
pub(super) const fn is_star(c: char) -> bool {
    matches!(
        c,
        '*' | '\u{066D}' | '\u{203B}' | '\u{2042}' | '\u{204E}' | '\u{2051}' | '\u{2055}' | '\u{20F0}' | '\u{2217}' | '\u{229B}'
            | '\u{22C6}' | '\u{2605}' | '\u{2606}' | '\u{2722}'..='\u{274B}' | '\u{2B50}' | '\u{2BE8}' | '\u{FE61}' | '\u{FF0A}'
            | '\u{1F31F}' | '\u{1F7B0}'..='\u{1F7BF}'
    )
}

/// The path of an endpoint with nothing in it encoded: a method, perhaps a host, and a path.
pub(super) struct Address<'p> {
    /// As it was declared.
    written: &'p str,
    decoded: String,
    /// Where the query begins in what is decoded: a question mark that was encoded begins none.
    query: usize,
}

impl<'p> Address<'p> {
    /// Reads what was declared: anything is read as something.
    pub fn of(path: &'p str) -> Self {
        let written = path.trim();
        let (path, query) = written.split_at(written.find(['?', '#']).unwrap_or(written.len()));
        let mut all = decoded(path);
        let at = all.len();
        all.push_str(&decoded(query));
        Self { written, decoded: all, query: at }
    }

    /// The method, where there is one.
    fn method(&self) -> Option<&str> {
        let (method, _) = self.decoded.split_once(char::is_whitespace)?;
        (!method.is_empty() && method.bytes().all(|b| b.is_ascii_alphabetic())).then_some(method)
    }

    /// What stands after the method.
    fn target(&self) -> &str {
        &self.decoded[self.begin()..]
    }

    /// What stands after the method and before the query.
    fn head(&self) -> &str {
        &self.decoded[self.begin()..self.query]
    }

    /// The query, with its question mark.
    fn query(&self) -> &str {
        &self.decoded[self.query..]
    }

    /// Where the target begins.
    fn begin(&self) -> usize {
        let after = self.method().map_or(0, str::len);
        self.decoded.len() - self.decoded[after..].trim_start().len()
    }

    /// Whether it is one method and one path, with nothing beside them.
    pub fn is_call(&self) -> bool {
        let mut words = self.written.split_whitespace();
        words.next().is_some_and(|method| METHODS.iter().any(|of| method.eq_ignore_ascii_case(of)))
            && words.next().is_some()
            && words.next().is_none()
    }

    /// Whether it says where it leads: in letters that are what they look like, without a way back, by no foreign scheme. What
    /// is asked for may be in any letters, if it is encoded.
    pub fn is_plain(&self) -> bool {
        let is_printable = |b: u8| (b' '..=b'~').contains(&b) && b != b'\\';
        self.head().bytes().all(is_printable)
            && self.written.bytes().all(is_printable)
            && !self.query().contains(char::is_control)
            && !self.head().split('/').any(|segment| matches!(segment.split(';').next(), Some("." | "..")))
            && scheme(self.head()).is_none_or(|(scheme, _)| is_web(scheme))
    }

    /// Whether something in it stands for anything.
    pub fn is_wild(&self) -> bool {
        self.target().contains(is_star)
    }

    /// Whether it names its version where versions are named: what stands after a question mark is no part of the path.
    pub fn names_version(&self) -> bool {
        let head = self.head();
        let named = head.split(['?', '#']).next().unwrap_or(head);
        // A day at the end of a path is what is asked for.
        let is_dated = || named.rsplit('/').skip(1).any(is_date);
        named.split(|c: char| !c.is_alphanumeric()).any(is_version) || is_dated()
    }

    /// Whether it leads to a database.
    pub fn is_database(&self) -> bool {
        let is_word = |word: &str| is_among(word, DATABASES) || ends_in(word, DATABASE_ENDINGS);
        let is_scheme = |scheme: &str| is_word(scheme) || is_among(scheme, DATABASE_SCHEMES);
        let asked = self.query().split(['?', '&', '#']).filter_map(|asked| asked.split('=').next());
        let mut urls = handed_on(self.target());
        words(&literal(self.head())).any(is_word)
            || asked.flat_map(words).any(is_word)
            || handed_on(self.query()).any(|(_, rest)| words(rest).any(is_word))
            || urls.any(|(scheme, _)| is_scheme(scheme.split('+').next().unwrap_or(scheme)))
            || self
                .authorities()
                .any(|(authority, _)| port(authority).is_some_and(|port| DATABASE_PORTS.contains(&port)))
    }

    /// Whether it leads to what is not public.
    pub fn is_internal(&self) -> bool {
        let (own, path) = split(self.head());
        segments(&literal(self.head())).any(is_internal)
            || handed_on(self.query()).any(|(_, rest)| segments(rest).any(is_internal))
            || own.is_some_and(is_closed)
            || first(&literal(path)).is_some_and(is_closed)
            || self.authorities().any(|(authority, is_host)| is_private(authority, is_host))
    }

    /// Whether nothing of anybody is behind it: `GET /v1/health`.
    pub fn is_open(&self) -> bool {
        let path = literal(split(self.head()).1);
        let mut words = path.split('/').filter(|it| !is_version_segment(it)).flat_map(segments).peekable();
        let is_sign_in = words.peek().is_some_and(|first| is_among(first, &["oauth"]));
        let changes = ["PUT", "PATCH", "DELETE"].iter().any(|method| self.is(method));
        words.peek().is_some()
            && (is_sign_in || !changes)
            && words.all(|word| is_among(word, OPEN) || is_sign_in && is_among(word, SIGN_IN))
    }

    /// Whether that is its method.
    pub fn is(&self, method: &str) -> bool {
        self.method().is_some_and(|own| own.eq_ignore_ascii_case(method))
    }

    /// Whether its method changes something.
    pub fn is_write(&self) -> bool {
        let (_, path) = split(self.head());
        let asks = || segments(&literal(path)).any(|word| is_among(word.trim_matches('_'), QUERIES));
        ["PUT", "PATCH", "DELETE"].iter().any(|method| self.is(method)) || self.is("POST") && !asks()
    }

    /// The hosts in it with their ports, its own and those that it hands on, and whether each is certainly a host.
    fn authorities(&self) -> impl Iterator<Item = (&str, bool)> {
        let (own, _) = split(self.head());
        let is_host = |own: &str| scheme(self.head()).is_some() || port(own).is_some();
        // What a parameter stands for is nobody's host yet.
        let handed_on = handed_on(self.target()).map(|(_, rest)| authority(rest));
        let handed_on = handed_on.map(|host| (host, !host.contains(['{', '}'])));
        own.into_iter().map(move |own| (own, is_host(own))).chain(handed_on)
    }
}

/// The scheme of an address and what stands after it: anything before `://`, and of the web what browsers take for it.
fn scheme(target: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = target.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+.-".contains(&b));
    (is_scheme && (rest.starts_with("//") || is_web(scheme))).then(|| (scheme, rest.trim_start_matches('/')))
}

/// The host with its port, where there is one, and the path.
fn split(head: &str) -> (Option<&str>, &str) {
    let (text, is_host) = match scheme(head) {
        Some((_, rest)) => (rest, true),
        None if head.starts_with('/') && !head.starts_with("//") => return (None, head),
        None => (head.trim_start_matches('/'), false),
    };
    let (host, path) = cut(text);
    // A host without a scheme is told from a path by what only hosts have.
    if is_host || host.contains(['.', ':']) { (Some(host), path) } else { (None, head) }
}

/// The addresses in a text, by their schemes: each with what stands after it.
fn handed_on(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.match_indices("://").map(|(at, _)| {
        let before = &text[..at];
        let name = before.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-'));
        let rest = &text[at + 3..];
        (&before[name.len()..], rest.split('&').next().unwrap_or(rest))
    })
}

fn is_web(scheme: &str) -> bool {
    WEB.iter().any(|web| scheme.eq_ignore_ascii_case(web))
}

/// Where a path begins, past its version and what is the door to everything: `api`.
fn first(path: &str) -> Option<&str> {
    path.split('/').find(|it| !it.is_empty() && !is_version_segment(it) && !is_among(it, DOORS))
}

/// Whether that is closed by its first word.
fn is_closed(text: &str) -> bool {
    segments(text).next().is_some_and(|first| is_among(first, CLOSED))
}

/// Whether a segment says that it is internal.
fn is_internal(segment: &str) -> bool {
    pairs(wholes(segment)).chain(pairs(parts(segment))).any(|(word, next)| {
        let is_next = |words: &[&str]| next.is_some_and(|next| is_among(next, words));
        is_among(word, INTERNALS) && !is_next(INTERNAL_NAMES)
            || is_among(word, CLOSED) && is_next(DOORS)
            || is_among(word, DOORS) && is_next(CLOSED)
    })
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
            "GET /v1/pgsql/x",
            "GET /v1/userdb/x",
            "GET oracle://orders/v1/x",
            "GET /v1/items?sql=all",
            "GET /v1/proxy?to=postgres://data.example/x",
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
            "GET /v4/creditors/oracle",
            "GET /v1/items?from=sql",
            "GET /v1/items/{db}",
            "GET /v1/items/:db",
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
            "GET /v1/proxy?url=https://partner.example/internal/items",
            "GET http:/10.0.0.1/v1/items",
            "GET http:10.0.0.1/v1/items",
            "GET backend:8080/v1/items",
            "GET https://{tenant}/v1/items",
            "GET https://admin.kwanus.example/v1/items",
            "GET https://api.kwanus.example/v1/private/items",
            "GET /api/v4_1/private/items",
            "GET /v1/intranet/items",
            "GET /v1/adminapi/x",
            "GET /v1/admin-panel/x",
            "GET /v1/{id}/internal",
            "GET /v1/{a/internal}",
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
            "GET /v4/loans?kind=private",
            "GET /v4/users?role=admin&network=internal",
            "GET /v4/student-loans/private",
            "GET /v4/private-student-loan-service",
            "GET /v4/{id}/private",
            "GET /v4/items/{internal_id}",
            "GET /v4/items/:internal_id",
            "GET /v4/liens/internal-revenue-service",
            "GET /v4/oauth/authorize?redirect_uri=https://partner.example/private/cb",
            "GET /v4/oauth/authorize?redirect_uri=https://{host}/cb",
            "POST: /v4/disputes",
        ] {
            assert!(!Address::of(path).is_internal(), "{path}");
        }
    }

    #[test]
    fn a_call_is_one_method_and_one_path() {
        for path in ["GET /v4/disputes", "post  /v4/disputes", " OPTIONS https://api.kwanus.example/v4/items "] {
            assert!(Address::of(path).is_call(), "{path}");
        }
        for path in [
            "",
            "GET",
            "/v4/disputes",
            "GET,POST /v4/disputes",
            "GET|POST /v4/disputes",
            "GET or POST /v4/disputes",
            "GET /v4/items POST /v4/disputes",
            "POST: /v4/disputes",
            "ANY /v4/disputes",
            "%50OST /v4/disputes",
        ] {
            assert!(!Address::of(path).is_call(), "{path}");
        }
    }

    #[test]
    fn a_path_is_written_plainly() {
        for path in [
            "GET /v1/items",
            "/v1/items/{id}?since=a%20b",
            "https://api.kwanus.example/v1/a..b",
            "GET /v1/:id/_x",
            "GET /v4/oauth/authorize?redirect_uri=https://partner.example/cb",
            "GET /v4/oauth/authorize?redirect_uri=org.partner.app://cb",
            "GET /v1/items?name=Caf%C3%A9",
        ] {
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
            "GET /v1/items%3Fname=Caf%C3%A9",
            "GET /v1/items?name=Caf\u{e9}",
            "GET /v1/items?name=a%0D%0Ab",
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
            ("GET /v1beta1/items", true),
            ("GET /v1rc/items", true),
            ("GET /v4_1/items", true),
            ("GET /api_v4/items", true),
            ("GET /2026-01-01/items", true),
            ("GET /v1gamma/items", false),
            ("GET /2026-13-01/items", false),
            ("GET /items/2026-01-01", false),
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
            ("POST /v4/search/items", false),
            ("POST /v4/items/_search", false),
            ("POST /v4/items:batchGet", false),
            ("POST /v4/graphql", false),
            ("POST /v4/research", true),
            ("POST /v4/{search}", true),
            ("POST /v4/items?search=1", true),
            ("POST https://search.example/v4/items", true),
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
            ("GET /v4/oauth/authorize", true),
            ("POST /v4/oauth/revoke", true),
            ("GET /v4/.well-known/jwks.json", true),
            ("GET /v4/healthcheck", true),
            ("GET /v4_1/health", true),
            ("GET api.kwanus.example/v4/health", true),
            ("POST /v4/revoke", false),
            ("GET /v4/oauth/userinfo", false),
            ("GET /v4/{status}", false),
            ("GET /v4/health%3Fx/items", false),
            ("DELETE /v4/status", false),
        ] {
            assert_eq!(Address::of(path).is_open(), is_open, "{path}");
        }
    }

    proptest! {
        #[test]
        fn any_path_is_read_as_something(path in "\\PC{0,60}|(GET |POST )?(https?://)?[a-zA-Z0-9%./:@?#*_\\[\\]-]{0,40}") {
            let address = Address::of(&path);
            let _ = (address.is_plain(), address.is_database(), address.is_internal(), address.is_open(), address.is_write());
            let _ = (address.names_version(), address.is_wild(), address.is_call(), is_public_page(&path));
            prop_assert!(address.decoded.len() <= path.len() * 3);
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
            prop_assert_eq!(Address::of(&encoded).decoded, path);
        }
    }
}
