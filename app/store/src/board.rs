//! The boards, in the order in which they are shown.

use kwanus_domain::board::BoardKey;

use crate::{Result, Tx};

/// A board as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct BoardRow {
    /// Its key, `sco`.
    #[sqlx(try_from = "String")]
    pub key: BoardKey,
    /// Its name, "Security & Compliance Office".
    pub name: String,
    /// What it governs.
    pub mandate: String,
}

/// All boards.
pub async fn list(tx: &mut Tx) -> Result<Vec<BoardRow>> {
    tx.query("SELECT key, name, mandate FROM board ORDER BY position").all().await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::on_both_databases;

    #[tokio::test]
    async fn the_four_boards_of_the_specification_are_seeded() {
        on_both_databases(async |db| {
            let boards = list(&mut db.read().await.unwrap()).await.unwrap();
            let keys: Vec<_> = boards.iter().map(|board| board.key.as_str()).collect();
            assert_eq!(keys, ["tsc", "sco", "erc", "cgb"]);
        })
        .await;
    }
}
