//! What was said in the thread of a request. Nothing is overwritten.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    account::{PersonId, PersonName},
    request::{Remark, RequestId, Said, Side},
};
use uuid::Uuid;

use crate::{Error, Result, Tx};

#[derive(sqlx::FromRow)]
struct Stored {
    #[sqlx(try_from = "Uuid")]
    request_id: RequestId,
    #[sqlx(try_from = "String")]
    side: Side,
    #[sqlx(try_from = "Uuid")]
    person_id: PersonId,
    #[sqlx(try_from = "String")]
    person_name: PersonName,
    text: Option<String>,
    revision: Option<i64>,
    created_at: DateTime<Utc>,
}

/// An entry as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryRow {
    /// In which thread.
    pub request: RequestId,
    /// For whose side.
    pub side: Side,
    /// Who said it.
    pub person: PersonId,
    /// Their name.
    pub name: PersonName,
    /// What.
    pub said: Said,
    /// When.
    pub created_at: DateTime<Utc>,
}

impl Stored {
    fn read(self) -> Result<EntryRow> {
        let inconsistent = |what| Error::Inconsistent(format!("an entry of request {}: {what}", self.request_id));
        let said = match (self.text, self.revision) {
            (Some(text), None) => Said::Text(Remark::try_from(text).map_err(inconsistent)?),
            (None, Some(revision)) => Said::Revision(revision),
            _ => return Err(inconsistent("it says nothing, or two things".to_owned())),
        };
        Ok(EntryRow {
            request: self.request_id,
            side: self.side,
            person: self.person_id,
            name: self.person_name,
            said,
            created_at: self.created_at,
        })
    }
}

/// Adds what somebody says to a thread.
pub async fn insert(tx: &mut Tx, request: RequestId, side: Side, person: PersonId, said: &Said) -> Result<()> {
    let id: Uuid = tx.new_id();
    let now = tx.now();
    let (text, revision) = match said {
        Said::Text(text) => (Some(text.clone()), None),
        Said::Revision(revision) => (None, Some(*revision)),
    };
    tx.query(
        "INSERT INTO change_request_entry (id, request_id, side, person_id, text, revision, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id)
    .bind(request)
    .bind(side)
    .bind(person)
    .bind(text)
    .bind(revision)
    .bind(now)
    .execute()
    .await?;
    Ok(())
}

/// What was said in these threads, in the order in which it was.
pub async fn list(tx: &mut Tx, requests: &[RequestId]) -> Result<Vec<EntryRow>> {
    let rows: Vec<Stored> = tx
        .query(
            "SELECT change_request_entry.request_id, change_request_entry.side, change_request_entry.person_id,
                person.name AS person_name, change_request_entry.text, change_request_entry.revision,
                change_request_entry.created_at
             FROM change_request_entry JOIN person ON person.id = change_request_entry.person_id
             WHERE change_request_entry.request_id",
        )
        .among(requests.iter().copied())
        .append_text(" ORDER BY change_request_entry.id")
        .all()
        .await?;
    rows.into_iter().map(Stored::read).collect()
}

#[cfg(test)]
mod tests {
    use kwanus_domain::request::Anchor;

    use super::*;
    use crate::{
        request::register::{
            self,
            tests::{a_case, asked},
        },
        testing::on_both_databases,
    };

    #[tokio::test]
    async fn a_thread_keeps_what_was_said_in_its_order() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (case, person) = a_case(&mut tx, "orbit").await;
            let data = asked(&tx, person, Anchor::Whole);
            let (request, _) = register::insert(&mut tx, case, &data).await.unwrap();
            let (other, _) = register::insert(&mut tx, case, &data).await.unwrap();
            let text = Said::Text(Remark::parse("Shorten it\nto 90 days").unwrap());
            insert(&mut tx, request, Side::Board, person, &text).await.unwrap();
            insert(&mut tx, other, Side::Board, person, &text).await.unwrap();
            insert(&mut tx, request, Side::Partner, person, &Said::Revision(2)).await.unwrap();
            let thread = list(&mut tx, &[request]).await.unwrap();
            let said: Vec<_> = thread.iter().map(|entry| (entry.side, entry.said.clone())).collect();
            assert_eq!(said, [(Side::Board, text), (Side::Partner, Said::Revision(2))]);
            assert_eq!((thread[0].name.as_str(), thread[0].created_at), ("Priya Raman", tx.now()));
            assert_eq!(list(&mut tx, &[request, other]).await.unwrap().len(), 3);
        })
        .await;
    }
}
