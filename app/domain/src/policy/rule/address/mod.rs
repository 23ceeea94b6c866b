//! What the path of an endpoint leads to, whatever it is disguised as.

mod forbidden;
mod host;
mod wild;
mod word;

use self::{
    host::{authority, cut, is_private, port},
    word::{
        ends_in, is_among, is_date, is_parameter, is_version, is_version_segment, pairs, parts, segments, wholes, words,
    },
};
pub(super) use self::{
    host::{is_label, is_public_page},
    wild::is_star,
    word::{decoded, literal},
};

/// The methods of HTTP by which something can be asked for or changed.
const METHODS: &[&str] = &["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
/// Schemes of what is called by those.
const WEB: &[&str] = &["http", "https", "ws", "wss"];

/// Words by which a database is meant, wherever they stand.
const DATABASES: &[&str] = &[
    "adminer",
    "database",
    "databases",
    "dbs",
    "jdbc",
    "memcached",
    "mongo",
    "odbc",
    "pgadmin",
    "phpmyadmin",
    "postgres",
    "redis",
    "rediss",
];
/// How words end that name one: `userdb`. No other word ends so.
const DATABASE_ENDINGS: &[&str] = &["database", "db"];
/// What stands behind `db` in words that name one: `dbquery`. There are names that begin so: DBA, DBRS.
const DATABASE_TOOLS: &[&str] = &[
    "access",
    "admin",
    "api",
    "cluster",
    "connect",
    "connection",
    "console",
    "dump",
    "exec",
    "export",
    "gateway",
    "host",
    "link",
    "proxy",
    "query",
    "read",
    "replica",
    "schema",
    "server",
    "service",
    "shell",
    "table",
    "tables",
    "write",
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
    "oracle",
    "redshift",
    "snowflake",
];
/// Ports at which databases answer.
const DATABASE_PORTS: &[u16] = &[1433, 1521, 3306, 5432, 5984, 6379, 6380, 7687, 8123, 9042, 9200, 11211, 26257, 27017];

/// Words by which something internal is meant, wherever they stand.
const INTERNALS: &[&str] = &["backoffice", "internal", "internals", "intranet", "localhost", "superadmin", "sysadmin"];
/// Words that mean something internal where they are the whole of a segment, wherever it stands.
const ADMINISTRATION: &[&str] = &["admin", "administration", "administrator"];
/// What is internal only by its name: the Internal Revenue Service.
const INTERNAL_NAMES: &[&str] = &["affairs", "medicine", "revenue"];
/// Words that mean something internal where a path begins, up to its version and behind it, or beside one of [`DOORS`]: of
/// private student loans and administration fees there are public endpoints.
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
    "tool",
    "tools",
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
const SIGN_IN: &[&str] = &["authorise", "authorize", "introspect", "revoke", "token"];
/// What a POST asks where it changes nothing: the last word of its path. By GraphQL it may do either.
const QUERIES: &[&str] =
    &["batch-get", "batch_get", "batchget", "compare", "count", "filter", "lookup", "match", "query", "search"];

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

    /// The path, without its host.
    fn path(&self) -> &str {
        split(self.head()).1
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
        let is_word = |word: &str| is_among(word, DATABASES) || ends_in(word, DATABASE_ENDINGS) || is_of_database(word);
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
        let path = literal(path);
        segments(&literal(self.head())).any(is_internal)
            || handed_on(self.query()).any(|(_, rest)| segments(rest).any(is_internal))
            || own.is_some_and(is_closed)
            || openings(&path).any(is_closed)
            || segments(&path).any(|segment| is_among(segment, ADMINISTRATION))
            || self.authorities().any(|(authority, is_host)| is_private(authority, is_host))
    }

    /// Whether nothing of anybody is behind it: `GET /v1/health`.
    pub fn is_open(&self) -> bool {
        let path = literal(self.path());
        let words = || path.split('/').filter(|it| !is_version_segment(it)).flat_map(segments);
        let is_sign_in = words().next().is_some_and(|first| is_among(first, &["oauth"]));
        let is_signed_in = || words().last().is_some_and(|last| is_among(last, SIGN_IN));
        let changes = ["POST", "PUT", "PATCH", "DELETE"].iter().any(|method| self.is(method));
        words().next().is_some()
            && (!changes || self.is("POST") && is_sign_in && is_signed_in())
            && words().all(|word| is_among(word, OPEN) || is_sign_in && is_among(word, SIGN_IN))
    }

    /// Whether that is its method.
    pub fn is(&self, method: &str) -> bool {
        self.method().is_some_and(|own| own.eq_ignore_ascii_case(method))
    }

    /// Whether its method changes something.
    pub fn is_write(&self) -> bool {
        // Behind its last word may stand of what it asks, and how the answer is written.
        let is_word = |word: &&str| !is_parameter(word) && *word != "json";
        let path = literal(self.path());
        let asks = || segments(&path).filter(is_word).last().is_some_and(|it| is_among(it.trim_matches('_'), QUERIES));
        ["PUT", "PATCH", "DELETE"].iter().any(|method| self.is(method)) || self.is("POST") && !asks()
    }

    /// Whether a segment of its path is that word, in the plural or not.
    pub fn names(&self, word: &str) -> bool {
        segments(&literal(self.path())).any(|segment| folded(segment) == folded(word))
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

/// The segments behind the version: all, where none is named.
fn past_version(path: &str) -> impl Iterator<Item = &str> {
    let named = |path: &str| path.split('/').position(is_version_segment);
    path.split('/').skip(named(path).map_or(0, |at| at + 1)).filter(|it| !it.is_empty())
}

/// Where a path begins: up to its version and behind it, past what is the door to everything, `api`.
fn openings(path: &str) -> impl Iterator<Item = &str> {
    let count = path.split('/').position(is_version_segment).unwrap_or(0);
    path.split('/').take(count).chain(past_version(path).find(|it| !is_among(it, DOORS)))
}

/// Whether a word is one of databases by how it begins, or by what no other word holds: `dbquery`, `mysqldump`.
fn is_of_database(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    word.contains("sql") || word.strip_prefix("db").is_some_and(|rest| is_among(rest, DATABASE_TOOLS))
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
            || is_closed_door(word)
    })
}

/// Whether a word is two of those that mean something internal beside one another: `adminpanel`, `internalservice`.
fn is_closed_door(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    let closed = CLOSED.iter().chain(&["internal"]);
    closed.filter_map(|closed| word.strip_prefix(closed)).any(|rest| is_among(rest, DOORS))
}

/// A word by which it is told from others, however it is spelled: `raw-text`, `raw_text` and `rawText` are one.
fn folded(word: &str) -> String {
    let mut plain: String = word.chars().filter(|c| !matches!(c, '-' | '_')).map(|c| c.to_ascii_lowercase()).collect();
    if plain.ends_with('s') {
        plain.pop();
    }
    plain
}

#[cfg(test)]
mod tests;
