//! Concerns as they are read, with what was said about them.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    account::{PersonId, PersonName},
    ballot::{Resolver, overruling},
    board::BoardKey,
    request::{Remark, Side},
};
use kwanus_store::{Tx, ballot, case::CaseRow};

use super::super::state::{BoardBallot, Concern, SeatPosition};
use crate::Result;

/// A concern, its thread, and what the reader may do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    /// On whose ballot.
    pub board: BoardKey,
    /// The concern.
    pub concern: Concern,
    /// Whether it holds its board now.
    pub holds_board: bool,
    /// Who else objects with it.
    pub seconded_by: Vec<PersonName>,
    /// What was said, in the order in which it was.
    pub entries: Vec<ThreadEntry>,
    /// Who would overrule it, and why.
    pub overruled_by: Vec<(PersonName, String)>,
    /// How many must, for it to be overruled; nothing where no concern is.
    pub overruling: Option<usize>,
    /// Whether the reader may say something.
    pub may_reply: bool,
    /// Whether the reader may say that it is answered.
    pub may_resolve: bool,
    /// Whether the reader may overrule it.
    pub may_overrule: bool,
}

/// Something that was said about a concern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadEntry {
    /// For whose side.
    pub side: Side,
    /// Who said it.
    pub name: PersonName,
    /// What.
    pub text: Remark,
    /// When.
    pub at: DateTime<Utc>,
}

/// The concerns of a case, in the order in which they were raised, for somebody of the desk.
pub async fn threads(tx: &mut Tx, case: &CaseRow, ballots: &[BoardBallot], reader: PersonId) -> Result<Vec<Thread>> {
    let rows = ballot::list_concerns(tx, &[case.id]).await?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let entries = ballot::list_concern_entries(tx, &ids).await?;
    let overrulings = ballot::list_overrulings(tx, &ids).await?;
    let takes_part = ballots.iter().any(|ballot| ballot.seat(reader).is_some_and(SeatPosition::may_vote));
    let mut threads = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(ballot) = ballots.iter().find(|ballot| ballot.id == row.ballot) else { continue };
        let said = entries.iter().filter(|entry| entry.concern_id == row.id);
        let against = overrulings.iter().filter(|one| one.concern_id == row.id);
        let seat = ballot.seat(reader).filter(|seat| seat.may_vote());
        let holds_it = seat.is_some_and(|seat| seat.holds(row.number));
        let has_raised_it = row.raised_by == reader && seat.is_some();
        let raiser_takes_part = ballot.seat(row.raised_by).is_some_and(SeatPosition::may_vote);
        let is_open = row.state.is_open() && case.state == kwanus_domain::case::CaseState::Open;
        let has_said_so = against.clone().any(|one| one.person_id == reader);
        let is_unanimous = ballot.rule.threshold.is_unanimous();
        threads.push(Thread {
            board: ballot.board.clone(),
            holds_board: ballot.open_concerns().any(|open| open.number == row.number)
                && ballot.tally.blocking(&ballot.rule) > 0,
            seconded_by: ballot
                .objections()
                .filter(|seat| seat.person != row.raised_by && seat.holds(row.number))
                .map(|seat| seat.name.clone())
                .collect(),
            entries: said
                .map(|entry| ThreadEntry {
                    side: entry.side,
                    name: entry.name.clone(),
                    text: entry.text.clone(),
                    at: entry.created_at,
                })
                .collect(),
            overruled_by: against.map(|one| (one.name.clone(), one.reason.to_string())).collect(),
            overruling: (!is_unanimous).then(|| overruling(ballot.tally.eligible)),
            may_reply: is_open && takes_part,
            may_resolve: is_open && Resolver { has_raised_it, holds_it, raiser_takes_part }.may_resolve(),
            may_overrule: is_open && seat.is_some() && !holds_it && !has_raised_it && !has_said_so && !is_unanimous,
            concern: Concern::from(row),
        });
    }
    Ok(threads)
}
