//! What can be seen of a case from outside, in the real thing and in the reference.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use kwanus_domain::ballot::{ConcernState, Part, Stance};
use kwanus_store::{Environment, case};

use super::{
    act::{Board, Who},
    lived::Lived,
    reference::{Ballot, Case, State},
    world::BOARDS,
};
use crate::ballot::{BoardBallot, SeatPosition, load};

/// What can be seen of a case from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub state: State,
    /// Who raised each, and what became of it.
    pub concerns: Vec<(Board, Who, ConcernState)>,
    /// How each ballot stands; nothing once the case is not open any more.
    pub ballots: BTreeMap<Board, SeenBallot>,
    /// How many positions are written down.
    pub written: usize,
}

/// How a ballot stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenBallot {
    decides: bool,
    from: DateTime<Utc>,
    closes: DateTime<Utc>,
    is_over: bool,
    /// Who takes part, and what each said that counts, with which concerns.
    said: BTreeMap<Who, Option<(Stance, BTreeSet<usize>)>>,
}

impl Seen {
    /// What the reference would have.
    pub fn in_reference(case: &Case) -> Self {
        let said = |board: Board| {
            let said = &case.ballots[&board].said;
            let counts = |who: Who| said.get(&who).filter(|_| !case.is_stale(who, board));
            let counts = |who: Who| counts(who).map(|said| (said.stance, said.concerns.clone()));
            case.eligible(board).into_iter().map(|who| (who, counts(who))).collect()
        };
        let seen = |(board, ballot): (&Board, &Ballot)| {
            let is_over = case.over_since(*board).is_some();
            let Ballot { decides, from, closes, .. } = *ballot;
            (*board, SeenBallot { decides, from, closes, is_over, said: said(*board) })
        };
        let open = case.ballots.iter().filter(|_| case.state == State::Open);
        Self {
            state: case.state,
            concerns: case.concerns.iter().map(|one| (one.board, one.by, one.state)).collect(),
            ballots: open.map(seen).collect(),
            written: case.written,
        }
    }
}

impl Lived {
    /// What can be seen now.
    pub async fn look(&self) -> Seen {
        let mut tx = self.world.db.read().await.unwrap();
        let case = case::lookup(&mut tx, self.reference).await.unwrap().unwrap();
        let state = match case.state.as_str() {
            "open" => State::Open,
            "withdrawn" => State::Withdrawn,
            "carried" => State::Carried,
            "declined" => State::Declined,
            other => panic!("{other}"),
        };
        let decision = case::lookup_decision(&mut tx, case.id).await.unwrap();
        let outcome = decision.map(|decision| decision.outcome.as_str().to_owned());
        let is_decided = matches!(state, State::Carried | State::Declined);
        assert_eq!(
            outcome.as_deref(),
            is_decided.then(|| case.state.as_str()),
            "a case is decided once a decision is written"
        );
        let (mut concerns, mut ballots) = (BTreeMap::new(), BTreeMap::new());
        for ballot in load(&mut tx, (&case).into()).await.unwrap() {
            let board = BOARDS.iter().position(|board| ballot.board.as_str() == *board).unwrap();
            concerns
                .extend(ballot.concerns.iter().map(|one| (one.number, (board, self.who(one.raised_by), one.state))));
            if state == State::Open {
                ballots.insert(board, self.ballot(&ballot));
            }
        }
        let (written,): (i64,) = tx
            .query(
                "SELECT COUNT(*) FROM position JOIN ballot ON ballot.id = position.ballot_id WHERE ballot.case_id = $1",
            )
            .bind(case.id)
            .one()
            .await
            .unwrap();
        let concerns = concerns.into_values().collect();
        Seen { state, concerns, ballots, written: usize::try_from(written).unwrap() }
    }

    fn ballot(&self, ballot: &BoardBallot) -> SeenBallot {
        let now = self.world.clock.now();
        let number = |number: &i64| usize::try_from(*number).unwrap();
        let said = |seat: &SeatPosition| {
            let said = seat.counted().zip(seat.position.as_ref());
            said.map(|(stance, said)| (stance, said.concerns.iter().map(number).collect()))
        };
        let seats = ballot.seats.iter().filter(|seat| seat.may_vote());
        let said: BTreeMap<_, _> = seats.map(|seat| (self.who(seat.person), said(seat))).collect();
        assert_eq!(said.len(), ballot.tally.eligible);
        SeenBallot {
            decides: ballot.part == Part::Decides,
            from: ballot.decides_from,
            closes: ballot.deadline.closes_at(),
            is_over: ballot.is_over(now),
            said,
        }
    }

    /// What the log holds of it in the end: one event for each position, and one for the decision where there is one.
    pub async fn check_log(&self, seen: &Seen) -> Result<(), String> {
        let mut tx = self.world.db.read().await.unwrap();
        let case = case::lookup(&mut tx, self.reference).await.unwrap().unwrap();
        let kinds: Vec<(String, i64)> = tx
            .query("SELECT kind, COUNT(*) FROM audit_event WHERE subject_id = $1 GROUP BY kind")
            .bind(case.id)
            .all()
            .await
            .unwrap();
        let count = |kind: &str| {
            kinds.iter().find(|(one, _)| one == kind).map_or(0, |(_, count)| usize::try_from(*count).unwrap())
        };
        let is_decided = matches!(seen.state, State::Carried | State::Declined);
        let closed = seen.concerns.iter().filter(|(.., state)| !state.is_open()).count();
        let wanted =
            [("decided", usize::from(is_decided)), ("position_taken", seen.written), ("concern_closed", closed)];
        let found = wanted.map(|(kind, _)| (kind, count(kind)));
        if found == wanted { Ok(()) } else { Err(format!("the log holds {found:?} and not {wanted:?}")) }
    }
}
