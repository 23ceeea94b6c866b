//! Who is told.

use kwanus_domain::{account::PersonId, notice::Delivery, partner::PartnerId};
use uuid::Uuid;

use crate::{Result, Tx};

/// Somebody to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Recipient {
    /// Who.
    #[sqlx(try_from = "Uuid")]
    pub id: PersonId,
    /// How they want to be told.
    #[sqlx(try_from = "String")]
    pub delivery: Delivery,
}

/// Those of these people who can sign in.
pub async fn list_recipients(tx: &mut Tx, people: impl IntoIterator<Item = PersonId>) -> Result<Vec<Recipient>> {
    tx.query("SELECT id, delivery FROM person WHERE disabled_at IS NULL AND id")
        .among(people)
        .append_text(" ORDER BY id")
        .all()
        .await
}

/// The users of a partner.
pub async fn list_users(tx: &mut Tx, partner: PartnerId) -> Result<Vec<PersonId>> {
    let rows: Vec<(Uuid,)> = tx.query("SELECT id FROM person WHERE partner_id = $1").bind(partner).all().await?;
    Ok(rows.into_iter().map(|(id,)| id.into()).collect())
}

/// The administrators.
pub async fn list_administrators(tx: &mut Tx) -> Result<Vec<PersonId>> {
    let rows: Vec<(Uuid,)> = tx.query("SELECT id FROM person WHERE is_administrator").all().await?;
    Ok(rows.into_iter().map(|(id,)| id.into()).collect())
}
