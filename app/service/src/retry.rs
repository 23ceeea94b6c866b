//! The one place where an action is run again.

use std::time::Duration;

use crate::Result;

/// How often an action is tried in all.
const TRIES: u32 = 4;

/// Runs a whole action, and again when the database asks for it (a deadlock, a serialisation failure, a busy file).
/// Never inside a transaction: every try opens its own.
///
/// A plain closure that returns a future, not `AsyncFn`: the compiler cannot yet see that the latter's future is `Send`.
pub(crate) async fn retrying<T, F>(action: impl Fn() -> F) -> Result<T>
where
    F: Future<Output = Result<T>>,
{
    let mut tried = 1;
    loop {
        match action().await {
            Err(error) if error.is_transient() && tried < TRIES => {
                tracing::debug!(tried, "trying again");
                tokio::time::sleep(Duration::from_millis(u64::from(10 * tried * tried))).await;
                tried += 1;
            }
            outcome => return outcome,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use kwanus_store::testing::on_both_databases;

    use super::*;
    use crate::Error;

    #[tokio::test]
    async fn what_is_not_transient_is_tried_once() {
        let tries = AtomicU32::new(0);
        let outcome: Result<()> = retrying(|| async {
            tries.fetch_add(1, Ordering::Relaxed);
            Err(Error::NotFound)
        })
        .await;
        assert!(matches!(outcome, Err(Error::NotFound)));
        assert_eq!(tries.into_inner(), 1);
    }

    /// Two actions that lock the same two rows in opposite order deadlock on Postgres, and wait for each other's whole
    /// transaction on SQLite. With the wrapper both succeed.
    #[tokio::test]
    async fn a_deadlock_is_run_again_until_both_are_done() {
        on_both_databases(async |db| {
            let lock = async |first: &'static str, second: &'static str| {
                retrying(|| async {
                    let mut tx = db.write().await?;
                    for key in [first, second] {
                        tx.query("UPDATE board SET mandate = mandate WHERE key = $1").bind(key).execute().await?;
                        tokio::time::sleep(Duration::from_millis(50)).await;
                    }
                    Ok(tx.commit().await?)
                })
                .await
            };
            let (one, other) = tokio::join!(lock("tsc", "sco"), lock("sco", "tsc"));
            assert!(one.is_ok() && other.is_ok(), "{one:?} {other:?}");
        })
        .await;
    }
}
