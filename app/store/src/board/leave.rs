//! Who is away, and until when.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use kwanus_domain::{
    account::PersonId,
    board::{BoardKey, Days, LeaveId},
};
use uuid::Uuid;

use crate::{Result, Tx};

/// A leave as stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct LeaveRow {
    /// Its identifier.
    #[sqlx(try_from = "Uuid")]
    pub id: LeaveId,
    /// Whose.
    #[sqlx(try_from = "Uuid")]
    pub person_id: PersonId,
    from_date: NaiveDate,
    until_date: NaiveDate,
}

impl LeaveRow {
    /// When.
    #[must_use]
    pub fn days(&self) -> Days {
        Days { from: self.from_date, until: self.until_date }
    }
}

/// Somebody who is away on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AbsentRow {
    /// Who.
    #[sqlx(try_from = "Uuid")]
    pub person_id: PersonId,
    /// The last day of the leave.
    pub until_date: NaiveDate,
}

/// Takes a leave.
pub async fn insert(tx: &mut Tx, person: PersonId, days: Days) -> Result<LeaveId> {
    let id: LeaveId = tx.new_id();
    let now = tx.now();
    tx.query("INSERT INTO leave (id, person_id, from_date, until_date, taken_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(id)
        .bind(person)
        .bind(days.from)
        .bind(days.until)
        .bind(now)
        .execute()
        .await?;
    Ok(id)
}

/// Ends a leave of a person that is not over; answers whether there was one.
pub async fn end(tx: &mut Tx, id: LeaveId, person: PersonId) -> Result<bool> {
    let now = tx.now();
    let ended = tx
        .query(
            "UPDATE leave SET ended_at = $1 WHERE id = $2 AND person_id = $3 AND ended_at IS NULL AND until_date >= $4",
        )
        .bind(now)
        .bind(id)
        .bind(person)
        .bind(now.date_naive())
        .execute()
        .await?;
    Ok(ended == 1)
}

/// The leaves of a person that run or are to come, by day.
pub async fn list_of_person(tx: &mut Tx, person: PersonId) -> Result<Vec<LeaveRow>> {
    let today = tx.now().date_naive();
    tx.query(
        "SELECT id, person_id, from_date, until_date FROM leave
         WHERE person_id = $1 AND ended_at IS NULL AND until_date >= $2 ORDER BY from_date, id",
    )
    .bind(person)
    .bind(today)
    .all()
    .await
}

/// The leaves, within these days, of the members of a board and of those who act for one of them.
pub async fn list_of_board(tx: &mut Tx, board: &BoardKey, days: Days) -> Result<Vec<LeaveRow>> {
    tx.query(
        "SELECT id, person_id, from_date, until_date FROM leave
         WHERE ended_at IS NULL AND from_date <= $1 AND until_date >= $2
            AND (person_id IN (SELECT seat.person_id FROM seat WHERE seat.board_key = $3)
                OR person_id IN (SELECT delegation.deputy_id FROM delegation
                    WHERE delegation.board_key = $4 AND delegation.until_date >= $5))
         ORDER BY person_id, from_date, id",
    )
    .bind(days.until)
    .bind(days.from)
    .bind(board.clone())
    .bind(board.clone())
    .bind(days.from)
    .all()
    .await
}

/// Everybody who is away on that day, and until when. Who came back early was away on the days before.
pub async fn list_absent_at(tx: &mut Tx, day: NaiveDate) -> Result<Vec<AbsentRow>> {
    let end_of_day: DateTime<Utc> = day.succ_opt().unwrap_or(day).and_time(NaiveTime::MIN).and_utc();
    let mut rows: Vec<AbsentRow> = tx
        .query(
            "SELECT person_id, until_date FROM leave
             WHERE from_date <= $1 AND until_date >= $2 AND (ended_at IS NULL OR ended_at >= $3)",
        )
        .bind(day)
        .bind(day)
        .bind(end_of_day)
        .all()
        .await?;
    // Grouped here: SQLite would read every leave that ever was in the order of people. Who came back early and left again may
    // be away twice on a day that has passed.
    rows.sort_by_key(|row| (row.person_id, std::cmp::Reverse(row.until_date)));
    rows.dedup_by_key(|row| row.person_id);
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::*;
    use crate::{
        board::{
            DelegationData, insert_delegation,
            testing::{key, member},
        },
        testing::{on_both_databases, on_both_databases_with_clock},
    };

    fn days(from: &str, until: &str) -> Days {
        Days { from: from.parse().unwrap(), until: until.parse().unwrap() }
    }

    #[tokio::test]
    async fn who_is_away_is_so_from_the_first_day_to_the_last() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let (ada, tim) = (member(&mut tx, "Ada", &["sco"]).await, member(&mut tx, "Tim", &["tsc"]).await);
            let id = insert(&mut tx, ada, days("2026-11-18", "2026-11-23")).await.unwrap();
            insert(&mut tx, ada, days("2026-12-01", "2026-12-02")).await.unwrap();
            let absent = async |tx: &mut Tx, day: &str| {
                let rows = list_absent_at(tx, day.parse().unwrap()).await.unwrap();
                rows.iter().map(|row| (row.person_id, row.until_date.to_string())).collect::<Vec<_>>()
            };
            let away = vec![(ada, "2026-11-23".to_owned())];
            for (day, expected) in
                [("2026-11-17", &vec![]), ("2026-11-18", &away), ("2026-11-23", &away), ("2026-11-24", &vec![])]
            {
                assert_eq!(absent(&mut tx, day).await, *expected, "{day}");
            }
            assert_eq!(list_of_person(&mut tx, ada).await.unwrap().len(), 2);
            // Who comes back early was away until then; nobody ends another's leave, nor one twice.
            clock.advance(Duration::days(2));
            assert!(!end(&mut tx, id, tim).await.unwrap());
            assert!(end(&mut tx, id, ada).await.unwrap() && !end(&mut tx, id, ada).await.unwrap());
            for (day, expected) in [("2026-11-19", &away), ("2026-11-20", &vec![]), ("2026-11-21", &vec![])] {
                assert_eq!(absent(&mut tx, day).await, *expected, "{day}");
            }
            assert_eq!(list_of_person(&mut tx, ada).await.unwrap()[0].days(), days("2026-12-01", "2026-12-02"));
            // Who goes again, and says it late, was away once.
            insert(&mut tx, ada, days("2026-11-19", "2026-11-22")).await.unwrap();
            assert_eq!(absent(&mut tx, "2026-11-19").await, away);
            clock.advance(Duration::days(30));
            assert_eq!(list_of_person(&mut tx, ada).await.unwrap(), []);
        })
        .await;
    }

    #[tokio::test]
    async fn a_board_counts_with_the_leave_of_its_members_and_of_their_deputies() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let ada = member(&mut tx, "Ada", &["sco"]).await;
            let (tim, eve) = (member(&mut tx, "Tim", &["tsc"]).await, member(&mut tx, "Eve", &["erc"]).await);
            let acting = days("2026-11-18", "2026-11-30");
            let data = DelegationData {
                board: key("sco"),
                member: ada,
                deputy: tim,
                days: acting,
                kinds: kwanus_domain::board::Kinds::default(),
            };
            insert_delegation(&mut tx, &data).await.unwrap();
            for person in [ada, tim, eve] {
                insert(&mut tx, person, days("2026-11-20", "2026-11-22")).await.unwrap();
            }
            let people = async |tx: &mut Tx, from, until| {
                let rows = list_of_board(tx, &key("sco"), days(from, until)).await.unwrap();
                rows.iter().map(|row| row.person_id).collect::<Vec<_>>()
            };
            assert_eq!(people(&mut tx, "2026-11-22", "2026-12-31").await, [ada, tim]);
            assert_eq!(people(&mut tx, "2026-11-23", "2026-12-31").await, []);
            assert_eq!(people(&mut tx, "2026-11-18", "2026-11-19").await, []);
        })
        .await;
    }
}
