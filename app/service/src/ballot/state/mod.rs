//! The ballots of a case as they stand: who may take part, and what they said.

mod load;
mod seat;

pub use seat::{SeatPosition, TakenPosition};

pub(crate) use load::{Asked, load, load_all, of_case};

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use kwanus_domain::{
    account::{PersonId, PersonName},
    ballot::{
        Ask, BallotId, BoardTally, ConcernName, ConcernState, Counted, Deadline, OpenConcern, Part, Progress, Rule,
        Stance, Tally,
    },
    board::BoardKey,
    permission::PermissionKey,
    review::{Rung, Said, Verdict, verdict},
};
use serde::{Deserialize, Serialize};

/// A board's ballot on a case. The same is shown while it is open, and kept in the record once it is decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardBallot {
    /// Its identifier.
    pub id: BallotId,
    /// Whose.
    pub board: BoardKey,
    /// The board's name.
    pub name: String,
    /// Whether the board has the final word, and serves for boards of which too few may take part.
    #[serde(default)]
    pub has_final_word: bool,
    /// What the board is to the case.
    pub part: Part,
    /// By what rule it is counted: the one that it opened with.
    #[serde(flatten)]
    pub rule: Rule,
    /// The version of the rules that it is of.
    #[serde(default = "first")]
    pub rule_version: i64,
    /// Before then nothing is decided by it.
    #[serde(default)]
    pub decides_from: DateTime<Utc>,
    /// When it closes.
    pub deadline: Deadline,
    /// When its chair closed it, after its date.
    #[serde(default)]
    pub closed_at: Option<DateTime<Utc>>,
    /// What it asks.
    #[serde(default)]
    pub ask: Ask,
    /// How it stands.
    pub tally: Tally,
    /// What the board recommends, where that is what is asked and it has said so.
    #[serde(default)]
    pub verdict: Option<Verdict>,
    /// What members object with, or did.
    #[serde(default)]
    pub concerns: Vec<Concern>,
    /// Who may take part, and those whose position stays though they left: chairs first, then by name.
    pub seats: Vec<SeatPosition>,
}

/// Rules had no versions when the first ballots were frozen.
const fn first() -> i64 {
    1
}

/// A concern on a board's ballot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concern {
    /// Its number within the case.
    pub number: i64,
    /// What it is called.
    pub name: ConcernName,
    /// The permission that it is about; nothing where it is about the whole case.
    pub permission: Option<PermissionKey>,
    /// The revision that it was raised on.
    pub revision: i64,
    /// Who raised it.
    pub raised_by: PersonId,
    /// Their name.
    pub raiser: PersonName,
    /// When.
    pub raised_at: DateTime<Utc>,
    /// What became of it.
    pub state: ConcernState,
    /// When it did.
    pub closed_at: Option<DateTime<Utc>>,
    /// Who closed it, where one person did.
    pub closer: Option<String>,
}

impl BoardBallot {
    /// What its count means.
    #[must_use]
    pub fn progress(&self) -> Progress {
        match (self.ask, &self.verdict) {
            (Ask::Approval, _) => self.tally.progress(&self.rule),
            (Ask::Ladder, Some(_)) => Progress::Carries,
            (Ask::Ladder, None) if self.tally.is_short() => Progress::Short,
            (Ask::Ladder, None) => Progress::Open,
        }
    }

    /// How many must approve.
    #[must_use]
    pub fn needed(&self) -> usize {
        self.tally.needed(&self.rule)
    }

    /// How many approvals are missing.
    #[must_use]
    pub fn short_of(&self) -> usize {
        self.tally.short_of(&self.rule)
    }

    /// Whether nobody says anything on it any more. A review waits until the boards have spoken: silence neither lets an
    /// integration go on nor stops it.
    #[must_use]
    pub fn is_over(&self, now: DateTime<Utc>) -> bool {
        self.ended_at(now).is_some()
    }

    /// Since when nobody says anything on it any more.
    #[must_use]
    pub fn ended_at(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let end = self.closed_at.map_or(self.deadline.ends_at(), |closed| closed.min(self.deadline.ends_at()));
        (self.ask == Ask::Approval && end <= now).then_some(end)
    }

    /// Until when it is open at least, if it still is for that.
    #[must_use]
    pub fn early_until(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        (self.ask == Ask::Approval && now < self.decides_from).then_some(self.decides_from)
    }

    /// The seat of a person.
    #[must_use]
    pub fn seat(&self, person: PersonId) -> Option<&SeatPosition> {
        self.seats.iter().find(|seat| seat.person == person)
    }

    /// The seat for which somebody speaks: their own, or a member's whose deputy they are.
    #[must_use]
    pub fn seat_of(&self, person: PersonId) -> Option<&SeatPosition> {
        let acts = |seat: &&SeatPosition| seat.deputy.as_ref().is_some_and(|(deputy, _)| *deputy == person);
        self.seat(person).filter(|seat| seat.is_in_term).or_else(|| self.seats.iter().find(acts))
    }

    /// Who objects, and why.
    pub fn objections(&self) -> impl Iterator<Item = &SeatPosition> {
        self.seats.iter().filter(|seat| seat.counted() == Some(Stance::Object))
    }

    /// The concerns that hold the board now: open, and those of somebody whose objection counts.
    pub fn open_concerns(&self) -> impl Iterator<Item = &Concern> {
        self.concerns
            .iter()
            .filter(|concern| concern.state.is_open() && self.objections().any(|seat| seat.holds(concern.number)))
    }

    /// Whether the board goes by what its own members say: it is not one of too few, for which another serves.
    #[must_use]
    pub fn serves_for_others(&self) -> bool {
        self.has_final_word && self.part == Part::Decides
    }

    /// The ballot as it would be if this person took that stance now.
    #[must_use]
    pub(crate) fn with(&self, person: PersonId, stance: Stance, now: DateTime<Utc>) -> Self {
        let mut other = self.clone();
        for seat in other.seats.iter_mut().filter(|seat| seat.person == person) {
            let named = seat.position.take().map(|position| position.permissions).unwrap_or_default();
            seat.position = Some(TakenPosition {
                permissions: if stance == Stance::Recommend(Rung::Reduce) { named } else { BTreeSet::new() },
                ..TakenPosition::plain(stance)
            });
            seat.recuse_by_position();
        }
        other.count(now);
        other
    }

    pub(crate) fn for_sentence(&self, is_named: bool, is_served: bool, now: DateTime<Utc>) -> BoardTally {
        let concerns = self.open_concerns().map(|concern| OpenConcern {
            name: concern.name.to_string(),
            by: is_named.then(|| concern.raiser.to_string()),
        });
        let concerns: Vec<_> = concerns.collect();
        let has_open = |seat: &SeatPosition| self.open_concerns().any(|concern| seat.holds(concern.number));
        let holding = self.objections().filter(|seat| {
            let is_answered = seat.position.as_ref().is_some_and(|position| position.is_answered);
            !has_open(seat) && (self.rule.threshold.is_unanimous() || !is_answered)
        });
        let holding: Vec<_> = holding.map(|seat| seat.name.to_string()).collect();
        let blocks = self.tally.blocking(&self.rule) > 0;
        BoardTally {
            board: self.board.clone(),
            part: self.part,
            ask: self.ask,
            rule: self.rule,
            tally: self.tally,
            progress: self.progress(),
            early_until: self.early_until(now).map(|until| until.date_naive()),
            is_overdue: self.deadline.is_overdue(now),
            is_served,
            concerns: if blocks { concerns } else { vec![] },
            objections: if blocks { holding.len() } else { 0 },
            objectors: if is_named { holding } else { vec![] },
        }
    }

    fn counted_alone(&self, now: DateTime<Utc>) -> Counted {
        Counted {
            part: self.part,
            progress: self.progress(),
            is_early: self.early_until(now).is_some(),
            is_overdue: self.deadline.is_overdue(now),
            is_over: self.deadline.is_over(now) || self.closed_at.is_some(),
        }
    }

    fn count(&mut self, now: DateTime<Utc>) {
        self.tally = Tally::of(self.seats.iter().filter_map(SeatPosition::voter));
        self.verdict = match self.ask {
            Ask::Approval => None,
            Ask::Ladder => {
                let said: Vec<Said> = self.seats.iter().filter_map(SeatPosition::said).collect();
                verdict(&said, self.deadline.is_overdue(now))
            }
        };
    }
}

/// The ballots of a case as they count for it, in their order: a board of too few goes by the one with the final word.
#[must_use]
pub(crate) fn counts(ballots: &[BoardBallot], now: DateTime<Utc>) -> Vec<Counted> {
    let last = ballots.iter().find(|ballot| ballot.serves_for_others()).map(|ballot| ballot.counted_alone(now));
    ballots.iter().map(|ballot| ballot.counted_alone(now).served_by(last)).collect()
}

/// Whether somebody takes no part in a case, on whichever of its boards: what the others say of it is not for them while they
/// deliberate.
#[must_use]
pub(crate) fn is_recused(person: PersonId, proposer: Option<PersonId>, ballots: &[BoardBallot]) -> bool {
    let takes_no_part = |ballot: &BoardBallot| ballot.seat_of(person).is_some_and(|seat| seat.recusal.is_some());
    proposer == Some(person) || ballots.iter().any(takes_no_part)
}

/// Whether another board serves for this one, of which too few may take part.
#[must_use]
pub fn is_served(ballot: &BoardBallot, ballots: &[BoardBallot]) -> bool {
    let has_other = ballots.iter().any(|other| other.serves_for_others() && other.board != ballot.board);
    ballot.progress() == Progress::Short && has_other
}
