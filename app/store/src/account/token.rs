//! Tokens for the API, by the SHA-256 of their secret: a copy of this table opens no door.

use chrono::{DateTime, NaiveDate, Utc};
use kwanus_domain::account::{IdempotencyKey, PersonId, Scopes, TokenId, TokenName, is_token_live};
use uuid::Uuid;

use crate::{Result, Tx};

/// A token as stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct TokenRow {
    /// As its owner may name it.
    #[sqlx(try_from = "Uuid")]
    pub id: TokenId,
    /// Whose it is.
    #[sqlx(try_from = "Uuid")]
    pub person_id: PersonId,
    /// What its owner calls it.
    #[sqlx(try_from = "String")]
    pub name: TokenName,
    /// What it lets a program do.
    #[sqlx(try_from = "String")]
    pub scopes: Scopes,
    /// Its last day.
    pub ends_on: NaiveDate,
    /// When its owner made it void.
    pub revoked_at: Option<DateTime<Utc>>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<DateTime<Utc>>,
}

impl TokenRow {
    /// Whether it still counts at `now`.
    #[must_use]
    pub fn is_live(&self, now: DateTime<Utc>) -> bool {
        self.revoked_at.is_none() && is_token_live(self.ends_on, now)
    }
}

macro_rules! select_token {
    () => {
        "SELECT id, person_id, name, scopes, ends_on, revoked_at, last_used_at FROM api_token"
    };
}

/// Keeps a new token of a person.
pub async fn insert(
    tx: &mut Tx,
    person: PersonId,
    name: &TokenName,
    scopes: &Scopes,
    ends_on: NaiveDate,
    hash: &[u8],
) -> Result<TokenId> {
    let id: TokenId = tx.new_id();
    let now = tx.now();
    tx.query(
        "INSERT INTO api_token (id, person_id, name, scopes, hash, created_at, ends_on)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id)
    .bind(person)
    .bind(name.clone())
    .bind(scopes.clone())
    .bind(hash.to_vec())
    .bind(now)
    .bind(ends_on)
    .execute()
    .await?;
    Ok(id)
}

/// Writes down by which form a token was created.
pub async fn set_form(tx: &mut Tx, id: TokenId, form: &IdempotencyKey) -> Result<()> {
    tx.query("UPDATE api_token SET form_key = $1 WHERE id = $2").bind(form.clone()).bind(id).execute().await?;
    Ok(())
}

/// The token that a person created by that form, live or not.
pub async fn lookup_of_form(tx: &mut Tx, person: PersonId, form: &IdempotencyKey) -> Result<Option<TokenRow>> {
    tx.query(concat!(select_token!(), " WHERE person_id = $1 AND form_key = $2"))
        .bind(person)
        .bind(form.clone())
        .optional()
        .await
}

/// The token of that secret, live or not.
pub async fn lookup(tx: &mut Tx, hash: &[u8]) -> Result<Option<TokenRow>> {
    tx.query(concat!(select_token!(), " WHERE hash = $1")).bind(hash.to_vec()).optional().await
}

/// The live tokens of a person, the newest first. Nobody has many.
pub async fn list_live(tx: &mut Tx, person: PersonId) -> Result<Vec<TokenRow>> {
    let today = tx.now().date_naive();
    tx.query(concat!(
        select_token!(),
        " WHERE person_id = $1 AND ends_on >= $2 AND revoked_at IS NULL ORDER BY id DESC LIMIT 100"
    ))
    .bind(person)
    .bind(today)
    .all()
    .await
}

/// Makes a token of a person void; answers whether it was live until now.
pub async fn revoke(tx: &mut Tx, person: PersonId, id: TokenId) -> Result<bool> {
    let now = tx.now();
    let changed = tx
        .query(
            "UPDATE api_token SET revoked_at = $1
             WHERE id = $2 AND person_id = $3 AND ends_on >= $4 AND revoked_at IS NULL",
        )
        .bind(now)
        .bind(id)
        .bind(person)
        .bind(now.date_naive())
        .execute()
        .await?;
    Ok(changed == 1)
}

/// Makes every token of a person void; answers how many were live until now.
pub async fn revoke_all(tx: &mut Tx, person: PersonId) -> Result<u64> {
    let now = tx.now();
    tx.query("UPDATE api_token SET revoked_at = $1 WHERE person_id = $2 AND ends_on >= $3 AND revoked_at IS NULL")
        .bind(now)
        .bind(person)
        .bind(now.date_naive())
        .execute()
        .await
}

/// Writes down that the token was used now.
pub async fn touch(tx: &mut Tx, id: TokenId) -> Result<()> {
    let now = tx.now();
    tx.query("UPDATE api_token SET last_used_at = $1 WHERE id = $2").bind(now).bind(id).execute().await?;
    Ok(())
}

#[cfg(test)]
pub(crate) mod tests {
    use chrono::Duration;
    use kwanus_domain::account::{Email, PersonName, Roles, Scope};

    use super::*;
    use crate::{
        Error,
        account::person,
        testing::{on_both_databases, on_both_databases_with_clock},
    };

    pub async fn somebody(tx: &mut Tx, email: &str) -> PersonId {
        let (email, name) = (Email::parse(email).unwrap(), PersonName::parse("A").unwrap());
        person::insert(tx, &email, &name, &Roles::default()).await.unwrap()
    }

    pub async fn a_token(tx: &mut Tx, person: PersonId, hash: &[u8]) -> Result<TokenId> {
        let (name, scopes) = (TokenName::parse("CI").unwrap(), Scopes::new([Scope::WriteSubmissions]).unwrap());
        insert(tx, person, &name, &scopes, "2026-11-20".parse().unwrap(), hash).await
    }

    #[tokio::test]
    async fn a_token_is_read_as_it_was_written_and_no_two_have_one_secret() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let ada = somebody(&mut tx, "ada@kwanus.example").await;
            let id = a_token(&mut tx, ada, b"hash").await.unwrap();
            let row = lookup(&mut tx, b"hash").await.unwrap().unwrap();
            assert_eq!((row.id, row.person_id, row.name.as_str(), row.last_used_at), (id, ada, "CI", None));
            assert!(row.scopes.contains(Scope::WriteSubmissions) && !row.scopes.contains(Scope::ReadSubmissions));
            touch(&mut tx, id).await.unwrap();
            let now = tx.now();
            assert_eq!(lookup(&mut tx, b"hash").await.unwrap().unwrap().last_used_at, Some(now));
            assert!(lookup(&mut tx, b"other").await.unwrap().is_none());
            let form = IdempotencyKey::parse("form").unwrap();
            assert!(lookup_of_form(&mut tx, ada, &form).await.unwrap().is_none());
            set_form(&mut tx, id, &form).await.unwrap();
            assert_eq!(lookup_of_form(&mut tx, ada, &form).await.unwrap().unwrap().id, id);
            let eve = somebody(&mut tx, "eve@kwanus.example").await;
            assert!(lookup_of_form(&mut tx, eve, &form).await.unwrap().is_none(), "it is another's");
            assert!(matches!(a_token(&mut tx, ada, b"hash").await, Err(Error::Conflict(_))));
        })
        .await;
    }

    #[tokio::test]
    async fn a_token_is_live_until_its_owner_or_its_last_day_ends_it() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let ada = somebody(&mut tx, "ada@kwanus.example").await;
            let eve = somebody(&mut tx, "eve@kwanus.example").await;
            let first = a_token(&mut tx, ada, b"first").await.unwrap();
            let second = a_token(&mut tx, ada, b"second").await.unwrap();
            assert!(!revoke(&mut tx, eve, first).await.unwrap(), "nobody revokes another's");
            let live = list_live(&mut tx, ada).await.unwrap();
            assert_eq!(live.iter().map(|row| row.id).collect::<Vec<_>>(), [second, first]);
            assert!(revoke(&mut tx, ada, first).await.unwrap());
            assert!(!revoke(&mut tx, ada, first).await.unwrap());
            let third = a_token(&mut tx, eve, b"third").await.unwrap();
            assert_eq!(revoke_all(&mut tx, eve).await.unwrap(), 1);
            assert!(!revoke(&mut tx, eve, third).await.unwrap());
            clock.advance(Duration::days(2));
            assert_eq!(list_live(&mut tx, ada).await.unwrap().len(), 1, "a date ends at its end");
            clock.advance(Duration::days(1));
            assert_eq!(list_live(&mut tx, ada).await.unwrap().len(), 0);
            assert!(!revoke(&mut tx, ada, second).await.unwrap(), "it has ended by itself");
            let now = tx.now();
            assert!(!lookup(&mut tx, b"second").await.unwrap().unwrap().is_live(now));
        })
        .await;
    }
}
