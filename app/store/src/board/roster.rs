//! The boards, in the order in which they are shown, and who sits on them.

use chrono::{DateTime, NaiveDate, Utc};
use kwanus_domain::{
    account::{Email, PersonId, PersonName},
    board::{BoardKey, Seat},
};
use uuid::Uuid;

use crate::{Result, Sql, Tx};

/// A board as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct BoardRow {
    /// Its key, `sco`.
    #[sqlx(try_from = "String")]
    pub key: BoardKey,
    /// Its name, "Security & Compliance Office".
    pub name: String,
    /// What it governs.
    pub mandate: String,
    /// How long its ballots are open at most, before their extension, in days.
    pub ballot_days: i64,
    /// Whether it has the final word, and serves for a board of which too few may take part.
    pub has_final_word: bool,
    /// Whether its chair suspends at once, before any vote.
    pub suspends_at_once: bool,
}

/// A member in term.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MemberRow {
    /// Of which board.
    #[sqlx(try_from = "String")]
    pub board_key: BoardKey,
    /// Who.
    #[sqlx(try_from = "Uuid")]
    pub person_id: PersonId,
    /// Their name.
    #[sqlx(try_from = "String")]
    pub name: PersonName,
    /// Whether they chair it.
    pub is_chair: bool,
}

/// All boards.
pub async fn list(tx: &mut Tx) -> Result<Vec<BoardRow>> {
    tx.query(
        "SELECT key, name, mandate, has_final_word, suspends_at_once, (SELECT COALESCE(MAX(route.days), 0) FROM route
            WHERE route.board_key = board.key AND route.part <> 'informed') AS ballot_days
         FROM board ORDER BY position",
    )
    .all()
    .await
}

/// Holds all boards to the end of the transaction: whoever changes one, or what is proposed of one, waits for the other. Who
/// only refers to a board, as a ballot does, waits for nobody.
pub async fn lock_all(tx: &mut Tx) -> Result<()> {
    let sql = Sql::pair(
        "SELECT key FROM board ORDER BY position",
        "SELECT key FROM board ORDER BY position FOR NO KEY UPDATE",
    );
    tx.query(sql).all::<(String,)>().await?;
    Ok(())
}

/// The members of all boards whose term covered that instant and who might sign in then, the chairs first, then by name. Read
/// it after the lock that a decision is taken under.
pub async fn roster(tx: &mut Tx, at: DateTime<Utc>) -> Result<Vec<MemberRow>> {
    let day = at.date_naive();
    tx.query(
        "SELECT seat.board_key, seat.person_id, person.name, MAX(CAST(seat.is_chair AS INTEGER)) = 1 AS is_chair
         FROM seat JOIN person ON person.id = seat.person_id JOIN board ON board.key = seat.board_key
         WHERE person.created_at <= $1 AND (person.disabled_at IS NULL OR person.disabled_at > $2)
            AND seat.from_date <= $3 AND (seat.until_date IS NULL OR seat.until_date >= $4)
         GROUP BY board.position, seat.board_key, seat.person_id, person.name
         ORDER BY board.position, is_chair DESC, person.name, seat.person_id",
    )
    .bind(at)
    .bind(at)
    .bind(day)
    .bind(day)
    .all()
    .await
}

/// Holds a board to the end of the transaction, so that two members do not delegate to each other at once; answers whether
/// there is such a board.
pub async fn lock(tx: &mut Tx, board: &BoardKey) -> Result<bool> {
    let sql = Sql::pair("SELECT 1 FROM board WHERE key = $1", "SELECT 1 FROM board WHERE key = $1 FOR NO KEY UPDATE");
    Ok(tx.query(sql).bind(board.clone()).optional::<(i32,)>().await?.is_some())
}

/// A term on a board.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SeatRow {
    /// Who.
    #[sqlx(try_from = "Uuid")]
    pub person_id: PersonId,
    /// Their name.
    #[sqlx(try_from = "String")]
    pub name: PersonName,
    /// On which board.
    #[sqlx(try_from = "String")]
    pub board_key: BoardKey,
    from_date: NaiveDate,
    until_date: Option<NaiveDate>,
    /// Whether they chair it.
    pub is_chair: bool,
}

impl SeatRow {
    /// The term.
    #[must_use]
    pub fn seat(&self) -> Seat {
        Seat { board: self.board_key.clone(), from: self.from_date, until: self.until_date, is_chair: self.is_chair }
    }
}

macro_rules! select_seat {
    () => {
        "SELECT seat.person_id, person.name, seat.board_key, seat.from_date, seat.until_date, seat.is_chair
         FROM seat JOIN person ON person.id = seat.person_id WHERE seat.board_key = $1"
    };
}

/// The terms on a board that run or are to come, of those who may sign in: chairs first, then by name.
pub async fn list_seats(tx: &mut Tx, board: &BoardKey) -> Result<Vec<SeatRow>> {
    let today = tx.now().date_naive();
    tx.query(concat!(
        select_seat!(),
        " AND person.disabled_at IS NULL AND (seat.until_date IS NULL OR seat.until_date >= $2)
         ORDER BY seat.is_chair DESC, person.name, seat.person_id, seat.from_date, seat.id"
    ))
    .bind(board.clone())
    .bind(today)
    .all()
    .await
}

/// Up to `limit` terms on a board that are over, or of those who may not sign in any more, the last first.
pub async fn list_past_seats(tx: &mut Tx, board: &BoardKey, limit: u8) -> Result<Vec<SeatRow>> {
    let today = tx.now().date_naive();
    tx.query(concat!(
        select_seat!(),
        " AND (seat.until_date < $2 OR person.disabled_at IS NOT NULL)
         ORDER BY seat.from_date DESC, person.name, seat.id LIMIT $3"
    ))
    .bind(board.clone())
    .bind(today)
    .bind(i64::from(limit))
    .all()
    .await
}

/// Somebody whom a member of a board may choose as their deputy.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ColleagueRow {
    /// Who.
    #[sqlx(try_from = "Uuid")]
    pub id: PersonId,
    /// Their name.
    #[sqlx(try_from = "String")]
    pub name: PersonName,
    /// Their address, which tells two of one name apart.
    #[sqlx(try_from = "String")]
    pub email: Email,
}

/// Up to `limit` people of the desk who can sign in, by name.
pub async fn list_colleagues(tx: &mut Tx, limit: i64) -> Result<Vec<ColleagueRow>> {
    let today = tx.now().date_naive();
    tx.query(
        "SELECT person.id, person.name, person.email FROM person
         WHERE person.disabled_at IS NULL AND person.partner_id IS NULL
            AND (person.is_administrator OR person.is_auditor OR EXISTS (SELECT 1 FROM seat
                WHERE seat.person_id = person.id AND (seat.until_date IS NULL OR seat.until_date >= $1)))
         ORDER BY person.name, person.id LIMIT $2",
    )
    .bind(today)
    .bind(limit)
    .all()
    .await
}

/// The next day on which who may take part on a board changes by itself: a term, a declared relation or a delegation begins,
/// or is over.
pub async fn next_change(tx: &mut Tx) -> Result<Option<NaiveDate>> {
    let today = tx.now().date_naive();
    let (begins, last): (Option<NaiveDate>, Option<NaiveDate>) = tx
        .query(
            "SELECT
                (SELECT MIN(day) FROM (SELECT MIN(from_date) AS day FROM seat WHERE from_date > $1
                    UNION ALL SELECT MIN(from_date) FROM conflict WHERE from_date > $2
                    UNION ALL SELECT MIN(from_date) FROM delegation WHERE from_date > $3) AS begun),
                (SELECT MIN(day) FROM (SELECT MIN(until_date) AS day FROM seat WHERE until_date >= $4
                    UNION ALL SELECT MIN(until_date) FROM conflict WHERE until_date >= $5
                    UNION ALL SELECT MIN(until_date) FROM delegation WHERE until_date >= $6) AS ended)",
        )
        .bind(today)
        .bind(today)
        .bind(today)
        .bind(today)
        .bind(today)
        .bind(today)
        .one()
        .await?;
    Ok(begins.into_iter().chain(last.and_then(|last| last.succ_opt())).min())
}

#[cfg(test)]
mod tests {
    use kwanus_domain::{
        account::Roles,
        board::{Days, Declared, Kinds, Relation},
    };

    use super::*;
    use crate::{
        account::person,
        board::{
            ConflictData, DelegationData, insert_conflict, insert_delegation,
            testing::{key, member},
        },
        testing::{on_both_databases, on_both_databases_with_clock, register},
    };

    #[tokio::test]
    async fn a_roster_holds_each_member_in_term_once() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let date = |text: &str| text.parse().unwrap();
            let seat = |from: &str, until: Option<&str>, is_chair| Seat {
                board: BoardKey::parse("sco").unwrap(),
                from: date(from),
                until: until.map(date),
                is_chair,
            };
            for (name, seats) in [
                ("Adaeze", vec![seat("2026-01-01", Some("2026-11-18"), false)]),
                ("Priya", vec![seat("2026-11-18", None, false), seat("2026-01-01", None, false)]),
                ("Hanna", vec![seat("2026-01-01", None, true)]),
                ("Gone", vec![seat("2026-01-01", Some("2026-11-17"), false)]),
                ("Coming", vec![seat("2026-11-19", None, false)]),
                ("Disabled", vec![seat("2026-01-01", None, false)]),
            ] {
                let roles = Roles::new(false, false, seats, None).unwrap();
                let email = Email::parse(&format!("{}@x.example", name.to_lowercase())).unwrap();
                let id = person::insert(&mut tx, &email, &PersonName::parse(name).unwrap(), &roles).await.unwrap();
                if name == "Disabled" {
                    person::disable(&mut tx, id).await.unwrap();
                }
            }
            let now = tx.now();
            let names = async |tx: &mut Tx, at| {
                let roster = roster(tx, at).await.unwrap();
                roster.into_iter().map(|member| (member.name.as_str().to_owned(), member.is_chair)).collect::<Vec<_>>()
            };
            let said = |names: &[(&str, bool)]| {
                names.iter().map(|(name, chairs)| ((*name).to_owned(), *chairs)).collect::<Vec<_>>()
            };
            assert_eq!(names(&mut tx, now).await, said(&[("Hanna", true), ("Adaeze", false), ("Priya", false)]));
            // Whoever was disabled since still counts as of then, and whoever was added since does not.
            clock.advance(chrono::Duration::hours(1));
            let later = tx.now();
            let disabled = Email::parse("priya@x.example").unwrap();
            let priya = person::lookup_by_email(&mut tx, &disabled).await.unwrap().unwrap();
            person::disable(&mut tx, priya.id).await.unwrap();
            assert_eq!(names(&mut tx, now).await, said(&[("Hanna", true), ("Adaeze", false), ("Priya", false)]));
            assert_eq!(names(&mut tx, later).await, said(&[("Hanna", true), ("Adaeze", false)]));
            assert_eq!(names(&mut tx, now - chrono::Duration::hours(1)).await, said(&[]));
            assert_eq!(next_change(&mut tx).await.unwrap(), Some(date("2026-11-19")));
        })
        .await;
    }

    #[tokio::test]
    async fn what_is_declared_and_who_acts_change_by_themselves_as_terms_do() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            assert_eq!(next_change(&mut tx).await.unwrap(), None);
            let (orbit, _) = register(&mut tx, "orbit", &[]).await;
            let (ada, tim) = (member(&mut tx, "Ada", &["sco"]).await, member(&mut tx, "Tim", &["tsc"]).await);
            assert_eq!(next_change(&mut tx).await.unwrap(), None, "a term without an end changes nothing");
            let date = |text: &str| text.parse::<NaiveDate>().unwrap();
            let declared =
                Declared { relation: Relation::Equity, from: date("2026-11-25"), until: Some(date("2026-12-31")) };
            let related = ConflictData { person: ada, partner: orbit, declared, note: None, declared_by: ada };
            insert_conflict(&mut tx, &related).await.unwrap();
            let days = Days { from: date("2026-11-18"), until: date("2026-11-20") };
            let kinds = Kinds::default();
            let lent = DelegationData { board: key("sco"), member: ada, deputy: tim, days, kinds };
            insert_delegation(&mut tx, &lent).await.unwrap();
            for (passed, next) in
                [(0, Some("2026-11-21")), (3, Some("2026-11-25")), (4, Some("2027-01-01")), (40, None)]
            {
                clock.advance(chrono::Duration::days(passed));
                assert_eq!(next_change(&mut tx).await.unwrap(), next.map(date));
            }
        })
        .await;
    }

    #[tokio::test]
    async fn terms_that_run_stand_apart_from_those_that_are_over() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let sco = BoardKey::parse("sco").unwrap();
            let seat = |board: &str, from: &str, until: Option<&str>, is_chair| Seat {
                board: BoardKey::parse(board).unwrap(),
                from: from.parse().unwrap(),
                until: until.map(|day| day.parse().unwrap()),
                is_chair,
            };
            for (name, seats) in [
                (
                    "Adaeze",
                    vec![seat("sco", "2025-01-01", Some("2025-12-31"), false), seat("sco", "2026-01-01", None, false)],
                ),
                ("Hanna", vec![seat("sco", "2026-01-01", Some("2026-11-18"), true)]),
                ("Coming", vec![seat("sco", "2026-11-19", None, false)]),
                ("Elsewhere", vec![seat("tsc", "2026-01-01", None, false)]),
                ("Disabled", vec![seat("sco", "2026-02-01", None, false)]),
            ] {
                let roles = Roles::new(false, false, seats, None).unwrap();
                let email = Email::parse(&format!("{}@x.example", name.to_lowercase())).unwrap();
                let id = person::insert(&mut tx, &email, &PersonName::parse(name).unwrap(), &roles).await.unwrap();
                if name == "Disabled" {
                    person::disable(&mut tx, id).await.unwrap();
                }
            }
            let names = |rows: Vec<SeatRow>| rows.iter().map(|row| row.name.to_string()).collect::<Vec<_>>();
            let seats = list_seats(&mut tx, &sco).await.unwrap();
            assert_eq!(seats[1].seat(), seat("sco", "2026-01-01", None, false));
            assert_eq!(names(seats), ["Hanna", "Adaeze", "Coming"]);
            assert_eq!(names(list_past_seats(&mut tx, &sco, 9).await.unwrap()), ["Disabled", "Adaeze"]);
            assert_eq!(names(list_past_seats(&mut tx, &sco, 1).await.unwrap()), ["Disabled"]);
            let colleagues = list_colleagues(&mut tx, 9).await.unwrap();
            let names: Vec<_> = colleagues.iter().map(|row| row.name.as_str()).collect();
            assert_eq!(names, ["Adaeze", "Coming", "Elsewhere", "Hanna"]);
            assert_eq!(list_colleagues(&mut tx, 2).await.unwrap().len(), 2);
            assert!(lock(&mut tx, &sco).await.unwrap());
            assert!(!lock(&mut tx, &BoardKey::parse("none").unwrap()).await.unwrap());
        })
        .await;
    }

    #[tokio::test]
    async fn the_four_boards_of_the_specification_are_seeded() {
        on_both_databases(async |db| {
            let boards = list(&mut db.read().await.unwrap()).await.unwrap();
            let keys: Vec<_> = boards.iter().map(|board| board.key.as_str()).collect();
            assert_eq!(keys, ["tsc", "sco", "erc", "cgb"]);
            let at_once: Vec<_> =
                boards.iter().filter(|board| board.suspends_at_once).map(|board| &board.key).collect();
            assert_eq!(at_once, [&BoardKey::parse("sco").unwrap()]);
        })
        .await;
    }
}
