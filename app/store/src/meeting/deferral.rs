//! The cases that are deferred to meetings.

use chrono::{DateTime, NaiveDate, Utc};
use kwanus_domain::{
    account::{PersonId, PersonName},
    ballot::{BallotId, Reason},
    case::CaseId,
    meeting::{DeferralId, MeetingId, MeetingState},
};
use uuid::Uuid;

use crate::{Result, Tx};

/// A deferral as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DeferralRow {
    /// Of which case.
    #[sqlx(try_from = "Uuid")]
    pub case_id: CaseId,
    /// To the meeting of which day.
    pub day: NaiveDate,
    /// How far that is.
    #[sqlx(try_from = "String")]
    pub state: MeetingState,
    /// Who deferred it.
    #[sqlx(try_from = "String")]
    pub name: PersonName,
    /// Whether they chaired the board then.
    pub by_chair: bool,
    /// Why.
    #[sqlx(try_from = "String")]
    pub reason: Reason,
    /// When.
    pub deferred_at: DateTime<Utc>,
}

/// A deferral as it is made.
#[derive(Clone, Debug)]
pub struct DeferralData {
    /// To which meeting.
    pub meeting: MeetingId,
    /// The board's ballot on the case.
    pub ballot: BallotId,
    /// Who defers it.
    pub person: PersonId,
    /// Whether they chair the board.
    pub by_chair: bool,
    /// Why.
    pub reason: Reason,
}

/// Defers a case to a meeting.
pub async fn insert(tx: &mut Tx, data: &DeferralData) -> Result<DeferralId> {
    let id: DeferralId = tx.new_id();
    let now = tx.now();
    tx.query(
        "INSERT INTO deferral (id, meeting_id, ballot_id, person_id, by_chair, reason, deferred_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id)
    .bind(data.meeting)
    .bind(data.ballot)
    .bind(data.person)
    .bind(data.by_chair)
    .bind(data.reason.clone())
    .bind(now)
    .execute()
    .await?;
    Ok(id)
}

macro_rules! select_deferral {
    () => {
        "SELECT ballot.case_id, meeting.day, meeting.state, person.name, deferral.by_chair, deferral.reason,
            deferral.deferred_at
         FROM deferral JOIN meeting ON meeting.id = deferral.meeting_id JOIN ballot ON ballot.id = deferral.ballot_id
            JOIN person ON person.id = deferral.person_id"
    };
}

/// What was deferred to a meeting, the first first.
pub async fn list_of_meeting(tx: &mut Tx, meeting: MeetingId) -> Result<Vec<DeferralRow>> {
    tx.query(concat!(select_deferral!(), " WHERE deferral.meeting_id = $1 ORDER BY deferral.id"))
        .bind(meeting)
        .all()
        .await
}

/// To which meetings a board deferred a case, the first first; those that were cancelled are none.
pub async fn list_of_ballot(tx: &mut Tx, ballot: BallotId) -> Result<Vec<DeferralRow>> {
    tx.query(concat!(
        select_deferral!(),
        " WHERE deferral.ballot_id = $1 AND meeting.state <> 'cancelled' ORDER BY deferral.id"
    ))
    .bind(ballot)
    .all()
    .await
}

#[cfg(test)]
mod tests {
    use kwanus_domain::meeting::MeetingPlace;

    use super::*;
    use crate::{
        ballot::a_ballot,
        board::testing::{key, member},
        meeting::{self, MeetingData},
        testing::on_both_databases,
    };

    #[tokio::test]
    async fn what_is_deferred_to_a_cancelled_meeting_is_not_deferred() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let ada = member(&mut tx, "Ada", &["sco"]).await;
            let (case, ballot) = a_ballot(&mut tx, "orbit", "sco", 14).await;
            let reason = Reason::parse("The log must be looked at").unwrap();
            let place = MeetingPlace::parse("Room 4").unwrap();
            let data = MeetingData { starts_at: "2026-12-03T14:00:00Z".parse().unwrap(), place, secretary: None };
            let meeting = meeting::insert(&mut tx, &key("sco"), &data, ada).await.unwrap().unwrap();
            let data = DeferralData { meeting, ballot, person: ada, by_chair: false, reason: reason.clone() };
            insert(&mut tx, &data).await.unwrap();
            let of_ballot = list_of_ballot(&mut tx, ballot).await.unwrap();
            assert_eq!(of_ballot, list_of_meeting(&mut tx, meeting).await.unwrap());
            assert_eq!((of_ballot[0].case_id, &of_ballot[0].reason), (case, &reason));
            meeting::cancel(&mut tx, meeting, &reason).await.unwrap();
            assert_eq!(list_of_ballot(&mut tx, ballot).await.unwrap(), []);
            assert_eq!(list_of_meeting(&mut tx, meeting).await.unwrap().len(), 1);
        })
        .await;
    }
}
