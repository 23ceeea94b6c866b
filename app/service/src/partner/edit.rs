//! Editing what the register says of a partner.

use kwanus_domain::{
    audit::{EventKind, Subject},
    partner::Slug,
};
use kwanus_store::{
    Db, Error as StoreError,
    audit::{self, Event},
    partner,
};
use serde_json::json;

use super::{PartnerInput, input::taken};
use crate::{Caller, Error, Result, retrying};

/// Keeps what was typed of the partner, which the editor saw at `revision`; answers its name in URLs.
pub async fn edit(db: &Db, caller: &Caller, slug: &Slug, input: &PartnerInput, revision: i64) -> Result<Slug> {
    caller.require_administrator()?;
    let (data, contacts) = input.parse()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let before = partner::lookup_by_slug(&mut tx, slug).await?.ok_or(Error::NotFound)?;
        match partner::update(&mut tx, before.id, &data, revision).await {
            Ok(true) => {}
            Ok(false) => {
                let what = "Somebody else edited this partner while you were writing. It is now";
                return Err(Error::Conflict(format!(
                    "{what} “{}”, tier {}, {}",
                    before.name,
                    before.tier.number(),
                    before.status.as_str()
                )));
            }
            Err(StoreError::Conflict(_)) => return Err(taken().into()),
            Err(error) => return Err(error.into()),
        }
        partner::replace_contacts(&mut tx, before.id, &contacts).await?;
        let event = Event {
            kind: EventKind::PartnerEdited,
            actor: caller.actor(),
            subject: Subject::Partner(before.id),
            origin: caller.origin(),
            details: json!({
                "from": { "slug": before.slug, "name": before.name, "tier": before.tier.number(), "status": before.status.as_str() },
                "to": { "slug": data.slug, "name": data.name, "tier": data.tier.number(), "status": data.status.as_str() },
            }),
        };
        audit::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(data.slug.clone())
    })
    .await
}
