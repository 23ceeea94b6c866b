//! Whether a decision is looked at again, and who may say when.

use kwanus_domain::case::CaseState;
use kwanus_store::{
    Tx,
    case::CaseRow,
    revisit::{self, RevisitRow},
};

use crate::{Person, Result, case::Facts, reopening::standing};

/// When a decision is looked at again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Revisit {
    /// The day, if one is set.
    pub row: Option<RevisitRow>,
    /// Whether the caller may set it.
    pub may_set: bool,
}

/// When the decision on a case is looked at again, and whether a person may say so.
pub(crate) async fn lookup(tx: &mut Tx, reader: &Person, case: &CaseRow, facts: Option<&Facts>) -> Result<Revisit> {
    let Some(facts) = facts else { return Ok(Revisit::default()) };
    let row = revisit::lookup(tx, case.id).await?;
    Ok(Revisit { row, may_set: may_set(tx, reader, case, facts).await? })
}

/// Whether somebody chairs a board that decided.
pub(super) async fn may_set(tx: &mut Tx, person: &Person, case: &CaseRow, facts: &Facts) -> Result<bool> {
    let is_decided = case.state.is_final() && case.state != CaseState::Withdrawn;
    Ok(is_decided && standing(tx, person, case, facts).await?.is_some_and(|standing| standing.chairs))
}
