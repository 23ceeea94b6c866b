//! One's own tokens.

use chrono::{DateTime, NaiveDate, Utc};
use kwanus_domain::account::{Scopes, TokenId, TokenName};
use kwanus_store::{Db, account::token};

use crate::{Caller, Error, Result};

/// One of the caller's tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// As it may be named.
    pub id: TokenId,
    /// What it is called.
    pub name: TokenName,
    /// What it is for.
    pub scopes: Scopes,
    /// Its last day.
    pub ends_on: NaiveDate,
    /// When it was last used, to the minute.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// The live tokens of the caller, who is a partner's user, the newest first.
pub async fn list_tokens(db: &Db, caller: &Caller) -> Result<Vec<Token>> {
    let person = caller.person()?;
    person.partner().ok_or(Error::NotFound)?;
    let rows = token::list_live(&mut db.read().await?, person.id).await?;
    let tokens = rows.into_iter().map(|row| Token {
        id: row.id,
        name: row.name,
        scopes: row.scopes,
        ends_on: row.ends_on,
        last_used_at: row.last_used_at,
    });
    Ok(tokens.collect())
}
