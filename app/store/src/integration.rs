//! The integrations.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    fold,
    integration::{Description, IntegrationId, IntegrationName, Layers, Stage},
    partner::{PartnerId, Slug},
};
use uuid::Uuid;

use crate::{Result, Sql, Tx};

/// An integration as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct IntegrationRow {
    /// Its identifier.
    #[sqlx(try_from = "Uuid")]
    pub id: IntegrationId,
    /// Whose it is.
    #[sqlx(try_from = "Uuid")]
    pub partner_id: PartnerId,
    /// Its name in URLs, below its partner's.
    #[sqlx(try_from = "String")]
    pub slug: Slug,
    /// Its name.
    #[sqlx(try_from = "String")]
    pub name: IntegrationName,
    /// What it does.
    #[sqlx(try_from = "String")]
    pub description: Description,
    /// Where it meets the OS.
    #[sqlx(try_from = "String")]
    pub layers: Layers,
    /// Where it stands in its life.
    #[sqlx(try_from = "String")]
    pub stage: Stage,
    /// Since when.
    pub stage_since: DateTime<Utc>,
    /// Since when it is suspended, while it is.
    pub suspended_at: Option<DateTime<Utc>>,
    /// Counts its edits.
    pub revision: i64,
    /// When it was registered.
    pub created_at: DateTime<Utc>,
}

/// An integration as an administrator writes it down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntegrationData {
    /// Its name in URLs, below its partner's.
    pub slug: Slug,
    /// Its name.
    pub name: IntegrationName,
    /// What it does.
    pub description: Description,
    /// Where it meets the OS.
    pub layers: Layers,
}

macro_rules! select_integration {
    () => {
        "SELECT id, partner_id, slug, name, description, layers, stage, stage_since, suspended_at, revision,
            created_at FROM integration"
    };
}

/// Adds an integration, in its first stage.
pub async fn insert(tx: &mut Tx, partner: PartnerId, data: &IntegrationData) -> Result<IntegrationId> {
    let id: IntegrationId = tx.new_id();
    let now = tx.now();
    tx.query(
        "INSERT INTO integration
            (id, partner_id, slug, name, folded_name, description, layers, stage, stage_since, revision, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10)",
    )
    .bind(id)
    .bind(partner)
    .bind(data.slug.clone())
    .bind(data.name.clone())
    .bind(fold(data.name.as_str()))
    .bind(data.description.clone())
    .bind(data.layers.clone())
    .bind(Stage::Active)
    .bind(now)
    .bind(now)
    .execute()
    .await?;
    Ok(id)
}

/// Holds an integration to the end of the transaction, for an edit: against [`crate::grant::lock`], and against whatever
/// comes to refer to it.
pub async fn lock(tx: &mut Tx, id: IntegrationId) -> Result<()> {
    let sql =
        Sql::pair("SELECT 1 FROM integration WHERE id = $1", "SELECT 1 FROM integration WHERE id = $1 FOR UPDATE");
    tx.query(sql).bind(id).optional::<(i32,)>().await?;
    Ok(())
}

/// Keeps what was edited of an integration that is still at `revision`; answers whether it was.
pub async fn update(tx: &mut Tx, id: IntegrationId, data: &IntegrationData, revision: i64) -> Result<bool> {
    let changed = tx
        .query(
            "UPDATE integration SET slug = $1, name = $2, folded_name = $3, description = $4, layers = $5,
                revision = revision + 1 WHERE id = $6 AND revision = $7",
        )
        .bind(data.slug.clone())
        .bind(data.name.clone())
        .bind(fold(data.name.as_str()))
        .bind(data.description.clone())
        .bind(data.layers.clone())
        .bind(id)
        .bind(revision)
        .execute()
        .await?;
    Ok(changed == 1)
}

/// The integration with that identifier.
pub async fn lookup(tx: &mut Tx, id: IntegrationId) -> Result<Option<IntegrationRow>> {
    tx.query(concat!(select_integration!(), " WHERE id = $1")).bind(id).optional().await
}

/// The integration of that name in URLs, below its partner's.
pub async fn lookup_by_slug(tx: &mut Tx, partner: PartnerId, slug: &Slug) -> Result<Option<IntegrationRow>> {
    tx.query(concat!(select_integration!(), " WHERE partner_id = $1 AND slug = $2"))
        .bind(partner)
        .bind(slug.clone())
        .optional()
        .await
}

/// Up to `limit` integrations of a partner by slug, those after `after`.
pub async fn list_of_partner(
    tx: &mut Tx,
    partner: PartnerId,
    after: Option<&Slug>,
    limit: u8,
) -> Result<Vec<IntegrationRow>> {
    tx.query(concat!(select_integration!(), " WHERE partner_id = $1 AND slug > $2 ORDER BY slug LIMIT $3"))
        .bind(partner)
        .bind(after.map_or_else(String::new, |slug| slug.as_str().to_owned()))
        .bind(i64::from(limit))
        .all()
        .await
}

/// How many integrations each of these partners has.
pub async fn count_of_partner(tx: &mut Tx, partner: PartnerId) -> Result<i64> {
    let (count,): (i64,) =
        tx.query("SELECT COUNT(*) FROM integration WHERE partner_id = $1").bind(partner).one().await?;
    Ok(count)
}

#[cfg(test)]
mod tests {
    use kwanus_domain::partner::{PartnerName, PartnerStatus, Tier};

    use super::*;
    use crate::{Error, partner, testing::on_both_databases};

    async fn a_partner(tx: &mut Tx, slug: &str) -> PartnerId {
        let data = partner::PartnerData {
            slug: Slug::parse(slug).unwrap(),
            name: PartnerName::parse(slug).unwrap(),
            tier: Tier::One,
            status: PartnerStatus::Active,
        };
        partner::insert(tx, &data).await.unwrap()
    }

    fn data(slug: &str) -> IntegrationData {
        IntegrationData {
            slug: Slug::parse(slug).unwrap(),
            name: IntegrationName::parse(slug).unwrap(),
            description: Description::parse("Shows\nwhat is open").unwrap(),
            layers: Layers::parse(["api", "extension"]).unwrap(),
        }
    }

    #[tokio::test]
    async fn an_integration_is_found_below_its_partner_only() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (orbit, helio) = (a_partner(&mut tx, "orbit").await, a_partner(&mut tx, "helio").await);
            let id = insert(&mut tx, orbit, &data("timeline")).await.unwrap();
            insert(&mut tx, helio, &data("timeline")).await.unwrap();
            let row = lookup_by_slug(&mut tx, orbit, &Slug::parse("timeline").unwrap()).await.unwrap().unwrap();
            assert_eq!((row.id, row.stage, row.layers.to_string()), (id, Stage::Active, "API, Extension".into()));
            assert_eq!(lookup(&mut tx, id).await.unwrap(), Some(row));
            assert_eq!(list_of_partner(&mut tx, helio, None, 10).await.unwrap().len(), 1);
            assert_eq!(count_of_partner(&mut tx, orbit).await.unwrap(), 1);
            assert!(matches!(insert(&mut tx, orbit, &data("timeline")).await, Err(Error::Conflict(_))));
        })
        .await;
    }

    #[tokio::test]
    async fn an_edit_counts_only_against_the_revision_that_it_saw() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let orbit = a_partner(&mut tx, "orbit").await;
            let id = insert(&mut tx, orbit, &data("timeline")).await.unwrap();
            assert!(update(&mut tx, id, &data("client-timeline"), 1).await.unwrap());
            assert!(!update(&mut tx, id, &data("stale"), 1).await.unwrap());
            let row = lookup(&mut tx, id).await.unwrap().unwrap();
            assert_eq!((row.slug.as_str(), row.revision), ("client-timeline", 2));
        })
        .await;
    }
}
