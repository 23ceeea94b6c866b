//! Giving a program a token.

use chrono::NaiveDate;
use kwanus_domain::{
    Violation,
    account::{IdempotencyKey, MOST_TOKENS, Scope, Scopes, TokenName, TokenSecret, parse_token_end},
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
    /// Stands for the form that asks for it, where a person does: sent twice, it makes one token.
    pub form: Option<IdempotencyKey>,
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

/// Makes a token of the caller, who is a partner's user; answers its secret, which nobody can find out later. Nothing is
/// answered where the same form made it already: its secret was told then.
pub async fn create_token(db: &Db, caller: &Caller, input: &CreateToken) -> Result<Option<TokenSecret>> {
    let person = caller.person()?;
    person.partner().ok_or(Error::NotFound)?;
    retrying(|| async {
        let mut tx = db.write().await?;
        // Held, so that of two made at once each counts the other.
        person::lookup_for_update(&mut tx, person.id).await?;
        let (name, scopes, ends_on) = input.parse(tx.now().date_naive())?;
        let made = match &input.form {
            Some(form) => token::lookup_of_form(&mut tx, person.id, form).await?,
            None => None,
        };
        if let Some(made) = made {
            if (&made.name, &made.scopes, made.ends_on) == (&name, &scopes, ends_on) {
                return Ok(None);
            }
            // What was typed is kept, for a form that is new.
            let what = format!("This form made the token “{}” already. Send it again to make another", made.name);
            return Err(Error::Gone(what));
        }
        if token::list_live(&mut tx, person.id).await?.len() >= MOST_TOKENS {
            let message = format!("Revoke another token first: you have {MOST_TOKENS}, and nobody has more");
            return Err(Violation::with_message("token_name", "too_many", message).into());
        }
        let secret = TokenSecret::from_random(tx.random());
        let id = token::insert(&mut tx, person.id, &name, &scopes, ends_on, &hash(&secret)).await?;
        if let Some(form) = &input.form {
            token::set_form(&mut tx, id, form).await?;
        }
        let event = Event {
            kind: EventKind::TokenCreated,
            actor: person.actor(),
            subject: Subject::Person(person.id),
            origin: Some(&person.origin),
            details: json!({ "token": id, "name": name, "scopes": String::from(scopes), "ends": ends_on }),
        };
        audit::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(Some(secret))
    })
    .await
}
