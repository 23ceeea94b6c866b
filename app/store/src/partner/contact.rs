//! Whom to reach at a partner.

use kwanus_domain::{
    account::{Email, PersonName},
    partner::{Contact, ContactKind, PartnerId},
};

use crate::{Result, Tx};

#[derive(sqlx::FromRow)]
struct ContactRow {
    #[sqlx(try_from = "String")]
    kind: ContactKind,
    #[sqlx(try_from = "String")]
    name: PersonName,
    #[sqlx(try_from = "String")]
    email: Email,
}

/// The contacts of a partner, in the order of their kinds.
pub async fn list_contacts(tx: &mut Tx, partner: PartnerId) -> Result<Vec<Contact>> {
    let rows: Vec<ContactRow> =
        tx.query("SELECT kind, name, email FROM partner_contact WHERE partner_id = $1").bind(partner).all().await?;
    let mut contacts: Vec<_> =
        rows.into_iter().map(|row| Contact { kind: row.kind, name: row.name, email: row.email }).collect();
    contacts.sort_by_key(|contact| contact.kind);
    Ok(contacts)
}

/// Keeps these contacts and no others.
pub async fn replace_contacts(tx: &mut Tx, partner: PartnerId, contacts: &[Contact]) -> Result<()> {
    tx.query("DELETE FROM partner_contact WHERE partner_id = $1").bind(partner).execute().await?;
    for contact in contacts {
        tx.query("INSERT INTO partner_contact (partner_id, kind, name, email) VALUES ($1, $2, $3, $4)")
            .bind(partner)
            .bind(contact.kind)
            .bind(contact.name.clone())
            .bind(contact.email.clone())
            .execute()
            .await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use kwanus_domain::partner::{PartnerName, PartnerStatus, Slug, Tier};

    use super::*;
    use crate::{
        partner::{PartnerData, insert},
        testing::on_both_databases,
    };

    #[tokio::test]
    async fn contacts_are_replaced_whole_and_read_in_their_order() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let data = PartnerData {
                slug: Slug::parse("osprey").unwrap(),
                name: PartnerName::parse("Osprey").unwrap(),
                tier: Tier::One,
                status: PartnerStatus::Active,
            };
            let id = insert(&mut tx, &data).await.unwrap();
            let contact = |kind, name| Contact::parse(kind, name, "who@osprey.example").unwrap().unwrap();
            let both = [contact(ContactKind::Compliance, "Cy"), contact(ContactKind::Technical, "Ty")];
            replace_contacts(&mut tx, id, &both).await.unwrap();
            let names = async |tx: &mut Tx| {
                let contacts = list_contacts(tx, id).await.unwrap();
                contacts.iter().map(|contact| contact.name.to_string()).collect::<Vec<_>>()
            };
            assert_eq!(names(&mut tx).await, ["Ty", "Cy"]);
            replace_contacts(&mut tx, id, &both[..1]).await.unwrap();
            assert_eq!(names(&mut tx).await, ["Cy"]);
        })
        .await;
    }
}
