//! Rounds of reviews: when they are held, and which integrations they hold.

use chrono::{DateTime, NaiveDate, Utc};
use kwanus_domain::{
    case::CaseId,
    review::{CampaignId, CampaignKey, Dates},
};
use uuid::Uuid;

use crate::{Result, Sql, Tx, integration::IntegrationRow};

/// A campaign as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CampaignRow {
    /// Its identifier.
    #[sqlx(try_from = "Uuid")]
    pub id: CampaignId,
    /// Its period.
    #[sqlx(try_from = "String")]
    pub key: CampaignKey,
    opens_on: NaiveDate,
    closes_on: NaiveDate,
    /// When every integration had its case.
    pub opened_at: Option<DateTime<Utc>>,
    /// Counts its edits.
    pub revision: i64,
}

impl CampaignRow {
    /// When it runs.
    #[must_use]
    pub const fn dates(&self) -> Dates {
        Dates { opens_on: self.opens_on, closes_on: self.closes_on }
    }
}

macro_rules! select_campaign {
    () => {
        "SELECT id, key, opens_on, closes_on, opened_at, revision FROM campaign"
    };
}

/// Writes down when a campaign is held, unless it is written down already; answers whether it was not.
pub async fn insert_campaign(tx: &mut Tx, key: CampaignKey, dates: Dates) -> Result<bool> {
    let id: CampaignId = tx.new_id();
    let added = tx
        .query(
            "INSERT INTO campaign (id, key, opens_on, closes_on) VALUES ($1, $2, $3, $4) ON CONFLICT (key) DO NOTHING",
        )
        .bind(id)
        .bind(key)
        .bind(dates.opens_on)
        .bind(dates.closes_on)
        .execute()
        .await?;
    Ok(added == 1)
}

/// The campaign of that key.
pub async fn lookup_campaign(tx: &mut Tx, key: CampaignKey) -> Result<Option<CampaignRow>> {
    tx.query(concat!(select_campaign!(), " WHERE key = $1")).bind(key).optional().await
}

/// The campaign of that key, held to the end of the transaction: whoever opens or edits it waits for the other.
pub async fn lookup_campaign_for_update(tx: &mut Tx, key: CampaignKey) -> Result<Option<CampaignRow>> {
    let sql = Sql::pair(
        concat!(select_campaign!(), " WHERE key = $1"),
        concat!(select_campaign!(), " WHERE key = $1 FOR NO KEY UPDATE"),
    );
    tx.query(sql).bind(key).optional().await
}

/// The campaign that a case belongs to, if it belongs to one.
pub async fn lookup_campaign_of_case(tx: &mut Tx, case: CaseId) -> Result<Option<CampaignRow>> {
    tx.query(
        "SELECT campaign.id, campaign.key, campaign.opens_on, campaign.closes_on, campaign.opened_at, campaign.revision
         FROM campaign JOIN review_case ON review_case.campaign_id = campaign.id WHERE review_case.id = $1",
    )
    .bind(case)
    .optional()
    .await
}

/// The campaigns of the years from one to another.
pub async fn list_campaigns(tx: &mut Tx, from: i32, to: i32) -> Result<Vec<CampaignRow>> {
    // A key begins with its year, and `-` comes before `.`.
    tx.query(concat!(select_campaign!(), " WHERE key >= $1 AND key < $2 ORDER BY key"))
        .bind(format!("{from:04}"))
        .bind(format!("{:04}", to + 1))
        .all()
        .await
}

/// The campaigns whose first day has come and that have not opened.
pub async fn list_due(tx: &mut Tx) -> Result<Vec<CampaignRow>> {
    let today = tx.now().date_naive();
    tx.query(concat!(select_campaign!(), " WHERE opened_at IS NULL AND opens_on <= $1 ORDER BY opens_on, key"))
        .bind(today)
        .all()
        .await
}

/// Sets the dates of a campaign that has not opened and is still at `revision`; answers whether they were set.
pub async fn schedule(tx: &mut Tx, id: CampaignId, dates: Dates, revision: i64) -> Result<bool> {
    let changed = tx
        .query(
            "UPDATE campaign SET opens_on = $1, closes_on = $2, revision = revision + 1
             WHERE id = $3 AND revision = $4 AND opened_at IS NULL",
        )
        .bind(dates.opens_on)
        .bind(dates.closes_on)
        .bind(id)
        .bind(revision)
        .execute()
        .await?;
    Ok(changed == 1)
}

/// Says that a campaign is open now.
pub async fn mark_opened(tx: &mut Tx, id: CampaignId) -> Result<()> {
    let now = tx.now();
    tx.query("UPDATE campaign SET opened_at = $1 WHERE id = $2 AND opened_at IS NULL")
        .bind(now)
        .bind(id)
        .execute()
        .await?;
    Ok(())
}

/// Up to `limit` integrations, in the order of their partners' names, that a campaign still lacks: registered before it
/// opened, and not at the end of their support.
pub async fn list_lacking(tx: &mut Tx, campaign: &CampaignRow, limit: u8) -> Result<Vec<IntegrationRow>> {
    tx.query(
        "SELECT integration.id, integration.partner_id, integration.slug, integration.name, integration.description,
            integration.layers, integration.stage, integration.stage_since, integration.suspended_at,
            integration.revision, integration.created_at
         FROM integration JOIN partner ON partner.id = integration.partner_id
         WHERE integration.stage <> 'end_of_support' AND integration.created_at < $1 AND NOT EXISTS (
            SELECT 1 FROM review_case
            WHERE review_case.campaign_id = $2 AND review_case.integration_id = integration.id)
         ORDER BY partner.name, integration.name, integration.id LIMIT $3",
    )
    .bind(campaign.dates().opens_at())
    .bind(campaign.id)
    .bind(i64::from(limit))
    .all()
    .await
}

/// Puts a case into a campaign.
pub async fn assign(tx: &mut Tx, case: CaseId, campaign: CampaignId) -> Result<()> {
    tx.query("UPDATE review_case SET campaign_id = $1 WHERE id = $2").bind(campaign).bind(case).execute().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use kwanus_domain::case::CaseKind;

    use super::*;
    use crate::{
        Error, case,
        testing::{on_both_databases, on_both_databases_with_clock, register},
    };

    fn key(text: &str) -> CampaignKey {
        CampaignKey::parse(text).unwrap()
    }

    #[tokio::test]
    async fn a_campaign_is_written_down_once_and_its_dates_hold_once_it_is_open() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let dates = key("2027-q1").default_dates();
            assert!(insert_campaign(&mut tx, key("2027-q1"), dates).await.unwrap());
            assert!(!insert_campaign(&mut tx, key("2027-q1"), dates).await.unwrap());
            insert_campaign(&mut tx, key("2027"), key("2027").default_dates()).await.unwrap();
            insert_campaign(&mut tx, key("2028-q1"), key("2028-q1").default_dates()).await.unwrap();
            let names = |rows: &[CampaignRow]| rows.iter().map(|row| row.key.to_string()).collect::<Vec<_>>();
            assert_eq!(names(&list_campaigns(&mut tx, 2027, 2027).await.unwrap()), ["2027", "2027-q1"]);
            let row = lookup_campaign_for_update(&mut tx, key("2027-q1")).await.unwrap().unwrap();
            assert_eq!((row.dates(), row.opened_at, row.revision), (dates, None, 1));
            let later = Dates { closes_on: dates.closes_on + Duration::days(2), ..dates };
            assert!(schedule(&mut tx, row.id, later, 1).await.unwrap());
            assert!(!schedule(&mut tx, row.id, dates, 1).await.unwrap(), "somebody else was first");
            mark_opened(&mut tx, row.id).await.unwrap();
            assert!(!schedule(&mut tx, row.id, dates, 2).await.unwrap(), "it is open");
            let row = lookup_campaign(&mut tx, key("2027-q1")).await.unwrap().unwrap();
            assert!(row.opened_at.is_some() && row.dates() == later);
        })
        .await;
    }

    #[tokio::test]
    async fn an_integration_is_in_a_campaign_once_if_it_was_there_before_and_lives() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let (_, integrations) = register(&mut tx, "orbit", &["one", "two", "three"]).await;
            crate::lifecycle::set_stage(&mut tx, integrations[2], kwanus_domain::integration::Stage::EndOfSupport)
                .await
                .unwrap();
            insert_campaign(&mut tx, key("2027-q1"), key("2027-q1").default_dates()).await.unwrap();
            assert_eq!(list_due(&mut tx).await.unwrap(), []);
            clock.advance(Duration::days(80));
            register(&mut tx, "late", &["four"]).await;
            let due = list_due(&mut tx).await.unwrap();
            assert_eq!(due.len(), 1);
            let lacking = list_lacking(&mut tx, &due[0], 10).await.unwrap();
            assert_eq!(lacking.iter().map(|row| row.id).collect::<Vec<_>>(), integrations[..2]);
            let (first, _) = case::insert(&mut tx, CaseKind::QuarterlyReview, integrations[0]).await.unwrap();
            assign(&mut tx, first, due[0].id).await.unwrap();
            assert_eq!(list_lacking(&mut tx, &due[0], 10).await.unwrap().len(), 1);
            let of = lookup_campaign_of_case(&mut tx, first).await.unwrap().unwrap();
            assert_eq!(of.key, key("2027-q1"));
            tx.commit().await.unwrap();
            let mut tx = db.write().await.unwrap();
            let (again, _) = case::insert(&mut tx, CaseKind::QuarterlyReview, integrations[0]).await.unwrap();
            assert!(matches!(assign(&mut tx, again, due[0].id).await, Err(Error::Conflict(_))));
        })
        .await;
    }
}
