//! What a partner holds, over all its integrations.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    Count,
    integration::{IntegrationId, IntegrationName, Stage},
    partner::{PartnerId, Slug},
    permission::PermissionKey,
};
use uuid::Uuid;

use crate::{Result, Tx};

/// A grant whose time is running, with the integration that holds it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PartnerGrantRow {
    /// Which permission.
    #[sqlx(try_from = "String")]
    pub permission_key: PermissionKey,
    /// Since when.
    pub starts_at: DateTime<Utc>,
    /// The first instant at which it no longer holds.
    pub ends_at: DateTime<Utc>,
    /// Which integration holds it.
    #[sqlx(try_from = "Uuid")]
    pub integration_id: IntegrationId,
    /// Its name in URLs.
    #[sqlx(try_from = "String")]
    pub slug: Slug,
    /// Its name.
    #[sqlx(try_from = "String")]
    pub name: IntegrationName,
    /// Its stage.
    #[sqlx(try_from = "String")]
    pub stage: Stage,
    /// Since when the integration is suspended, while it is.
    pub suspended_at: Option<DateTime<Utc>>,
    /// Since when the grant rests by itself, or for a condition, while it does.
    pub rests_since: Option<DateTime<Utc>>,
}

/// Up to `limit` grants of a partner that nothing has ended and whose time is not over, those first that end first.
pub async fn list_of_partner(tx: &mut Tx, partner: PartnerId, limit: u8) -> Result<Vec<PartnerGrantRow>> {
    let now = tx.now();
    tx.query(
        "SELECT permission_grant.permission_key, permission_grant.starts_at, permission_grant.ends_at,
            permission_grant.integration_id, integration.slug, integration.name, integration.stage,
            integration.suspended_at, COALESCE(permission_grant.suspended_at, permission_grant.withheld_at) AS rests_since
         FROM permission_grant JOIN integration ON integration.id = permission_grant.integration_id
         WHERE permission_grant.partner_id = $1 AND permission_grant.ended_at IS NULL AND permission_grant.ends_at > $2
         ORDER BY permission_grant.ends_at, permission_grant.id LIMIT $3",
    )
    .bind(partner)
    .bind(now)
    .bind(i64::from(limit))
    .all()
    .await
}

/// How many such grants a partner has, and how many of them end by an instant.
pub async fn count_of_partner(tx: &mut Tx, partner: PartnerId, by: DateTime<Utc>) -> Result<(Count, Count)> {
    let now = tx.now();
    let (all, ending): (i64, i64) = tx
        .query(
            "SELECT COUNT(*), COUNT(*) FILTER (WHERE held.ends_at <= $1) FROM (
                SELECT ends_at FROM permission_grant WHERE partner_id = $2 AND ended_at IS NULL AND ends_at > $3
                ORDER BY ends_at LIMIT $4) AS held",
        )
        .bind(by)
        .bind(partner)
        .bind(now)
        .bind(Count::LIMIT)
        .one()
        .await?;
    Ok((Count::of(all), Count::of(ending)))
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use kwanus_domain::{case::CaseKind, grant::EndCause};

    use super::*;
    use crate::{
        case, declaration, grant,
        testing::{on_both_databases_with_clock, register},
    };

    #[tokio::test]
    async fn what_a_partner_holds_is_listed_by_when_it_ends() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let (orbit, integrations) = register(&mut tx, "orbit", &["one", "two"]).await;
            let (helio, others) = register(&mut tx, "helio", &["one"]).await;
            let mut grants = Vec::new();
            for (integration, key, days) in [
                (integrations[0], "read:items.status", 90),
                (integrations[1], "read:items.type", 10),
                (integrations[1], "read:items.dates", 20),
                (others[0], "read:items.status", 5),
            ] {
                let case = match case::lookup_unfinished(&mut tx, integration).await.unwrap() {
                    Some(case) => case.id,
                    None => case::insert(&mut tx, CaseKind::PermissionJustification, integration).await.unwrap().0,
                };
                let declaration = declaration::insert(&mut tx, case, integration).await.unwrap();
                let key = PermissionKey::parse(key).unwrap();
                let id = declaration::add_permission(&mut tx, declaration, &key).await.unwrap();
                let ends_at = tx.now() + Duration::days(days);
                grants.push((grant::insert(&mut tx, integration, case, id, ends_at).await.unwrap(), case));
            }
            let held = list_of_partner(&mut tx, orbit, 10).await.unwrap();
            let keys: Vec<_> = held.iter().map(|row| (row.permission_key.as_str(), row.slug.as_str())).collect();
            let all = [("read:items.type", "two"), ("read:items.dates", "two"), ("read:items.status", "one")];
            assert_eq!(keys, all);
            assert_eq!(list_of_partner(&mut tx, orbit, 1).await.unwrap().len(), 1);
            let by = tx.now() + Duration::days(30);
            assert_eq!(count_of_partner(&mut tx, orbit, by).await.unwrap(), (Count::of(3), Count::of(2)));
            assert_eq!(count_of_partner(&mut tx, helio, by).await.unwrap(), (Count::of(1), Count::of(1)));
            let (id, case) = grants[1];
            grant::end(&mut tx, id, case, EndCause::Reduced).await.unwrap();
            clock.advance(Duration::days(20));
            assert_eq!(count_of_partner(&mut tx, orbit, by).await.unwrap(), (Count::of(1), Count::of(0)));
            assert_eq!(count_of_partner(&mut tx, helio, by).await.unwrap(), (Count::of(0), Count::of(0)));
        })
        .await;
    }
}
