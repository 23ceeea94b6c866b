//! The reviews of an integration.

use chrono::{DateTime, NaiveDate, Utc};
use kwanus_domain::{
    ballot::{BallotId, Outcome},
    case::{CaseId, CaseRef},
    integration::IntegrationId,
    review::{CampaignKey, Rung},
};
use uuid::Uuid;

use crate::{Result, Tx, case::ReferenceRow};

/// A review of an integration.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ReviewRow {
    /// Its case.
    #[sqlx(try_from = "Uuid")]
    pub case_id: CaseId,
    /// How the case is called.
    #[sqlx(flatten, try_from = "ReferenceRow")]
    pub reference: CaseRef,
    /// The campaign.
    #[sqlx(try_from = "String")]
    pub campaign: CampaignKey,
    /// The day on which its ballots close.
    pub closes_on: NaiveDate,
    /// When it was concluded.
    pub decided_at: Option<DateTime<Utc>>,
    outcome: Option<String>,
}

impl ReviewRow {
    /// How it was concluded.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        self.outcome.as_deref().and_then(Outcome::from_word)
    }
}

/// Up to `limit` reviews of an integration that had opened by that instant, the newest first.
pub async fn list_of_integration(
    tx: &mut Tx,
    integration: IntegrationId,
    by: DateTime<Utc>,
    limit: u8,
) -> Result<Vec<ReviewRow>> {
    tx.query(
        "SELECT review_case.id AS case_id, review_case.kind, review_case.year, review_case.number, campaign.key AS campaign,
            campaign.closes_on, review_case.decided_at, decision.outcome
         FROM review_case
         JOIN campaign ON campaign.id = review_case.campaign_id
         LEFT JOIN decision ON decision.case_id = review_case.id
         WHERE review_case.integration_id = $1 AND review_case.submitted_at <= $2
         ORDER BY review_case.submitted_at DESC, review_case.id DESC LIMIT $3",
    )
    .bind(integration)
    .bind(by)
    .bind(i64::from(limit))
    .all()
    .await
}

/// Counts another revision of every review of an integration that is open: what it looks at has changed, and what was
/// recommended of it speaks of something else. Answers which. Two reviews of one integration that are concluded at the same
/// instant can each wait for the other here; Postgres ends one of the two, and it is run again.
pub async fn revise_open(tx: &mut Tx, integration: IntegrationId) -> Result<Vec<CaseId>> {
    let rows: Vec<(Uuid,)> = tx
        .query(
            "UPDATE review_case SET revision = revision + 1
             WHERE integration_id = $1 AND kind IN ('QR', 'AR') AND state = 'open' RETURNING id",
        )
        .bind(integration)
        .all()
        .await?;
    let cases: Vec<CaseId> = rows.into_iter().map(|(id,)| id.into()).collect();
    for case in &cases {
        tx.query("UPDATE ballot SET verdict = NULL WHERE case_id = $1").bind(*case).execute().await?;
    }
    Ok(cases)
}

/// Keeps what a board's members recommend together.
pub async fn set_verdict(tx: &mut Tx, ballot: BallotId, rung: Option<Rung>) -> Result<()> {
    tx.query("UPDATE ballot SET verdict = $1 WHERE id = $2").bind(rung).bind(ballot).execute().await?;
    Ok(())
}
