//! People and their roles.

use chrono::{DateTime, NaiveDate, Utc};
use kwanus_domain::{
    account::{Email, PersonId, PersonName, Roles},
    board::{BoardKey, Seat},
    partner::PartnerId,
};
use uuid::Uuid;

use crate::{Error, Result, Sql, Tx, board};

/// A person as stored, with all their roles.
#[derive(Clone, Debug)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// By which they sign in.
    pub email: Email,
    /// What they are called.
    pub name: PersonName,
    /// In PHC form; absent until a password is set, and after a reset.
    pub password_hash: Option<String>,
    /// When the password was last set or made void.
    pub credentials_at: DateTime<Utc>,
    /// What they are.
    pub roles: Roles,
    /// The colours they chose.
    pub theme: String,
    /// Counts the edits of name and roles.
    pub revision: i64,
    /// Since when they may not sign in.
    pub disabled_at: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct PersonRow {
    #[sqlx(try_from = "Uuid")]
    id: PersonId,
    #[sqlx(try_from = "String")]
    email: Email,
    #[sqlx(try_from = "String")]
    name: PersonName,
    password_hash: Option<String>,
    credentials_at: DateTime<Utc>,
    is_administrator: bool,
    is_auditor: bool,
    partner_id: Option<Uuid>,
    theme: String,
    revision: i64,
    disabled_at: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct SeatRow {
    #[sqlx(try_from = "String")]
    board_key: BoardKey,
    from_date: NaiveDate,
    until_date: Option<NaiveDate>,
    is_chair: bool,
}

macro_rules! select_person {
    () => {
        "SELECT id, email, name, password_hash, credentials_at, is_administrator, is_auditor, partner_id, theme, revision, disabled_at FROM person"
    };
}
/// Adds a person without a password.
pub async fn insert(tx: &mut Tx, email: &Email, name: &PersonName, roles: &Roles) -> Result<PersonId> {
    let id: PersonId = tx.new_id();
    let now = tx.now();
    tx.query(
        "INSERT INTO person
            (id, email, name, is_administrator, is_auditor, partner_id, theme, revision, created_at, credentials_at)
         VALUES ($1, $2, $3, $4, $5, $6, 'system', 1, $7, $8)",
    )
    .bind(id)
    .bind(email.clone())
    .bind(name.clone())
    .bind(roles.is_administrator())
    .bind(roles.is_auditor())
    .bind(roles.partner())
    .bind(now)
    .bind(now)
    .execute()
    .await?;
    for seat in roles.seats() {
        board::insert_seat(tx, id, seat).await?;
    }
    Ok(id)
}

/// The person with that identifier.
pub async fn lookup(tx: &mut Tx, id: PersonId) -> Result<Option<Person>> {
    let row = tx.query(concat!(select_person!(), " WHERE id = $1")).bind(id).optional::<PersonRow>().await?;
    with_seats(tx, row).await
}

/// The person with that identifier, held to the end of the transaction.
pub async fn lookup_for_update(tx: &mut Tx, id: PersonId) -> Result<Option<Person>> {
    let locked =
        Sql::pair("SELECT 1 FROM person WHERE id = $1", "SELECT 1 FROM person WHERE id = $1 FOR NO KEY UPDATE");
    tx.query(locked).bind(id).optional::<(i32,)>().await?;
    lookup(tx, id).await
}

/// The person with that address.
pub async fn lookup_by_email(tx: &mut Tx, email: &Email) -> Result<Option<Person>> {
    let row =
        tx.query(concat!(select_person!(), " WHERE email = $1")).bind(email.clone()).optional::<PersonRow>().await?;
    with_seats(tx, row).await
}

/// Up to 100 people who can sign in, in the order in which they were added.
pub async fn list_enabled(tx: &mut Tx) -> Result<Vec<Person>> {
    let rows = tx
        .query(concat!(select_person!(), " WHERE disabled_at IS NULL ORDER BY id LIMIT 100"))
        .all::<PersonRow>()
        .await?;
    with_all_seats(tx, rows).await
}

async fn with_all_seats(tx: &mut Tx, rows: Vec<PersonRow>) -> Result<Vec<Person>> {
    let mut people = Vec::with_capacity(rows.len());
    for row in rows {
        people.extend(with_seats(tx, Some(row)).await?);
    }
    Ok(people)
}

/// Up to `limit` people by address, those after `after`, disabled ones too.
pub async fn list(tx: &mut Tx, after: Option<&Email>, limit: u8) -> Result<Vec<Person>> {
    let rows = tx
        .query(concat!(select_person!(), " WHERE email > $1 ORDER BY email LIMIT $2"))
        .bind(after.map_or_else(String::new, ToString::to_string))
        .bind(i64::from(limit))
        .all::<PersonRow>()
        .await?;
    with_all_seats(tx, rows).await
}

/// Whether there is anybody at all.
pub async fn is_anybody_there(tx: &mut Tx) -> Result<bool> {
    Ok(tx.query("SELECT 1 FROM person LIMIT 1").optional::<(i32,)>().await?.is_some())
}

async fn with_seats(tx: &mut Tx, row: Option<PersonRow>) -> Result<Option<Person>> {
    let Some(row) = row else { return Ok(None) };
    let seats = tx
        .query("SELECT board_key, from_date, until_date, is_chair FROM seat WHERE person_id = $1 ORDER BY board_key, from_date")
        .bind(row.id)
        .all::<SeatRow>()
        .await?
        .into_iter()
        .map(|seat| Seat { board: seat.board_key, from: seat.from_date, until: seat.until_date, is_chair: seat.is_chair })
        .collect();
    let roles = Roles::new(row.is_administrator, row.is_auditor, seats, row.partner_id.map(PartnerId::from))
        .map_err(|violation| Error::Inconsistent(format!("person {}: {}", row.id, violation.message)))?;
    Ok(Some(Person {
        id: row.id,
        email: row.email,
        name: row.name,
        password_hash: row.password_hash,
        credentials_at: row.credentials_at,
        roles,
        theme: row.theme,
        revision: row.revision,
        disabled_at: row.disabled_at,
    }))
}

/// Renames a person who is still at `revision`; answers whether they were.
pub async fn rename(tx: &mut Tx, id: PersonId, name: &PersonName, revision: i64) -> Result<bool> {
    let changed = tx
        .query("UPDATE person SET name = $1, revision = revision + 1 WHERE id = $2 AND revision = $3")
        .bind(name.clone())
        .bind(id)
        .bind(revision)
        .execute()
        .await?;
    Ok(changed == 1)
}

/// Keeps the same password under a new hash, in place of `old`; answers whether that was still the one.
pub async fn replace_password_hash(tx: &mut Tx, id: PersonId, old: &str, new: &str) -> Result<bool> {
    let changed = tx
        .query("UPDATE person SET password_hash = $1 WHERE id = $2 AND password_hash = $3")
        .bind(new)
        .bind(id)
        .bind(old)
        .execute()
        .await?;
    Ok(changed == 1)
}

/// Keeps a new password, or none.
pub async fn set_password_hash(tx: &mut Tx, id: PersonId, hash: Option<&str>) -> Result<()> {
    let now = tx.now();
    tx.query("UPDATE person SET password_hash = $1, credentials_at = $2 WHERE id = $3")
        .bind(hash)
        .bind(now)
        .bind(id)
        .execute()
        .await?;
    Ok(())
}

/// Keeps the colours that a person chose.
pub async fn set_theme(tx: &mut Tx, id: PersonId, theme: &str) -> Result<()> {
    tx.query("UPDATE person SET theme = $1 WHERE id = $2").bind(theme).bind(id).execute().await?;
    Ok(())
}

/// Whether keys alone do something for a person.
pub async fn has_shortcuts(tx: &mut Tx, id: PersonId) -> Result<bool> {
    let (has,): (bool,) = tx.query("SELECT has_shortcuts FROM person WHERE id = $1").bind(id).one().await?;
    Ok(has)
}

/// Keeps whether keys alone do something for a person.
pub async fn set_shortcuts(tx: &mut Tx, id: PersonId, has: bool) -> Result<()> {
    tx.query("UPDATE person SET has_shortcuts = $1 WHERE id = $2").bind(has).bind(id).execute().await?;
    Ok(())
}

/// Bars a person from signing in; answers whether they could until now.
pub async fn disable(tx: &mut Tx, id: PersonId) -> Result<bool> {
    let now = tx.now();
    Ok(tx
        .query("UPDATE person SET disabled_at = $1 WHERE id = $2 AND disabled_at IS NULL")
        .bind(now)
        .bind(id)
        .execute()
        .await?
        == 1)
}

/// Lets a person sign in again.
pub async fn enable(tx: &mut Tx, id: PersonId) -> Result<()> {
    tx.query("UPDATE person SET disabled_at = NULL WHERE id = $1").bind(id).execute().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::on_both_databases;

    fn chair() -> Roles {
        let seat = Seat {
            board: BoardKey::parse("sco").unwrap(),
            from: "2026-01-01".parse().unwrap(),
            until: None,
            is_chair: true,
        };
        Roles::new(true, false, vec![seat], None).unwrap()
    }

    fn email() -> Email {
        Email::parse("priya@kwanus.example").unwrap()
    }

    fn name(text: &str) -> PersonName {
        PersonName::parse(text).unwrap()
    }

    #[tokio::test]
    async fn a_person_is_read_with_all_their_roles() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let id = insert(&mut tx, &email(), &name("Priya Raman"), &chair()).await.unwrap();
            let person = lookup_by_email(&mut tx, &email()).await.unwrap().unwrap();
            assert_eq!((person.id, &person.roles, person.password_hash), (id, &chair(), None));
            assert!(matches!(insert(&mut tx, &email(), &name("Another"), &chair()).await, Err(Error::Conflict(_))));
        })
        .await;
    }

    #[tokio::test]
    async fn a_stale_edit_changes_nothing() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let id = insert(&mut tx, &email(), &name("Priya Raman"), &chair()).await.unwrap();
            assert!(rename(&mut tx, id, &name("Priya R."), 1).await.unwrap());
            assert!(!rename(&mut tx, id, &name("P. Raman"), 1).await.unwrap());
            assert_eq!(lookup(&mut tx, id).await.unwrap().unwrap().name, name("Priya R."));
        })
        .await;
    }
}
