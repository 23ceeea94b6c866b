//! Seats on boards, a row a term.

use chrono::NaiveDate;
use kwanus_domain::{
    account::{PersonId, PersonName},
    board::{BoardKey, Seat, SeatId, Term},
};
use uuid::Uuid;

use crate::{Result, Tx};

#[derive(sqlx::FromRow)]
struct TermRow {
    #[sqlx(try_from = "Uuid")]
    id: SeatId,
    #[sqlx(try_from = "Uuid")]
    person_id: PersonId,
    #[sqlx(try_from = "String")]
    name: PersonName,
    #[sqlx(try_from = "String")]
    board_key: BoardKey,
    from_date: NaiveDate,
    until_date: Option<NaiveDate>,
    is_chair: bool,
}

/// Seats somebody for a term.
pub async fn insert_seat(tx: &mut Tx, person: PersonId, seat: &Seat) -> Result<SeatId> {
    let id: SeatId = tx.new_id();
    tx.query(
        "INSERT INTO seat (id, person_id, board_key, from_date, until_date, is_chair) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id)
    .bind(person)
    .bind(seat.board.clone())
    .bind(seat.from)
    .bind(seat.until)
    .bind(seat.is_chair)
    .execute()
    .await?;
    Ok(id)
}

/// Says when a term ends.
pub async fn end_term(tx: &mut Tx, seat: SeatId, until: NaiveDate) -> Result<()> {
    tx.query("UPDATE seat SET until_date = $1 WHERE id = $2").bind(until).bind(seat).execute().await?;
    Ok(())
}

/// The terms that are not over of people who can sign in, in the order of the boards: the chairs first, then by name.
pub async fn list_terms(tx: &mut Tx) -> Result<Vec<Term>> {
    let today = tx.now().date_naive();
    let rows: Vec<TermRow> = tx
        .query(
            "SELECT seat.id, seat.person_id, person.name, seat.board_key, seat.from_date, seat.until_date, seat.is_chair
             FROM seat JOIN person ON person.id = seat.person_id JOIN board ON board.key = seat.board_key
             WHERE person.disabled_at IS NULL AND (seat.until_date IS NULL OR seat.until_date >= $1)
             ORDER BY board.position, seat.is_chair DESC, person.name, seat.from_date, seat.id",
        )
        .bind(today)
        .all()
        .await?;
    let read = |row: TermRow| Term {
        id: row.id,
        person: row.person_id,
        name: row.name,
        seat: Seat { board: row.board_key, from: row.from_date, until: row.until_date, is_chair: row.is_chair },
    };
    Ok(rows.into_iter().map(read).collect())
}

#[cfg(test)]
mod tests {
    use kwanus_domain::account::{Email, Roles};

    use super::*;
    use crate::{account::person, board::roster, testing::on_both_databases};

    #[tokio::test]
    async fn a_term_is_listed_until_it_is_over_and_may_end_sooner() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let roles = Roles::new(false, true, vec![], None).unwrap();
            let (email, name) = (Email::parse("ines@x.example").unwrap(), PersonName::parse("Ines Duarte").unwrap());
            let ines = person::insert(&mut tx, &email, &name, &roles).await.unwrap();
            let seat = |board: &str, from: &str, until: Option<&str>, is_chair| Seat {
                board: BoardKey::parse(board).unwrap(),
                from: from.parse().unwrap(),
                until: until.map(|until| until.parse().unwrap()),
                is_chair,
            };
            let over = seat("sco", "2026-01-01", Some("2026-11-17"), false);
            let (now, later) = (seat("sco", "2026-11-18", None, true), seat("tsc", "2027-01-01", None, false));
            insert_seat(&mut tx, ines, &over).await.unwrap();
            let id = insert_seat(&mut tx, ines, &now).await.unwrap();
            insert_seat(&mut tx, ines, &later).await.unwrap();
            let terms = list_terms(&mut tx).await.unwrap();
            let seats: Vec<_> = terms.iter().map(|term| &term.seat).collect();
            assert_eq!(seats, [&later, &now], "in the order of the boards");
            assert_eq!((terms[1].id, terms[1].person, &terms[1].name), (id, ines, &name));
            end_term(&mut tx, id, "2026-12-31".parse().unwrap()).await.unwrap();
            let terms = list_terms(&mut tx).await.unwrap();
            assert_eq!(terms[1].seat.until, Some("2026-12-31".parse().unwrap()));
            let now = tx.now();
            let sits = roster(&mut tx, now).await.unwrap();
            assert_eq!(sits.iter().map(|member| member.person_id).collect::<Vec<_>>(), [ines]);
            person::disable(&mut tx, ines).await.unwrap();
            assert_eq!(list_terms(&mut tx).await.unwrap(), []);
        })
        .await;
    }
}
