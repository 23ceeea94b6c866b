//! The one row that says what this database is.

use crate::{Result, Sql, Tx};

/// Says that this database is a demo or not, if nobody has said so yet; answers what it is, and whether that is new.
pub async fn claim(tx: &mut Tx, is_demo: bool) -> Result<(bool, bool)> {
    let now = tx.now();
    let is_new = tx
        .query("INSERT INTO installation (id, is_demo, created_at) VALUES (1, $1, $2) ON CONFLICT (id) DO NOTHING")
        .bind(is_demo)
        .bind(now)
        .execute()
        .await?
        == 1;
    Ok((self::is_demo(tx).await?, is_new))
}

/// Whether this database was made as a demo.
pub async fn is_demo(tx: &mut Tx) -> Result<bool> {
    let row: Option<(bool,)> = tx.query("SELECT is_demo FROM installation WHERE id = 1").optional().await?;
    Ok(row.is_some_and(|(is_demo,)| is_demo))
}

/// Waits until no other transaction holds this lock, then holds it to the end of this one. SQLite's writers hold the
/// whole database already.
pub async fn lock(tx: &mut Tx) -> Result<()> {
    tx.query(Sql::pair("SELECT 1", "SELECT 1 FROM (SELECT pg_advisory_xact_lock(5427286)) AS held"))
        .optional::<(i32,)>()
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::on_both_databases;

    #[tokio::test]
    async fn the_first_claim_stands() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            lock(&mut tx).await.unwrap();
            assert_eq!(claim(&mut tx, true).await.unwrap(), (true, true));
            assert_eq!(claim(&mut tx, false).await.unwrap(), (true, false));
            tx.commit().await.unwrap();
        })
        .await;
    }
}
