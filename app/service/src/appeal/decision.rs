//! A decision that can be appealed.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use kwanus_domain::{
    account::PersonId,
    appeal::Appealed,
    ballot::Part,
    board::BoardKey,
    case::{CaseId, CaseKind, CaseRef},
};
use kwanus_store::{
    Tx, appeal,
    case::{self, CaseRow},
    grant, suspension,
};

use crate::{Error, Result, case::Facts};

/// A decision that takes something from its partner, or refuses it.
pub(super) struct Decision {
    /// The case that was decided.
    pub case: CaseRow,
    /// What it took or refused.
    pub what: Appealed,
    /// When.
    pub decided_at: DateTime<Utc>,
    /// What it was decided on.
    pub facts: Facts,
}

impl Decision {
    /// The decision on a case, if it can be appealed at all.
    pub async fn read(tx: &mut Tx, case: CaseRow) -> Result<Option<Self>> {
        let Some(row) = case::lookup_decision(tx, case.id).await? else { return Ok(None) };
        let kind = case.reference.kind;
        let act = match kind {
            CaseKind::Suspension => suspension::lookup(tx, case.id).await?.map(|row| row.act),
            _ => None,
        };
        let has_ended = match kind {
            CaseKind::QuarterlyReview | CaseKind::AnnualReview => !grant::list_reduced(tx, case.id).await?.is_empty(),
            _ => false,
        };
        let Some(what) = Appealed::of(kind, row.outcome, act, has_ended) else { return Ok(None) };
        Ok(Some(Self { case, what, decided_at: row.decided_at, facts: Facts::read(&row)? }))
    }

    /// The decision that a case appeals.
    pub async fn of_appeal(tx: &mut Tx, appeal: CaseId) -> Result<Self> {
        let row = appeal::lookup(tx, appeal).await?.ok_or(Error::NotFound)?;
        let case = case::lookup_by_id(tx, row.appealed_id).await?.ok_or(Error::NotFound)?;
        Self::read(tx, case).await?.ok_or(Error::NotFound)
    }

    /// The boards that took it.
    pub fn boards(&self) -> Vec<BoardKey> {
        let deciding = self.facts.ballots.iter().filter(|ballot| ballot.part == Part::Decides);
        deciding.map(|ballot| ballot.board.clone()).collect()
    }

    /// Who stands behind it, by name.
    pub fn stand_behind(&self) -> Vec<(PersonId, String)> {
        let mut people: Vec<(PersonId, String)> = Vec::new();
        for seat in self.facts.ballots.iter().flat_map(|ballot| &ballot.seats) {
            let is_behind = seat.counted().is_some_and(|stance| self.what.stands_behind(stance));
            if is_behind && !people.iter().any(|(person, _)| *person == seat.person) {
                people.push((seat.person, seat.name.to_string()));
            }
        }
        people
    }
}

/// Of each of these cases that is an appeal, who stands behind the decision that it appeals: they do not lead it.
pub(crate) async fn behind(tx: &mut Tx, appeals: &[CaseId]) -> Result<HashMap<CaseId, HashSet<PersonId>>> {
    if appeals.is_empty() {
        return Ok(HashMap::new());
    }
    let appealed = appeal::list_appealed(tx, appeals).await?;
    let cases: Vec<_> = appealed.values().copied().collect();
    let decisions = case::list_decisions(tx, &cases).await?;
    let mut behind = HashMap::new();
    for (appeal, appealed) in appealed {
        let Some(decision) = decisions.iter().find(|decision| decision.case_id == appealed) else { continue };
        let facts = Facts::read(decision)?;
        let Some(what) = CaseRef::parse(&facts.reference).and_then(|case| Appealed::about(case.kind)) else { continue };
        let seats = facts.ballots.iter().flat_map(|ballot| &ballot.seats);
        let people = seats.filter(|seat| seat.counted().is_some_and(|stance| what.stands_behind(stance)));
        behind.insert(appeal, people.map(|seat| seat.person).collect());
    }
    Ok(behind)
}
