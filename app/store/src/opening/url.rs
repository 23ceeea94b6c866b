//! The address of a database.

use std::{path::PathBuf, str::FromStr};

use sqlx::{ConnectOptions, postgres::PgConnectOptions, sqlite::SqliteConnectOptions};

/// Where the database is: `sqlite:data/kwanus.db` or `postgres://user@host/name`.
#[derive(Clone, Debug)]
pub enum DatabaseUrl {
    /// A file of our own.
    Sqlite(SqliteConnectOptions),
    /// A database on a server.
    Postgres(PgConnectOptions),
}

impl FromStr for DatabaseUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let read = |error: sqlx::Error| format!("the database URL cannot be read: {error}");
        if text.starts_with("sqlite:") {
            let options = SqliteConnectOptions::from_str(text).map_err(read)?;
            if options.get_filename().as_os_str().is_empty() || text.contains(":memory:") {
                return Err("name a file for SQLite, such as sqlite:data/kwanus.db".into());
            }
            Ok(Self::Sqlite(options.disable_statement_logging()))
        } else if text.starts_with("postgres:") || text.starts_with("postgresql:") {
            Ok(Self::Postgres(PgConnectOptions::from_str(text).map_err(read)?.disable_statement_logging()))
        } else {
            Err("a database URL starts with sqlite: or postgres:".into())
        }
    }
}

impl std::fmt::Display for DatabaseUrl {
    /// Where, without the password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sqlite(options) => write!(f, "{}", options.get_filename().display()),
            Self::Postgres(options) => {
                write!(
                    f,
                    "{} at {}:{}",
                    options.get_database().unwrap_or("postgres"),
                    options.get_host(),
                    options.get_port()
                )
            }
        }
    }
}

impl DatabaseUrl {
    /// The file, for SQLite.
    #[must_use]
    pub fn file(&self) -> Option<PathBuf> {
        match self {
            Self::Sqlite(options) => Some(options.get_filename().to_owned()),
            Self::Postgres(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_shows_where_without_the_password() {
        let url: DatabaseUrl = "postgres://kwanus:s3cret@db.example:6543/governance".parse().unwrap();
        assert_eq!(url.to_string(), "governance at db.example:6543");
        assert!("mysql://x".parse::<DatabaseUrl>().is_err());
        assert!("sqlite::memory:".parse::<DatabaseUrl>().is_err());
    }
}
