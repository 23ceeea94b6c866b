//! Before a database is opened: what it is, and in one line why not.

use std::{path::PathBuf, str::FromStr};

use sqlx::{
    ConnectOptions, Connection, PgConnection, Row, SqliteConnection, SqlitePool,
    migrate::{MigrateError, Migrator},
    postgres::PgConnectOptions,
    sqlite::SqliteConnectOptions,
};

use crate::{
    db::ACQUIRE_PATIENCE,
    migration::{Migrations, POSTGRES, SQLITE},
};

/// Written into the header of our SQLite files ("KWGV"), so that we never take another program's for ours.
const APPLICATION_ID: i64 = 0x4B57_4756;
/// Earlier versions of SQLite can corrupt a database in WAL mode.
const SQLITE_FLOOR: (u32, u32, u32) = (3, 51, 3);

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

/// Looks at the database without changing a byte of it.
pub(crate) async fn inspect(url: &DatabaseUrl) -> Result<(), OpenError> {
    match url {
        DatabaseUrl::Sqlite(options) => inspect_sqlite(url, options).await,
        DatabaseUrl::Postgres(options) => inspect_postgres(url, options).await,
    }
}

async fn inspect_sqlite(url: &DatabaseUrl, options: &SqliteConnectOptions) -> Result<(), OpenError> {
    let file = options.get_filename();
    if !file.exists() {
        if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder)
                .map_err(|error| unreachable(url, format!("cannot create its folder: {error}")))?;
        }
        return Ok(());
    }
    if std::fs::metadata(file).is_ok_and(|meta| meta.len() == 0) {
        return Ok(());
    }
    let look = async {
        let mut connection = SqliteConnection::connect_with(&options.clone().read_only(true)).await?;
        let tables: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM sqlite_schema WHERE tbl_name <> '_sqlx_migrations'")
            .fetch_one(&mut connection)
            .await?;
        let application: i64 = sqlx::query_scalar("PRAGMA application_id").fetch_one(&mut connection).await?;
        let is_ours = application == APPLICATION_ID;
        let applied = if is_ours {
            applied("SELECT version, checksum FROM _sqlx_migrations ORDER BY version", &mut connection).await?
        } else {
            vec![]
        };
        connection.close().await?;
        Ok::<_, sqlx::Error>((tables, is_ours, applied))
    };
    let (tables, is_ours, applied) = look.await.map_err(|error| explain(url, error))?;
    if tables > 0 && !is_ours {
        return Err(not_ours(url, "it holds another program's tables"));
    }
    compare(url, &SQLITE, &applied)
}

async fn inspect_postgres(url: &DatabaseUrl, options: &PgConnectOptions) -> Result<(), OpenError> {
    let look = async {
        let mut connection = PgConnection::connect_with(options).await?;
        let tables: i64 =
            sqlx::query_scalar("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name <> '_sqlx_migrations'")
                .fetch_one(&mut connection)
                .await?;
        let is_ours: bool = sqlx::query_scalar(
            "SELECT to_regclass('_sqlx_migrations') IS NOT NULL AND to_regclass('installation') IS NOT NULL",
        )
        .fetch_one(&mut connection)
        .await?;
        let is_read_only: bool = sqlx::query_scalar("SELECT current_setting('transaction_read_only')::boolean")
            .fetch_one(&mut connection)
            .await?;
        let applied = if is_ours {
            applied("SELECT version, checksum FROM _sqlx_migrations ORDER BY version", &mut connection).await?
        } else {
            vec![]
        };
        connection.close().await?;
        Ok::<_, sqlx::Error>((tables, is_ours, is_read_only, applied))
    };
    let look = tokio::time::timeout(ACQUIRE_PATIENCE, look).await;
    let (tables, is_ours, is_read_only, applied) =
        look.map_err(|_| unreachable(url, "it does not answer".to_owned()))?.map_err(|error| explain(url, error))?;
    if tables > 0 && !is_ours {
        return Err(not_ours(url, "it holds another program's tables"));
    }
    if is_read_only {
        return Err(unwritable(url, "it is read-only".to_owned()));
    }
    compare(url, &POSTGRES, &applied)
}

/// The migrations that ran here, with their checksums.
async fn applied<'c, C, D>(sql: &'static str, connection: &'c mut C) -> sqlx::Result<Vec<(i64, Vec<u8>)>>
where
    D: sqlx::Database,
    C: Connection<Database = D>,
    &'c mut C: sqlx::Executor<'c, Database = D>,
    D::Arguments: sqlx::IntoArguments<D>,
    for<'r> i64: sqlx::Decode<'r, D> + sqlx::Type<D>,
    for<'r> Vec<u8>: sqlx::Decode<'r, D> + sqlx::Type<D>,
    usize: sqlx::ColumnIndex<D::Row>,
{
    let rows = sqlx::query(sql).fetch_all(connection).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

fn compare(url: &DatabaseUrl, known: &Migrator, applied: &[(i64, Vec<u8>)]) -> Result<(), OpenError> {
    for (version, checksum) in applied {
        if *version > Migrations::newest() {
            return Err(OpenError::Newer { place: url.to_string(), found: *version, known: Migrations::newest() });
        }
        if !known.iter().any(|migration| migration.version == *version && *migration.checksum == **checksum) {
            return Err(not_ours(url, "its tables were made by other migrations than ours"));
        }
    }
    Ok(())
}

pub(crate) async fn check_sqlite_version(pool: &SqlitePool) -> sqlx::Result<()> {
    let found: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(pool).await?;
    if is_sqlite_recent(&found) {
        Ok(())
    } else {
        Err(sqlx::Error::Configuration(Box::new(OpenError::SqliteTooOld { found })))
    }
}

fn is_sqlite_recent(version: &str) -> bool {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    (next(), next(), next()) >= SQLITE_FLOOR
}

fn not_ours(url: &DatabaseUrl, why: &str) -> OpenError {
    OpenError::NotOurs { place: url.to_string(), why: why.to_owned() }
}

fn unreachable(url: &DatabaseUrl, why: String) -> OpenError {
    OpenError::Unreachable { place: url.to_string(), why }
}

fn unwritable(url: &DatabaseUrl, why: String) -> OpenError {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_floor_is_3_51_3() {
        for (version, is_recent) in
            [("3.51.3", true), ("3.52.0", true), ("4.0", true), ("3.51.2", false), ("3.46.1", false), ("", false)]
        {
            assert_eq!(is_sqlite_recent(version), is_recent, "{version}");
        }
    }

    #[test]
    fn a_url_shows_where_without_the_password() {
        let url: DatabaseUrl = "postgres://kwanus:s3cret@db.example:6543/governance".parse().unwrap();
        assert_eq!(url.to_string(), "governance at db.example:6543");
        assert!("mysql://x".parse::<DatabaseUrl>().is_err());
        assert!("sqlite::memory:".parse::<DatabaseUrl>().is_err());
    }
}
