//! What members said of a case. Nothing is overwritten: a later position supersedes an earlier one.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use kwanus_domain::{
    account::{PersonId, PersonName},
    ballot::{BallotId, ConcernId, Condition, PositionId, Reason, Stance},
    board::BoardKey,
    case::CaseId,
    meeting::MeetingId,
    permission::PermissionKey,
};
use uuid::Uuid;

use super::{Considered, concern, condition};
use crate::{Error, Result, Tx};

#[derive(sqlx::FromRow)]
struct Stored {
    #[sqlx(try_from = "Uuid")]
    id: PositionId,
    #[sqlx(try_from = "Uuid")]
    ballot_id: BallotId,
    #[sqlx(try_from = "String")]
    board_key: BoardKey,
    #[sqlx(try_from = "Uuid")]
    person_id: PersonId,
    #[sqlx(try_from = "String")]
    person_name: PersonName,
    revision: i64,
    #[sqlx(try_from = "String")]
    stance: Stance,
    reason: Option<String>,
    permissions: Option<String>,
    deputy_id: Option<Uuid>,
    deputy_name: Option<String>,
    recorder_name: Option<String>,
    meeting_id: Option<Uuid>,
    meeting_day: Option<NaiveDate>,
    taken_at: DateTime<Utc>,
    superseded_at: Option<DateTime<Utc>>,
}

/// A position as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PositionRow {
    /// Its identifier.
    pub id: PositionId,
    /// On which ballot.
    pub ballot: BallotId,
    /// Of which board.
    pub board: BoardKey,
    /// Whose.
    pub person: PersonId,
    /// Their name.
    pub name: PersonName,
    /// The revision that it speaks of.
    pub revision: i64,
    /// What it says.
    pub stance: Stance,
    /// Why.
    pub reason: Option<Reason>,
    /// The permissions that a recommendation to reduce names.
    pub permissions: BTreeSet<PermissionKey>,
    /// The concerns that an objection is made with.
    pub concerns: BTreeSet<ConcernId>,
    /// The conditions that are named with an approval.
    pub conditions: Vec<Condition>,
    /// Who took it for them.
    pub deputy: Option<(PersonId, PersonName)>,
    /// Who recorded it on their behalf, and where.
    pub minuted: Option<MinutedRow>,
    /// When.
    pub taken_at: DateTime<Utc>,
    /// When another took its place.
    pub superseded_at: Option<DateTime<Utc>>,
}

/// That a position was recorded at a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MinutedRow {
    /// Who recorded it.
    pub recorder: PersonName,
    /// At which meeting.
    pub meeting: MeetingId,
    /// On which day that was held.
    pub day: NaiveDate,
}

/// A position as it is taken.
#[derive(Clone, Debug)]
pub struct PositionData {
    /// The revision that it speaks of.
    pub revision: i64,
    /// What it says.
    pub stance: Stance,
    /// Why.
    pub reason: Option<Reason>,
    /// The permissions that a recommendation to reduce names.
    pub permissions: BTreeSet<PermissionKey>,
    /// The concerns that an objection is made with.
    pub concerns: BTreeSet<ConcernId>,
    /// The conditions that are named with an approval.
    pub conditions: Vec<Condition>,
    /// Who takes it for them.
    pub deputy: Option<PersonId>,
    /// Who records it on their behalf, and at which meeting.
    pub minuted: Option<(PersonId, MeetingId)>,
    /// What it rests on; nothing where it is recorded on their behalf.
    pub considered: Considered,
}

impl PositionData {
    /// A position without a word.
    #[must_use]
    pub const fn plain(revision: i64, stance: Stance) -> Self {
        Self {
            revision,
            stance,
            reason: None,
            permissions: BTreeSet::new(),
            concerns: BTreeSet::new(),
            conditions: Vec::new(),
            deputy: None,
            minuted: None,
            considered: Considered { seconds: None, has_read_evidence: None },
        }
    }
}

/// Takes a position, in the place of the same person's earlier one.
pub async fn insert(tx: &mut Tx, ballot: BallotId, person: PersonId, data: &PositionData) -> Result<PositionId> {
    let id: PositionId = tx.new_id();
    let now = tx.now();
    tx.query(
        "UPDATE position SET superseded_at = $1 WHERE ballot_id = $2 AND person_id = $3 AND superseded_at IS NULL",
    )
    .bind(now)
    .bind(ballot)
    .bind(person)
    .execute()
    .await?;
    tx.query(
        "INSERT INTO position (id, ballot_id, person_id, revision, stance, reason, permissions, deputy_id, recorder_id,
            meeting_id, taken_at, considered_seconds, has_read_evidence)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(id)
    .bind(ballot)
    .bind(person)
    .bind(data.revision)
    .bind(data.stance)
    .bind(data.reason.clone())
    .bind((!data.permissions.is_empty()).then(|| list_of(&data.permissions)))
    .bind(data.deputy)
    .bind(data.minuted.map(|(recorder, _)| recorder))
    .bind(data.minuted.map(|(_, meeting)| meeting))
    .bind(now)
    .bind(data.considered.seconds)
    .bind(data.considered.has_read_evidence)
    .execute()
    .await?;
    for concern in &data.concerns {
        tx.query("INSERT INTO position_concern (position_id, concern_id) VALUES ($1, $2)")
            .bind(id)
            .bind(*concern)
            .execute()
            .await?;
    }
    for named in &data.conditions {
        condition::insert(tx, id, named).await?;
    }
    Ok(id)
}

fn list_of(keys: &BTreeSet<PermissionKey>) -> String {
    keys.iter().map(PermissionKey::as_str).collect::<Vec<_>>().join(",")
}

/// Every position on the ballots of some cases, superseded ones too, in the order in which they were taken.
pub async fn list_of_cases(tx: &mut Tx, cases: &[CaseId]) -> Result<Vec<PositionRow>> {
    let rows: Vec<Stored> = tx
        .query(
            "SELECT position.id, position.ballot_id, ballot.board_key, position.person_id, person.name AS person_name,
                position.revision, position.stance, position.reason, position.permissions, position.taken_at,
                position.superseded_at, position.deputy_id, deputy.name AS deputy_name,
                recorder.name AS recorder_name, position.meeting_id, meeting.day AS meeting_day
             FROM position
             JOIN ballot ON ballot.id = position.ballot_id
             JOIN person ON person.id = position.person_id
             LEFT JOIN person AS deputy ON deputy.id = position.deputy_id
             LEFT JOIN person AS recorder ON recorder.id = position.recorder_id
             LEFT JOIN meeting ON meeting.id = position.meeting_id
             WHERE ballot.case_id",
        )
        .among(cases.iter().copied())
        .append_text(" ORDER BY position.id")
        .all()
        .await?;
    let mut concerns = concern::list_held(tx, cases).await?;
    let mut conditions = condition::list_of_cases(tx, cases).await?;
    let mut read = |row: Stored| {
        let inconsistent = |what| Error::Inconsistent(format!("position {}: {what}", row.id));
        Ok(PositionRow {
            reason: row.reason.map(Reason::try_from).transpose().map_err(inconsistent)?,
            permissions: row
                .permissions
                .iter()
                .flat_map(|list| list.split(','))
                .map(|key| PermissionKey::try_from(key.to_owned()))
                .collect::<Result<_, _>>()
                .map_err(inconsistent)?,
            deputy: row
                .deputy_id
                .map(PersonId::from)
                .zip(row.deputy_name.map(PersonName::try_from).transpose().map_err(inconsistent)?),
            minuted: match (row.recorder_name, row.meeting_id, row.meeting_day) {
                (Some(name), Some(meeting), Some(day)) => Some(MinutedRow {
                    recorder: PersonName::try_from(name).map_err(inconsistent)?,
                    meeting: meeting.into(),
                    day,
                }),
                _ => None,
            },
            concerns: concerns.remove(&row.id).unwrap_or_default(),
            conditions: conditions.remove(&row.id).unwrap_or_default(),
            id: row.id,
            ballot: row.ballot_id,
            board: row.board_key,
            person: row.person_id,
            name: row.person_name,
            revision: row.revision,
            stance: row.stance,
            taken_at: row.taken_at,
            superseded_at: row.superseded_at,
        })
    };
    rows.into_iter().map(&mut read).collect()
}

#[cfg(test)]
mod tests {
    use kwanus_domain::account::{Email, Roles};

    use super::*;
    use crate::{account::person, ballot::board::tests::a_ballot, testing::on_both_databases};

    fn said(stance: Stance, reason: Option<Reason>) -> PositionData {
        PositionData { reason, ..PositionData::plain(1, stance) }
    }

    #[tokio::test]
    async fn a_changed_position_keeps_the_one_before_it() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (case, ballot) = a_ballot(&mut tx, "orbit", "sco", 14).await;
            let (email, name) = (Email::parse("a@x.example").unwrap(), PersonName::parse("Priya Raman").unwrap());
            let person = person::insert(&mut tx, &email, &name, &Roles::default()).await.unwrap();
            let reason = Reason::parse("No rollback\nis declared").unwrap();
            insert(&mut tx, ballot, person, &said(Stance::Object, Some(reason.clone()))).await.unwrap();
            insert(&mut tx, ballot, person, &said(Stance::Approve, None)).await.unwrap();
            let all = list_of_cases(&mut tx, &[case]).await.unwrap();
            let said: Vec<_> = all.iter().map(|row| (row.stance, row.superseded_at.is_some())).collect();
            assert_eq!(said, [(Stance::Object, true), (Stance::Approve, false)]);
            assert_eq!((all[0].reason.as_ref(), &all[0].name, all[0].board.as_str()), (Some(&reason), &name, "sco"));
        })
        .await;
    }
}
