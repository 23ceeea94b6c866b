//! Raising concerns with an objection.

use std::collections::BTreeSet;

use kwanus_domain::{
    account::PersonId,
    ballot::ConcernId,
    request::{Remark, Side},
};
use kwanus_store::{
    Tx,
    ballot::{self, ConcernData},
    case::CaseRow,
};

use super::super::{position::Position, state::BoardBallot};
use crate::{Error, Result, notice};

/// Raises what a position raises; answers every concern that it is made with. What is said with it opens the thread of each.
pub(in crate::ballot) async fn raise(
    tx: &mut Tx,
    case: &CaseRow,
    ballot: &BoardBallot,
    (member, speaker): (PersonId, PersonId),
    said: &Position,
) -> Result<BTreeSet<ConcernId>> {
    let open = ballot::list_concerns(tx, &[case.id]).await?;
    let shared = open.iter().filter(|row| row.ballot == ballot.id && said.held.contains(&row.number));
    let mut concerns: BTreeSet<_> = shared.map(|row| row.id).collect();
    let why = said.reason.as_ref().map(|reason| Remark::parse(reason.as_str())).transpose()?;
    for (name, about) in &said.raised {
        let data = ConcernData {
            case: case.id,
            ballot: ballot.id,
            name: name.clone(),
            permission: about.key().cloned(),
            revision: case.revision,
            raised_by: member,
        };
        let (id, number) = ballot::insert_concern(tx, &data).await?;
        let why = why.as_ref().ok_or(Error::NotFound)?;
        ballot::insert_concern_entry(tx, id, Side::Board, speaker, why).await?;
        concerns.insert(id);
        notice::tell_raised(tx, case, &ballot.board, number).await?;
    }
    Ok(concerns)
}
