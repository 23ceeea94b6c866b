//! The database of an installation.

use std::{
    sync::{Arc, atomic::AtomicI64},
    time::Duration,
};

use sqlx::{
    PgPool, SqlitePool,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{
    DatabaseUrl, Environment, OpenError, Result, Tx,
    migration::{self, Migrations},
    opening::{self, check_sqlite_version},
    tx::Inner,
};

/// How long a statement may take on Postgres, and how long a writer waits for another on SQLite.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long to wait for a connection before saying that there is none.
pub(crate) const ACQUIRE_PATIENCE: Duration = Duration::from_secs(5);

/// A handle to the database; cloning it is cheap. It carries the clock and the source of chance of its transactions.
#[derive(Clone, Debug)]
pub struct Db {
    pools: Pools,
    environment: Arc<dyn Environment>,
    last_id_at: Arc<AtomicI64>,
}

#[derive(Clone, Debug)]
pub(crate) enum Pools {
    /// SQLite has one writer at a time: a pool of one queues them fairly, where the file's own lock would not.
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
    },
    Postgres(PgPool),
}

impl Db {
    /// Opens the database, creating an SQLite file that is not there, and brings its tables up to date.
    ///
    /// A database that is newer than the program, out of reach, read-only, full or not ours is refused before anything
    /// in it is changed.
    pub async fn open(url: &DatabaseUrl, environment: Arc<dyn Environment>) -> Result<Self, OpenError> {
        opening::inspect(url).await?;
        opening::create(url)?;
        let pools = match url {
            DatabaseUrl::Sqlite(options) => open_sqlite(options).await,
            DatabaseUrl::Postgres(options) => open_postgres(options).await,
        }
        .map_err(|error| opening::explain(url, error))?;
        migration::run(&pools).await.map_err(|error| opening::explain_migration(url, error))?;
        Ok(Self { pools, environment, last_id_at: Arc::default() })
    }

    /// A transaction that writes.
    ///
    /// On SQLite it takes the write lock at once: a reader that upgrades later fails the moment somebody else writes.
    pub async fn write(&self) -> Result<Tx> {
        let inner = match &self.pools {
            Pools::Sqlite { writer, .. } => Inner::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Pools::Postgres(pool) => begin(pool, "BEGIN").await?,
        };
        Ok(self.tx(inner))
    }

    /// A transaction that reads one consistent state.
    pub async fn read(&self) -> Result<Tx> {
        let inner = match &self.pools {
            Pools::Sqlite { readers, .. } => Inner::Sqlite(readers.begin().await?),
            Pools::Postgres(pool) => begin(pool, "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY").await?,
        };
        Ok(self.tx(inner))
    }

    /// The same database, lived through at another time: with a clock and a source of chance of its own.
    #[must_use]
    pub fn with_environment(&self, environment: Arc<dyn Environment>) -> Self {
        Self { pools: self.pools.clone(), environment, last_id_at: Arc::default() }
    }

    fn tx(&self, inner: Inner) -> Tx {
        Tx::new(inner, Arc::clone(&self.environment), Arc::clone(&self.last_id_at))
    }

    /// Whether the database answers and its tables are those of this program.
    pub async fn is_ready(&self) -> bool {
        let Ok(mut tx) = self.read().await else { return false };
        let newest =
            tx.query("SELECT MAX(version) FROM _sqlx_migrations WHERE success").optional::<(Option<i64>,)>().await;
        matches!(newest, Ok(Some((Some(version),))) if version == Migrations::newest())
    }

    /// Lets go of every connection, after the transactions in progress.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }

    #[cfg(test)]
    pub(crate) fn pools(&self) -> &Pools {
        &self.pools
    }
}

/// Begins a transaction on Postgres, to its end even where nobody waits for it any more: whoever asks for a page may go away at
/// any moment, and what is done for them is dropped. Dropped in the middle of `BEGIN`, the driver takes the connection for idle
/// while the server has begun: whoever gets it next would write in what only reads.
async fn begin(pool: &PgPool, statement: &'static str) -> Result<Inner> {
    let pool = pool.clone();
    let begun = tokio::spawn(async move { pool.begin_with(statement).await });
    let transaction = begun.await.map_err(|error| match error.try_into_panic() {
        Ok(panic) => std::panic::resume_unwind(panic),
        Err(_) => sqlx::Error::PoolClosed,
    })?;
    Ok(Inner::Postgres(transaction?))
}

async fn open_sqlite(options: &SqliteConnectOptions) -> sqlx::Result<Pools> {
    let options = options
        .clone()
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // NORMAL would lose the last commits at a power cut; an acknowledged vote may not be lost.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE);
    let writer =
        SqlitePoolOptions::new().max_connections(1).acquire_timeout(PATIENCE).connect_with(options.clone()).await?;
    check_sqlite_version(&writer).await?;
    let readers = SqlitePoolOptions::new()
        .max_connections(8)
        .acquire_timeout(ACQUIRE_PATIENCE)
        .connect_with(options.pragma("query_only", "on"))
        .await?;
    Ok(Pools::Sqlite { writer, readers })
}

async fn open_postgres(options: &PgConnectOptions) -> sqlx::Result<Pools> {
    let options = options.clone().application_name("kwanus-governance").options([
        ("statement_timeout", PATIENCE.as_millis().to_string()),
        ("TimeZone", "UTC".to_owned()),
        // A page is 26 rows in the order of an index. The default is that of spinning disks: by it the planner reads and
        // sorts whole tables instead.
        ("random_page_cost", "1.1".to_owned()),
    ]);
    let pool = PgPoolOptions::new().max_connections(16).acquire_timeout(ACQUIRE_PATIENCE).connect_with(options).await?;
    Ok(Pools::Postgres(pool))
}

#[cfg(test)]
mod tests {
    use std::{future::poll_fn, task::Poll, time::Duration};

    use crate::{
        Db,
        testing::{Fixed, Fresh, START},
    };

    /// On Postgres alone: SQLite's driver undoes by itself what nobody waits for.
    #[tokio::test]
    async fn whoever_goes_away_while_a_transaction_begins_leaves_none_open() {
        let fresh = Fresh::postgres().await;
        let db = Db::open(&fresh.url, Fixed::at(START)).await.unwrap();
        let observer = Db::open(&fresh.url, Fixed::at(START)).await.unwrap();
        let moment = || tokio::time::sleep(Duration::from_millis(50));
        // However far it has come: between two polls the database answers.
        for polls in 1..=5 {
            let mut begun = Box::pin(db.read());
            for poll in 1..=polls {
                let is_done = poll_fn(|context| Poll::Ready(begun.as_mut().poll(context).is_ready())).await;
                if is_done || poll == polls {
                    break;
                }
                moment().await;
            }
            drop(begun);
            let mut has_left = false;
            for _ in 0..100 {
                moment().await;
                has_left = leaves_a_transaction(&observer).await;
                if !has_left {
                    break;
                }
            }
            assert!(!has_left, "dropped at poll {polls}");
        }
    }

    async fn leaves_a_transaction(observer: &Db) -> bool {
        let mut tx = observer.read().await.unwrap();
        let of_others = "SELECT EXISTS (SELECT 1 FROM pg_stat_activity
            WHERE datname = current_database() AND state = 'idle in transaction' AND pid <> pg_backend_pid())";
        tx.query(of_others).one::<(bool,)>().await.unwrap().0
    }
}
