//! A proposal as its page shows it.

use kwanus_domain::{catalogue::ProposalId, proposal::ProposalState};
use kwanus_store::{
    Db,
    permission::{self, ProposalRow},
};

use super::{
    decide_change::{applied, dependence},
    effect::{Effect, effect},
};
use crate::{Caller, Error, Result, proposal::reader};

/// A proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What is proposed, and what became of it.
    pub row: ProposalRow,
    /// Why it does not apply any more, while it is open.
    pub obstacle: Option<String>,
    /// What it would do to what is before the boards, while it can be approved.
    pub effect: Option<Effect>,
    /// Why the caller does not approve it though another administrator may, while it is open.
    pub dependence: Option<String>,
    /// Whether the caller proposed it.
    pub is_own: bool,
    /// Whether the caller may act at all.
    pub may_act: bool,
}

/// The proposal of that identifier, for administrators and auditors.
pub async fn lookup_proposal(db: &Db, caller: &Caller, id: ProposalId) -> Result<Proposal> {
    let (person, may_act) = reader(caller)?;
    let mut tx = db.read().await?;
    let row = permission::lookup(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let (mut obstacle, mut found) = (None, None);
    if row.state == ProposalState::Open {
        let catalogue = permission::lookup_newest(&mut tx).await?;
        match applied(&mut tx, &row, &catalogue).await? {
            Ok(next) => found = Some(effect(&mut tx, &catalogue, &next).await?),
            Err(why) => obstacle = Some(why),
        }
    }
    let is_own = row.proposed_by == person.id();
    let mut dependent = None;
    if row.state == ProposalState::Open && may_act && !is_own {
        dependent = dependence(&mut tx, &row, person.id()).await?;
    }
    Ok(Proposal { row, obstacle, effect: found, dependence: dependent, is_own, may_act })
}
