//! Who acts for whom, on which board, and when.

use chrono::{DateTime, NaiveDate, Utc};
use kwanus_domain::{
    account::{PersonId, PersonName},
    board::{BoardKey, Days, Delegation, DelegationId, Kinds},
};
use uuid::Uuid;

use crate::{Result, Tx};

/// A delegation as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DelegationRow {
    /// Its identifier.
    #[sqlx(try_from = "Uuid")]
    pub id: DelegationId,
    /// Of which board.
    #[sqlx(try_from = "String")]
    pub board_key: BoardKey,
    /// Whose seat.
    #[sqlx(try_from = "Uuid")]
    pub member_id: PersonId,
    /// The member's name.
    #[sqlx(try_from = "String")]
    pub member_name: PersonName,
    /// Who acts.
    #[sqlx(try_from = "Uuid")]
    pub deputy_id: PersonId,
    /// The deputy's name.
    #[sqlx(try_from = "String")]
    pub deputy_name: PersonName,
    from_date: NaiveDate,
    until_date: NaiveDate,
    /// On which kinds of cases.
    #[sqlx(try_from = "String")]
    pub kinds: Kinds,
    /// Whether the deputy may sign in.
    pub is_enabled: bool,
}

impl DelegationRow {
    /// When.
    #[must_use]
    pub fn days(&self) -> Days {
        Days { from: self.from_date, until: self.until_date }
    }

    /// The same for the domain.
    #[must_use]
    pub fn delegation(&self) -> Delegation {
        Delegation { board: self.board_key.clone(), member: self.member_id, deputy: self.deputy_id, days: self.days() }
    }
}

/// A delegation as it is made.
#[derive(Clone, Debug)]
pub struct DelegationData {
    /// Of which board.
    pub board: BoardKey,
    /// Whose seat.
    pub member: PersonId,
    /// Who acts.
    pub deputy: PersonId,
    /// When.
    pub days: Days,
    /// On which kinds of cases.
    pub kinds: Kinds,
}

/// A deputy who acts at an instant.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ActingRow {
    /// On which board.
    #[sqlx(try_from = "String")]
    pub board_key: BoardKey,
    /// For whom.
    #[sqlx(try_from = "Uuid")]
    pub member_id: PersonId,
    /// Who.
    #[sqlx(try_from = "Uuid")]
    pub deputy_id: PersonId,
    /// Their name.
    #[sqlx(try_from = "String")]
    pub deputy_name: PersonName,
    /// On which kinds of cases.
    #[sqlx(try_from = "String")]
    pub kinds: Kinds,
}

macro_rules! select_delegation {
    () => {
        "SELECT delegation.id, delegation.board_key, delegation.member_id, member.name AS member_name,
            delegation.deputy_id, deputy.name AS deputy_name, delegation.from_date, delegation.until_date,
            delegation.kinds, deputy.disabled_at IS NULL AS is_enabled
         FROM delegation JOIN person AS member ON member.id = delegation.member_id
            JOIN person AS deputy ON deputy.id = delegation.deputy_id"
    };
}

/// Delegates a seat.
pub async fn insert(tx: &mut Tx, data: &DelegationData) -> Result<DelegationId> {
    let id: DelegationId = tx.new_id();
    let now = tx.now();
    tx.query(
        "INSERT INTO delegation (id, board_key, member_id, deputy_id, from_date, until_date, kinds, delegated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id)
    .bind(data.board.clone())
    .bind(data.member)
    .bind(data.deputy)
    .bind(data.days.from)
    .bind(data.days.until)
    .bind(data.kinds.clone())
    .bind(now)
    .execute()
    .await?;
    Ok(id)
}

/// Ends a delegation that stands, at once; answers whether there was one.
pub async fn end(tx: &mut Tx, id: DelegationId) -> Result<bool> {
    let now = tx.now();
    let ended = tx
        .query("UPDATE delegation SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL AND until_date >= $3")
        .bind(now)
        .bind(id)
        .bind(now.date_naive())
        .execute()
        .await?;
    Ok(ended == 1)
}

/// The delegation with that identifier, if it stands.
pub async fn lookup(tx: &mut Tx, id: DelegationId) -> Result<Option<DelegationRow>> {
    tx.query(concat!(select_delegation!(), " WHERE delegation.ended_at IS NULL AND delegation.id = $1"))
        .bind(id)
        .optional()
        .await
}

/// The delegations of a board that run or are to come, by day.
pub async fn list_of_board(tx: &mut Tx, board: &BoardKey) -> Result<Vec<DelegationRow>> {
    let today = tx.now().date_naive();
    tx.query(concat!(
        select_delegation!(),
        " WHERE delegation.ended_at IS NULL AND delegation.board_key = $1 AND delegation.until_date >= $2
         ORDER BY delegation.from_date, delegation.id"
    ))
    .bind(board.clone())
    .bind(today)
    .all()
    .await
}

/// The delegations that run or are to come by which somebody acts for another, or another for them, by day.
pub async fn list_of_person(tx: &mut Tx, person: PersonId) -> Result<Vec<DelegationRow>> {
    let today = tx.now().date_naive();
    tx.query(concat!(
        select_delegation!(),
        " WHERE delegation.ended_at IS NULL AND delegation.until_date >= $1
            AND (delegation.member_id = $2 OR delegation.deputy_id = $3)
         ORDER BY delegation.from_date, delegation.id"
    ))
    .bind(today)
    .bind(person)
    .bind(person)
    .all()
    .await
}

/// Everybody who acts for a member at that instant, by board. Who could not sign in then, acts for a partner, or sat on the
/// board by then as well, does not: each person has one voice on a board.
pub async fn list_delegations_at(tx: &mut Tx, at: DateTime<Utc>) -> Result<Vec<ActingRow>> {
    let day = at.date_naive();
    tx.query(
        "SELECT delegation.board_key, delegation.member_id, delegation.deputy_id, deputy.name AS deputy_name,
            delegation.kinds
         FROM delegation JOIN person AS deputy ON deputy.id = delegation.deputy_id
         WHERE delegation.from_date <= $1 AND delegation.until_date >= $2 AND delegation.delegated_at <= $3
            AND (delegation.ended_at IS NULL OR delegation.ended_at > $4)
            AND (deputy.disabled_at IS NULL OR deputy.disabled_at > $5) AND deputy.partner_id IS NULL
            AND NOT EXISTS (SELECT 1 FROM seat
                WHERE seat.person_id = delegation.deputy_id AND seat.board_key = delegation.board_key
                    AND seat.from_date <= $6 AND (seat.until_date IS NULL OR seat.until_date >= $7))
         ORDER BY delegation.board_key, delegation.member_id, delegation.id",
    )
    .bind(day)
    .bind(day)
    .bind(at)
    .bind(at)
    .bind(at)
    .bind(day)
    .bind(day)
    .all()
    .await
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use kwanus_domain::case::CaseKind;

    use super::*;
    use crate::{
        account::person,
        board::testing::{key, member},
        testing::on_both_databases_with_clock,
    };

    fn data(member: PersonId, deputy: PersonId, from: &str, until: &str) -> DelegationData {
        let days = Days { from: from.parse().unwrap(), until: until.parse().unwrap() };
        DelegationData { board: key("sco"), member, deputy, days, kinds: Kinds::parse(["QR"]).unwrap() }
    }

    #[tokio::test]
    async fn a_deputy_acts_on_the_days_that_were_said_until_it_is_ended() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let (ada, tim) = (member(&mut tx, "Ada", &["sco"]).await, member(&mut tx, "Tim", &["tsc"]).await);
            let id = insert(&mut tx, &data(ada, tim, "2026-11-18", "2026-11-20")).await.unwrap();
            let start = tx.now();
            let deputies = async |tx: &mut Tx, at| {
                let acting = list_delegations_at(tx, at).await.unwrap();
                acting.iter().map(|row| row.deputy_name.to_string()).collect::<Vec<_>>()
            };
            let acting = list_delegations_at(&mut tx, start).await.unwrap().remove(0);
            assert_eq!((acting.board_key, acting.member_id, acting.deputy_id), (key("sco"), ada, tim));
            assert!(acting.kinds.covers(CaseKind::QuarterlyReview) && !acting.kinds.covers(CaseKind::AnnualReview));
            let last: DateTime<Utc> = "2026-11-20T23:59:59Z".parse().unwrap();
            assert_eq!(deputies(&mut tx, last).await, ["Tim"]);
            assert_eq!(deputies(&mut tx, last + Duration::seconds(1)).await, [""; 0]);
            // Nobody acted before it was said.
            assert_eq!(deputies(&mut tx, start - Duration::hours(1)).await, [""; 0]);
            clock.advance(Duration::hours(2));
            assert!(lookup(&mut tx, id).await.unwrap().is_some());
            assert!(end(&mut tx, id).await.unwrap() && !end(&mut tx, id).await.unwrap());
            assert_eq!(lookup(&mut tx, id).await.unwrap(), None);
            assert_eq!(deputies(&mut tx, start + Duration::hours(1)).await, ["Tim"]);
            let now = tx.now();
            assert_eq!(deputies(&mut tx, now).await, [""; 0]);
        })
        .await;
    }

    #[tokio::test]
    async fn who_may_not_sign_in_or_sits_on_the_board_by_now_does_not_act() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let (ada, ben) = (member(&mut tx, "Ada", &["sco"]).await, member(&mut tx, "Ben", &["sco"]).await);
            let (tim, eve) = (member(&mut tx, "Tim", &["tsc"]).await, member(&mut tx, "Eve", &["sco", "erc"]).await);
            insert(&mut tx, &data(ada, tim, "2026-11-18", "2026-11-30")).await.unwrap();
            insert(&mut tx, &data(ben, eve, "2026-11-18", "2026-11-30")).await.unwrap();
            let (before, deputies) = (tx.now(), async |tx: &mut Tx, at| {
                let acting = list_delegations_at(tx, at).await.unwrap();
                acting.iter().map(|row| row.deputy_id).collect::<Vec<_>>()
            });
            assert_eq!(deputies(&mut tx, before).await, [tim]);
            clock.advance(Duration::hours(1));
            person::disable(&mut tx, tim).await.unwrap();
            let now = tx.now();
            assert_eq!(deputies(&mut tx, now).await, []);
            assert_eq!(deputies(&mut tx, before).await, [tim]);
        })
        .await;
    }

    #[tokio::test]
    async fn delegations_are_listed_for_the_board_and_for_both_sides() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let (ada, ben) = (member(&mut tx, "Ada", &["sco"]).await, member(&mut tx, "Ben", &["sco"]).await);
            let (tim, eve) = (member(&mut tx, "Tim", &["tsc"]).await, member(&mut tx, "Eve", &["erc"]).await);
            let later = insert(&mut tx, &data(ada, tim, "2026-12-01", "2026-12-02")).await.unwrap();
            let now = insert(&mut tx, &data(ada, eve, "2026-11-18", "2026-11-19")).await.unwrap();
            let other = insert(&mut tx, &data(ben, tim, "2026-11-18", "2026-11-19")).await.unwrap();
            let ids = |rows: Vec<DelegationRow>| rows.iter().map(|row| row.id).collect::<Vec<_>>();
            assert_eq!(ids(list_of_board(&mut tx, &key("sco")).await.unwrap()), [now, other, later]);
            assert_eq!(ids(list_of_board(&mut tx, &key("tsc")).await.unwrap()), []);
            assert_eq!(ids(list_of_person(&mut tx, ada).await.unwrap()), [now, later]);
            assert_eq!(ids(list_of_person(&mut tx, tim).await.unwrap()), [other, later]);
            let row = list_of_person(&mut tx, ada).await.unwrap().remove(0);
            assert_eq!((row.member_name.as_str(), row.deputy_name.as_str()), ("Ada", "Eve"));
            assert_eq!(row.delegation().days, data(ada, eve, "2026-11-18", "2026-11-19").days);
            assert!(row.is_enabled);
            person::disable(&mut tx, eve).await.unwrap();
            assert!(!list_of_person(&mut tx, ada).await.unwrap()[0].is_enabled);
            clock.advance(Duration::days(3));
            assert_eq!(ids(list_of_board(&mut tx, &key("sco")).await.unwrap()), [later]);
        })
        .await;
    }
}
