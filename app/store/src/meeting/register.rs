//! The meetings of a board.

use chrono::{DateTime, NaiveDate, Utc};
use kwanus_domain::{
    account::{PersonId, PersonName},
    ballot::Reason,
    board::BoardKey,
    meeting::{MeetingId, MeetingPlace, MeetingState},
};
use sqlx::types::Json;
use uuid::Uuid;

use crate::{Error, Result, Sql, Tx};

/// A meeting as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MeetingRow {
    /// Its identifier.
    #[sqlx(try_from = "Uuid")]
    pub id: MeetingId,
    /// Of which board.
    #[sqlx(try_from = "String")]
    pub board_key: BoardKey,
    /// On which day, by which it is named among those of its board.
    pub day: NaiveDate,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// Where it is held.
    #[sqlx(try_from = "String")]
    pub place: MeetingPlace,
    secretary_id: Option<Uuid>,
    secretary_name: Option<String>,
    /// How far it is.
    #[sqlx(try_from = "String")]
    pub state: MeetingState,
    /// Counts its edits.
    pub revision: i64,
    cancel_reason: Option<String>,
    /// When it was marked held.
    pub held_at: Option<DateTime<Utc>>,
    /// When its minutes were approved.
    pub closed_at: Option<DateTime<Utc>>,
    closer_name: Option<String>,
    agenda: Option<Json<serde_json::Value>>,
}

impl MeetingRow {
    /// Who keeps the minutes.
    #[must_use]
    pub fn secretary(&self) -> Option<PersonId> {
        self.secretary_id.map(PersonId::from)
    }

    /// Their name.
    pub fn secretary_name(&self) -> Result<Option<PersonName>> {
        self.secretary_name.clone().map(PersonName::try_from).transpose().map_err(Error::Inconsistent)
    }

    /// Why it was cancelled.
    pub fn cancel_reason(&self) -> Result<Option<Reason>> {
        self.cancel_reason.clone().map(Reason::try_from).transpose().map_err(Error::Inconsistent)
    }

    /// Who approved its minutes.
    #[must_use]
    pub fn closer(&self) -> Option<&str> {
        self.closer_name.as_deref()
    }

    /// The agenda as it stood when it was marked held.
    #[must_use]
    pub fn agenda(&self) -> Option<&serde_json::Value> {
        self.agenda.as_ref().map(|agenda| &agenda.0)
    }
}

/// A meeting as it is planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingData {
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// Where it is held.
    pub place: MeetingPlace,
    /// Who keeps the minutes.
    pub secretary: Option<PersonId>,
}

macro_rules! select_meeting {
    () => {
        "SELECT meeting.id, meeting.board_key, meeting.day, meeting.starts_at, meeting.place, meeting.secretary_id,
            secretary.name AS secretary_name, meeting.state, meeting.revision, meeting.cancel_reason, meeting.held_at,
            meeting.closed_at, closer.name AS closer_name, meeting.agenda
         FROM meeting LEFT JOIN person AS secretary ON secretary.id = meeting.secretary_id
            LEFT JOIN person AS closer ON closer.id = meeting.closed_by
         WHERE meeting.board_key = $1"
    };
}

/// Plans a meeting, unless the board has one on that day; answers which one it is.
pub async fn insert(tx: &mut Tx, board: &BoardKey, data: &MeetingData, by: PersonId) -> Result<Option<MeetingId>> {
    let id: MeetingId = tx.new_id();
    let now = tx.now();
    let added = tx
        .query(
            "INSERT INTO meeting (id, board_key, day, starts_at, place, secretary_id, state, revision, planned_by, planned_at)
             VALUES ($1, $2, $3, $4, $5, $6, 'planned', 1, $7, $8) ON CONFLICT (board_key, day) DO NOTHING",
        )
        .bind(id)
        .bind(board.clone())
        .bind(data.starts_at.date_naive())
        .bind(data.starts_at)
        .bind(data.place.clone())
        .bind(data.secretary)
        .bind(by)
        .bind(now)
        .execute()
        .await?;
    Ok((added == 1).then_some(id))
}

/// The meeting of a board on that day.
pub async fn lookup(tx: &mut Tx, board: &BoardKey, day: NaiveDate) -> Result<Option<MeetingRow>> {
    tx.query(concat!(select_meeting!(), " AND meeting.day = $2")).bind(board.clone()).bind(day).optional().await
}

/// The same, held to the end of the transaction: whoever changes it waits for the other. Where a case is changed as well, that is
/// held first.
pub async fn lookup_for_update(tx: &mut Tx, board: &BoardKey, day: NaiveDate) -> Result<Option<MeetingRow>> {
    let sql = Sql::pair(
        concat!(select_meeting!(), " AND meeting.day = $2"),
        concat!(select_meeting!(), " AND meeting.day = $2 FOR NO KEY UPDATE OF meeting"),
    );
    tx.query(sql).bind(board.clone()).bind(day).optional().await
}

/// The day of the next planned meeting of a board that has not begun.
pub async fn lookup_next(tx: &mut Tx, board: &BoardKey) -> Result<Option<NaiveDate>> {
    let now = tx.now();
    let row: Option<(NaiveDate,)> = tx
        .query(
            "SELECT day FROM meeting WHERE board_key = $1 AND state = 'planned' AND starts_at > $2
             ORDER BY day LIMIT 1",
        )
        .bind(board.clone())
        .bind(now)
        .optional()
        .await?;
    Ok(row.map(|(day,)| day))
}

/// Up to `limit` planned meetings of a board, the next first, those after `after`.
pub async fn list_planned(
    tx: &mut Tx,
    board: &BoardKey,
    after: Option<NaiveDate>,
    limit: u8,
) -> Result<Vec<MeetingRow>> {
    tx.query(concat!(select_meeting!(), " AND meeting.state = 'planned'"))
        .bind(board.clone())
        .append_if(" AND meeting.day > {}", after)
        .append(" ORDER BY meeting.day LIMIT {}", i64::from(limit))
        .all()
        .await
}

/// Up to `limit` meetings of a board that were held or cancelled, the last first, those before `before`.
pub async fn list_past(tx: &mut Tx, board: &BoardKey, before: Option<NaiveDate>, limit: u8) -> Result<Vec<MeetingRow>> {
    tx.query(concat!(select_meeting!(), " AND meeting.state <> 'planned'"))
        .bind(board.clone())
        .append_if(" AND meeting.day < {}", before)
        .append(" ORDER BY meeting.day DESC LIMIT {}", i64::from(limit))
        .all()
        .await
}

/// Says when and where a meeting is held, and who keeps its minutes. That the board has no other on that day was looked at.
pub async fn reschedule(tx: &mut Tx, id: MeetingId, data: &MeetingData) -> Result<()> {
    tx.query(
        "UPDATE meeting SET day = $1, starts_at = $2, place = $3, secretary_id = $4, revision = revision + 1 WHERE id = $5",
    )
    .bind(data.starts_at.date_naive())
    .bind(data.starts_at)
    .bind(data.place.clone())
    .bind(data.secretary)
    .bind(id)
    .execute()
    .await?;
    Ok(())
}

/// Cancels a planned meeting.
pub async fn cancel(tx: &mut Tx, id: MeetingId, reason: &Reason) -> Result<()> {
    tx.query(
        "UPDATE meeting SET state = 'cancelled', cancel_reason = $1, revision = revision + 1
         WHERE id = $2 AND state = 'planned'",
    )
    .bind(reason.clone())
    .bind(id)
    .execute()
    .await?;
    Ok(())
}

/// Says that a planned meeting was held, with the agenda as it stands.
pub async fn hold(tx: &mut Tx, id: MeetingId, agenda: serde_json::Value) -> Result<()> {
    let now = tx.now();
    tx.query(
        "UPDATE meeting SET state = 'held', held_at = $1, agenda = $2, revision = revision + 1
         WHERE id = $3 AND state = 'planned'",
    )
    .bind(now)
    .bind(agenda)
    .bind(id)
    .execute()
    .await?;
    Ok(())
}

/// Says who approved the minutes of a meeting that was held.
pub async fn approve(tx: &mut Tx, id: MeetingId, by: PersonId) -> Result<()> {
    let now = tx.now();
    tx.query(
        "UPDATE meeting SET state = 'closed', closed_at = $1, closed_by = $2, revision = revision + 1
         WHERE id = $3 AND state = 'held'",
    )
    .bind(now)
    .bind(by)
    .bind(id)
    .execute()
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{
        board::testing::{key, member},
        testing::on_both_databases,
    };

    fn data(starts_at: &str) -> MeetingData {
        MeetingData {
            starts_at: starts_at.parse().unwrap(),
            place: MeetingPlace::parse("Room 4").unwrap(),
            secretary: None,
        }
    }

    #[tokio::test]
    async fn a_board_meets_once_a_day_and_the_lists_begin_with_what_is_next_and_what_was_last() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let ada = member(&mut tx, "Ada", &["sco"]).await;
            let (sco, tsc) = (key("sco"), key("tsc"));
            for day in ["2026-11-20", "2026-12-03", "2026-12-17", "2027-01-07"] {
                assert!(insert(&mut tx, &sco, &data(&format!("{day}T14:00:00Z")), ada).await.unwrap().is_some());
            }
            assert_eq!(insert(&mut tx, &sco, &data("2026-12-03T09:00:00Z"), ada).await.unwrap(), None);
            assert!(insert(&mut tx, &tsc, &data("2026-12-03T09:00:00Z"), ada).await.unwrap().is_some());
            let day = |text: &str| text.parse::<NaiveDate>().unwrap();
            assert_eq!(lookup_next(&mut tx, &sco).await.unwrap(), Some(day("2026-11-20")));
            for (held, state) in [("2026-11-20", MeetingState::Held), ("2026-12-03", MeetingState::Cancelled)] {
                let row = lookup_for_update(&mut tx, &sco, day(held)).await.unwrap().unwrap();
                if state == MeetingState::Held {
                    hold(&mut tx, row.id, json!([])).await.unwrap();
                    approve(&mut tx, row.id, ada).await.unwrap();
                    cancel(&mut tx, row.id, &Reason::parse("Too late").unwrap()).await.unwrap();
                } else {
                    cancel(&mut tx, row.id, &Reason::parse("Nothing to say").unwrap()).await.unwrap();
                }
            }
            let held = lookup(&mut tx, &sco, day("2026-11-20")).await.unwrap().unwrap();
            assert_eq!(
                (held.state, held.closer(), held.agenda()),
                (MeetingState::Closed, Some("Ada"), Some(&json!([])))
            );
            let cancelled = lookup(&mut tx, &sco, day("2026-12-03")).await.unwrap().unwrap();
            assert_eq!(cancelled.cancel_reason().unwrap().unwrap().as_str(), "Nothing to say");
            assert_eq!(lookup_next(&mut tx, &sco).await.unwrap(), Some(day("2026-12-17")));
            let days = |rows: Vec<MeetingRow>| rows.iter().map(|row| row.day.to_string()).collect::<Vec<_>>();
            assert_eq!(days(list_planned(&mut tx, &sco, None, 9).await.unwrap()), ["2026-12-17", "2027-01-07"]);
            let after = list_planned(&mut tx, &sco, Some(day("2026-12-17")), 9).await.unwrap();
            assert_eq!(days(after), ["2027-01-07"]);
            assert_eq!(days(list_past(&mut tx, &sco, None, 9).await.unwrap()), ["2026-12-03", "2026-11-20"]);
            let before = list_past(&mut tx, &sco, Some(day("2026-12-03")), 9).await.unwrap();
            assert_eq!(days(before), ["2026-11-20"]);
            let row = lookup(&mut tx, &sco, day("2026-12-17")).await.unwrap().unwrap();
            let moved = MeetingData { secretary: Some(ada), ..data("2026-12-18T10:30:00Z") };
            reschedule(&mut tx, row.id, &moved).await.unwrap();
            let row = lookup(&mut tx, &sco, day("2026-12-18")).await.unwrap().unwrap();
            assert_eq!((row.starts_at, row.secretary(), row.revision), (moved.starts_at, Some(ada), 2));
            assert_eq!(row.secretary_name().unwrap().unwrap().as_str(), "Ada");
        })
        .await;
    }
}
