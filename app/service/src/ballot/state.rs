//! The ballots of a case as they stand: who may take part, and what they said.

use std::collections::{BTreeSet, HashMap, hash_map::Entry};

use chrono::{DateTime, Utc};
use kwanus_domain::{
    account::{PersonId, PersonName},
    ballot::{Ask, BallotId, BoardTally, Counted, Deadline, Part, Progress, Reason, Stance, Tally, Threshold, Voter},
    board::BoardKey,
    case::{CaseId, CaseKind},
    permission::PermissionKey,
    review::{Rung, Said, Verdict, verdict},
};
use kwanus_store::{
    Tx,
    ballot::{self, BallotRow, DocketRow, PositionRow},
    board::{self, MemberRow},
    case::{CaseRow, ListedCaseRow},
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
    /// What it asks.
    #[serde(default)]
    pub ask: Ask,
    /// How it stands.
    pub tally: Tally,
    /// What the board recommends, where that is what is asked and it has said so.
    #[serde(default)]
    pub verdict: Option<Verdict>,
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
    /// The permissions that a recommendation to reduce names.
    #[serde(default)]
    pub permissions: BTreeSet<PermissionKey>,
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

    /// What they said to a ladder; nothing where they do not take part.
    fn said(&self) -> Option<Said> {
        self.may_vote().then(|| match (self.counted(), &self.position) {
            (Some(Stance::Recommend(rung)), Some(position)) => Said::Recommends(rung, position.permissions.clone()),
            (Some(_), _) => Said::Abstains,
            (None, _) => Said::Nothing,
        })
    }

    fn voter(&self) -> Option<Voter> {
        self.is_in_term.then(|| Voter { is_recused: self.is_recused, stance: self.counted() })
    }
}

impl BoardBallot {
    /// What its count means.
    #[must_use]
    pub fn progress(&self) -> Progress {
        match (self.ask, &self.verdict) {
            (Ask::Approval, _) => self.tally.progress(),
            (Ask::Ladder, Some(_)) => Progress::Carries,
            (Ask::Ladder, None) if self.tally.eligible < 2 => Progress::Short,
            (Ask::Ladder, None) => Progress::Open,
        }
    }

    /// Whether nobody says anything on it any more. A review waits until the boards have spoken: silence neither lets an
    /// integration go on nor stops it.
    #[must_use]
    pub fn is_over(&self, now: DateTime<Utc>) -> bool {
        self.ask == Ask::Approval && self.deadline.is_over(now)
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

    /// The ballot as it would be if this person took that stance now.
    #[must_use]
    pub(crate) fn with(&self, person: PersonId, stance: Stance, now: DateTime<Utc>) -> Self {
        let mut other = self.clone();
        for seat in other.seats.iter_mut().filter(|seat| seat.person == person) {
            let taken_at = DateTime::<Utc>::UNIX_EPOCH;
            let named = seat.position.take().map(|position| position.permissions).unwrap_or_default();
            seat.position = Some(TakenPosition {
                stance,
                reason: None,
                permissions: if stance == Stance::Recommend(Rung::Reduce) { named } else { BTreeSet::new() },
                revision: 0,
                is_stale: false,
                taken_at,
            });
        }
        other.count(now);
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

    pub(crate) fn for_sentence(&self, is_named: bool, now: DateTime<Utc>) -> BoardTally {
        let objectors = if is_named { self.objections().map(|seat| seat.name.to_string()).collect() } else { vec![] };
        BoardTally {
            board: self.board.clone(),
            part: self.part,
            ask: self.ask,
            tally: self.tally,
            progress: self.progress(),
            is_overdue: self.deadline.is_overdue(now),
            objectors,
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

/// What ballots are counted on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    /// The case.
    pub case: CaseId,
    /// What it is about.
    pub kind: CaseKind,
    /// The revision before the boards.
    pub revision: i64,
    /// Who brought it before them, and is recused.
    pub proposer: Option<PersonId>,
    /// When it was withdrawn: from then on they stand as they did.
    pub withdrawn_at: Option<DateTime<Utc>>,
}

impl From<&CaseRow> for Asked {
    fn from(case: &CaseRow) -> Self {
        Self {
            case: case.id,
            kind: case.reference.kind,
            revision: case.revision,
            proposer: case.proposer(),
            withdrawn_at: case.withdrawn_at(),
        }
    }
}

impl From<&ListedCaseRow> for Asked {
    fn from(case: &ListedCaseRow) -> Self {
        Self {
            case: case.id,
            kind: case.reference.kind,
            revision: case.revision,
            proposer: case.proposer(),
            withdrawn_at: case.withdrawn_at(),
        }
    }
}

impl From<&DocketRow> for Asked {
    fn from(row: &DocketRow) -> Self {
        Self {
            case: row.case_id,
            kind: row.reference.kind,
            revision: row.revision,
            proposer: row.proposer(),
            withdrawn_at: None,
        }
    }
}

/// The ballots of a case, counted from the roster and the positions on the revision before the boards.
pub(crate) async fn load(tx: &mut Tx, asked: Asked) -> Result<Vec<BoardBallot>> {
    Ok(load_all(tx, &[asked]).await?.remove(&asked.case).unwrap_or_default())
}

/// The same of a page of cases at once.
pub(crate) async fn load_all(tx: &mut Tx, asked: &[Asked]) -> Result<HashMap<CaseId, Vec<BoardBallot>>> {
    let now = tx.now();
    let cases: Vec<_> = asked.iter().map(|asked| asked.case).collect();
    let rows = ballot::list_of_cases(tx, &cases).await?;
    let mut positions: HashMap<BallotId, Vec<PositionRow>> = HashMap::new();
    for position in ballot::list_positions(tx, &cases).await? {
        if position.superseded_at.is_none() {
            positions.entry(position.ballot).or_default().push(position);
        }
    }
    let mut rosters: HashMap<DateTime<Utc>, Vec<MemberRow>> = HashMap::new();
    let mut ballots: HashMap<CaseId, Vec<BoardBallot>> = HashMap::new();
    for row in rows {
        let Some(asked) = asked.iter().find(|asked| asked.case == row.case_id) else { continue };
        let said = positions.remove(&row.id).unwrap_or_default();
        // Of a ballot that has ended, those count who sat on the board as it did, whenever it is looked at.
        let is_over = asked.kind.ask() == Ask::Approval && row.deadline().is_over(now);
        let ended_at = is_over.then(|| row.deadline().ends_at());
        let at = [ended_at, asked.withdrawn_at].into_iter().flatten().min().unwrap_or(now);
        let roster = match rosters.entry(at) {
            Entry::Occupied(roster) => roster.into_mut(),
            Entry::Vacant(place) => place.insert(board::roster(tx, at).await?),
        };
        let (case, mut ballot) = (row.case_id, ballot_of(row, asked, roster, said));
        ballot.count(now);
        ballots.entry(case).or_default().push(ballot);
    }
    Ok(ballots)
}

/// A ballot with its seats, not counted yet.
fn ballot_of(row: BallotRow, asked: &Asked, roster: &[MemberRow], said: Vec<PositionRow>) -> BoardBallot {
    let mut seats: Vec<_> = roster
        .iter()
        .filter(|member| member.board_key == row.board_key)
        .map(|member| SeatPosition {
            person: member.person_id,
            name: member.name.clone(),
            is_chair: member.is_chair,
            is_in_term: true,
            is_recused: Some(member.person_id) == asked.proposer,
            position: None,
        })
        .collect();
    for position in said {
        let taken = TakenPosition {
            stance: position.stance,
            reason: position.reason,
            permissions: position.permissions,
            revision: position.revision,
            is_stale: position.revision != asked.revision,
            taken_at: position.taken_at,
        };
        match seats.iter_mut().find(|seat| seat.person == position.person) {
            Some(seat) => seat.position = Some(taken),
            None => seats.push(SeatPosition {
                person: position.person,
                name: position.name,
                is_chair: false,
                is_in_term: false,
                is_recused: false,
                position: Some(taken),
            }),
        }
    }
    BoardBallot {
        id: row.id,
        deadline: row.deadline(),
        board: row.board_key,
        name: row.board_name,
        part: row.part,
        threshold: row.threshold,
        ask: asked.kind.ask(),
        tally: Tally::default(),
        verdict: None,
        seats,
    }
}

/// The ballots of a case: as they were frozen once it is decided, as they stand while it is open.
pub(crate) async fn of_case(tx: &mut Tx, case: &CaseRow, facts: Option<&Facts>) -> Result<Vec<BoardBallot>> {
    if let Some(facts) = facts {
        return Ok(facts.ballots.clone());
    }
    load(tx, case.into()).await
}
