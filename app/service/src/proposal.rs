//! What proposals of every kind have in common: who reads them, and who may say what becomes of one.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    account::{PersonId, Standing},
    proposal::{self, Refusal, independent_since},
};
use kwanus_store::{Tx, audit};

use crate::{Caller, Error, Person, Result};

/// Lets administrators and auditors pass; answers who it is, and whether they may act as well.
pub(crate) fn reader(caller: &Caller) -> Result<(&Person, bool)> {
    let person = caller.person()?;
    person.require_desk()?;
    let may_act = person.is(Standing::Administrator);
    if may_act || person.is(Standing::Auditor) {
        Ok((person, may_act))
    } else {
        Err(Error::Forbidden("Only administrators and auditors read what is proposed"))
    }
}

/// Who proposed something.
pub(crate) struct Author<'a> {
    pub id: PersonId,
    pub name: &'a str,
    pub proposed_at: DateTime<Utc>,
}

/// Why somebody is no second administrator beside the author of a proposal, if they are none.
pub(crate) async fn dependence(tx: &mut Tx, author: Author<'_>, person: PersonId) -> Result<Option<String>> {
    let since = independent_since(author.proposed_at);
    let let_in = audit::last_let_in(tx, person, author.id, since).await?;
    Ok(let_in.and_then(|at| proposal::dependence(author.name, at, author.proposed_at)))
}

/// What is said to whoever may not rule so.
pub(crate) fn refused(refusal: Refusal) -> Error {
    match refusal {
        Refusal::Own => Error::Forbidden("Nobody decides on their own proposal: another administrator does"),
        Refusal::NotOwn => Error::Forbidden("Only its author can withdraw a proposal"),
        Refusal::Over(_) => Error::Gone(refusal.to_string()),
    }
}
