//! Looking at a database before anything is changed.

use sqlx::{
    Connection, PgConnection, Row, SqliteConnection, SqlitePool, migrate::Migrator, postgres::PgConnectOptions,
    sqlite::SqliteConnectOptions,
};

use super::{
    DatabaseUrl, OpenError,
    refusal::{explain, not_ours, unreachable, unwritable},
};
use crate::{
    db::ACQUIRE_PATIENCE,
    migration::{Migrations, POSTGRES, SQLITE},
};

/// Written into the header of our SQLite files ("KWGV"), so that we never take another program's for ours.
const APPLICATION_ID: i64 = 0x4B57_4756;
/// Earlier versions of SQLite can corrupt a database in WAL mode.
const SQLITE_FLOOR: (u32, u32, u32) = (3, 51, 3);

/// Creates the file of a new SQLite database, and its folder, for its owner's eyes only: SQLite gives its log the same
/// rights.
pub(crate) fn create(url: &DatabaseUrl) -> Result<(), OpenError> {
    let Some(file) = url.file().filter(|file| !file.exists()) else { return Ok(()) };
    let refuse = |what: &str, error: std::io::Error| unreachable(url, format!("cannot create {what}: {error}"));
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        let mut builder = std::fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.recursive(true).create(folder).map_err(|error| refuse("its folder", error))?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&file).map(drop).map_err(|error| refuse("it", error))
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
    if !file.exists() || std::fs::metadata(file).is_ok_and(|meta| meta.len() == 0) {
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
}
