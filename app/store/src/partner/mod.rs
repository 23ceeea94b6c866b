//! The partners.

use kwanus_domain::{
    Count,
    partner::{PartnerId, Slug},
};
use uuid::Uuid;

use crate::{Result, Tx};

/// A partner as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PartnerRow {
    /// Its identifier.
    #[sqlx(try_from = "Uuid")]
    pub id: PartnerId,
    /// Its name in URLs.
    #[sqlx(try_from = "String")]
    pub slug: Slug,
    /// Its name.
    pub name: String,
}

/// Adds a partner.
pub async fn insert(tx: &mut Tx, slug: &Slug, name: &str) -> Result<PartnerId> {
    let id: PartnerId = tx.new_id();
    let now = tx.now();
    tx.query("INSERT INTO partner (id, slug, name, created_at) VALUES ($1, $2, $3, $4)")
        .bind(id)
        .bind(slug.clone())
        .bind(name)
        .bind(now)
        .execute()
        .await?;
    Ok(id)
}

/// The partner of that name in URLs.
pub async fn lookup_by_slug(tx: &mut Tx, slug: &Slug) -> Result<Option<PartnerRow>> {
    tx.query("SELECT id, slug, name FROM partner WHERE slug = $1").bind(slug.clone()).optional().await
}

/// The partner with that identifier.
pub async fn lookup(tx: &mut Tx, id: PartnerId) -> Result<Option<PartnerRow>> {
    tx.query("SELECT id, slug, name FROM partner WHERE id = $1").bind(id).optional().await
}

/// Up to `limit` partners by slug, those after `after`.
pub async fn list(tx: &mut Tx, after: Option<&Slug>, limit: u8) -> Result<Vec<PartnerRow>> {
    tx.query("SELECT id, slug, name FROM partner WHERE slug > $1 ORDER BY slug LIMIT $2")
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

    fn slug(text: &str) -> Slug {
        Slug::parse(text).unwrap()
    }

    #[tokio::test]
    async fn partners_are_listed_by_slug_a_page_at_a_time() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            for name in ["osprey", "copperline", "tallis"] {
                insert(&mut tx, &slug(name), name).await.unwrap();
            }
            let first = list(&mut tx, None, 2).await.unwrap();
            assert_eq!(first.iter().map(|p| p.slug.as_str()).collect::<Vec<_>>(), ["copperline", "osprey"]);
            let second = list(&mut tx, Some(&first[1].slug), 2).await.unwrap();
            assert_eq!(second.iter().map(|p| p.slug.as_str()).collect::<Vec<_>>(), ["tallis"]);
            assert_eq!(count(&mut tx).await.unwrap().to_string(), "3");
            assert_eq!(lookup(&mut tx, second[0].id).await.unwrap().as_ref(), Some(&second[0]));
            assert_eq!(lookup_by_slug(&mut tx, &slug("tallis")).await.unwrap().as_ref(), Some(&second[0]));
        })
        .await;
    }

    #[tokio::test]
    async fn a_slug_is_taken_once() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            insert(&mut tx, &slug("osprey"), "Osprey").await.unwrap();
            assert!(matches!(insert(&mut tx, &slug("osprey"), "Other").await, Err(Error::Conflict(_))));
        })
        .await;
    }
}
