//! Who can sign in, and as what.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    account::{Email, PersonName, Roles},
    partner::PartnerName,
};
use kwanus_store::{Db, account::person, partner};

use crate::{Caller, Page, Result};

/// How many people stand on a page.
const PAGE: u8 = 50;

/// A person in the list of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedPerson {
    /// By which they sign in.
    pub email: Email,
    /// What they are called.
    pub name: PersonName,
    /// What they are, were and will be.
    pub roles: Roles,
    /// The partner that they act for.
    pub partner: Option<PartnerName>,
    /// Whether they have set a password.
    pub has_password: bool,
    /// Since when they may not sign in.
    pub disabled_at: Option<DateTime<Utc>>,
    /// Whether it is the caller.
    pub is_caller: bool,
}

/// The people after `after`, by address. Only administrators see them.
pub async fn list_people(db: &Db, caller: &Caller, after: Option<&Email>) -> Result<Page<ListedPerson, Email>> {
    caller.require_administrator()?;
    let mut tx = db.read().await?;
    let page = Page::of(person::list(&mut tx, after, PAGE + 1).await?, PAGE, |person| person.email.clone());
    let mut rows = Vec::with_capacity(page.rows.len());
    for person in page.rows {
        let partner = match person.roles.partner() {
            Some(id) => partner::lookup(&mut tx, id).await?.map(|partner| partner.name),
            None => None,
        };
        rows.push(ListedPerson {
            is_caller: caller.is(person.id),
            email: person.email,
            name: person.name,
            roles: person.roles,
            partner,
            has_password: person.password_hash.is_some(),
            disabled_at: person.disabled_at,
        });
    }
    Ok(Page { rows, next: page.next })
}
