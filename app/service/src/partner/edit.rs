//! Editing what the register says of a partner.

use kwanus_domain::{
    audit::{EventKind, Subject},
    partner::{Contact, Slug},
};
use kwanus_store::{
    Db, Error as StoreError,
    audit::{self, Event},
    partner::{self, PartnerData},
};
use serde_json::json;

use super::{PartnerInput, input::taken};
use crate::{Caller, Error, Result, error::say_now, retrying};

/// Contacts for the log: which there are, by name. Their addresses are personal data, and stay out of what is kept for ever.
fn named(contacts: &[Contact]) -> Vec<String> {
    contacts.iter().map(|contact| format!("{}: {}", contact.kind.as_str(), contact.name)).collect()
}

/// Keeps what was typed of the partner, which the editor saw at `revision`; answers its name in URLs.
pub async fn edit(db: &Db, caller: &Caller, slug: &Slug, input: &PartnerInput, revision: i64) -> Result<Slug> {
    caller.require_administrator()?;
    let (data, contacts) = input.parse()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let before = partner::lookup_by_slug(&mut tx, slug).await?.ok_or(Error::NotFound)?;
        let contacts_before = partner::list_contacts(&mut tx, before.id).await?;
        let is_same = data == PartnerData { slug: before.slug.clone(), name: before.name.clone(), tier: before.tier, status: before.status }
            && contacts == contacts_before;
        if is_same && before.revision == revision {
            return Ok(data.slug.clone());
        }
        match partner::update(&mut tx, before.id, &data, revision).await {
            Ok(true) => {}
            Ok(false) => {
                return Err(Error::Changed {
                    what: "Somebody else edited this partner while you were writing".to_owned(),
                    now: say_now([
                        ("name", data.name == before.name, before.name.to_string()),
                        ("slug", data.slug == before.slug, before.slug.to_string()),
                        ("tier", data.tier == before.tier, before.tier.number().to_string()),
                        ("status", data.status == before.status, before.status.label().to_owned()),
                    ]),
                });
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
                "from": { "slug": before.slug, "name": before.name, "tier": before.tier.number(), "status": before.status, "contacts": named(&contacts_before) },
                "to": { "slug": data.slug, "name": data.name, "tier": data.tier.number(), "status": data.status, "contacts": named(&contacts) },
            }),
        };
        audit::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(data.slug.clone())
    })
    .await
}
