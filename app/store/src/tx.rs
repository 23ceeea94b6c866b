//! A transaction on one of the two databases.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use chrono::{DateTime, Utc};
use kwanus_domain::{time::to_microseconds, uuid_v7};
use sqlx::{Postgres, Sqlite, Transaction, postgres::PgArguments, sqlite::SqliteArguments};
use uuid::Uuid;

use crate::{Environment, Query, Result, Sql};

/// A transaction, through the native driver of its database. Dropped without [`Tx::commit`], it never was.
#[derive(Debug)]
pub struct Tx {
    inner: Inner,
    environment: Arc<dyn Environment>,
    last_id_at: Arc<AtomicI64>,
}

#[derive(Debug)]
pub(crate) enum Inner {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Tx {
    pub(crate) fn new(inner: Inner, environment: Arc<dyn Environment>, last_id_at: Arc<AtomicI64>) -> Self {
        Self { inner, environment, last_id_at }
    }

    /// A query in this transaction.
    pub fn query(&mut self, sql: impl Into<Sql>) -> Query<'_> {
        let sql = sql.into();
        match &mut self.inner {
            Inner::Sqlite(tx) => Query::Sqlite(tx, sql.sqlite().into(), SqliteArguments::default()),
            Inner::Postgres(tx) => Query::Postgres(tx, sql.postgres().into(), PgArguments::default()),
        }
    }

    /// The present, to the microsecond. Read it after the lock that a decision is taken under.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        to_microseconds(self.environment.now())
    }

    /// A new identifier of any kind. It sorts after every one that this process made before, even within a microsecond.
    #[must_use]
    pub fn new_id<T: From<Uuid>>(&self) -> T {
        let now = self.now().timestamp_micros();
        let next = |last: i64| now.max(last + 1);
        let at = next(self.last_id_at.update(Ordering::Relaxed, Ordering::Relaxed, next));
        uuid_v7(DateTime::from_timestamp_micros(at).unwrap_or_default(), self.random()).into()
    }

    /// Unpredictable bytes, for salts and secrets.
    #[must_use]
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.environment.fill(&mut bytes);
        bytes
    }

    /// Marks a place that [`Tx::back`] leads to.
    pub async fn mark(&mut self) -> Result<()> {
        self.query("SAVEPOINT mark").execute().await?;
        Ok(())
    }

    /// Undoes everything since the mark. Locks that were taken before it are still held.
    pub async fn back(&mut self) -> Result<()> {
        self.query("ROLLBACK TO SAVEPOINT mark").execute().await?;
        Ok(())
    }

    /// Makes everything since the beginning true at once.
    pub async fn commit(self) -> Result<()> {
        match self.inner {
            Inner::Sqlite(tx) => tx.commit().await?,
            Inner::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::on_both_databases;

    #[tokio::test]
    async fn what_is_undone_never_was_and_what_stands_before_the_mark_is_kept() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            tx.query("UPDATE board SET mandate = 'before' WHERE key = 'tsc'").execute().await.unwrap();
            tx.mark().await.unwrap();
            tx.query("UPDATE board SET mandate = 'after' WHERE key = 'tsc'").execute().await.unwrap();
            // After what fails, Postgres does nothing else in the transaction until it is undone.
            assert!(tx.query("INSERT INTO board (key) VALUES ('tsc')").execute().await.is_err());
            tx.back().await.unwrap();
            tx.query("UPDATE board SET mandate = 'kept' WHERE key = 'sco'").execute().await.unwrap();
            tx.commit().await.unwrap();
            let mut tx = db.read().await.unwrap();
            let mandates: Vec<(String,)> =
                tx.query("SELECT mandate FROM board WHERE key IN ('tsc', 'sco') ORDER BY mandate").all().await.unwrap();
            assert_eq!(mandates, [("before".to_owned(),), ("kept".to_owned(),)]);
        })
        .await;
    }
}
