//! Whether a case was reopened, and what somebody can do towards that.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    account::PersonName,
    appeal::Reopens,
    ballot::{Part, Reason},
    board::{BoardKey, Weight},
    case::{CaseKind, CaseRef, CaseState},
};
use kwanus_store::{
    Tx,
    account::person,
    board,
    case::{self, CaseRow},
    integration, reopening,
};

use super::open::obstacle;
use crate::{Error, Person, Result, board::weights, case::Facts};

/// How it stands with the reopening of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reopening {
    /// The case in whose place this one was opened.
    pub origin: Option<CaseRef>,
    /// The case that was opened in its place.
    pub opened: Option<CaseRef>,
    /// What is proposed, while somebody may confirm it.
    pub proposed: Option<ProposedReopening>,
    /// What the caller can do.
    pub may: Option<Reopens>,
    /// Why it cannot be reopened now, for whoever could do something otherwise.
    pub obstacle: Option<String>,
}

/// A proposal to reopen a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposedReopening {
    /// Who proposes it.
    pub by: PersonName,
    /// What is new.
    pub reason: Reason,
    /// The first instant at which nobody confirms it any more.
    pub lapses_at: DateTime<Utc>,
}

/// How it stands with the reopening of a case, and what a person can do about it.
pub(crate) async fn lookup(tx: &mut Tx, reader: &Person, case: &CaseRow, facts: Option<&Facts>) -> Result<Reopening> {
    let origin = match reopening::lookup_origin(tx, case.id).await? {
        Some(id) => case::lookup_by_id(tx, id).await?.map(|case| case.reference),
        None => None,
    };
    let before = Reopening { origin, ..Reopening::default() };
    let Some(facts) = facts.filter(|_| can_be(case)) else { return Ok(before) };
    let row = reopening::lookup_newest(tx, case.id).await?;
    if let Some(id) = row.as_ref().and_then(reopening::ReopeningRow::opened) {
        let opened = case::lookup_by_id(tx, id).await?.map(|case| case.reference);
        return Ok(Reopening { opened, ..before });
    }
    let now = tx.now();
    let row = row.filter(|row| now < row.lapses_at);
    let proposed = match &row {
        Some(row) => person::lookup(tx, row.proposed_by).await?.map(|person| ProposedReopening {
            by: person.name,
            reason: row.reason.clone(),
            lapses_at: row.lapses_at,
        }),
        None => None,
    };
    let decides = standing(tx, reader, case, facts).await?.is_some();
    let may = decides.then(|| Reopens::of(reader.id(), row.map(|row| (row.proposed_by, row.lapses_at)), now));
    let obstacle = if decides { obstacle(tx, case).await? } else { None };
    Ok(Reopening { proposed, may, obstacle, ..before })
}

/// Whether a case is of those that are reopened: what granted or moved something is another matter, for a review or a
/// suspension.
pub(super) fn can_be(case: &CaseRow) -> bool {
    let kinds = [CaseKind::PermissionJustification, CaseKind::LifecycleTransition];
    case.state == CaseState::Declined && kinds.contains(&case.reference.kind)
}

/// How a member of a board that decided stands to its decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    /// Whether they chair such a board, and no relation to the partner bars them from that.
    pub chairs: bool,
}

/// How somebody stands to a decision who sits now on a board that took it, took part or could have, and has no conflict that
/// bars them; nothing for everybody else.
pub(crate) async fn standing(tx: &mut Tx, person: &Person, case: &CaseRow, facts: &Facts) -> Result<Option<Standing>> {
    let now = tx.now();
    let deciding: Vec<_> = facts.ballots.iter().filter(|ballot| ballot.part == Part::Decides).collect();
    let roster = board::roster(tx, now).await?;
    let is_of = |board: &BoardKey| deciding.iter().any(|ballot| ballot.board == *board);
    let seats: Vec<_> =
        roster.iter().filter(|member| member.person_id == person.id() && is_of(&member.board_key)).collect();
    let mut sat = facts.ballots.iter().filter_map(|ballot| ballot.seat(person.id()));
    let was_recused = case.proposer() == Some(person.id()) || sat.any(|seat| seat.recusal.is_some());
    let integration = integration::lookup(tx, case.integration_id).await?.ok_or(Error::NotFound)?;
    let weights = weights(tx, &[integration.partner_id], now.date_naive()).await?;
    let weight = weights.get(&(person.id(), integration.partner_id));
    let takes_part = !seats.is_empty() && !was_recused && weight != Some(&Weight::Hard);
    let chairs = weight.is_none() && seats.iter().any(|seat| seat.is_chair);
    Ok(takes_part.then_some(Standing { chairs }))
}
