//! For which seats somebody takes positions: their own, and those of members whose deputy they are.

use std::collections::{BTreeSet, HashMap};

use kwanus_domain::{
    account::{PersonId, PersonName},
    board::{BoardKey, Weight, weight},
    case::CaseKind,
    partner::PartnerId,
};
use kwanus_store::{
    Tx,
    account::person,
    ballot::DocketFilter,
    board::{self, list_delegations_at},
};

use crate::{Error, Person, Result};

/// A seat for which somebody takes positions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Desk {
    /// On which board.
    pub board: BoardKey,
    /// Whose.
    pub member: PersonId,
    /// Their name, where it is another's.
    pub acts_for: Option<PersonName>,
    kinds: Vec<CaseKind>,
    barred: Vec<PartnerId>,
    not_by: Option<PersonId>,
}

impl Desk {
    /// What waits at this seat, of what is looked for.
    pub(super) fn filter(&self, filter: &DocketFilter) -> DocketFilter {
        DocketFilter { kinds: self.kinds.clone(), barred: self.barred.clone(), not_by: self.not_by, ..filter.clone() }
    }
}

/// The seats of somebody, their own first. A relation to a partner bars its cases: for one's own seat a hard one, for another's
/// any.
pub(super) async fn desks(tx: &mut Tx, reader: &Person) -> Result<Vec<Desk>> {
    let now = tx.now();
    let mine = weights_of(tx, reader.id).await?;
    let of = |weights: &HashMap<PartnerId, Weight>, least: Weight| -> BTreeSet<PartnerId> {
        weights.iter().filter(|(_, weight)| **weight >= least).map(|(partner, _)| *partner).collect()
    };
    let own: BTreeSet<_> = reader.boards().into_iter().collect();
    let mut desks: Vec<_> = own
        .into_iter()
        .map(|board| Desk {
            board,
            member: reader.id,
            acts_for: None,
            kinds: vec![],
            barred: of(&mine, Weight::Hard).into_iter().collect(),
            not_by: None,
        })
        .collect();
    for row in list_delegations_at(tx, now).await?.into_iter().filter(|row| row.deputy_id == reader.id) {
        let Some(member) = person::lookup(tx, row.member_id).await? else { continue };
        // Whose own term is over has nothing to give.
        if !member.roles.boards(now).contains(&row.board_key) {
            continue;
        }
        let theirs = of(&weights_of(tx, row.member_id).await?, Weight::Hard);
        desks.push(Desk {
            board: row.board_key,
            member: row.member_id,
            acts_for: Some(member.name),
            kinds: row.kinds.named().collect(),
            barred: of(&mine, Weight::Soft).union(&theirs).copied().collect(),
            not_by: Some(reader.id),
        });
    }
    if desks.is_empty() {
        return Err(Error::Forbidden("Only board members have a docket"));
    }
    Ok(desks)
}

/// What somebody is to partners today.
async fn weights_of(tx: &mut Tx, person: PersonId) -> Result<HashMap<PartnerId, Weight>> {
    let today = tx.now().date_naive();
    let mut declared: HashMap<PartnerId, Vec<_>> = HashMap::new();
    for row in board::list_conflicts_by(tx, person).await? {
        declared.entry(row.partner_id).or_default().push(row.declared());
    }
    Ok(declared.into_iter().filter_map(|(partner, all)| Some((partner, weight(&all, today)?))).collect())
}
