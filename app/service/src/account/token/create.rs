//! Giving a program a token.

use chrono::NaiveDate;
use kwanus_domain::{
    Violation,
    account::{MOST_TOKENS, Scope, Scopes, TokenName, TokenSecret, parse_token_end},
    audit::{EventKind, Subject},
};
use kwanus_store::{
    Db,
    account::{person, token},
    audit::{self, Event},
};
use serde_json::json;

use super::hash;
use crate::{Caller, Error, Result, retrying};

/// What a token is to be.
#[derive(Clone, Debug, Default)]
pub struct CreateToken {
    /// Its name, as typed.
    pub name: String,
    /// What it is for.
    pub scopes: Vec<Scope>,
    /// Its last day, as typed.
    pub ends: String,
}

impl CreateToken {
    fn parse(&self, today: NaiveDate) -> Result<(TokenName, Scopes, NaiveDate)> {
        let name = TokenName::parse(&self.name);
        let scopes = Scopes::new(self.scopes.iter().copied());
        match (name, scopes, parse_token_end(&self.ends, today)) {
            (Ok(name), Ok(scopes), Ok(ends_on)) => Ok((name, scopes, ends_on)),
            (name, scopes, ends) => {
                Err(Error::Invalid([name.err(), scopes.err(), ends.err()].into_iter().flatten().collect()))
            }
        }
    }
}

/// Makes a token of the caller, who is a partner's user; answers its secret, which nobody can find out later.
pub async fn create_token(db: &Db, caller: &Caller, input: &CreateToken) -> Result<TokenSecret> {
    let person = caller.person()?;
    person.partner().ok_or(Error::NotFound)?;
    retrying(|| async {
        let mut tx = db.write().await?;
        // Held, so that of two made at once each counts the other.
        person::lookup_for_update(&mut tx, person.id).await?;
        let (name, scopes, ends_on) = input.parse(tx.now().date_naive())?;
        if token::list_live(&mut tx, person.id).await?.len() >= MOST_TOKENS {
            let message = format!("Revoke another token first: you have {MOST_TOKENS}, and nobody has more");
            return Err(Violation::with_message("token_name", "too_many", message).into());
        }
        let secret = TokenSecret::from_random(tx.random());
        let id = token::insert(&mut tx, person.id, &name, &scopes, ends_on, &hash(&secret)).await?;
        let event = Event {
            kind: EventKind::TokenCreated,
            actor: person.actor(),
            subject: Subject::Person(person.id),
            origin: Some(&person.origin),
            details: json!({ "token": id, "name": name, "scopes": String::from(scopes), "ends": ends_on }),
        };
        audit::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(secret)
    })
    .await
}
