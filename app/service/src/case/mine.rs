//! What the reader can say of a case, and what that would bring about.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    account::{PersonId, PersonName},
    ballot::{Ask, Outcome, Progress, Stance, outcome},
    board::BoardKey,
    case::{CaseKind, CaseRef},
    permission::PermissionKey,
    review::Rung,
};

use super::{Matter, missing_sentence};
use crate::{
    Person,
    appeal::AppealMatter,
    ballot::{BoardBallot, Concern, SeatPosition, TakenPosition, counts},
    review,
};

/// A ballot on which the caller may say something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MyBallot {
    /// Of which board.
    pub board: BoardKey,
    /// What the caller said last.
    pub position: Option<TakenPosition>,
    /// Why the caller may not say anything, if so.
    pub refusal: Option<String>,
    /// The permissions that a recommendation to reduce can name.
    pub grants: Vec<PermissionKey>,
    /// The member for whom the caller acts.
    pub acts_for: Option<PersonName>,
    /// Whether the caller recused, and comes back by taking a position.
    pub is_recused: bool,
    /// The open concerns of the board, with which the caller can object too.
    pub concerns: Vec<Concern>,
    /// The permissions that a concern can be about.
    pub permissions: Vec<PermissionKey>,
    /// Who can own a condition: the members who take part.
    pub members: Vec<(PersonId, PersonName)>,
    /// What each stance would bring about, were it recorded now.
    pub consequences: Vec<(Stance, String)>,
}

/// The ballots of the caller's boards, and what each stance would bring about.
pub(super) fn mine(person: &Person, ballots: &[BoardBallot], matter: &Matter, now: DateTime<Utc>) -> Vec<MyBallot> {
    let of =
        |ballot: &BoardBallot| Some(of_seat(person.id(), ballot.seat_of(person.id())?, ballot, (ballots, matter), now));
    ballots.iter().filter_map(of).collect()
}

/// The ballot of a board as it is for a member of whom somebody else records what they say.
pub(crate) fn ballot_of_member(
    ballots: &[BoardBallot],
    board: &BoardKey,
    member: PersonId,
    matter: &Matter,
    now: DateTime<Utc>,
) -> Option<MyBallot> {
    let ballot = ballots.iter().find(|ballot| ballot.board == *board)?;
    let seat = ballot.seat(member).filter(|seat| seat.may_vote())?;
    Some(of_seat(member, seat, ballot, (ballots, matter), now))
}

/// The ballot on which somebody says something for a seat.
fn of_seat(
    person: PersonId,
    seat: &SeatPosition,
    ballot: &BoardBallot,
    (ballots, matter): (&[BoardBallot], &Matter),
    now: DateTime<Utc>,
) -> MyBallot {
    let grants = match matter {
        Matter::Review(matter) => matter.grants.iter().map(|grant| grant.key.clone()).collect(),
        _ => vec![],
    };
    let permissions: Vec<_> = match matter {
        Matter::Declaration(declaration) => {
            declaration.permissions.iter().map(|declared| declared.permission.key.clone()).collect()
        }
        _ => vec![],
    };
    let refusal = if let Some(recusal) = seat.recusal.filter(|recusal| !recusal.is_voluntary()) {
        Some(recusal.told().to_owned())
    } else if ballot.is_over(now) {
        Some("The ballot has closed".to_owned())
    } else {
        None
    };
    MyBallot {
        board: ballot.board.clone(),
        position: seat.position.clone(),
        consequences: consequences(seat, ballot, ballots, matter, now),
        grants,
        acts_for: (seat.person != person).then(|| seat.name.clone()),
        is_recused: seat.recusal.is_some(),
        concerns: ballot.concerns.iter().filter(|concern| concern.state.is_open()).cloned().collect(),
        permissions,
        members: ballot
            .seats
            .iter()
            .filter(|other| other.may_vote() || other.person == seat.person)
            .map(|other| (other.person, other.name.clone()))
            .collect(),
        refusal,
    }
}

/// The boards in whose name a person may ask about an open case. Only submissions are asked about.
pub(super) fn speaks_for(
    reference: CaseRef,
    person: &Person,
    ballots: &[BoardBallot],
    now: DateTime<Utc>,
) -> Vec<BoardKey> {
    let may =
        |ballot: &&BoardBallot| !ballot.is_over(now) && ballot.seat_of(person.id()).is_some_and(SeatPosition::may_vote);
    let boards = ballots.iter().filter(may).map(|ballot| ballot.board.clone());
    boards.filter(|_| reference.kind == CaseKind::PermissionJustification).collect()
}

/// The boards whose ballot somebody can close, as their chair: after its date, where it does not carry.
pub(super) fn closes(person: &Person, ballots: &[BoardBallot], now: DateTime<Utc>) -> Vec<BoardKey> {
    let may = |ballot: &&BoardBallot| {
        let chairs = ballot.seat(person.id()).is_some_and(SeatPosition::chairs);
        let is_late = ballot.deadline.is_overdue(now) && !ballot.is_over(now);
        chairs && is_late && ballot.ask == Ask::Approval && ballot.progress() != Progress::Carries
    };
    ballots.iter().filter(may).map(|ballot| ballot.board.clone()).collect()
}

fn consequences(
    seat: &SeatPosition,
    ballot: &BoardBallot,
    ballots: &[BoardBallot],
    matter: &Matter,
    now: DateTime<Utc>,
) -> Vec<(Stance, String)> {
    if !seat.may_speak() {
        return vec![];
    }
    let consequence = |stance: &Stance| {
        let with = ballot.with(seat.person, *stance, now);
        let others: Vec<BoardBallot> = ballots
            .iter()
            .map(|other| if other.board == ballot.board { with.clone() } else { other.clone() })
            .collect();
        if ballot.ask == Ask::Ladder && *stance != Stance::Recuse {
            return (*stance, effect_on_ladder(*stance, &with, &others, now));
        }
        let board = ballot.board.monogram();
        let effect = match (outcome(&counts(&others, now)), with.progress()) {
            (Some(outcome), _) => {
                let decided = format!("the case is decided: {}", outcome.label().to_lowercase());
                match matter {
                    Matter::Appeal(appeal) => format!("{decided}. {}", of_appeal(appeal, outcome)),
                    _ => decided,
                }
            }
            (None, Progress::Carries) => {
                format!(
                    "{board} carries, {} of {}. {}",
                    with.tally.approvals,
                    with.needed(),
                    missing_sentence(&others, true, now)
                )
            }
            (None, _) if *stance == Stance::Object => {
                format!("{board} is held until your concerns are resolved, or two thirds of its members overrule them")
            }
            (None, Progress::Held) => format!("{board} is still held. {}", missing_sentence(&others, true, now)),
            (None, _) if *stance == Stance::Recuse => {
                let missing = missing_sentence(&others, false, now);
                format!("you leave the count, and no longer see what the others say. {missing}")
            }
            (None, _) => missing_sentence(&others, true, now),
        };
        (*stance, effect)
    };
    let is_offered = |stance: &&Stance| match (stance.rung(), matter) {
        (Some(rung), Matter::Review(matter)) => matter.offered.contains(&rung),
        _ => true,
    };
    ballot.ask.stances().iter().filter(is_offered).map(consequence).collect()
}

/// What the decision on an appeal brings about.
fn of_appeal(appeal: &AppealMatter, outcome: Outcome) -> String {
    match outcome {
        Outcome::Carried if appeal.obstacles.is_empty() => appeal.does.join(". "),
        Outcome::Carried => format!("It then stands as declined. {}", appeal.obstacles.join(". ")),
        Outcome::Declined | Outcome::Reviewed(_) => "Nothing changes, and that is final".to_owned(),
    }
}

/// What a recommendation would bring about.
fn effect_on_ladder(stance: Stance, with: &BoardBallot, others: &[BoardBallot], now: DateTime<Utc>) -> String {
    if stance == Stance::Recommend(Rung::Reduce) {
        // Which permissions end depends on what is named with it.
        let board = with.board.monogram();
        return format!("what you name ends when the review is concluded, if more than half of {board} would end it");
    }
    match (review::concluded(others), &with.verdict) {
        (Some(verdict), _) => format!("the review is concluded: {}", verdict.rung.label().to_lowercase()),
        (None, Some(verdict)) => {
            let board = with.board.monogram();
            format!(
                "{board} recommends: {}. {}",
                verdict.rung.label().to_lowercase(),
                missing_sentence(others, true, now)
            )
        }
        (None, None) => missing_sentence(others, true, now),
    }
}
