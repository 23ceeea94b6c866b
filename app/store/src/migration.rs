//! The tables of the installation, brought up to date at start. The files of both folders of `migrations/` bear the same
//! names.

use sqlx::migrate::{MigrateError, Migrator};

use crate::db::Pools;

pub(crate) static SQLITE: Migrator = sqlx::migrate!("../../migrations/sqlite");
pub(crate) static POSTGRES: Migrator = sqlx::migrate!("../../migrations/postgres");

/// What the program knows of migrations.
pub(crate) struct Migrations;

impl Migrations {
    /// The version of the newest migration that the program brings; the same in both folders.
    pub(crate) fn newest() -> i64 {
        SQLITE.iter().map(|migration| migration.version).max().unwrap_or_default()
    }
}

pub(crate) async fn run(pools: &Pools) -> Result<(), MigrateError> {
    match pools {
        Pools::Sqlite { writer, .. } => SQLITE.run(writer).await,
        Pools::Postgres(pool) => POSTGRES.run(pool).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::on_both_databases;

    #[test]
    fn both_folders_hold_the_same_migrations() {
        let names = |migrator: &'static Migrator| {
            migrator.iter().map(|m| (m.version, m.description.clone())).collect::<Vec<_>>()
        };
        assert!(names(&SQLITE).len() >= 2);
        assert_eq!(names(&SQLITE), names(&POSTGRES));
    }

    /// Columns as `table.column`, but for the table in which sqlx itself keeps what it has run.
    async fn columns(pools: &Pools) -> Vec<String> {
        match pools {
            Pools::Sqlite { readers, .. } => sqlx::query_scalar(
                "SELECT t.name || '.' || c.name FROM sqlite_schema t, pragma_table_info(t.name) c
                 WHERE t.type = 'table' AND t.name NOT LIKE '\\_%' ESCAPE '\\' AND t.name NOT LIKE 'sqlite%' ORDER BY 1",
            )
            .fetch_all(readers)
            .await
            .unwrap(),
            Pools::Postgres(pool) => sqlx::query_scalar(
                r#"SELECT (table_name || '.' || column_name) COLLATE "C" FROM information_schema.columns
                   WHERE table_schema = current_schema() AND table_name NOT LIKE '\_%' ORDER BY 1"#,
            )
            .fetch_all(pool)
            .await
            .unwrap(),
        }
    }

    #[tokio::test]
    async fn both_databases_get_the_same_tables_and_columns() {
        let seen = std::sync::Mutex::new(Vec::new());
        on_both_databases(async |db| {
            let columns = columns(db.pools()).await;
            seen.lock().unwrap().push(columns);
        })
        .await;
        let seen = seen.into_inner().unwrap();
        assert!(seen[0].contains(&"person.email".to_owned()), "{:?}", seen[0]);
        assert_eq!(seen[0], seen[1]);
    }

    #[tokio::test]
    async fn every_sqlite_table_is_strict() {
        let db = crate::testing::fresh_sqlite().await;
        let Pools::Sqlite { readers, .. } = db.pools() else { unreachable!() };
        let loose: Vec<String> = sqlx::query_scalar(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0 AND name NOT LIKE 'sqlite%' AND name <> '_sqlx_migrations'",
        )
        .fetch_all(readers)
        .await
        .unwrap();
        assert_eq!(loose, Vec::<String>::new());
    }
}
