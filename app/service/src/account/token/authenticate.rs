//! From the secret that a program sends to whom it acts for.

use kwanus_domain::{
    account::{TOUCH_INTERVAL, TokenSecret},
    partner::PartnerStatus,
};
use kwanus_store::{
    Db,
    account::{person, token},
    audit::Origin,
    partner,
};

use super::hash;
use crate::{Bearer, OwnPartner, Result, retrying};

/// Whom the token lets in. One that was revoked or is over lets nobody in, nor does one whose owner was disabled or whose
/// partner is inactive; why not is not told.
pub async fn authenticate(db: &Db, secret: &str, origin: Origin) -> Result<Option<Bearer>> {
    let Some(secret) = TokenSecret::parse(secret) else { return Ok(None) };
    let mut tx = db.read().await?;
    let now = tx.now();
    let row = token::lookup(&mut tx, &hash(&secret)).await?;
    let Some(row) = row.filter(|row| row.is_live(now)) else { return Ok(None) };
    let person = person::lookup(&mut tx, row.person_id).await?.filter(|person| person.disabled_at.is_none());
    let Some(id) = person.and_then(|person| person.roles.partner()) else { return Ok(None) };
    let partner = partner::lookup(&mut tx, id).await?.filter(|partner| partner.status == PartnerStatus::Active);
    let Some(partner) = partner else { return Ok(None) };
    drop(tx);
    if row.last_used_at.is_none_or(|at| now >= at + TOUCH_INTERVAL) {
        retrying(|| async {
            let mut tx = db.write().await?;
            token::touch(&mut tx, row.id).await?;
            Ok(tx.commit().await?)
        })
        .await?;
    }
    let partner = OwnPartner { id: partner.id, slug: partner.slug, name: partner.name };
    Ok(Some(Bearer { token: row.id, scopes: row.scopes, person: row.person_id, partner, origin }))
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use kwanus_domain::account::{Email, PersonName, Roles, Scope, Scopes, TokenName};
    use kwanus_store::testing::{on_both_databases_with_clock, register};

    use super::*;

    #[tokio::test]
    async fn use_is_written_down_once_a_minute() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let (partner, _) = register(&mut tx, "orbit", &[]).await;
            let (email, name) = (Email::parse("ada@orbit.example").unwrap(), PersonName::parse("Ada").unwrap());
            let roles = Roles::new(false, false, vec![], Some(partner)).unwrap();
            let ada = person::insert(&mut tx, &email, &name, &roles).await.unwrap();
            let secret = TokenSecret::from_random([7; 32]);
            let (name, scopes) = (TokenName::parse("CI").unwrap(), Scopes::new([Scope::ReadSubmissions]).unwrap());
            let end = "2026-12-31".parse().unwrap();
            token::insert(&mut tx, ada, &name, &scopes, end, &hash(&secret)).await.unwrap();
            tx.commit().await.unwrap();
            let start = db.read().await.unwrap().now();
            for (seconds, used) in [(0, 0), (59, 0), (1, 60), (30, 60)] {
                clock.advance(Duration::seconds(seconds));
                let bearer = authenticate(&db, secret.expose(), Origin::default()).await.unwrap().unwrap();
                assert_eq!((bearer.person, &*bearer.partner.slug.to_string()), (ada, "orbit"));
                let row = token::lookup(&mut db.read().await.unwrap(), &hash(&secret)).await.unwrap().unwrap();
                assert_eq!(row.last_used_at, Some(start + Duration::seconds(used)));
            }
            let other = TokenSecret::from_random([8; 32]);
            for secret in [other.expose(), "", "kwanus_", "Bearer"] {
                assert!(authenticate(&db, secret, Origin::default()).await.unwrap().is_none(), "{secret}");
            }
        })
        .await;
    }
}
