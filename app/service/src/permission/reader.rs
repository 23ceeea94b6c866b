//! Who reads what is proposed.

use kwanus_domain::account::Standing;

use crate::{Caller, Error, Person, Result};

/// Lets administrators and auditors pass; answers who it is, and whether they may act as well.
pub(super) fn reader(caller: &Caller) -> Result<(&Person, bool)> {
    let person = caller.person()?;
    person.require_desk()?;
    let may_act = person.is(Standing::Administrator);
    if may_act || person.is(Standing::Auditor) {
        Ok((person, may_act))
    } else {
        Err(Error::Forbidden("Only administrators and auditors read what is proposed of the catalogue"))
    }
}
