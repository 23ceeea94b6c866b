//! Requests, by their number within their case.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    account::PersonId,
    board::BoardKey,
    case::CaseId,
    permission::PermissionKey,
    request::{Anchor, RequestId, RequestState},
};
use uuid::Uuid;

use crate::{Error, Result, Tx};

#[derive(sqlx::FromRow)]
struct Stored {
    #[sqlx(try_from = "Uuid")]
    id: RequestId,
    #[sqlx(try_from = "Uuid")]
    case_id: CaseId,
    number: i64,
    #[sqlx(try_from = "String")]
    board_key: BoardKey,
    board_name: String,
    #[sqlx(try_from = "Uuid")]
    asked_by: PersonId,
    permission_key: Option<String>,
    revision: i64,
    #[sqlx(try_from = "String")]
    state: RequestState,
    created_at: DateTime<Utc>,
    due_at: DateTime<Utc>,
    resolved_at: Option<DateTime<Utc>>,
    resolved_by_name: Option<String>,
}

/// A request as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestRow {
    /// Its identifier.
    pub id: RequestId,
    /// On which case.
    pub case: CaseId,
    /// Its number within the case, from 1.
    pub number: i64,
    /// Which board asks.
    pub board: BoardKey,
    /// The board's name.
    pub board_name: String,
    /// Who asked.
    pub asked_by: PersonId,
    /// What it is about.
    pub anchor: Anchor,
    /// The revision that it was asked on.
    pub revision: i64,
    /// How far it is.
    pub state: RequestState,
    /// When it was asked.
    pub created_at: DateTime<Utc>,
    /// Until when the partner is to answer.
    pub due_at: DateTime<Utc>,
    /// When it was resolved.
    pub resolved_at: Option<DateTime<Utc>>,
    /// Who resolved it.
    pub resolved_by: Option<String>,
}

impl Stored {
    fn read(self) -> Result<RequestRow> {
        let inconsistent = |what| Error::Inconsistent(format!("request {}: {what}", self.id));
        let key = self.permission_key.map(PermissionKey::try_from).transpose().map_err(inconsistent)?;
        Ok(RequestRow {
            id: self.id,
            case: self.case_id,
            number: self.number,
            board: self.board_key,
            board_name: self.board_name,
            asked_by: self.asked_by,
            anchor: key.into(),
            revision: self.revision,
            state: self.state,
            created_at: self.created_at,
            due_at: self.due_at,
            resolved_at: self.resolved_at,
            resolved_by: self.resolved_by_name,
        })
    }
}

/// A request as it is asked.
#[derive(Clone, Debug)]
pub struct RequestData {
    /// Which board asks.
    pub board: BoardKey,
    /// Who asks in its name.
    pub asked_by: PersonId,
    /// What it is about.
    pub anchor: Anchor,
    /// The revision before the boards.
    pub revision: i64,
    /// Until when the partner is to answer.
    pub due_at: DateTime<Utc>,
}

/// Asks, under the lock of the case; answers the number. What is asked is the first entry of its thread.
pub async fn insert(tx: &mut Tx, case: CaseId, data: &RequestData) -> Result<(RequestId, i64)> {
    let id: RequestId = tx.new_id();
    let now = tx.now();
    let (number,): (i64,) =
        tx.query("SELECT COALESCE(MAX(number), 0) + 1 FROM change_request WHERE case_id = $1").bind(case).one().await?;
    tx.query(
        "INSERT INTO change_request
            (id, case_id, number, board_key, asked_by, permission_key, revision, state, created_at, due_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(id)
    .bind(case)
    .bind(number)
    .bind(data.board.clone())
    .bind(data.asked_by)
    .bind(data.anchor.key().cloned())
    .bind(data.revision)
    .bind(RequestState::Open)
    .bind(now)
    .bind(data.due_at)
    .execute()
    .await?;
    Ok((id, number))
}

macro_rules! select_request {
    () => {
        "SELECT change_request.id, change_request.case_id, change_request.number, change_request.board_key,
            board.name AS board_name, change_request.asked_by, change_request.permission_key, change_request.revision,
            change_request.state, change_request.created_at, change_request.due_at, change_request.resolved_at,
            person.name AS resolved_by_name
         FROM change_request
         JOIN board ON board.key = change_request.board_key
         LEFT JOIN person ON person.id = change_request.resolved_by"
    };
}

/// The request of that number.
pub async fn lookup(tx: &mut Tx, case: CaseId, number: i64) -> Result<Option<RequestRow>> {
    let row: Option<Stored> = tx
        .query(concat!(select_request!(), " WHERE change_request.case_id = $1 AND change_request.number = $2"))
        .bind(case)
        .bind(number)
        .optional()
        .await?;
    row.map(Stored::read).transpose()
}

/// Up to `limit` requests of a case: those that are not resolved first, in their order, then the newest of the others.
pub async fn list_of_case(tx: &mut Tx, case: CaseId, limit: u8) -> Result<Vec<RequestRow>> {
    let rows: Vec<Stored> = tx
        .query(concat!(
            select_request!(),
            " WHERE change_request.case_id = $1
             ORDER BY CASE WHEN change_request.state = 'resolved' THEN 1 ELSE 0 END,
                CASE WHEN change_request.state = 'resolved' THEN -change_request.number ELSE change_request.number END
             LIMIT $2"
        ))
        .bind(case)
        .bind(i64::from(limit))
        .all()
        .await?;
    rows.into_iter().map(Stored::read).collect()
}

/// The requests of some cases that are not resolved, in their order; a case has no more than
/// [`MOST_UNRESOLVED`](kwanus_domain::request::MOST_UNRESOLVED).
pub async fn list_unresolved(tx: &mut Tx, cases: &[CaseId]) -> Result<Vec<RequestRow>> {
    let rows: Vec<Stored> = tx
        .query(concat!(select_request!(), " WHERE change_request.state <> 'resolved' AND change_request.case_id"))
        .among(cases.iter().copied())
        .append_text(" ORDER BY change_request.case_id, change_request.number")
        .all()
        .await?;
    rows.into_iter().map(Stored::read).collect()
}

/// The partner has answered.
pub async fn answer(tx: &mut Tx, id: RequestId) -> Result<()> {
    let now = tx.now();
    tx.query("UPDATE change_request SET state = $1, answered_at = $2 WHERE id = $3")
        .bind(RequestState::Answered)
        .bind(now)
        .bind(id)
        .execute()
        .await?;
    Ok(())
}

/// The board has replied: the partner is to answer again, until then.
pub async fn reopen(tx: &mut Tx, id: RequestId, due_at: DateTime<Utc>) -> Result<()> {
    tx.query("UPDATE change_request SET state = $1, due_at = $2 WHERE id = $3")
        .bind(RequestState::Open)
        .bind(due_at)
        .bind(id)
        .execute()
        .await?;
    Ok(())
}

/// The board has what it asked for.
pub async fn resolve(tx: &mut Tx, id: RequestId, person: PersonId) -> Result<()> {
    let now = tx.now();
    tx.query("UPDATE change_request SET state = $1, resolved_at = $2, resolved_by = $3 WHERE id = $4")
        .bind(RequestState::Resolved)
        .bind(now)
        .bind(person)
        .bind(id)
        .execute()
        .await?;
    Ok(())
}

#[cfg(test)]
pub(super) mod tests {
    use kwanus_domain::{
        account::{Email, PersonName, Roles},
        request::answer_by,
    };

    use super::*;
    use crate::{account::person, ballot, testing::on_both_databases};

    /// A case before SCO, and somebody to ask about it.
    pub async fn a_case(tx: &mut Tx, partner: &str) -> (CaseId, PersonId) {
        let (case, _) = ballot::a_ballot(tx, partner, "sco", 14).await;
        let email = Email::parse(&format!("{partner}@x.example")).unwrap();
        let name = PersonName::parse("Priya Raman").unwrap();
        (case, person::insert(tx, &email, &name, &Roles::default()).await.unwrap())
    }

    pub fn asked(tx: &Tx, asked_by: PersonId, anchor: Anchor) -> RequestData {
        let board = BoardKey::parse("sco").unwrap();
        RequestData { board, asked_by, anchor, revision: 1, due_at: answer_by(tx.now()) }
    }

    #[tokio::test]
    async fn requests_number_within_their_case_and_go_to_and_fro() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (case, person) = a_case(&mut tx, "orbit").await;
            let key = PermissionKey::parse("read:items.status").unwrap();
            for anchor in [Anchor::Whole, Anchor::Permission(key.clone()), Anchor::Whole] {
                let data = asked(&tx, person, anchor);
                insert(&mut tx, case, &data).await.unwrap();
            }
            let (other, somebody) = a_case(&mut tx, "helio").await;
            let data = asked(&tx, somebody, Anchor::Whole);
            assert_eq!(insert(&mut tx, other, &data).await.unwrap().1, 1, "each case has its own numbers");
            let second = lookup(&mut tx, case, 2).await.unwrap().unwrap();
            assert_eq!((second.anchor.key(), second.state), (Some(&key), RequestState::Open));
            assert_eq!(
                (second.board_name.as_str(), second.due_at),
                ("Security & Compliance Office", answer_by(tx.now()))
            );
            answer(&mut tx, second.id).await.unwrap();
            assert_eq!(lookup(&mut tx, case, 2).await.unwrap().unwrap().state, RequestState::Answered);
            let later = answer_by(second.due_at);
            reopen(&mut tx, second.id, later).await.unwrap();
            let again = lookup(&mut tx, case, 2).await.unwrap().unwrap();
            assert_eq!((again.state, again.due_at), (RequestState::Open, later));
            let first = lookup(&mut tx, case, 1).await.unwrap().unwrap();
            resolve(&mut tx, first.id, person).await.unwrap();
            let first = lookup(&mut tx, case, 1).await.unwrap().unwrap();
            assert_eq!((first.resolved_at, first.resolved_by.as_deref()), (Some(tx.now()), Some("Priya Raman")));
            let numbers = |rows: Vec<RequestRow>| rows.into_iter().map(|row| row.number).collect::<Vec<_>>();
            assert_eq!(numbers(list_of_case(&mut tx, case, 9).await.unwrap()), [2, 3, 1]);
            assert_eq!(numbers(list_of_case(&mut tx, case, 2).await.unwrap()), [2, 3]);
            assert_eq!(numbers(list_unresolved(&mut tx, &[case]).await.unwrap()), [2, 3]);
            assert_eq!(list_unresolved(&mut tx, &[case, other]).await.unwrap().len(), 3);
            assert_eq!(list_unresolved(&mut tx, &[]).await.unwrap(), []);
            assert_eq!(lookup(&mut tx, case, 9).await.unwrap(), None);
        })
        .await;
    }
}
