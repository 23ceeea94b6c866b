//! The ballots of a case as they stand: who may take part, and what they said.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    account::{PersonId, PersonName},
    ballot::{BallotId, BoardTally, Counted, Deadline, Part, Progress, Reason, Stance, Tally, Threshold, Voter},
    board::BoardKey,
    case::CaseId,
};
use kwanus_store::{
    Tx, ballot,
    board::{self, MemberRow},
    case::CaseRow,
};
use serde::{Deserialize, Serialize};

use crate::{Result, case::Facts};

/// A board's ballot on a case. The same is shown while it is open, and kept in the record once it is decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardBallot {
    /// Its identifier.
    pub id: BallotId,
    /// Whose.
    pub board: BoardKey,
    /// The board's name.
    pub name: String,
    /// What the board is to the case.
    pub part: Part,
    /// How many must approve.
    pub threshold: Threshold,
    /// When it closes.
    pub deadline: Deadline,
    /// How it stands.
    pub tally: Tally,
    /// Who may take part, and those whose position stays though they left: chairs first, then by name.
    pub seats: Vec<SeatPosition>,
}

/// A member and their position.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatPosition {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: PersonName,
    /// Whether they chair the board.
    pub is_chair: bool,
    /// Whether their term covers the moment; of those who left, the position stays visible and counts for nothing.
    pub is_in_term: bool,
    /// Whether they may not decide on this case: it is their own proposal.
    pub is_recused: bool,
    /// What they said last.
    pub position: Option<TakenPosition>,
}

/// A position that was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenPosition {
    /// What it says.
    pub stance: Stance,
    /// Why.
    pub reason: Option<Reason>,
    /// The revision that it speaks of.
    pub revision: i64,
    /// Whether another revision is before the boards now: it is shown, and not counted.
    pub is_stale: bool,
    /// When.
    pub taken_at: DateTime<Utc>,
}

impl SeatPosition {
    /// The stance that counts.
    #[must_use]
    pub fn counted(&self) -> Option<Stance> {
        self.position.as_ref().filter(|position| self.may_vote() && !position.is_stale).map(|position| position.stance)
    }

    /// Whether this person takes part in the ballot.
    #[must_use]
    pub const fn may_vote(&self) -> bool {
        self.is_in_term && !self.is_recused
    }

    fn voter(&self) -> Option<Voter> {
        self.is_in_term.then(|| Voter { is_recused: self.is_recused, stance: self.counted() })
    }
}

impl BoardBallot {
    /// What its count means.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.tally.progress()
    }

    /// The seat of a person.
    #[must_use]
    pub fn seat(&self, person: PersonId) -> Option<&SeatPosition> {
        self.seats.iter().find(|seat| seat.person == person)
    }

    /// Who objects, and why.
    pub fn objections(&self) -> impl Iterator<Item = &SeatPosition> {
        self.seats.iter().filter(|seat| seat.counted() == Some(Stance::Object))
    }

    /// The ballot as it would be if this person took that stance.
    #[must_use]
    pub(crate) fn with(&self, person: PersonId, stance: Stance) -> Self {
        let mut other = self.clone();
        for seat in other.seats.iter_mut().filter(|seat| seat.person == person) {
            let taken_at = DateTime::<Utc>::UNIX_EPOCH;
            seat.position = Some(TakenPosition { stance, reason: None, revision: 0, is_stale: false, taken_at });
        }
        other.count();
        other
    }

    pub(crate) fn counted(&self, now: DateTime<Utc>) -> Counted {
        Counted {
            part: self.part,
            progress: self.progress(),
            is_overdue: self.deadline.is_overdue(now),
            is_over: self.deadline.is_over(now),
        }
    }

    pub(crate) fn for_sentence(&self, is_named: bool) -> BoardTally {
        let objectors = if is_named { self.objections().map(|seat| seat.name.to_string()).collect() } else { vec![] };
        BoardTally { board: self.board.clone(), part: self.part, tally: self.tally, objectors }
    }

    fn count(&mut self) {
        self.tally = Tally::of(self.seats.iter().filter_map(SeatPosition::voter));
    }
}

/// The ballots of a case, counted from the roster and the positions on that revision. `proposer` is recused.
pub(crate) async fn load(
    tx: &mut Tx,
    (case, revision, proposer): (CaseId, i64, Option<PersonId>),
    roster: &[MemberRow],
) -> Result<Vec<BoardBallot>> {
    let rows = ballot::list_of_case(tx, case).await?;
    let mut positions = ballot::list_positions(tx, case).await?;
    positions.retain(|position| position.superseded_at.is_none());
    let mut ballots = Vec::with_capacity(rows.len());
    for row in rows {
        let mut seats: Vec<_> = roster
            .iter()
            .filter(|member| member.board_key == row.board_key)
            .map(|member| SeatPosition {
                person: member.person_id,
                name: member.name.clone(),
                is_chair: member.is_chair,
                is_in_term: true,
                is_recused: Some(member.person_id) == proposer,
                position: None,
            })
            .collect();
        for position in positions.iter().filter(|position| position.ballot == row.id) {
            let taken = TakenPosition {
                stance: position.stance,
                reason: position.reason.clone(),
                revision: position.revision,
                is_stale: position.revision != revision,
                taken_at: position.taken_at,
            };
            match seats.iter_mut().find(|seat| seat.person == position.person) {
                Some(seat) => seat.position = Some(taken),
                None => seats.push(SeatPosition {
                    person: position.person,
                    name: position.name.clone(),
                    is_chair: false,
                    is_in_term: false,
                    is_recused: false,
                    position: Some(taken),
                }),
            }
        }
        let deadline = row.deadline();
        let mut ballot = BoardBallot {
            id: row.id,
            board: row.board_key,
            name: row.board_name,
            part: row.part,
            threshold: row.threshold,
            deadline,
            tally: Tally::default(),
            seats,
        };
        ballot.count();
        ballots.push(ballot);
    }
    Ok(ballots)
}

/// The ballots of a case: as they were frozen once it is decided, as they stand while it is open.
pub(crate) async fn of_case(tx: &mut Tx, case: &CaseRow, facts: Option<&Facts>) -> Result<Vec<BoardBallot>> {
    if let Some(facts) = facts {
        return Ok(facts.ballots.clone());
    }
    let roster = board::roster(tx).await?;
    load(tx, (case.id, case.revision, case.proposer()), &roster).await
}
