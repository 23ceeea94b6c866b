//! How people want to be told.

use kwanus_domain::{account::PersonId, notice::Delivery};

use crate::{Result, Tx};

/// How a person wants to be told.
pub async fn lookup_delivery(tx: &mut Tx, person: PersonId) -> Result<Delivery> {
    let (word,): (String,) = tx.query("SELECT delivery FROM person WHERE id = $1").bind(person).one().await?;
    Delivery::try_from(word).map_err(crate::Error::Inconsistent)
}

/// Keeps how a person, held by the transaction, wants to be told, also of what still waits to be put into an e-mail.
pub async fn set_delivery(tx: &mut Tx, person: PersonId, delivery: Delivery) -> Result<()> {
    let due_at = delivery.due_at(tx.now());
    tx.query("UPDATE person SET delivery = $1 WHERE id = $2").bind(delivery).bind(person).execute().await?;
    tx.query("UPDATE notice SET mail_at = $1 WHERE person_id = $2 AND mail_at IS NOT NULL")
        .bind(due_at)
        .bind(person)
        .execute()
        .await?;
    Ok(())
}
