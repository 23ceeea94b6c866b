//! Why a database is refused, in one line.

use sqlx::migrate::MigrateError;

use super::DatabaseUrl;

/// Why a database is refused. Each is one line that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// A later program has been here.
    #[error(
        "the database {place} is newer than this program (its tables are of version {found}, ours of {known}): use the newer program"
    )]
    Newer {
        /// Which database.
        place: String,
        /// The version of its tables.
        found: i64,
        /// The newest that we know.
        known: i64,
    },
    /// Somebody else's data.
    #[error("the database {place} is not one of KWANUS Governance: {why}; name another or an empty one")]
    NotOurs {
        /// Which database.
        place: String,
        /// What shows it.
        why: String,
    },
    /// No answer.
    #[error("the database {place} cannot be reached: {why}")]
    Unreachable {
        /// Which database.
        place: String,
        /// What the driver says.
        why: String,
    },
    /// It answers, and does not take what we write.
    #[error("the database {place} cannot be written: {why}")]
    Unwritable {
        /// Which database.
        place: String,
        /// What the driver says.
        why: String,
    },
    /// The SQLite in this executable is too old.
    #[error(
        "SQLite {found} is older than 3.51.3, which mended a corruption of databases in WAL mode: rebuild with a newer one"
    )]
    SqliteTooOld {
        /// The version found.
        found: String,
    },
}

impl OpenError {
    /// Says why the first write failed.
    #[must_use]
    pub fn from_write(url: &DatabaseUrl, error: crate::Error) -> Self {
        match error {
            crate::Error::Driver(error) => explain(url, error),
            other => Self::Unwritable { place: url.to_string(), why: other.to_string() },
        }
    }
}

pub(super) fn not_ours(url: &DatabaseUrl, why: &str) -> OpenError {
    OpenError::NotOurs { place: url.to_string(), why: why.to_owned() }
}

pub(super) fn unreachable(url: &DatabaseUrl, why: String) -> OpenError {
    OpenError::Unreachable { place: url.to_string(), why }
}

pub(super) fn unwritable(url: &DatabaseUrl, why: String) -> OpenError {
    OpenError::Unwritable { place: url.to_string(), why }
}

pub(crate) fn explain_migration(url: &DatabaseUrl, error: MigrateError) -> OpenError {
    match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => explain(url, error),
        other => unwritable(url, other.to_string()),
    }
}

/// A driver's error as one line. SQLite's primary codes: 8 read-only, 10 I/O, 13 full, 14 cannot open, 26 not a database.
pub(crate) fn explain(url: &DatabaseUrl, error: sqlx::Error) -> OpenError {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    match error {
        sqlx::Error::Configuration(inner) => match inner.downcast::<OpenError>() {
            Ok(known) => *known,
            Err(other) => unreachable(url, one_line(&other.to_string())),
        },
        sqlx::Error::Database(inner) if matches!(url, DatabaseUrl::Sqlite(_)) => {
            let code = inner.code().and_then(|code| code.parse::<i64>().ok()).unwrap_or_default() & 0xff;
            match code {
                8 => unwritable(url, "it is read-only".to_owned()),
                10 => unwritable(url, format!("the disk refuses ({})", inner.message())),
                13 => unwritable(url, "the disk is full".to_owned()),
                26 => not_ours(url, "it is not an SQLite file"),
                _ => unreachable(url, one_line(inner.message())),
            }
        }
        sqlx::Error::Database(inner) => match inner.code().as_deref() {
            Some("25006") => unwritable(url, "it is read-only".to_owned()),
            Some("53100") => unwritable(url, "the disk is full".to_owned()),
            Some("42501") => unwritable(url, one_line(inner.message())),
            _ => unreachable(url, one_line(inner.message())),
        },
        other => unreachable(url, one_line(&other.to_string())),
    }
}
