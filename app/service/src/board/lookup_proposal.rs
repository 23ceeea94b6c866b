//! A proposal as its page shows it.

use kwanus_domain::{board::ProposalId, proposal::ProposalState};
use kwanus_store::{
    Db, Tx,
    board::{self, ProposalRow},
};

use super::decide_change::{applied, dependence};
use crate::{Caller, Error, Person, Result, proposal::reader};

/// A proposed change of a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What is proposed, and what became of it.
    pub row: ProposalRow,
    /// What it does, a sentence each: as things stand now, while it is open.
    pub said: Vec<String>,
    /// Why it does not apply any more, while it is open.
    pub obstacle: Option<String>,
    /// Why the caller does not confirm it though another administrator may, while it is open.
    pub dependence: Option<String>,
    /// Whether the caller proposed it.
    pub is_own: bool,
    /// Whether the caller may act at all.
    pub may_act: bool,
}

impl Proposal {
    /// Whether the caller may confirm it.
    #[must_use]
    pub const fn may_confirm(&self) -> bool {
        self.may_act && !self.is_own && self.obstacle.is_none() && self.dependence.is_none()
    }
}

/// The proposal of that identifier, for administrators and auditors.
pub async fn lookup_proposal(db: &Db, caller: &Caller, id: ProposalId) -> Result<Proposal> {
    let (person, may_act) = reader(caller)?;
    let mut tx = db.read().await?;
    let row = board::lookup_proposal(&mut tx, id).await?.ok_or(Error::NotFound)?;
    judged(&mut tx, row, person, may_act).await
}

/// A proposal with what stands against it.
pub(super) async fn judged(tx: &mut Tx, row: ProposalRow, person: &Person, may_act: bool) -> Result<Proposal> {
    let is_own = row.proposed_by == person.id();
    let (mut said, mut obstacle, mut dependent) = (row.differences.clone(), None, None);
    if row.state == ProposalState::Open {
        match applied(tx, &row).await? {
            Ok(checked) => said = checked.said,
            Err(why) => obstacle = Some(why),
        }
        if may_act && !is_own {
            dependent = dependence(tx, &row, person.id()).await?;
        }
    }
    Ok(Proposal { row, said, obstacle, dependence: dependent, is_own, may_act })
}
