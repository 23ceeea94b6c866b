//! Editing what the register says of an integration.

use kwanus_domain::{
    audit::{EventKind, Subject},
    partner::Slug,
};
use kwanus_store::{
    Db, Error as StoreError,
    audit::{self, Event},
    integration, partner,
};
use serde_json::json;

use super::{IntegrationInput, input::taken};
use crate::{Caller, Error, Result, retrying};

/// Keeps what was typed of the integration, which the editor saw at `revision`; answers its name in URLs.
pub async fn edit(
    db: &Db,
    caller: &Caller,
    (partner, slug): (&Slug, &Slug),
    input: &IntegrationInput,
    revision: i64,
) -> Result<Slug> {
    caller.require_administrator()?;
    let data = input.parse()?;
    retrying(|| async {
        let mut tx = db.write().await?;
        let partner = partner::lookup_by_slug(&mut tx, partner).await?.ok_or(Error::NotFound)?;
        let before = integration::lookup_by_slug(&mut tx, partner.id, slug).await?.ok_or(Error::NotFound)?;
        match integration::update(&mut tx, before.id, &data, revision).await {
            Ok(true) => {}
            Ok(false) => {
                return Err(Error::Conflict(format!(
                    "Somebody else edited this integration while you were writing. It is now “{}” on {}",
                    before.name, before.layers
                )));
            }
            Err(StoreError::Conflict(_)) => return Err(taken().into()),
            Err(error) => return Err(error.into()),
        }
        let event = Event {
            kind: EventKind::IntegrationEdited,
            actor: caller.actor(),
            subject: Subject::Integration(before.id),
            origin: caller.origin(),
            details: json!({
                "from": { "slug": before.slug, "name": before.name, "layers": before.layers.to_string() },
                "to": { "slug": data.slug, "name": data.name, "layers": data.layers.to_string() },
            }),
        };
        audit::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(data.slug.clone())
    })
    .await
}
