//! The partners, and whom to reach there.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    Count, fold,
    partner::{PartnerId, PartnerName, PartnerStatus, Slug, Tier},
};
use uuid::Uuid;

use crate::{Result, Sql, Tx};

/// A partner as stored, without its contacts.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PartnerRow {
    /// Its identifier.
    #[sqlx(try_from = "Uuid")]
    pub id: PartnerId,
    /// Its name in URLs.
    #[sqlx(try_from = "String")]
    pub slug: Slug,
    /// Its name.
    #[sqlx(try_from = "String")]
    pub name: PartnerName,
    /// How much it may ask for.
    #[sqlx(try_from = "i64")]
    pub tier: Tier,
    /// Whether it takes part.
    #[sqlx(try_from = "String")]
    pub status: PartnerStatus,
    /// Counts its edits.
    pub revision: i64,
    /// When it was registered.
    pub created_at: DateTime<Utc>,
}

/// A partner as an administrator writes it down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartnerData {
    /// Its name in URLs.
    pub slug: Slug,
    /// Its name.
    pub name: PartnerName,
    /// How much it may ask for.
    pub tier: Tier,
    /// Whether it takes part.
    pub status: PartnerStatus,
}

macro_rules! select_partner {
    () => {
        "SELECT id, slug, name, tier, status, revision, created_at FROM partner"
    };
}

/// Adds a partner.
pub async fn insert(tx: &mut Tx, data: &PartnerData) -> Result<PartnerId> {
    let id: PartnerId = tx.new_id();
    let now = tx.now();
    tx.query(
        "INSERT INTO partner (id, slug, name, folded_name, tier, status, revision, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, 1, $7)",
    )
    .bind(id)
    .bind(data.slug.clone())
    .bind(data.name.clone())
    .bind(fold(data.name.as_str()))
    .bind(data.tier)
    .bind(data.status)
    .bind(now)
    .execute()
    .await?;
    Ok(id)
}

/// Keeps what was edited of a partner that is still at `revision`; answers whether it was.
pub async fn update(tx: &mut Tx, id: PartnerId, data: &PartnerData, revision: i64) -> Result<bool> {
    let changed = tx
        .query(
            "UPDATE partner SET slug = $1, name = $2, folded_name = $3, tier = $4, status = $5, revision = revision + 1
             WHERE id = $6 AND revision = $7",
        )
        .bind(data.slug.clone())
        .bind(data.name.clone())
        .bind(fold(data.name.as_str()))
        .bind(data.tier)
        .bind(data.status)
        .bind(id)
        .bind(revision)
        .execute()
        .await?;
    Ok(changed == 1)
}

/// The partner of that name in URLs.
pub async fn lookup_by_slug(tx: &mut Tx, slug: &Slug) -> Result<Option<PartnerRow>> {
    tx.query(concat!(select_partner!(), " WHERE slug = $1")).bind(slug.clone()).optional().await
}

/// The partner with that identifier.
pub async fn lookup(tx: &mut Tx, id: PartnerId) -> Result<Option<PartnerRow>> {
    tx.query(concat!(select_partner!(), " WHERE id = $1")).bind(id).optional().await
}

/// The partner with that identifier, held to the end of the transaction.
pub async fn lookup_for_update(tx: &mut Tx, id: PartnerId) -> Result<Option<PartnerRow>> {
    let sql = Sql::pair(
        concat!(select_partner!(), " WHERE id = $1"),
        concat!(select_partner!(), " WHERE id = $1 FOR NO KEY UPDATE"),
    );
    tx.query(sql).bind(id).optional().await
}

/// Up to `limit` partners by slug, those after `after`.
pub async fn list(tx: &mut Tx, after: Option<&Slug>, limit: u8) -> Result<Vec<PartnerRow>> {
    tx.query(concat!(select_partner!(), " WHERE slug > $1 ORDER BY slug LIMIT $2"))
        .bind(after.map_or_else(String::new, |slug| slug.as_str().to_owned()))
        .bind(i64::from(limit))
        .all()
        .await
}

/// How many partners there are.
pub async fn count(tx: &mut Tx) -> Result<Count> {
    let (found,): (i64,) =
        tx.query("SELECT COUNT(*) FROM (SELECT id FROM partner LIMIT $1) AS found").bind(Count::LIMIT).one().await?;
    Ok(Count::of(found))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Error, testing::on_both_databases};

    fn data(slug: &str) -> PartnerData {
        PartnerData {
            slug: Slug::parse(slug).unwrap(),
            name: PartnerName::parse(slug).unwrap(),
            tier: Tier::Two,
            status: PartnerStatus::Active,
        }
    }

    #[tokio::test]
    async fn partners_are_listed_by_slug_a_page_at_a_time() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            for slug in ["osprey", "copperline", "tallis"] {
                insert(&mut tx, &data(slug)).await.unwrap();
            }
            let first = list(&mut tx, None, 2).await.unwrap();
            assert_eq!(first.iter().map(|p| p.slug.as_str()).collect::<Vec<_>>(), ["copperline", "osprey"]);
            let second = list(&mut tx, Some(&first[1].slug), 2).await.unwrap();
            assert_eq!(second.iter().map(|p| p.slug.as_str()).collect::<Vec<_>>(), ["tallis"]);
            assert_eq!(count(&mut tx).await.unwrap().to_string(), "3");
            assert_eq!(lookup(&mut tx, second[0].id).await.unwrap().as_ref(), Some(&second[0]));
            let tallis = Slug::parse("tallis").unwrap();
            assert_eq!(lookup_by_slug(&mut tx, &tallis).await.unwrap().as_ref(), Some(&second[0]));
        })
        .await;
    }

    #[tokio::test]
    async fn a_slug_is_taken_once() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            insert(&mut tx, &data("osprey")).await.unwrap();
            assert!(matches!(insert(&mut tx, &data("osprey")).await, Err(Error::Conflict(_))));
        })
        .await;
    }

    #[tokio::test]
    async fn an_edit_counts_only_against_the_revision_that_it_saw() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let id = insert(&mut tx, &data("osprey")).await.unwrap();
            let edited = PartnerData { tier: Tier::Three, status: PartnerStatus::Inactive, ..data("osprey-labs") };
            assert!(update(&mut tx, id, &edited, 1).await.unwrap());
            assert!(!update(&mut tx, id, &data("stale"), 1).await.unwrap());
            let row = lookup_for_update(&mut tx, id).await.unwrap().unwrap();
            let kept = PartnerData { slug: row.slug, name: row.name, tier: row.tier, status: row.status };
            assert_eq!((kept, row.revision), (edited, 2));
        })
        .await;
    }
}
