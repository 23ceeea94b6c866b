//! The boards, in the order in which they are shown, and who sits on them at an instant.

use chrono::{DateTime, NaiveDate, Utc};
use kwanus_domain::{
    account::{PersonId, PersonName},
    board::BoardKey,
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
    /// Whether it has the final word, and serves for a board of which too few may take part.
    pub has_final_word: bool,
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
    tx.query("SELECT key, name, mandate, has_final_word FROM board ORDER BY position").all().await
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

/// The next day on which the roster of a board changes by itself: a term begins, or one is over.
pub async fn next_term_change(tx: &mut Tx) -> Result<Option<NaiveDate>> {
    let today = tx.now().date_naive();
    let (begins, last): (Option<NaiveDate>, Option<NaiveDate>) = tx
        .query(
            "SELECT (SELECT MIN(from_date) FROM seat WHERE from_date > $1),
                (SELECT MIN(until_date) FROM seat WHERE until_date >= $2)",
        )
        .bind(today)
        .bind(today)
        .one()
        .await?;
    Ok(begins.into_iter().chain(last.and_then(|last| last.succ_opt())).min())
}

#[cfg(test)]
mod tests {
    use kwanus_domain::{
        account::{Email, Roles},
        board::Seat,
    };

    use super::*;
    use crate::{
        account::person,
        testing::{on_both_databases, on_both_databases_with_clock},
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
            assert_eq!(next_term_change(&mut tx).await.unwrap(), Some(date("2026-11-19")));
        })
        .await;
    }

    #[tokio::test]
    async fn the_four_boards_of_the_specification_are_seeded() {
        on_both_databases(async |db| {
            let boards = list(&mut db.read().await.unwrap()).await.unwrap();
            let keys: Vec<_> = boards.iter().map(|board| board.key.as_str()).collect();
            assert_eq!(keys, ["tsc", "sco", "erc", "cgb"]);
        })
        .await;
    }
}
