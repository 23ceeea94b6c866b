//! What objections are about, and the threads that come of it. Nothing that was said is overwritten.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use kwanus_domain::{
    account::{PersonId, PersonName},
    ballot::{BallotId, ConcernId, ConcernName, ConcernState, PositionId, Reason},
    case::CaseId,
    permission::PermissionKey,
    request::{Remark, Side},
};
use uuid::Uuid;

use crate::{Error, Result, Tx};

#[derive(sqlx::FromRow)]
struct Stored {
    #[sqlx(try_from = "Uuid")]
    id: ConcernId,
    #[sqlx(try_from = "Uuid")]
    case_id: CaseId,
    #[sqlx(try_from = "Uuid")]
    ballot_id: BallotId,
    number: i64,
    #[sqlx(try_from = "String")]
    name: ConcernName,
    permission_key: Option<String>,
    revision: i64,
    #[sqlx(try_from = "Uuid")]
    raised_by: PersonId,
    #[sqlx(try_from = "String")]
    raiser: PersonName,
    raised_at: DateTime<Utc>,
    #[sqlx(try_from = "String")]
    state: ConcernState,
    closed_at: Option<DateTime<Utc>>,
    closer: Option<String>,
}

/// A concern as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConcernRow {
    /// Its identifier.
    pub id: ConcernId,
    /// On which case.
    pub case: CaseId,
    /// On which ballot.
    pub ballot: BallotId,
    /// Its number within the case.
    pub number: i64,
    /// What it is called.
    pub name: ConcernName,
    /// The permission that it is about; nothing where it is about the whole case.
    pub permission: Option<PermissionKey>,
    /// The revision that it was raised on.
    pub revision: i64,
    /// Who raised it.
    pub raised_by: PersonId,
    /// Their name.
    pub raiser: PersonName,
    /// When.
    pub raised_at: DateTime<Utc>,
    /// What became of it.
    pub state: ConcernState,
    /// When it did.
    pub closed_at: Option<DateTime<Utc>>,
    /// Who closed it, where one person did.
    pub closer: Option<String>,
}

/// A concern as it is raised.
#[derive(Clone, Debug)]
pub struct ConcernData {
    /// On which case.
    pub case: CaseId,
    /// On which ballot.
    pub ballot: BallotId,
    /// What it is called.
    pub name: ConcernName,
    /// The permission that it is about; nothing where it is about the whole case.
    pub permission: Option<PermissionKey>,
    /// The revision that it is raised on.
    pub revision: i64,
    /// Who raises it.
    pub raised_by: PersonId,
}

/// An entry of a concern's thread as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ConcernEntryRow {
    /// In which thread.
    #[sqlx(try_from = "Uuid")]
    pub concern_id: ConcernId,
    /// For whose side.
    #[sqlx(try_from = "String")]
    pub side: Side,
    /// Who said it.
    #[sqlx(try_from = "Uuid")]
    pub person_id: PersonId,
    /// Their name.
    #[sqlx(try_from = "String")]
    pub name: PersonName,
    /// What.
    #[sqlx(try_from = "String")]
    pub text: Remark,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// That somebody would overrule a concern.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OverrulingRow {
    /// Which.
    #[sqlx(try_from = "Uuid")]
    pub concern_id: ConcernId,
    /// Who.
    #[sqlx(try_from = "Uuid")]
    pub person_id: PersonId,
    /// Their name.
    #[sqlx(try_from = "String")]
    pub name: PersonName,
    /// Why.
    #[sqlx(try_from = "String")]
    pub reason: Reason,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// Raises a concern; answers its number within the case. The case is held.
pub async fn insert(tx: &mut Tx, data: &ConcernData) -> Result<(ConcernId, i64)> {
    let id: ConcernId = tx.new_id();
    let now = tx.now();
    let (number,): (i64,) = tx
        .query("SELECT CAST(COALESCE(MAX(number), 0) + 1 AS BIGINT) FROM concern WHERE case_id = $1")
        .bind(data.case)
        .one()
        .await?;
    tx.query(
        "INSERT INTO concern (id, case_id, ballot_id, number, name, permission_key, revision, raised_by, raised_at, state)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(id)
    .bind(data.case)
    .bind(data.ballot)
    .bind(number)
    .bind(data.name.clone())
    .bind(data.permission.clone())
    .bind(data.revision)
    .bind(data.raised_by)
    .bind(now)
    .bind(ConcernState::Open)
    .execute()
    .await?;
    Ok((id, number))
}

/// The concerns of some cases, each case's in the order in which they were raised.
pub async fn list_of_cases(tx: &mut Tx, cases: &[CaseId]) -> Result<Vec<ConcernRow>> {
    let rows: Vec<Stored> = tx
        .query(
            "SELECT concern.id, concern.case_id, concern.ballot_id, concern.number, concern.name, concern.permission_key,
                concern.revision, concern.raised_by, person.name AS raiser, concern.raised_at, concern.state,
                concern.closed_at, closer.name AS closer
             FROM concern JOIN person ON person.id = concern.raised_by
             LEFT JOIN person AS closer ON closer.id = concern.closed_by
             WHERE concern.case_id",
        )
        .among(cases.iter().copied())
        .append_text(" ORDER BY concern.case_id, concern.number")
        .all()
        .await?;
    let read = |row: Stored| {
        let permission = row.permission_key.map(PermissionKey::try_from).transpose();
        Ok(ConcernRow {
            permission: permission.map_err(|what| Error::Inconsistent(format!("concern {}: {what}", row.id)))?,
            id: row.id,
            case: row.case_id,
            ballot: row.ballot_id,
            number: row.number,
            name: row.name,
            revision: row.revision,
            raised_by: row.raised_by,
            raiser: row.raiser,
            raised_at: row.raised_at,
            state: row.state,
            closed_at: row.closed_at,
            closer: row.closer,
        })
    };
    rows.into_iter().map(read).collect()
}

/// The concerns of every position on the ballots of some cases.
pub(super) async fn list_held(tx: &mut Tx, cases: &[CaseId]) -> Result<HashMap<PositionId, BTreeSet<ConcernId>>> {
    let rows: Vec<(Uuid, Uuid)> = tx
        .query(
            "SELECT position_concern.position_id, position_concern.concern_id
             FROM ballot JOIN position ON position.ballot_id = ballot.id
             JOIN position_concern ON position_concern.position_id = position.id
             WHERE ballot.case_id",
        )
        .among(cases.iter().copied())
        .all()
        .await?;
    let mut held: HashMap<PositionId, BTreeSet<ConcernId>> = HashMap::new();
    for (position, concern) in rows {
        held.entry(position.into()).or_default().insert(concern.into());
    }
    Ok(held)
}

/// Closes an open concern; nobody in particular does where it is overruled or dropped.
pub async fn close(tx: &mut Tx, id: ConcernId, state: ConcernState, by: Option<PersonId>) -> Result<()> {
    let now = tx.now();
    tx.query("UPDATE concern SET state = $1, closed_at = $2, closed_by = $3 WHERE id = $4 AND state = 'open'")
        .bind(state)
        .bind(now)
        .bind(by)
        .bind(id)
        .execute()
        .await?;
    Ok(())
}

/// Adds what somebody says to a concern's thread.
pub async fn insert_entry(tx: &mut Tx, concern: ConcernId, side: Side, person: PersonId, text: &Remark) -> Result<()> {
    let id: Uuid = tx.new_id();
    let now = tx.now();
    tx.query(
        "INSERT INTO concern_entry (id, concern_id, side, person_id, text, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id)
    .bind(concern)
    .bind(side)
    .bind(person)
    .bind(text.clone())
    .bind(now)
    .execute()
    .await?;
    Ok(())
}

/// What was said about these concerns, in the order in which it was.
pub async fn list_entries(tx: &mut Tx, concerns: &[ConcernId]) -> Result<Vec<ConcernEntryRow>> {
    tx.query(
        "SELECT concern_entry.concern_id, concern_entry.side, concern_entry.person_id, person.name, concern_entry.text,
            concern_entry.created_at
         FROM concern_entry JOIN person ON person.id = concern_entry.person_id
         WHERE concern_entry.concern_id",
    )
    .among(concerns.iter().copied())
    .append_text(" ORDER BY concern_entry.id")
    .all()
    .await
}

/// Says that somebody would overrule a concern, once. Answers whether they had not said so before.
pub async fn overrule(tx: &mut Tx, concern: ConcernId, person: PersonId, reason: &Reason) -> Result<bool> {
    let now = tx.now();
    let said = tx
        .query(
            "INSERT INTO concern_overruling (concern_id, person_id, reason, created_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (concern_id, person_id) DO NOTHING",
        )
        .bind(concern)
        .bind(person)
        .bind(reason.clone())
        .bind(now)
        .execute()
        .await?;
    Ok(said > 0)
}

/// Who would overrule these concerns, in the order in which they said so.
pub async fn list_overrulings(tx: &mut Tx, concerns: &[ConcernId]) -> Result<Vec<OverrulingRow>> {
    tx.query(
        "SELECT concern_overruling.concern_id, concern_overruling.person_id, person.name, concern_overruling.reason,
            concern_overruling.created_at
         FROM concern_overruling JOIN person ON person.id = concern_overruling.person_id
         WHERE concern_overruling.concern_id",
    )
    .among(concerns.iter().copied())
    .append_text(" ORDER BY concern_overruling.created_at, concern_overruling.person_id")
    .all()
    .await
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use kwanus_domain::{
        account::{Email, Roles},
        ballot::{Condition, ConditionText, Stance},
    };

    use super::*;
    use crate::{
        account::person,
        ballot::{PositionData, a_ballot, insert_position, list_positions},
        testing::on_both_databases,
    };

    async fn a_member(tx: &mut Tx, name: &str) -> PersonId {
        let email = Email::parse(&format!("{}@x.example", name.to_lowercase())).unwrap();
        person::insert(tx, &email, &PersonName::parse(name).unwrap(), &Roles::default()).await.unwrap()
    }

    #[tokio::test]
    async fn an_objection_holds_its_concerns_and_an_approval_its_conditions() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (case, ballot) = a_ballot(&mut tx, "orbit", "sco", 14).await;
            let (ada, ben) = (a_member(&mut tx, "Ada").await, a_member(&mut tx, "Ben").await);
            let key = PermissionKey::parse("read:items.status").unwrap();
            let mut raised = vec![];
            for (name, permission) in [("token lifetime", Some(key.clone())), ("retention", None)] {
                let name = ConcernName::parse(name).unwrap();
                let data = ConcernData { case, ballot, name, permission, revision: 1, raised_by: ada };
                raised.push(insert(&mut tx, &data).await.unwrap());
            }
            assert_eq!(raised.iter().map(|(_, number)| *number).collect::<Vec<_>>(), [1, 2]);
            let held: BTreeSet<_> = raised.iter().map(|(id, _)| *id).collect();
            let objects = PositionData { concerns: held.clone(), ..PositionData::plain(1, Stance::Object) };
            insert_position(&mut tx, ballot, ada, &objects).await.unwrap();
            let condition = Condition {
                text: ConditionText::parse("Show the deletion log").unwrap(),
                owner: ada,
                due_on: NaiveDate::from_ymd_opt(2027, 1, 29).unwrap(),
            };
            let conditions = vec![condition.clone(), condition];
            let approves = PositionData {
                conditions: conditions.clone(),
                deputy: Some(ada),
                ..PositionData::plain(1, Stance::ApproveWithConditions)
            };
            insert_position(&mut tx, ballot, ben, &approves).await.unwrap();
            let said = list_positions(&mut tx, &[case]).await.unwrap();
            assert_eq!((&said[0].concerns, &said[0].deputy), (&held, &None));
            assert_eq!(said[1].conditions, conditions);
            assert_eq!(said[1].deputy.as_ref().map(|(id, name)| (*id, name.as_str())), Some((ada, "Ada")));

            close(&mut tx, raised[0].0, ConcernState::Resolved, Some(ada)).await.unwrap();
            close(&mut tx, raised[0].0, ConcernState::Overruled, None).await.unwrap();
            let rows = list_of_cases(&mut tx, &[case]).await.unwrap();
            let states: Vec<_> = rows.iter().map(|row| (row.state, row.closer.as_deref())).collect();
            assert_eq!(states, [(ConcernState::Resolved, Some("Ada")), (ConcernState::Open, None)]);
            assert_eq!((rows[0].permission.as_ref(), rows[0].closed_at), (Some(&key), Some(tx.now())));
        })
        .await;
    }

    #[tokio::test]
    async fn what_is_said_of_a_concern_stays_and_nobody_overrules_it_twice() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (case, ballot) = a_ballot(&mut tx, "orbit", "sco", 14).await;
            let (ada, ben) = (a_member(&mut tx, "Ada").await, a_member(&mut tx, "Ben").await);
            let name = ConcernName::parse("retention").unwrap();
            let data = ConcernData { case, ballot, name, permission: None, revision: 1, raised_by: ada };
            let (id, _) = insert(&mut tx, &data).await.unwrap();
            for (side, person, text) in [(Side::Board, ada, "Too long"), (Side::Partner, ben, "Shortened")] {
                insert_entry(&mut tx, id, side, person, &Remark::parse(text).unwrap()).await.unwrap();
            }
            let said = list_entries(&mut tx, &[id]).await.unwrap();
            let said: Vec<_> = said.iter().map(|entry| (entry.side, entry.text.as_str())).collect();
            assert_eq!(said, [(Side::Board, "Too long"), (Side::Partner, "Shortened")]);
            let (first, again) = (Reason::parse("It is short").unwrap(), Reason::parse("Still").unwrap());
            assert!(overrule(&mut tx, id, ben, &first).await.unwrap());
            assert!(!overrule(&mut tx, id, ben, &again).await.unwrap());
            let overruling = list_overrulings(&mut tx, &[id]).await.unwrap();
            assert_eq!(overruling.iter().map(|row| (row.person_id, &row.reason)).collect::<Vec<_>>(), [(ben, &first)]);
        })
        .await;
    }
}
