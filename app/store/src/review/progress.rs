//! How far the boards are with rounds of reviews.

use kwanus_domain::{board::BoardKey, review::CampaignId};
use uuid::Uuid;

use crate::{Result, Tx};

/// How far a board is with a campaign.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct BoardProgress {
    /// The campaign.
    #[sqlx(try_from = "Uuid")]
    pub campaign_id: CampaignId,
    /// The board.
    #[sqlx(try_from = "String")]
    pub board_key: BoardKey,
    /// How many reviews it has.
    pub total: i64,
    /// Of how many of them it has recommended something.
    pub done: i64,
    /// How many of the others are past their date.
    pub overdue: i64,
}

/// How far the boards are with the campaigns of these years, in the order of the boards.
pub async fn count_by_board(tx: &mut Tx, from: i32, to: i32) -> Result<Vec<BoardProgress>> {
    let now = tx.now();
    tx.query(
        "SELECT campaign.id AS campaign_id, ballot.board_key, COUNT(*) AS total, COUNT(ballot.verdict) AS done,
            COUNT(*) FILTER (WHERE ballot.verdict IS NULL AND ballot.closes_at <= $1) AS overdue
         FROM campaign
         JOIN review_case ON review_case.campaign_id = campaign.id
         JOIN ballot ON ballot.case_id = review_case.id
         JOIN board ON board.key = ballot.board_key
         WHERE campaign.key >= $2 AND campaign.key < $3
         GROUP BY campaign.id, ballot.board_key, board.position ORDER BY board.position",
    )
    .bind(now)
    .bind(format!("{from:04}"))
    .bind(format!("{:04}", to + 1))
    .all()
    .await
}

/// How far a campaign is.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CampaignProgress {
    /// The campaign.
    #[sqlx(try_from = "Uuid")]
    pub campaign_id: CampaignId,
    /// How many reviews it holds.
    pub total: i64,
    /// How many of them are concluded.
    pub done: i64,
}

/// How far the campaigns of these years are.
pub async fn count_by_campaign(tx: &mut Tx, from: i32, to: i32) -> Result<Vec<CampaignProgress>> {
    tx.query(
        "SELECT campaign.id AS campaign_id, COUNT(*) AS total, COUNT(review_case.decided_at) AS done
         FROM campaign JOIN review_case ON review_case.campaign_id = campaign.id
         WHERE campaign.key >= $1 AND campaign.key < $2 GROUP BY campaign.id",
    )
    .bind(format!("{from:04}"))
    .bind(format!("{:04}", to + 1))
    .all()
    .await
}
